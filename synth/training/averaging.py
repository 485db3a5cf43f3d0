"""The mean of two verifiers' weights, of which the second was trained on from the first."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

from synth.errors import ModelError
from synth.training.export import manifest_bytes

_WEIGHTS = "model.safetensors"


def average_verifiers(earlier: Path, later: Path, out: Path, *, share: float = 0.5) -> Path:
    """Write the weighted mean of two verifiers of one architecture.

    Further training on new data costs some of what was learnt before; the mean of both ends keeps most of both
    (Wortsman et al., CVPR 2022, arXiv 2109.01903).

    Args:
        earlier: Folder of the verifier that the other one started from, at some distance.
        later: Folder of the other one; its configuration, tokenizer and history go along.
        out: Folder to write to.
        share: Weight of ``later``, 0 to 1.

    Returns:
        The manifest's path. The manifest says under ``averaged`` which weights were averaged.

    Raises:
        ModelError: The two differ in their architecture, or a folder is incomplete.
    """
    from safetensors.numpy import load, save

    try:
        first, second = ((folder / _WEIGHTS).read_bytes() for folder in (earlier, later))
        facts = json.loads((later / "manifest.json").read_text(encoding="utf-8"))
        files = {name: (later / name).read_bytes() for name in facts["sha256"] if name != _WEIGHTS}
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{earlier} and {later} cannot be averaged: {error}", checkpoint=str(later)) from error
    one, other = load(first), load(second)
    if {name: value.shape for name, value in one.items()} != {name: value.shape for name, value in other.items()}:
        raise ModelError(f"{earlier} and {later} differ in their architecture", checkpoint=str(later))
    mean = {
        name: ((1 - share) * one[name].astype(np.float32) + share * other[name].astype(np.float32)).astype(value.dtype)
        for name, value in other.items()
    }
    files[_WEIGHTS] = save(mean, metadata={"format": "pt"})
    facts["averaged"] = {"with": hashlib.sha256(first).hexdigest(), "share_of_the_last_run": share}
    facts["averaged"]["last_run_gave"] = hashlib.sha256(second).hexdigest()
    facts["sha256"] = {name: hashlib.sha256(body).hexdigest() for name, body in sorted(files.items())}
    facts.pop("scores", None)
    files["manifest.json"] = manifest_bytes(facts)
    out.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        part = out / f"{name}.part"
        part.write_bytes(body)
        part.replace(out / name)
    return out / "manifest.json"
