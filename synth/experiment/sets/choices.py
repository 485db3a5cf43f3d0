"""Questions with options, English unless said otherwise: CosmosQA, SocialIQA and COPA, to prepare a model with."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from synth.experiment.kinds import Choice
from synth.experiment.sets import leakage
from synth.experiment.sets.files import records, refused
from synth.experiment.sets.languages import COPA_LANGUAGES as COPA_LANGUAGES

_ASKED = {"cause": "Why is that so?", "effect": "What follows from it?"}
"""COPA's two kinds of questions in words, since the model sees nothing but text."""


def cosmosqa(folder: Path, held_out: Collection[str] | None = None) -> list[Choice]:
    """CosmosQA's validation set: four options on a short story.

    Args:
        folder: The data folder.
        held_out: What is tested on, normalised; read from the folder where it is not given.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    path = folder / "intermediate" / "cosmosqa_valid.csv"
    options = [f"answer{number}" for number in range(4)]
    found = []
    for number, row in records(path, "context", "question", *options, "label"):
        right = _index(path, number, row["label"], "0123")
        found.append(Choice(row["context"], row["question"], tuple(row[name] for name in options), right))
    return _kept(folder, found, held_out)


def socialiqa(folder: Path, held_out: Collection[str] | None = None) -> list[Choice]:
    """SocialIQA's development set: three options on a sentence about people.

    Args:
        folder: The data folder.
        held_out: What is tested on, normalised; read from the folder where it is not given.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    path = folder / "intermediate" / "socialIQa_v1.4_dev.jsonl"
    options = [f"answer{letter}" for letter in "ABC"]
    found = []
    for number, row in records(path, "context", "question", *options, "correct"):
        right = _index(path, number, row["correct"], "ABC")
        found.append(Choice(row["context"], row["question"], tuple(row[name] for name in options), right))
    return _kept(folder, found, held_out)


def copa(
    folder: Path, language: str = "en", split: str = "train", held_out: Collection[str] | None = None
) -> list[Choice]:
    """COPA, and XCOPA in other languages: two options for the cause or the effect of what a sentence says.

    Args:
        folder: The data folder.
        language: One of :data:`COPA_LANGUAGES`; ``train`` is English alone.
        split: ``train``, ``val`` or ``test``.
        held_out: What is tested on, normalised; read from the folder where it is not given.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    path = folder / "xcopa" / f"{split}-{language}.jsonl"
    found = []
    for number, row in records(path, "premise", "question", "choice1", "choice2", "label"):
        if row["question"] not in _ASKED:
            raise refused(path, number, row["question"], " or ".join(_ASKED))
        options = (row["choice1"], row["choice2"])
        found.append(Choice(row["premise"], _ASKED[row["question"]], options, _index(path, number, row["label"], "01")))
    return _kept(folder, found, held_out)


def _index(path: Path, number: int, label: str, labels: str) -> int:
    if len(label) != 1 or label not in labels:
        raise refused(path, number, label, f"one of {', '.join(labels)}")
    return labels.index(label)


def _kept(folder: Path, found: list[Choice], held_out: Collection[str] | None) -> list[Choice]:
    held_out = leakage.held_out(folder) if held_out is None else held_out
    return leakage.without(found, held_out, lambda one: (*leakage.pieces(one.context), one.question))
