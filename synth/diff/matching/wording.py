"""How alike two wordings are: tokens, figures, what a cut one begins. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from synth.text import normalise

_TOKEN = re.compile(
    r"(?:(?<![\w.)])[+-])?(?:\d+(?:[.,]\d+)*|(?<![\w.])\.\d+)"  # a figure with its sign
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|[%‰<>≤≥±=≈~+#$€£→]"
)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
CITED_YEAR = re.compile(r"\((?:[^()]*[\s,;])?(?:19|20)\d\d[a-z]?\)")
"""A citation: its year and its names are no part of what is claimed."""
_EDGE = re.compile(r"(?:[^\W_]|\d[.,])$")
_TEENS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
)
_SPELLED = {word: str(value) for value, word in enumerate(_TEENS.split(), start=2)}  # "one" and "zero" rarely count
_ALIKE = {"percent": "%", "×": "x", "∼": "~"}


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim's wording as the matching sees it."""

    text: str
    cut: bool
    tokens: tuple[str, ...]
    """Folded words, figures and signs in order; without the last one where that may be broken off."""
    bag: frozenset[str]
    """The tokens, the second "the" as another one than the first, so that sets count repetitions."""
    figures: tuple[str, ...]
    """Its numbers in order, without the years of citations."""


def read(text: str, *, cut: bool = False) -> Wording:
    """The wording of a claim; of a cut one, its beginning."""
    folded = _folded(text)
    tokens = _tokens(folded)
    claimed = _tokens(CITED_YEAR.sub(" ", folded)) if CITED_YEAR.search(folded) else tokens
    figures = tuple(token for token in claimed if token[-1].isdigit())
    if cut and _EDGE.search(folded):  # "improves by 8" may have been "8.7"
        if figures and figures[-1] == tokens[-1]:
            figures = figures[:-1]
        tokens = tokens[:-1]
    return Wording(text, cut, tokens, _bag(tokens), figures)


def key(wording: Wording) -> str:
    """What is equal for wordings that differ in punctuation, hyphens, or "nine" for 9 alone."""
    spaced = (f" {token} " if token[-1].isdigit() else token for token in wording.tokens)
    return " ".join("".join(spaced).split())


def opening(text: str) -> str:
    """Letters, figures and signs of a text, so that the beginning of a text gives the beginning of its opening."""
    if not text.isascii():  # without accents, for a cut may part them from their letters
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    found = _TOKEN.findall(_folded(text))
    spaced = (f" {token} " if token[-1].isdigit() else token.replace("'", "") for token in found)
    return " ".join("".join(spaced).split())


def same_beginning(one: str, other: str, *, one_cut: bool, other_cut: bool) -> bool:
    """Whether one text is what the other was before it was cut, as far as both show it."""
    if not (one_cut or other_cut):
        return False
    first, second = opening(one), opening(other)
    return bool(first and second) and (
        (one_cut and second.startswith(first)) or (other_cut and first.startswith(second))
    )


def similarity(one: Wording, other: Wording) -> float:
    """How much two wordings share, in [0, 1] and symmetric: the mean of Dice's coefficient in any order and in order.

    In order means the longest common subsequence. A cut wording is compared with as much of the other.
    """
    first, second = shown(one, other)
    both = len(first.tokens) + len(second.tokens)
    if not both:
        return 1.0 if normalise(one.text) == normalise(other.text) else 0.0
    shared = len(first.bag & second.bag)
    return (shared + common(first.tokens, second.tokens)) / both


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence, in the bit-parallel way of Hyyrö (2004)."""
    places: dict[str, int] = {}
    for place, token in enumerate(one):
        places[token] = places.get(token, 0) | 1 << place
    full = (1 << len(one)) - 1
    free = full
    for token in other:
        hit = free & places.get(token, 0)
        free = ((free + hit) | (free - hit)) & full
    return len(one) - free.bit_count()


def same_figures(one: Wording, other: Wording) -> bool:
    """Whether two wordings state the same numbers, in any order; of cut ones, as far as both show them."""
    if one.cut or other.cut:
        shown = min(len(one.figures), len(other.figures))
        return one.figures[:shown] == other.figures[:shown]
    return sorted(one.figures) == sorted(other.figures)


def shown(one: Wording, other: Wording) -> tuple[Wording, Wording]:
    """Both wordings, as far as a cut one of them goes."""
    if not (one.cut or other.cut):
        return one, other
    ends = [len(wording.tokens) for wording in (one, other) if wording.cut]
    return _first(one, min(ends)), _first(other, min(ends))


def _first(wording: Wording, length: int) -> Wording:
    if len(wording.tokens) <= length:
        return wording
    tokens = wording.tokens[:length]
    return Wording(wording.text, wording.cut, tokens, _bag(tokens), wording.figures)


def _bag(tokens: Sequence[str]) -> frozenset[str]:
    if len(set(tokens)) == len(tokens):
        return frozenset(tokens)
    seen: Counter[str] = Counter()
    bag = []
    for token in tokens:
        seen[token] += 1
        bag.append(token if seen[token] == 1 else f"{token}\0{seen[token]}")
    return frozenset(bag)


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    for dash in "–—−‐‑":
        folded = folded.replace(dash, "-")
    return folded.replace("’", "'")


def _tokens(folded: str) -> tuple[str, ...]:
    return tuple(_plain(token) for token in _TOKEN.findall(folded))


def _plain(token: str) -> str:
    if not token[-1].isdigit():
        return _SPELLED.get(token) or _ALIKE.get(token, token)
    if _THOUSANDS.fullmatch(token):
        token = token.replace(",", "")
    whole, stop, part = token.lstrip("+").partition(".")
    part = part.rstrip("0") if "." not in part else part  # 7.0 is 7; 1.2.0 is a version
    return f"{whole or '0'}.{part}" if part else (whole or "0") if stop else whole
