"""Noisy input to test with, and augmented input to train with. Pure: the same random state gives the same text."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Mapping, Sequence

from synth.experiment.kinds import TextPair

_WORD = re.compile(r"[^\W\d_]+")
_STROKED = str.maketrans("đĐłŁøØħĦŧŦ", "dDlLoOhHtT")
"""Letters whose stroke Unicode does not take for an accent."""
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_SHORTEST = 4
"""Letters of a word that a typo is made in: a shorter one would often become another word."""


def typos(text: str, rate: float, rng: random.Random) -> str:
    """A text with typing errors: in some words two letters change places, or one is lost or doubled.

    The first letter stays, as it mostly does when people type, and words under four letters stay whole. No keyboard
    is assumed, so that every script gets the same errors.

    Args:
        text: Any language.
        rate: Share of words, 0 to 1, in which an error is made.
        rng: Random state.
    """

    def mistyped(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < _SHORTEST or rng.random() >= rate:
            return word
        place, kind = rng.randrange(1, len(word) - 1), rng.randrange(3)
        swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        return (swapped, word[:place] + word[place + 1 :], word[:place] + word[place] + word[place:])[kind]

    return _WORD.sub(mistyped, text)


def drop_accents(text: str) -> str:
    """A text without the accents of Latin, Greek and Cyrillic letters, as typed on a keyboard that lacks them.

    Vowel signs of other scripts stay: without them the text would be no sloppier writing but another one.

    Args:
        text: Any language.
    """
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare).translate(_STROKED)


def change_case(text: str) -> str:
    """A text in capitals, or in small letters where it is in capitals already; scripts without case stay.

    Args:
        text: Any language.
    """
    capitals = text.upper()
    return text.lower() if capitals == text else capitals


def augment(pair: TextPair, rng: random.Random, near: Mapping[str, Sequence[str]]) -> TextPair:
    """A pair of which each word is replaced by one drawn evenly from its neighbours and itself; the label stays.

    Random synonym augmentation of Huang et al. (2021, arXiv 2104.08645), who make ten copies of each PAWS-X pair and
    three of each XNLI pair.

    Args:
        pair: What to copy.
        rng: Random state.
        near: Neighbours of each word in small letters, such as :func:`~synth.experiment.sets.neighbours.neighbours`
            finds; a word that is not there stays.
    """
    return TextPair(_replaced(pair.first, rng, near), _replaced(pair.second, rng, near), pair.label)


def _replaced(text: str, rng: random.Random, near: Mapping[str, Sequence[str]]) -> str:
    def drawn(match: re.Match[str]) -> str:
        word = match[0]
        others = [one for one in near.get(word.lower(), ()) if one != word.lower()]
        place = rng.randrange(len(others) + 1) if others else 0
        return _cased(others[place - 1], word) if place else word

    return _WORD.sub(drawn, text)


def _cased(word: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word.capitalize() if like[0].isupper() else word
