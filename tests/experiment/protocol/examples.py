"""A small config, outcomes with a known difference, and work that is done without learning anything."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from synth.errors import ModelError
from synth.experiment.protocol.configs import Config, load_config
from synth.experiment.protocol.gathering import OUTCOMES
from synth.experiment.protocol.outcomes import Cell, Outcomes, of_values
from synth.experiment.protocol.place import Place, Work
from synth.experiment.protocol.running import Surroundings
from synth.experiment.protocol.stages import Kind, Stage
from synth.experiment.protocol.storing import save_outcomes

SIZES = """
[sizes]
small = { layers = 1, width = 8, heads = 2, inner = 16 }
base = { layers = 2, width = 16, heads = 2, inner = 32 }
[tokenizer]
vocabulary = 400
"""
"""Encoders of a few thousand weights."""
TOML = f"""
schema = 1
seeds = 2
arms = ["none", "nli", "qa"]
targets = ["xnli", "squad"]
growth = ["small", "base"]
resamples = 50
robust = {{ pawsx = 2, xnli = 1, neighbours = 3 }}
noise = {{ rate = 0.1 }}
{SIZES.strip()}
sentences = 10
[pretraining]
steps = 2
batch = 2
max_length = 16
learning_rate = 1e-3
[intermediate.default]
steps = 2
batch = 2
[finetuning.default]
epochs = 1.0
batch = 2
[evaluation]
examples = 3
[retrieval]
languages = "36"
examples = 4
"""
PRESENT = ("xnli", "xquad", "mlqa", "tatoeba", "nli", "qa", "parallel")


def config(folder: Path, text: str = TOML) -> Config:
    path = folder / "mine.toml"
    path.write_text(text)
    return load_config(path)


def outcomes(share: float, n: int = 200, seed: int = 0) -> Outcomes:
    rng = np.random.default_rng(seed)
    return of_values((rng.random(n) < share).astype(float).tolist())


def pretend(stage: Stage, work: Work, place: Place, around: Surroundings, share: Callable[[float], None]) -> None:
    """Instead of learning: counts how often a stage is done, and gives outcomes that its id decides."""
    data = around.data
    for name in stage.inputs.values():
        assert place.record(name), f"{stage.id} before {name}"
    with (data / "done.log").open("a") as log:
        log.write(stage.id + "\n")
    if (around.run / "fail").is_file() and (around.run / "fail").read_text() == stage.id:
        raise ModelError(f"the loss of {stage.id} is nan")
    if (data / "slow").is_file():
        (work.folder / "checkpoint").touch()
        time.sleep(float((data / "slow").read_text()))
    share(0.5)
    (work.folder / "made").write_text(stage.id)
    if stage.kind is Kind.EVALUATE:
        chosen = stage.choices
        base = 0.5 + 0.1 * (chosen["arm"] == "nli")
        save_outcomes(
            {
                (condition, Cell(task, language, metric)): outcomes(base, seed=number)
                for condition in chosen["conditions"]
                for task in chosen["tasks"]
                for number, language in enumerate(("en", "sw"))
                for metric in (("f1", "em") if task in ("xquad", "mlqa") else ("accuracy",))
            },
            work.folder / OUTCOMES,
        )
    elif stage.kind is Kind.RETRIEVE:
        save_outcomes(
            {("clean", Cell("tatoeba", language, "accuracy")): outcomes(0.3, 100) for language in ("de", "th")},
            work.folder / OUTCOMES,
        )
