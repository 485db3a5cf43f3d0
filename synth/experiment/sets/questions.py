"""Questions on a context that holds the answer: SQuAD to train on, XQuAD, MLQA and TyDiQA to test on."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from synth.errors import ConfigError
from synth.experiment.kinds import Question
from synth.experiment.sets import leakage
from synth.experiment.sets.files import Paragraph, paragraphs
from synth.experiment.sets.folder import training_file
from synth.experiment.sets.languages import MLQA_LANGUAGES as MLQA_LANGUAGES
from synth.experiment.sets.languages import TYDIQA_LANGUAGES as TYDIQA_LANGUAGES
from synth.experiment.sets.languages import XQUAD_LANGUAGES as XQUAD_LANGUAGES


def squad(folder: Path, held_out: Collection[str] | None = None) -> list[Question]:
    """SQuAD 1.1's training set or, where it is absent, its development set without XQuAD, which is part of it.

    What the file still has of XQuAD, and every paragraph with a sentence that is tested on elsewhere, is left out.

    Args:
        folder: The data folder.
        held_out: What is tested on, normalised; read from the folder where it is not given.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    development = folder / "intermediate" / "squad_v1.1_dev_minus_xquad.json"
    path = training_file(folder, "squad-train") or development
    held_out = leakage.held_out(folder) if held_out is None else held_out
    kept = leakage.without(paragraphs(path), held_out, lambda one: leakage.pieces(one.context))
    found = _questions(path, kept)
    return leakage.without(found, held_out, lambda one: (one.question,))


def xquad(folder: Path, language: str) -> list[Question]:
    """XQuAD: 240 paragraphs of SQuAD and their 1,190 questions, translated.

    Args:
        folder: The data folder.
        language: One of :data:`XQUAD_LANGUAGES`.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    return _read(folder / "xquad" / f"xquad.{language}.json")


def mlqa(folder: Path, language: str) -> list[Question]:
    """MLQA's development set, context and question in the same language.

    Args:
        folder: The data folder.
        language: One of :data:`MLQA_LANGUAGES`.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    return _read(folder / "mlqa" / "dev" / f"dev-context-{language}-question-{language}.json")


def tydiqa(folder: Path, language: str, split: str) -> list[Question]:
    """TyDiQA, gold passages.

    Args:
        folder: The data folder.
        language: ``en`` to train on, one of :data:`TYDIQA_LANGUAGES` to test on.
        split: ``train`` or ``test``; the latter reads a language's training set, whose answers are at hand and which
            a model trained on English has not seen.

    Raises:
        ConfigError: The file is absent or damaged, or English is asked for as a test.
    """
    if split == "test" and language not in TYDIQA_LANGUAGES:
        raise ConfigError(
            f"TyDiQA has no test in {language!r} whose answers are at hand: take {' or '.join(TYDIQA_LANGUAGES)}"
        )
    return _read(folder / "tydiqa" / "train" / f"tydiqa.goldp.{language}.train.json")


def _read(path: Path) -> list[Question]:
    return _questions(path, paragraphs(path))


def _questions(path: Path, found: list[Paragraph]) -> list[Question]:
    return [_question(path, one.context, record) for one in found for record in one.questions]


def _question(path: Path, context: str, record: dict[str, Any]) -> Question:
    try:
        name, asked = str(record["id"]), str(record["question"]).strip()
        answers = tuple(dict.fromkeys(str(one["text"]) for one in record["answers"]))
        start = int(record["answers"][0]["answer_start"])
    except (KeyError, IndexError, TypeError, ValueError):
        raise ConfigError(f"{path} has a question without id, text or answer: unpack the set anew", path=path) from None
    # the context is stripped like every text; the answer stays verbatim and its place moves along
    text = context.strip()
    place = _place(text, answers[0], start - (len(context) - len(context.lstrip())))
    if place is None:
        raise ConfigError(
            f"{path}, question {name}: its answer is not in its context; take a copy of the set with its answers",
            path=path,
        )
    return Question(name, text, asked, answers, place)


def _place(context: str, answer: str, start: int) -> int | None:
    """Where the answer stands: at its offset or, where that is off, at its occurrence nearest to it."""
    if not answer.strip():
        return None
    if context.startswith(answer, max(start, 0)):
        return max(start, 0)
    places = []
    place = context.find(answer)
    while place >= 0:
        places.append(place)
        place = context.find(answer, place + 1)
    return min(places, key=lambda one: (abs(one - start), one), default=None)
