"""Pairs of texts: XNLI and PAWS-X to test on, English inference sets to prepare a model with."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from synth.experiment.kinds import TextPair
from synth.experiment.sets import leakage
from synth.experiment.sets.files import records, refused, rows
from synth.experiment.sets.folder import training_file
from synth.experiment.sets.languages import PAWSX_LANGUAGES as PAWSX_LANGUAGES
from synth.experiment.sets.languages import XNLI_LANGUAGES as XNLI_LANGUAGES

XNLI_LABELS = ("entailment", "neutral", "contradiction")
"""The order in which every inference set here counts its classes."""
NLI_LABELS = XNLI_LABELS
PAWSX_LABELS = ("different", "paraphrase")

_NO_SENTENCE = "NS"
_NO_LABEL = "?"
# SciTail's two classes are entailment and neutral: its pairs were made from a sentence and a question on it. RTE's and
# QNLI's other class mixes neutral with contradiction and so fits none of ours. SICK and XNLI stay out: this project's
# verifier is measured on them, and nothing made here may have seen them.
_INFERENCE = {
    "mnli": {label: label for label in XNLI_LABELS},
    "snli": {label: label for label in XNLI_LABELS},
    "scitail": {"entailment": "entailment", "not_entailment": "neutral"},
}


def xnli(folder: Path, language: str, split: str) -> list[TextPair]:
    """Premises, hypotheses and which of :data:`XNLI_LABELS` holds.

    Args:
        folder: The data folder.
        language: One of :data:`XNLI_LANGUAGES`; ``train`` is English alone.
        split: ``train``, ``dev`` or ``test``.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    path = folder / "xnli" / f"{split}-{language}.tsv"
    found = []
    for number, (premise, hypothesis, label) in rows(path, 3):
        if label not in XNLI_LABELS:
            raise refused(path, number, label, f"one of {', '.join(XNLI_LABELS)}")
        found.append(TextPair(premise, hypothesis, XNLI_LABELS.index(label)))
    return found


def pawsx(folder: Path, language: str, split: str) -> list[TextPair]:
    """Pairs of sentences of nearly the same words, and whether they say the same.

    Rows that lack a sentence (``NS``, not translated) or a label (``?``) are left out, so that the languages have
    different numbers of pairs. English pairs share sentences across the splits: 1,272 of the 2,000 to develop on have a
    sentence of the English test, though four only are the same pair. Whoever trains on them says so beside the English
    score, or leaves those out; the other languages' tests are untouched.

    Args:
        folder: The data folder.
        language: One of :data:`PAWSX_LANGUAGES`; ``train`` is English alone.
        split: ``train``, ``dev`` or ``test``.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    path = folder / "pawsx" / f"{split}-{language}.tsv"
    found = []
    for number, cells in rows(path, 4 if split == "test" else 3):
        first, second, label = cells[-3:]
        if _NO_SENTENCE in (first, second) or label == _NO_LABEL:
            continue
        if label not in ("0", "1"):
            raise refused(path, number, label, "0 or 1")
        found.append(TextPair(first, second, int(label)))
    return found


def pawsx_training(folder: Path, held_out: Callable[[], Collection[str]]) -> list[TextPair]:
    """The English pairs to be fine-tuned on for PAWS-X: the training file, or the development set where it is absent.

    Of the training pairs, those that share a sentence with one that is tested on are left out. The development pairs
    stay as they are, see :func:`pawsx`.

    Args:
        folder: The data folder.
        held_out: Gives what is tested on, normalised; asked for the training file alone.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    if training_file(folder, "pawsx-train") is None:
        return pawsx(folder, "en", "dev")
    return leakage.without(pawsx(folder, "en", "train"), held_out(), lambda pair: (pair.first, pair.second))


def nli(folder: Path, held_out: Collection[str] | None = None) -> list[TextPair]:
    """English pairs of MNLI, SNLI and SciTail, their development sets, without those that hold a tested sentence.

    MNLI's training file takes the place of its development set where it is there.

    Args:
        folder: The data folder.
        held_out: What is tested on, normalised; read from the folder where it is not given.

    Raises:
        ConfigError: A file is absent or damaged.
    """
    found = [pair for name in _INFERENCE for pair in _inference(folder, name)]
    held_out = leakage.held_out(folder) if held_out is None else held_out
    return leakage.without(found, held_out, lambda pair: (pair.first, pair.second))


def mnli(folder: Path, held_out: Collection[str] | None = None) -> list[TextPair]:
    """The pairs of :func:`nli` that are MNLI's: of XNLI's own kind, to be fine-tuned on for it.

    Args:
        folder: The data folder.
        held_out: What is tested on, normalised; read from the folder where it is not given.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    held_out = leakage.held_out(folder) if held_out is None else held_out
    return leakage.without(_inference(folder, "mnli"), held_out, lambda pair: (pair.first, pair.second))


def _inference(folder: Path, name: str) -> list[TextPair]:
    if name == "mnli" and training_file(folder, "xnli-train") is not None:
        return xnli(folder, "en", "train")
    path, labels = folder / "intermediate" / "nli" / f"{name}_dev.csv", _INFERENCE[name]
    found = []
    for number, row in records(path, "premise", "hypothesis", "label"):
        if row["label"] not in labels:
            raise refused(path, number, row["label"], f"one of {', '.join(labels)}")
        found.append(TextPair(row["premise"], row["hypothesis"], XNLI_LABELS.index(labels[row["label"]])))
    return found
