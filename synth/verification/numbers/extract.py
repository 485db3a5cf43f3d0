"""Text to quantities: each number with its unit, precision, bounds, range, nouns and names (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from synth.text import STOPWORDS, content_words, sentence_spans
from synth.verification.names import name_spans, names
from synth.verification.numbers.context import (
    Name,
    bound_names,
    leading_names,
    listed_names,
    nouns_after,
    nouns_before,
)
from synth.verification.numbers.hidden import hide
from synth.verification.numbers.quantity import Bound, End, Kind, Quantity
from synth.verification.numbers.tokens import Token, tokens

_ABOUT = re.compile(
    r"(?:about|around|roughly|approximately|approx\.|nearly|almost|close to|circa|an estimated|some|~|≈)\s?$", re.I
)
_ABOVE = re.compile(r"(?:more than|over|above|at least|exceeding|exceeds|upwards of|no fewer than|[>≥])\s?$", re.I)
_BELOW = re.compile(r"(?:less than|under|below|at most|up to|no more than|fewer than|within|[<≤])\s?$", re.I)
_ABOVE_AFTER = re.compile(r"\+(?!\s?\d)|\sor\s(?:more|above|higher)\b")
_BELOW_AFTER = re.compile(r"\sor\s(?:less|fewer|below|lower)\b")
_QUALIFIER = (
    r"(?:(?:about|around|roughly|approximately|nearly|almost|over|up to|more than|at least|an average of|as much as)"
    r"\s)?"
)
_DELTA_BEFORE = re.compile(
    rf"\bby\s{_QUALIFIER}(?:an?\s)?$|\b(?:gains?|improvements?|drops?|increases?|reductions?|decreases?|losses|loss|lead|"
    rf"margin|gap|advantage|difference)\sof\s{_QUALIFIER}$|\b(?:improv|gain|increas|decreas|reduc|los|drop|outperform)\w*\s$",
    re.I,
)
_DELTA_AFTER = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:below|above|higher|lower|better|worse|ahead|behind|improvement|gain|drop|increase|decrease|"
    r"reduction)\b",
    re.I,
)
_KNOWN = re.compile(r"\b(?:all|the|these|those|its|their|other)\s$", re.I)
_FROM = re.compile(r"\bfrom\s(?:an?\s)?(?:average\sof\s)?(?:about\s|around\s|roughly\s|just\s|only\s)?$", re.I)
_BETWEEN = re.compile(r"\bbetween\s(?:about\s|around\s)?$", re.I)
_TO = re.compile(r"\s(?:\(?[A-Za-z][\w@.-]*\)?\s){0,2}to\s(?:an?\s)?(?:about\s|around\s|roughly\s|just\s|only\s)?")
_DASH = re.compile(r"\s?[–—-]\s?")
_AND = re.compile(r"\s(?:[a-z]+\s)?and\s")
_CONJUNCTION = re.compile(r",\s|,?\s(?:and|or)\s|\s(?:vs\.?|versus|against|compared (?:to|with))\s|\s?/\s?")
_YEARS = (1950, 2049)
_LATEST = 2039
"""Behind "in" and the like it is a year up to here; beyond it more likely a size: "fits in 2048 tokens"."""
_FOUR_DIGITS = re.compile(r"[-+−–]?\d{4}(?!\d)")
_DATED = re.compile(
    r"\b(?:in|since|until|till|during|before|after|year|early|late|mid|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)[-\s]$",
    re.I,
)
_THE = re.compile(r"\bthe\s$", re.I)
_WORDS_AFTER = re.compile(r"(?:[-\s][A-Za-z][\w-]*){1,4}")
_LINK_WORDS = "across along alongside among amongst including towards using versus via vs"
_LINKS = STOPWORDS | frozenset(_LINK_WORDS.split())
_PLURAL = re.compile(r"[A-Za-z][\w-]*[\w-](?<![sui])s")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the number checker sees it."""

    text: str
    quantities: tuple[Quantity, ...]
    names: frozenset[str]
    sentences: tuple[tuple[int, int], ...]

    def sentence_words(self, quantity: Quantity) -> frozenset[str]:
        """Content words of the sentence that states a quantity, without numbers."""
        at = bisect_right(self.sentences, quantity.start, key=itemgetter(0)) - 1
        start, end = self.sentences[at] if at >= 0 else (0, 0)
        return word_set(self.text[start:end] if quantity.start < end else self.text)


