"""Sentences with a tag a word: parts of speech (UDPOS) and names (PAN-X)."""

from __future__ import annotations

from pathlib import Path

from synth.experiment.kinds import TaggedSentence
from synth.experiment.sets.files import tagged
from synth.experiment.sets.languages import PANX_LANGUAGES as PANX_LANGUAGES
from synth.experiment.sets.languages import UDPOS_LANGUAGES as UDPOS_LANGUAGES
from synth.experiment.sets.languages import UDPOS_SPLITS

UDPOS_TAGS = (
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
)
PANX_TAGS = ("B-LOC", "B-ORG", "B-PER", "I-LOC", "I-ORG", "I-PER", "O")


def udpos(folder: Path, language: str, split: str) -> list[TaggedSentence]:
    """Sentences with a part of speech a word.

    Args:
        folder: The data folder.
        language: One of :data:`UDPOS_LANGUAGES`; ``train`` is English alone.
        split: ``train``, ``dev`` or ``test``; the last is the file that the language is tested on, which is the
            development set where test labels are incomplete (see :data:`~languages.UDPOS_SPLITS`).

    Raises:
        ConfigError: The file is absent or damaged.
    """
    split = UDPOS_SPLITS.get(language, split) if split == "test" else split
    return tagged(folder / "udpos" / f"{split}-{language}.tsv", frozenset(UDPOS_TAGS))


def panx(folder: Path, language: str, split: str) -> list[TaggedSentence]:
    """Sentences with the names of places, organisations and persons marked in IOB2.

    Args:
        folder: The data folder.
        language: One of :data:`PANX_LANGUAGES`.
        split: ``train``, ``dev`` or ``test``; the last is the development set too, since every copy of the test set
            has its labels stripped.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    name = "dev" if split == "test" else split
    return tagged(folder / "panx" / f"{name}-{language}.tsv", frozenset(PANX_TAGS))
