"""Which sets a data folder holds whole, which it lacks, and where those can be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from synth.errors import ConfigError
from synth.experiment.sets import languages as spoken

_XTREME = "github.com/google-research/xtreme (scripts/download_data.sh)"


@dataclass(frozen=True, slots=True)
class Absent:
    """A set that is not there, or not whole."""

    name: str
    missing: tuple[str, ...]
    """Files that were looked for, relative to the folder."""
    where: str
    """Where the set can be had."""

    def __str__(self) -> str:
        more = f" and {len(self.missing) - 1} more" if len(self.missing) > 1 else ""
        return f"{self.name} (no {self.missing[0]}{more}; from {self.where})"


@dataclass(frozen=True, slots=True)
class _Set:
    files: tuple[str, ...]
    where: str


def _each(pattern: str, languages: Sequence[str]) -> tuple[str, ...]:
    return tuple(pattern.format(language) for language in languages)


def _tatoeba() -> tuple[str, ...]:
    three = {two: code for code, two in spoken.TATOEBA_CODES.items()}
    return tuple(f"tatoeba/tatoeba.{three[two]}-eng.{side}" for two in spoken.XTREME_36 for side in (three[two], "eng"))


_SETS: dict[str, _Set] = {
    "xnli": _Set(
        _each("xnli/dev-{}.tsv", spoken.XNLI_LANGUAGES) + _each("xnli/test-{}.tsv", spoken.XNLI_LANGUAGES), _XTREME
    ),
    "pawsx": _Set(
        _each("pawsx/dev-{}.tsv", spoken.PAWSX_LANGUAGES) + _each("pawsx/test-{}.tsv", spoken.PAWSX_LANGUAGES),
        "github.com/google-research-datasets/paws",
    ),
    "udpos": _Set(
        ("udpos/train-en.tsv", *(f"udpos/{split}-{one}.tsv" for one, split in spoken.UDPOS_SPLITS.items())),
        f"universaldependencies.org, prepared by {_XTREME}",
    ),
    "panx": _Set(("panx/train-en.tsv", *_each("panx/dev-{}.tsv", spoken.PANX_LANGUAGES)), _XTREME),
    "xquad": _Set(_each("xquad/xquad.{}.json", spoken.XQUAD_LANGUAGES), "github.com/google-deepmind/xquad"),
    "mlqa": _Set(
        _each("mlqa/dev/dev-context-{0}-question-{0}.json", spoken.MLQA_LANGUAGES), "github.com/facebookresearch/MLQA"
    ),
    "tydiqa": _Set(
        _each("tydiqa/train/tydiqa.goldp.{}.train.json", ("en", *spoken.TYDIQA_LANGUAGES)),
        "github.com/google-research-datasets/tydiqa, split by language",
    ),
    "tatoeba": _Set(_tatoeba(), "github.com/facebookresearch/LASER (data/tatoeba/v1)"),
    "bucc": _Set(
        tuple(f"bucc2018/{one}-en.dev.{end}" for one in spoken.BUCC_LANGUAGES for end in (one, "en", "gold")), _XTREME
    ),
    "nli": _Set(
        _each("intermediate/nli/{}_dev.csv", ("mnli", "snli", "scitail")),
        "github.com/felipessalvatore/NLI_datasets",
    ),
    "squad": _Set(
        ("intermediate/squad_v1.1_dev_minus_xquad.json",),
        "github.com/rajpurkar/SQuAD-explorer, the development set without XQuAD's paragraphs",
    ),
    "cosmosqa": _Set(("intermediate/cosmosqa_valid.csv",), "github.com/wilburOne/cosmosqa"),
    "socialiqa": _Set(("intermediate/socialIQa_v1.4_dev.jsonl",), "allenai.org/data/socialiqa"),
    "copa": _Set(("xcopa/train-en.jsonl", "xcopa/val-en.jsonl"), "github.com/cambridgeltl/xcopa"),
    "parallel": _Set(
        ("parallel/ntrex128/en.txt", "parallel/ntrex128/de.txt", "parallel/flores200_devtest/en.txt"),
        "github.com/MicrosoftTranslator/NTREX and github.com/Helsinki-NLP/OPUS-MT-testsets",
    ),
}
NAMES = tuple(_SETS)
"""The sets there are: those of XTREME's tasks first, then those that a model is made and prepared with."""
TRAINING: Mapping[str, str] = {
    "xnli-train": "xnli/train-en.tsv",
    "pawsx-train": "pawsx/train-en.tsv",
    "squad-train": "squad/train-v1.1.json",
}
"""Complete English training files, each under the name that XTREME's own download gives it. No set needs them; where
one is there, it is trained on instead of the development set that stands in for it."""


def present(folder: Path) -> tuple[str, ...]:
    """Names of the sets that a folder holds whole.

    Args:
        folder: The data folder, one folder a set in it.
    """
    lacking = {one.name for one in absent(folder)}
    return tuple(name for name in NAMES if name not in lacking)


def training_file(folder: Path, name: str) -> Path | None:
    """A complete training file, one of :data:`TRAINING`, where the folder holds it."""
    path = folder / TRAINING[name]
    return path if path.is_file() else None


def where(name: str) -> str:
    """Where a set can be had."""
    return _SETS[name].where


def absent(folder: Path) -> tuple[Absent, ...]:
    """The sets that a folder does not hold whole, with the files that are missing and where the set can be had."""
    found = []
    for name, one in _SETS.items():
        missing = tuple(file for file in one.files if not (folder / file).is_file())
        if missing:
            found.append(Absent(name, missing, one.where))
    return tuple(found)


def require(folder: Path, names: Sequence[str], *, partial: bool) -> tuple[str, ...]:
    """The wanted sets that a folder holds.

    Args:
        folder: The data folder.
        names: The wanted sets.
        partial: Go on with those that are there.

    Raises:
        ConfigError: The folder or a set is absent, or with ``partial`` all are, or a name is unknown.
    """
    unknown = [name for name in names if name not in _SETS]
    if unknown:
        raise ConfigError(f"there is no set {', '.join(unknown)}: the sets are {', '.join(NAMES)}")
    if not folder.is_dir():
        raise ConfigError(
            f"there is no data folder {folder}: unpack the sets there, one folder each ({', '.join(names)}),"
            " or get them by `synth experiment fetch`"
        )
    lacking = {one.name: one for one in absent(folder) if one.name in names}
    here = tuple(dict.fromkeys(name for name in names if name not in lacking))
    if lacking and not (partial and here):
        shown = "; ".join(str(lacking[name]) for name in dict.fromkeys(names) if name in lacking)
        advice = "add them or go on with the others by --partial" if here else "add at least one"
        raise ConfigError(f"{folder} lacks {len(lacking)} of {len(set(names))} sets: {shown}: {advice}", folder=folder)
    return here
