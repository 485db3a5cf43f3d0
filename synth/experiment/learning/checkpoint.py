"""Checkpoints of the training loop: weights, moments, step, and the choices that they belong to, in one file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synth.errors import ConfigError, ModelError
from synth.experiment.learning.writing import writable

if TYPE_CHECKING:
    from synth.experiment.learning.heads import Network

FILE = "state.safetensors"


def save(folder: Path, network: Network, optimizer: Any, step: int, identity: Mapping[str, Any]) -> None:
    """Write a checkpoint; the old one stays whole until the new one is.

    Args:
        folder: Made if it is not there.
        network: What is trained.
        optimizer: Its AdamW.
        step: Steps done.
        identity: Choices and data, as JSON takes them.

    Raises:
        OutputError: It cannot be written.
    """
    from safetensors.torch import save_file

    kept = {f"model.{name}": p.detach().cpu().contiguous() for name, p in network.named_parameters()}
    for name, parameter in network.named_parameters():
        for key, value in optimizer.state.get(parameter, {}).items():
            kept[f"optimizer.{key}.{name}"] = value.detach().cpu().contiguous()
    part = folder / f"{FILE}.part"
    with writable(folder / FILE):
        folder.mkdir(parents=True, exist_ok=True)
        save_file(kept, part, metadata={"step": str(step), "identity": json.dumps(identity, sort_keys=True)})
        part.replace(folder / FILE)


def load(folder: Path, network: Network, optimizer: Any, identity: Mapping[str, Any]) -> int:
    """Take up a folder's checkpoint.

    Args:
        folder: Where it may be.
        network: Gets its weights.
        optimizer: Gets its moments.
        identity: What it must agree with.

    Returns:
        The step it stands at; 0 if there is none.

    Raises:
        ConfigError: It is of another config; the message names what differs.
        ModelError: It is damaged.
    """
    import torch
    from safetensors import SafetensorError, safe_open

    path = folder / FILE
    if not path.is_file():
        return 0
    try:
        with safe_open(path, framework="pt") as file:
            facts = file.metadata() or {}
            kept = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118 - safe_open is no dict
        step, found = int(facts["step"]), dict(json.loads(facts["identity"]))
    except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"{path} is no checkpoint of this program ({error}): remove it to start anew", checkpoint=str(path)
        ) from None
    _agree(path, found, json.loads(json.dumps(identity)))
    named = dict(network.named_parameters())
    shapes = {k.removeprefix("model."): tuple(v.shape) for k, v in kept.items() if k.startswith("model.")}
    if shapes != {name: tuple(p.shape) for name, p in named.items()}:
        raise ConfigError(f"{path} is a checkpoint of a model of another shape: remove it or choose another folder")
    with torch.no_grad():
        for name, parameter in named.items():
            parameter.copy_(kept[f"model.{name}"])
    for name, parameter in named.items():
        keys = {key: f"optimizer.{key}.{name}" for key in ("step", "exp_avg", "exp_avg_sq")}
        state = {key: kept[full].to(parameter.device) for key, full in keys.items() if full in kept}
        if state:
            optimizer.state[parameter] = state
    return step


def _agree(path: Path, found: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    differing = [
        f"{key} is {found.get(key)!r} there and {expected.get(key)!r} here"
        for key in sorted({*found, *expected})
        if found.get(key) != expected.get(key)
    ]
    if differing:
        raise ConfigError(
            f"{path} is a checkpoint of another run: {'; '.join(differing)}; remove it or choose another folder"
        )
