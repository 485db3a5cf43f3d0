"""Train the verifier: all-MiniLM-L6-v2, general inference first, then claims of papers against their passages.

A run may go on from an earlier verifier (``base``), with other lengths of its phases; the manifest then holds
the earlier runs as well, so that the whole way to the weights can be read from it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from synth.errors import ConfigError
from synth.training.base import BASE, BASE_LICENCE, BASE_SHA256, base_folder, new_verifier
from synth.training.export import export_verifier
from synth.training.general import general_pairs
from synth.training.loop import LoopConfig, Progress, Trainer, device_of
from synth.training.mixture import counts
from synth.training.pairs import Pair, digest
from synth.training.task import task_pairs
from synth.verification.nli import STATED

COMMAND = "synth train verifier --data DATA/nli --data DATA/claims --data DATA/arxiv --data DATA/roles --out OUT"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeConfig:
    """Length of the two phases and the loop's choices; the defaults make a first verifier from bare weights."""

    general_steps: int = 1000
    task_steps: int = 850
    abstracts: int = 2500
    """Abstracts that contrast pairs are made from."""
    loop: LoopConfig = field(default_factory=LoopConfig)


def train_verifier(
    data: Sequence[Path],
    out: Path,
    *,
    seed: int = 0,
    config: RecipeConfig | None = None,
    on_progress: Progress | None = None,
    resume: bool = True,
    base: Path | None = None,
    device: str = "cpu",
) -> Path:
    """Train the verifier and export it to ``out/verifier``.

    Checkpoints, the pairs' digests and ``log.jsonl`` go to ``out/run``; a run that was stopped goes on from
    its last checkpoint and gives the weights of one that was not (with the same number of threads).

    Args:
        data: Folders with any of: labelled sets (``sets.tar.xz`` or unpacked, ``pairs.jsonl.xz``), claims
            (``claims.jsonl.xz``), abstracts (``metadata.jsonl.xz``), summaries (``scitldr.jsonl.xz``).
        out: Folder for the run and its result.
        seed: Seed of the head's weights, of every draw and of the order of batches.
        config: Steps and choices; None for the defaults.
        on_progress: Told the step, the number of steps and the mean loss.
        resume: False starts anew, over an older run.
        base: Folder of a bare BERT checkpoint or of an earlier verifier to go on from; None for the package's
            all-MiniLM-L6-v2.
        device: ``cpu``, ``cuda``, or ``auto`` for the GPU where there is one.

    Returns:
        The exported folder.

    Raises:
        ConfigError: The folders hold no training data, ``out`` holds a run with other choices, or the device is not
            there.
        ModelError: The starting weights are absent or damaged, or the loss is no longer a number.
    """
    from tokenizers import Tokenizer

    choices, place = config or RecipeConfig(), device_of(device)
    general = general_pairs(data, seed)
    phases = [
        ("general", choices.general_steps, general),
        ("task", choices.task_steps, task_pairs(data, general, seed, choices.abstracts)),
    ]
    if not any(pairs for _, _, pairs in phases):
        raise ConfigError(
            f"no training data in {', '.join(map(str, data)) or 'no folder'}: name folders that hold some"
        )
    start_from = base or base_folder()
    run = out / "run"
    run.mkdir(parents=True, exist_ok=True)
    same_run(run, identity(seed, choices, phases), resume=resume)
    tokenizer = Tokenizer.from_file(str(start_from / "tokenizer.json"))
    trainer = Trainer(new_verifier(start_from, seed), tokenizer, choices.loop, run, place)
    if resume:
        trainer.load()
    run_phases(trainer, phases, seed, on_progress or (lambda step, steps, loss: None))
    facts = training_facts(seed, choices, phases, base)
    export_verifier(trainer.model.cpu(), tokenizer, out / "verifier", max_length=choices.loop.max_length, facts=facts)
    return out / "verifier"


Phase = tuple[str, int, list[Pair]]


def run_phases(trainer: Trainer, phases: Sequence[Phase], seed: int, on_progress: Progress) -> None:
    """Train through the phases in order, each with its own order of batches; empty ones are passed over."""
    filled = [(name, steps, pairs) for name, steps, pairs in phases if pairs and steps]
    total = sum(steps for _, steps, _ in filled)
    start = 0
    for number, (_, steps, pairs) in enumerate(filled):
        trainer.fit(pairs, start, start + steps, total, seed + number, on_progress)
        start += steps


def identity(seed: int, config: RecipeConfig, phases: Sequence[Phase]) -> dict[str, Any]:
    """What a run must share with its checkpoint to be the same run."""
    return {
        "seed": seed,
        "loop": asdict(config.loop),
        "phases": [{"name": name, "steps": steps, "pairs": digest(pairs)} for name, steps, pairs in phases],
    }


def same_run(folder: Path, wanted: dict[str, Any], *, resume: bool) -> None:
    """Check that a folder's run, if any, is the wanted one, and note it there.

    Raises:
        ConfigError: It is another.
    """
    path = folder / "run.json"
    if resume and path.is_file() and (found := json.loads(path.read_text(encoding="utf-8"))) != wanted:
        changed = ", ".join(key for key in wanted if found.get(key) != wanted[key])
        raise ConfigError(f"{folder} holds a run with another {changed}: start anew or choose another folder")
    if not resume:
        for name in ("state.safetensors", "log.jsonl"):
            (folder / name).unlink(missing_ok=True)
    path.write_text(json.dumps(wanted, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def training_facts(
    seed: int, config: RecipeConfig, phases: Sequence[Phase], base: Path | None = None
) -> dict[str, Any]:
    """What the manifest says of the training: start, seed, choices, and the data of each phase with licences."""
    start: dict[str, Any] = {"base": {"name": BASE, "licence": BASE_LICENCE, "sha256": BASE_SHA256}}
    if base and (base / "manifest.json").is_file():
        before = json.loads((base / "manifest.json").read_text(encoding="utf-8"))
        earlier = {key: before[key] for key in ("seed", "loop", "phases", "averaged") if key in before}
        run = {**earlier, "gave": before.get("sha256", {}).get("model.safetensors", "")}
        start = {"base": before["base"], "earlier_runs": [*before.get("earlier_runs", []), run]}
    return {
        **start,
        "command": COMMAND,
        "stated": STATED,
        "seed": seed,
        "loop": asdict(config.loop),
        "phases": [
            {
                "name": name,
                "steps": steps,
                "pairs_in_pool": len(pairs),
                "pairs_seen": steps * config.loop.batch,
                "digest": digest(pairs),
                "counts": counts(pairs),
                "licences": {pair.set: pair.licence for pair in sorted(pairs, key=lambda p: p.set)},
            }
            for name, steps, pairs in phases
            if steps
        ],
    }
