"""Cheap signs that a claim and a passage point different ways: direction words and negation (pure)."""

from __future__ import annotations

import re

from synth.text import sentences, words
from synth.verification.numbers.extract import word_set

_UP_WORDS = (
    "increase increases increased increasing improve improves improved improving improvement improvements gain gains "
    "higher better more larger greater outperform outperforms outperformed outperforming surpass surpasses surpassed "
    "exceed exceeds exceeded rise rises rose grow grows grew above best highest largest raise raises raised boost "
    "boosts boosted beat beats benefit benefits helps faster strongest stronger widens most lift lifts lifted"
)
_DOWN_WORDS = (
    "decrease decreases decreased decreasing degrade degrades degraded degradation drop drops dropped lower worse "
    "less fewer smaller underperform underperforms underperformed decline declines declined fall falls fell below "
    "worst lowest smallest reduce reduces reduced reduction reductions hurt hurts harm harms harmed loss losses lag "
    "lags behind slower weaker weakest narrows shrinks least trail trails trailed lose loses"
)
_NOT_WORDS = (
    "not no never neither nor without cannot none nothing hardly barely fail fails failed unable lack lacks lacking"
)
_UP, _DOWN, _NOT = frozenset(_UP_WORDS.split()), frozenset(_DOWN_WORDS.split()), frozenset(_NOT_WORDS.split())
_CONTRACTED = re.compile(r"n['’]t$")


def direction(text: str) -> int:
    """1 where a text speaks of more or better only, -1 for less or worse only, 0 for both or neither."""
    found = set(words(text))
    return int(bool(found & _UP)) - int(bool(found & _DOWN))


def negated(text: str) -> bool:
    """Whether a text denies something."""
    return any(word in _NOT or _CONTRACTED.search(word) for word in words(text))


def nearest_sentence(claim: str, passage: str) -> str:
    """The sentence of a passage that shares most content words with a claim; the first of equals."""
    wanted = word_set(claim)
    return max(sentences(passage) or ("",), key=lambda sentence: len(wanted & word_set(sentence)))


def opposed(claim: str, passage: str) -> bool:
    """Whether the passage's nearest sentence points the other way."""
    return direction(claim) * direction(nearest_sentence(claim, passage)) < 0


def negation_differs(claim: str, passage: str) -> bool:
    """Whether one of claim and nearest sentence denies and the other does not."""
    return negated(claim) != negated(nearest_sentence(claim, passage))
