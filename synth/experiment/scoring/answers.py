"""Exact match and F1 of answers: SQuAD 1.1's for XQuAD and TyDiQA, MLQA's with its languages' articles.

The best over the accepted answers counts. A question without prediction counts as wrong.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from synth.experiment.kinds import Question

_ARTICLES = {
    "en": re.compile(r"\b(?:a|an|the)\b"),
    "es": re.compile(r"\b(?:un|una|unos|unas|el|la|los|las)\b"),
    "vi": re.compile(r"\b(?:của|là|cái|chiếc|những)\b"),
    "de": re.compile(r"\b(?:ein|eine|einen|einem|eines|einer|der|die|das|den|dem|des)\b"),
    # MLQA's script takes these two letters out wherever they stand, within words too
    "ar": re.compile("ال"),
}
_WITHOUT_ARTICLES = ("hi", "zh")
_IDEOGRAPH = re.compile(r"([\u4e00-\u9fa5])")


@dataclass(frozen=True, slots=True)
class Answered:
    """The outcome of each question, 0 to 1, in the order of the questions."""

    em: tuple[float, ...]
    f1: tuple[float, ...]

    @property
    def em_points(self) -> float:
        """Exact match in points."""
        return 100.0 * sum(self.em) / len(self.em)

    @property
    def f1_points(self) -> float:
        """F1 in points."""
        return 100.0 * sum(self.f1) / len(self.f1)


def squad(predictions: Mapping[str, str], gold: Sequence[Question]) -> Answered:
    """SQuAD 1.1's scores, for which every language has English articles and ASCII punctuation.

    Args:
        predictions: Answers by the questions' ids.
        gold: The questions, at least one.

    Raises:
        ValueError: There is no question.
    """
    return _answered(predictions, gold, squad_normalised)


def mlqa(predictions: Mapping[str, str], gold: Sequence[Question], language: str) -> Answered:
    """MLQA's scores: articles of the answer's language, punctuation of all scripts, Chinese by characters.

    Args:
        predictions: Answers by the questions' ids.
        gold: The questions, at least one.
        language: Of the answers, one of MLQA's seven.

    Raises:
        ValueError: There is no question, or the language is none of MLQA's.
    """
    return _answered(predictions, gold, lambda text: mlqa_normalised(text, language))


def squad_normalised(text: str) -> str:
    """An answer in small letters without ASCII punctuation, English articles and needless spaces."""
    kept = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    return " ".join(_ARTICLES["en"].sub(" ", kept).split())


def mlqa_normalised(text: str, language: str) -> str:
    """An answer in small letters without punctuation, articles and needless spaces.

    Args:
        text: The answer.
        language: One of MLQA's seven.

    Raises:
        ValueError: The language is none of them.
    """
    if language not in _ARTICLES and language not in _WITHOUT_ARTICLES:
        raise ValueError(f"MLQA has no language {language!r}")
    kept = "".join(letter for letter in text.lower() if not _punctuation(letter))
    if language in _ARTICLES:
        kept = _ARTICLES[language].sub(" ", kept)
    if language == "zh":
        kept = _IDEOGRAPH.sub(r" \1 ", kept)
    return " ".join(kept.split())


def _punctuation(letter: str) -> bool:
    return letter in string.punctuation or unicodedata.category(letter).startswith("P")


def _answered(predictions: Mapping[str, str], gold: Sequence[Question], normalise: Callable[[str], str]) -> Answered:
    if not gold:
        raise ValueError("no questions to score")
    both = [_best(predictions.get(one.id), one.answers, normalise) for one in gold]
    return Answered(tuple(em for em, _ in both), tuple(f1 for _, f1 in both))


def _best(prediction: str | None, answers: Sequence[str], normalise: Callable[[str], str]) -> tuple[float, float]:
    if prediction is None:
        return 0.0, 0.0
    guessed, true = normalise(prediction), [normalise(answer) for answer in answers]
    return float(guessed in true), max((_overlap(guessed.split(), one.split()) for one in true), default=0.0)


def _overlap(guessed: list[str], true: list[str]) -> float:
    same = sum((Counter(guessed) & Counter(true)).values())
    if not same:
        return 0.0
    precision, recall = same / len(guessed), same / len(true)
    return 2 * precision * recall / (precision + recall)