@lru_cache(maxsize=8192)
def word_set(text: str) -> frozenset[str]:
    """Content words without numbers."""
    return frozenset(word for word in content_words(text) if not word[0].isdigit())


@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """All that the number checker needs to know of a text; kept, for a passage is asked again and again."""
    return Reading(text, extract(text), names(text, strict=False), sentence_spans(text))


def extract(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order.

    Digits of names (``GPT-2``), citations, and references to sections, tables and figures are none.
    """
    hidden = hide(text)
    found = tokens(hidden)
    if not found:
        return ()
    spans, sure, sentences = name_spans(text, strict=False), name_spans(text), sentence_spans(text)
    limits = [*(item.start for item in found), len(text)][1:]
    quantities = [_quantity(text, hidden, spans, item, limit) for item, limit in zip(found, limits, strict=True)]
    return tuple(_respectively(text, sure, sentences, _led(text, sure, sentences, _joined(hidden, quantities))))


def prints_figures(text: str) -> bool:
    """Whether a text states a figure in digits; "three", "first", years and the digits of names are none."""
    return any(
        any(character.isdigit() for character in text[one.start : one.end])
        for one in extract(text)
        if one.kind not in (Kind.YEAR, Kind.ORDINAL)
    )


def _quantity(text: str, hidden: str, spans: Sequence[Name], token: Token, limit: int) -> Quantity:
    before, after = hidden[max(0, token.start - 40) : token.start], hidden[token.end : token.end + 60]
    nouns = nouns_after(hidden, token.end)
    kind = token.kind or _kind(token, nouns, _is_year(token, hidden[token.start : token.end], before, after))
    if kind is not Kind.COUNT:
        nouns = nouns_before(hidden, token.start) + nouns
    return Quantity(
        value=token.value,
        step=token.step,
        kind=kind,
        start=token.start,
        end=token.end,
        unit=token.unit,
        nouns=nouns,
        names=bound_names(text, spans, token.start, token.end, limit),
        bound=_bound(before, after),
        delta=kind is Kind.POINTS
        or (token.signed and kind in (Kind.PERCENT, Kind.PLAIN))
        or bool(_DELTA_BEFORE.search(before))
        or (kind is Kind.PERCENT and bool(_DELTA_AFTER.match(after))),
        weak=kind is Kind.ORDINAL or _weak(token, kind, before),
    )


def _weak(token: Token, kind: Kind, before: str) -> bool:
    """Whether a passage may speak of the same without the number: "two", "all three", "the six"."""
    return token.worded and kind in (Kind.COUNT, Kind.PLAIN) and (token.value <= 2 or bool(_KNOWN.search(before)))


def _kind(token: Token, nouns: Sequence[str], year: bool) -> Kind:
    if year:
        return Kind.YEAR
    whole = token.value == token.value.to_integral_value()
    if (nouns and whole) or token.step >= 1000:
        return Kind.COUNT
    return Kind.PLAIN


def _is_year(token: Token, printed: str, before: str, after: str) -> bool:
    """Whether four digits are a year: "in 2019 systems", "the 2014 SICK tasks"; not "1950 German sentences"."""
    if token.worded or token.unit or token.step != 1 or not _YEARS[0] <= token.value <= _YEARS[1]:
        return False
    if not _FOUR_DIGITS.match(printed):
        return False
    even = token.value % 50 == 0
    if not even and token.value <= _LATEST and _DATED.search(before):
        return True
    named = not even and bool(_THE.search(before))
    return not _counts(after, named=named)


def _counts(after: str, *, named: bool) -> bool:
    """Whether a plural noun follows with no more than three words before it; one, in small letters, for "the 2014"."""
    words = _WORDS_AFTER.match(after)
    for at, word in enumerate(re.findall(r"[A-Za-z][\w-]*", words[0] if words else "")):
        if word.casefold() in _LINKS or (named and (at > 1 or not word.islower())):
            return False
        if _PLURAL.fullmatch(word):
            return True
    return False


def _bound(before: str, after: str) -> Bound:
    if _ABOUT.search(before):
        return Bound.ABOUT
    if _ABOVE.search(before) or _ABOVE_AFTER.match(after):
        return Bound.ABOVE
    if _BELOW.search(before) or _BELOW_AFTER.match(after):
        return Bound.BELOW
    return Bound.EXACT


def _joined(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Ranges get their ends; "2.1 and 1.6 points", "30 to 50%" give the unit to both."""
    joined = list(quantities)
    for at in range(len(joined) - 2, -1, -1):  # from the end, so that a unit travels through a list
        first, second = joined[at], joined[at + 1]
        between, before = text[first.end : second.start], text[max(0, first.start - 30) : first.start]
        ends = _ends(before, between)
        if ends != (End.NONE, End.NONE):
            first, second = replace(first, end_of_range=ends[0]), replace(second, end_of_range=ends[1])
            if ends[1] is End.HIGH and _DASH.fullmatch(between):  # the dash of "3-5" is no sign
                second = replace(second, value=abs(second.value))
        if (
            first.kind is Kind.PLAIN
            and not first.unit
            and (ends[0] or _CONJUNCTION.fullmatch(between))
            and second.kind not in (Kind.YEAR, Kind.ORDINAL)
        ):
            first = _like(first, second)
        joined[at], joined[at + 1] = first, second
    return joined


def _like(first: Quantity, second: Quantity) -> Quantity:
    whole = first.value == first.value.to_integral_value()
    value, step = first.value, first.step
    magnitude = _magnitude(second)
    if magnitude > 1 and abs(value) < 1000 and (first.end_of_range is End.LOW or not whole):
        value, step = value * magnitude, step * magnitude  # "1-10B", "1.1 and 3 billion"
    elif second.kind is Kind.COUNT and not whole:
        return first
    return replace(
        first,
        value=value,
        step=step,
        kind=second.kind,
        unit=first.unit or second.unit,
        nouns=tuple(dict.fromkeys(first.nouns + second.nouns)),
        delta=first.delta or second.delta,
    )


def _magnitude(quantity: Quantity) -> Decimal:
    """The thousand, million or billion that a count is stated in; 1 for one in full."""
    if quantity.kind is not Kind.COUNT or quantity.step <= 1:
        return Decimal(1)
    zeros = int(quantity.step.log10())
    return Decimal(10) ** (-(-zeros // 3) * 3)  # "1.5 billion" is stated to a hundred million


def _ends(before: str, between: str) -> tuple[End, End]:
    if _TO.fullmatch(between):
        return (End.FROM, End.TO) if _FROM.search(before) else (End.LOW, End.HIGH)
    if _BETWEEN.search(before) and _AND.fullmatch(between):
        return End.LOW, End.HIGH
    if _DASH.fullmatch(between):
        return End.LOW, End.HIGH
    return End.NONE, End.NONE


def _led(
    text: str, spans: Sequence[Name], sentences: Sequence[tuple[int, int]], quantities: list[Quantity]
) -> list[Quantity]:
    """Binds the numbers of "For Swahili, we gathered 42k sentences" to the name that the sentence opens with."""
    led = list(quantities)
    for start, end in sentences:
        opening = leading_names(text, spans, start)
        within = _places(led, start, end) if opening else range(0)
        if not any(led[at].names for at in within):
            for at in within:
                led[at] = replace(led[at], names=opening)
    return led


def _respectively(
    text: str, spans: Sequence[Name], sentences: Sequence[tuple[int, int]], quantities: list[Quantity]
) -> list[Quantity]:
    """Binds "2.1 and 1.6 points on PAWS-X and XNLI, respectively" one to one, where the numbers of both fit."""
    bound = list(quantities)
    for match in re.finditer(r"\brespectively\b", text):
        before = bisect_right(sentences, match.start(), key=itemgetter(1))
        start = sentences[before - 1][1] if before else 0
        within = _places(bound, start, match.start())
        if len(within) < 2:
            continue
        listed = listed_names(text, spans, bound[within[-1]].end, match.start()) or listed_names(
            text, spans, start, bound[within[0]].start
        )
        if 2 <= len(listed) <= len(within):
            for at, name in zip(within[-len(listed) :], listed, strict=True):
                bound[at] = replace(bound[at], names=frozenset({name}))
    return bound


def _places(quantities: Sequence[Quantity], start: int, end: int) -> range:
    """Which of the quantities, in order of the text, start in ``text[start:end]``."""
    first, last = (bisect_left(quantities, place, key=lambda item: item.start) for place in (start, end))
    return range(first, last)
