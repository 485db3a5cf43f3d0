"""The numbers that a claim states, each bound to the task, model and intermediate task that it is of. Pure.

A number that could be of two things is bound to neither: a wrong match would be worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from synth.backing.lexicon import Mention

_NUMBER = re.compile(r"(?<![\w.,\-–−])(?P<sign>[+\-−–]\s?)?(?P<digits>\d{1,3}(?:\.\d{1,2})?)(?!\w|[.,]\d|-\w)")
_COUNTED = re.compile(
    r"\s*(?:[GMT]B|×|x\b|times|million|billion|thousand|hours?|days|years?|GPU|languages|tokens|words|sentences"
    r"|examples|pairs|tasks|parameters|epochs|steps)"
)
"""What makes a number one of something else than a score."""
_UNIT = r"(?:%|percent\b|(?:percentage |absolute )?points?\b|pp\b)"
_AFTER = re.compile(rf"\s*{_UNIT}")
_JOINED = re.compile(rf"\s*(?P<unit>{_UNIT})?\s*(?:,|,?\s*(?:and|or)|/)\s*")
_POINTS = re.compile(r"\s*(?:(?:percentage|absolute|accuracy|F1)\s+)*(?:points?|pp)\b")
_LEVEL = re.compile(r"(?:reach|scor|achiev|obtain|get|attain|averag)\w*(?:\s+(?:of|an?|about))*\s*$", re.IGNORECASE)
_FILLER = r"(?:\s+(?:of|by|an?|the|average|up to|about|around|roughly|nearly|only|another|even))*"
_GAIN = re.compile(
    rf"\b(?:by|gain(?:s|ed)?|improvements?|increases?|boosts?|adds?|drops?|loss(?:es)?|falls?){_FILLER}\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,\s*and|,|and|/|or)\s*(?:the\s+)?", re.IGNORECASE)
_WORDS = r"(?:\s*(?:%|(?:percent|percentage|absolute|points?|pp|accuracy|average|F1|EM|score|exact match)\b))*"
_LINK = re.compile(rf"{_WORDS}\s+(?:on|for|in|with|by|of|from)\s+(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a number is of; no name where that is not sure."""

    name: str | None = None
    firm: bool = False
    """Whether the words right behind the number say so (``79.2 for XLM-R``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A number of a claim."""

    value: Decimal
    """Without its sign."""
    sign: int
    """1 or -1 where one is printed, else 0."""
    gain: bool
    """Whether it is a difference; else it is a score."""
    start: int
    task: Bound
    model: Bound
    means: Bound


def stated_numbers(
    text: str, tasks: Sequence[Mention], models: Sequence[Mention], means: Sequence[Mention]
) -> tuple[Stated, ...]:
    """The numbers of a claim; whole ones only where a unit follows.

    Args:
        text: The claim.
        tasks: What it names, in the order of the text. Names that nobody knows are among them, so that a number of
            theirs goes to nobody else.
        models: Likewise.
        means: Likewise, intermediate tasks.
    """
    found = []
    for hits in _lists(text):
        gain = _is_gain(text, hits)
        for place, hit in enumerate(hits):
            scored = "." in hit["digits"] or _AFTER.match(text, hits[-1].end())
            if scored and not _COUNTED.match(text, hit.end()):
                found.append(
                    Stated(
                        value=Decimal(hit["digits"]),
                        sign=0 if not hit["sign"] else 1 if hit["sign"].startswith("+") else -1,
                        gain=gain,
                        start=hit.start(),
                        task=_bind(text, hit, place, len(hits), tasks),
                        model=_bind(text, hit, place, len(hits), models),
                        means=_bind(text, hit, place, len(hits), means),
                    )
                )
    return tuple(found)


def _lists(text: str) -> Iterator[tuple[re.Match[str], ...]]:
    """Numbers that are listed together (``8.2, 7.5 and 7.0 points``); a single one is a list of one."""
    group: list[re.Match[str]] = []
    for hit in _NUMBER.finditer(text):
        if group and not _joined(text, group[-1], hit):
            yield tuple(group)
            group = []
        group.append(hit)
    if group:
        yield tuple(group)


def _joined(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    between = _JOINED.fullmatch(text, one.end(), other.start())
    if between is None:
        return False
    unit = between["unit"]
    return unit is None or text[other.end() :].lstrip().startswith(unit)


def _is_gain(text: str, hits: Sequence[re.Match[str]]) -> bool:
    before = text[: hits[0].start()]
    if any(hit["sign"] for hit in hits) or _GAIN.search(before):
        return True
    return bool(_POINTS.match(text, hits[-1].end())) and not _LEVEL.search(before)


def _bind(text: str, hit: re.Match[str], place: int, count: int, named: Sequence[Mention]) -> Bound:
    names = {one.name for one in named}
    link = _LINK.match(text, hit.end())
    for one in named:
        if link and one.start == link.end():
            return Bound(one.name, firm=True)
    if len(names) == 1:
        return Bound(named[0].name)
    if count > 1:
        listed = [row for row in _rows(text, named) if len({one.name for one in row}) == count == len(row)]
        return Bound(listed[0][place].name) if len(listed) == 1 else Bound()
    before = [one for one in named if one.end <= hit.start()]
    nearest = max(before, key=lambda one: (one.end, one.start), default=None)
    if nearest is None or re.search(r"[;]|\d", text[nearest.end : hit.start()]) or _listed(text, nearest, named):
        return Bound()
    return Bound(nearest.name)


def _listed(text: str, one: Mention, named: Sequence[Mention]) -> bool:
    """Whether it stands in a list of several, of which a single number cannot be."""
    return any(one in row and len({other.name for other in row}) > 1 for row in _rows(text, named))


def _rows(text: str, named: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
    """Mentions that are listed together (``SQuAD, MNLI and HellaSwag``)."""
    row: list[Mention] = []
    for one in named:
        if row and not _BETWEEN.fullmatch(text, row[-1].end, one.start):
            yield tuple(row)
            row = []
        row.append(one)
    if row:
        yield tuple(row)
