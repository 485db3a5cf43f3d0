"""What a data folder gives the protocol: training sets of arms and targets, tests of tasks, text to pre-train on.

Everything is drawn the same way wherever it is asked for: by the name of the set and the number of examples alone. Test
sets that are parallel stay parallel, since their languages have equally many examples and so the same draw.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from synth.errors import ConfigError
from synth.experiment.kinds import Choice, Question, TaggedSentence, TextPair
from synth.experiment.protocol.names import INTERMEDIATE
from synth.experiment.sets import bitext, choices, pairs, questions, tagging
from synth.experiment.sets.folder import present
from synth.experiment.sets.leakage import held_out as read_held_out
from synth.experiment.sets.leakage import normalised, without
from synth.signature import file_sha256

Item = TypeVar("Item")
Example = TextPair | TaggedSentence | Question | Choice

PAIRS, TAGS, QUESTIONS, CHOICES = "pairs", "tags", "questions", "choices"
FORM_OF: Mapping[str, str] = {
    "xnli": PAIRS,
    "pawsx": PAIRS,
    "udpos": TAGS,
    "panx": TAGS,
    "squad": QUESTIONS,
    "tydiqa": QUESTIONS,
    "nli": PAIRS,
    "qa": QUESTIONS,
    "commonsense": CHOICES,
}
"""The form of the examples of a target or of a single arm."""
LABELS_OF: Mapping[str, tuple[str, ...]] = {
    "xnli": pairs.XNLI_LABELS,
    "nli": pairs.NLI_LABELS,
    "pawsx": pairs.PAWSX_LABELS,
    "udpos": tagging.UDPOS_TAGS,
    "panx": tagging.PANX_TAGS,
}
_HELD_OUT = "held-out.txt"
_TEXTS = "texts.json"
_VALIDATED = 40
"""Pairs of each language that the layer of retrieval is chosen on."""
_COMMONSENSE = ("cosmosqa", "socialiqa", "copa")
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "xnli": ("xnli", "nli"),
    "pawsx": ("pawsx",),
    "udpos": ("udpos",),
    "panx": ("panx",),
    "xquad": ("xquad", "squad"),
    "mlqa": ("mlqa", "squad"),
    "tydiqa": ("tydiqa",),
    "tatoeba": ("tatoeba",),
    "bucc": ("bucc",),
    "nli": ("nli",),
    "qa": ("squad",),
}
"""The sets that a task or an arm needs."""


def needed(tasks: Iterable[str], arms: Iterable[str], *, text: bool) -> tuple[str, ...]:
    """The sets that a run needs, in a fixed order.

    Args:
        tasks: What is tested on.
        arms: Intermediate arms.
        text: Whether text is needed, for an encoder or for the neighbours of words.
    """
    wanted = {name for one in (*tasks, *arms) for name in _NEEDED.get(one, ())}
    if {"commonsense", "multi"} & set(arms):
        wanted.update(_COMMONSENSE)
    if "multi" in arms:
        wanted.update((*_NEEDED["nli"], *_NEEDED["qa"]))
    if text:
        wanted.add("parallel")
    return tuple(sorted(wanted))


def available(sets: Sequence[str]) -> tuple[str, ...]:
    """The tasks and single arms whose sets are all there, and ``multi`` where two arms are."""
    here = [one for one, wanted in _NEEDED.items() if set(wanted) <= set(sets)]
    if set(_COMMONSENSE) & set(sets):
        here.append("commonsense")
    if sum(one in here for one in INTERMEDIATE) > 1:
        here.append("multi")
    return tuple(here)


@lru_cache(maxsize=1)
def data_digest(folder: Path) -> str:
    """Digest of all files in a data folder: what is held out of training depends on every one of them."""
    digest = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        try:
            digest.update(f"{path.relative_to(folder).as_posix()} {file_sha256(path)}\n".encode())
        except OSError as error:
            raise ConfigError(f"cannot read {path}: {error.strerror or error}; mend or remove it") from None
    return digest.hexdigest()[:24]


def write_held_out(folder: Path, kept: Path) -> int:
    """Read what is tested on, once for all stages of a run.

    Args:
        folder: The data folder.
        kept: Folder that gets the file.

    Returns:
        How many texts it is.
    """
    found = sorted(read_held_out(folder))
    (kept / _HELD_OUT).write_text("\n".join(found), encoding="utf-8")
    return len(found)


@lru_cache(maxsize=1)
def held_out(folder: Path, kept: Path | None = None) -> frozenset[str]:
    """What is tested on, read once a process.

    Args:
        folder: The data folder.
        kept: Folder in which :func:`write_held_out` has left it; None reads the sets themselves.
    """
    if kept is None:
        return read_held_out(folder)
    try:
        return frozenset((kept / _HELD_OUT).read_text(encoding="utf-8").split("\n"))
    except OSError as error:
        raise ConfigError(f"cannot read {kept / _HELD_OUT}: {error.strerror or error}; run anew with --fresh") from None


@lru_cache(maxsize=4)
def arm_examples(folder: Path, arm: str, kept: Path | None = None) -> tuple[Any, ...]:
    """The training set of a single intermediate arm, English; a complete training file as for :func:`target_examples`.

    Args:
        folder: The data folder.
        arm: ``nli``, ``qa`` or ``commonsense``.
        kept: As for :func:`held_out`.
    """
    tested = held_out(folder, kept)
    found: list[Any] = []
    if arm == "nli":
        found = [*pairs.nli(folder, tested)]
    elif arm == "qa":
        found = [*questions.squad(folder, tested)]
    else:
        here = present(folder)
        found += choices.cosmosqa(folder, tested) if "cosmosqa" in here else []
        found += choices.socialiqa(folder, tested) if "socialiqa" in here else []
        for split in ("train", "val") if "copa" in here else ():
            found += choices.copa(folder, "en", split, tested)
    return _some(found, f"intermediate set {arm}")


@lru_cache(maxsize=8)
def target_examples(folder: Path, target: str, kept: Path | None = None) -> tuple[Any, ...]:
    """What a target is fine-tuned on, English: the complete training file of XNLI, PAWS-X or SQuAD where it is there.

    Args:
        folder: The data folder.
        target: The target.
        kept: As for :func:`held_out`.
    """
    readers: Mapping[str, Callable[[], Sequence[Any]]] = {
        "xnli": lambda: pairs.mnli(folder, held_out(folder, kept)),
        "pawsx": lambda: pairs.pawsx_training(folder, lambda: held_out(folder, kept)),
        "udpos": lambda: tagging.udpos(folder, "en", "train"),
        "panx": lambda: tagging.panx(folder, "en", "train"),
        "squad": lambda: questions.squad(folder, held_out(folder, kept)),
        "tydiqa": lambda: questions.tydiqa(folder, "en", "train"),
    }
    found = readers[target]()
    if target in ("udpos", "panx"):
        found = without(found, held_out(folder, kept), lambda one: (" ".join(one.words),))
    return _some(found, f"training set {target}")


@lru_cache(maxsize=8)
def tests(folder: Path, task: str, limit: int) -> Mapping[str, tuple[Example, ...]]:
    """What a task is tested on, by language.

    Args:
        folder: The data folder.
        task: The task.
        limit: Examples of each language at most; 0 takes all.
    """
    readers: Mapping[str, tuple[Sequence[str], Callable[[str], Sequence[Any]]]] = {
        "xnli": (pairs.XNLI_LANGUAGES, lambda language: pairs.xnli(folder, language, "test")),
        "pawsx": (pairs.PAWSX_LANGUAGES, lambda language: pairs.pawsx(folder, language, "test")),
        "udpos": (tagging.UDPOS_LANGUAGES, lambda language: tagging.udpos(folder, language, "test")),
        "panx": (tagging.PANX_LANGUAGES, lambda language: tagging.panx(folder, language, "test")),
        "xquad": (questions.XQUAD_LANGUAGES, lambda language: questions.xquad(folder, language)),
        "mlqa": (questions.MLQA_LANGUAGES, lambda language: questions.mlqa(folder, language)),
        "tydiqa": (questions.TYDIQA_LANGUAGES, lambda language: questions.tydiqa(folder, language, "test")),
    }
    languages, read = readers[task]
    return {language: draw(read(language), limit, task) for language in languages}


def draw(items: Sequence[Item], limit: int, name: str) -> tuple[Item, ...]:
    """Some of the items in their order; the same places for equally many items under one name."""
    if not limit or len(items) <= limit:
        return tuple(items)
    rng = np.random.default_rng([zlib.crc32(name.encode()), len(items)])
    return tuple(items[place] for place in sorted(rng.choice(len(items), size=limit, replace=False).tolist()))


def write_texts(folder: Path, kept: Path, limit: int) -> dict[str, int]:
    """Gather the text to pre-train on, and that to choose the layer of retrieval on, once for all stages of a run.

    Args:
        folder: The data folder.
        kept: Folder that gets the file; :func:`write_held_out` must have been there.
        limit: Sentences, and pairs, of each language at most; 0 takes all.

    Returns:
        How much it is.
    """
    tested = held_out(folder, kept)
    paired = bitext.parallel(folder, tested)
    found: dict[str, dict[str, Sequence[Any]]] = {
        "plain": {
            language: draw([one for one in texts if not _apart(one)], limit, f"plain {language}")
            for language, texts in bitext.monolingual(folder, tested).items()
        },
        "paired": {
            language: draw([one for one in both if not _apart(one[1])], limit, f"parallel {language}")
            for language, both in paired.items()
        },
        "validation": {
            language: draw([one for one in both if _apart(one[1])], _VALIDATED, "validation")
            for language, both in paired.items()
        },
    }
    (kept / _TEXTS).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return {name: sum(len(rows) for rows in by_language.values()) for name, by_language in found.items()}


def numbered(asked: Sequence[Question]) -> list[Question]:
    """Questions with their places as ids: some sets ask one question, under one id, of two contexts."""
    return [replace(one, id=str(place)) for place, one in enumerate(asked)]


@dataclass(frozen=True, slots=True)
class Texts:
    """Text by language: to pre-train on, and parallel text that is neither trained nor tested on."""

    plain: Mapping[str, Sequence[str]]
    paired: Mapping[str, Sequence[tuple[str, str]]]
    """Foreign, English."""
    validation: Mapping[str, Sequence[tuple[str, str]]]


def texts(kept: Path) -> Texts:
    """What :func:`write_texts` wrote.

    Raises:
        ConfigError: It is absent or damaged.
    """
    try:
        found = json.loads((kept / _TEXTS).read_text(encoding="utf-8"))
        both = {
            name: {language: [(one, other) for one, other in rows] for language, rows in found[name].items()}
            for name in ("paired", "validation")
        }
        return Texts(found["plain"], both["paired"], both["validation"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{kept / _TEXTS} is absent or damaged ({error}): run anew with --fresh") from None


def _apart(english: str) -> bool:
    """Whether a sentence is kept out of pre-training: one in 25, by its English side, so that no language shows it."""
    return zlib.crc32(normalised(english).encode()) % 25 == 0


def _some(found: Sequence[Any], what: str) -> tuple[Any, ...]:
    if not found:
        raise ConfigError(f"the {what} has no example left that is not tested on; unpack it anew, or leave it out")
    return tuple(found)
