"""What a number is about: the nouns that it counts or measures, and the names that are bound to it (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter

from synth.text import STOPWORDS, stem

_TOKEN = re.compile(r"[-\s]*(?:([^\W\d_][\w@+/'’-]*)|\S)")
_STOP = re.compile(r"[,;:.()\[\]]")
_NO_NOUNS = (
    "most more times higher lower better worse respectively versus vs compared relative absolute average averaged "
    "different distinct various additional further total overall approximately roughly about according used "
    "using obtained achieved reported improves improved reaches reached drops dropped points point percent "
    "percentage per"
)
_NOT_NOUNS = frozenset(_NO_NOUNS.split())
_LINK = re.compile(
    r"(?:\s(?!and\b|or\b|but\b|while\b|whereas\b|to\b)[a-z][\w-]*){0,3}?\s"
    r"(?:on|for|in|at|across|from|with|using|of|by|over|to)\s(?:the\s)?"
)
_JOIN = re.compile(r"(?:,\s|,?\sand\s|/)(?:the\s)?")
_LABEL = re.compile(r"(?:\s?[:=]\s?|\s\()$")
_BEFORE = re.compile(r"\b(?:on|for|in)\s(?:the\s)?$", re.IGNORECASE)
_BY = re.compile(r"\s(?:by|is|was|of|at|reaches|gives|yields)\s(?:(?:about|around|over|nearly|up to|roughly)\s)?")
_LEAD = re.compile(r"(?:For|On|In)\s(?:the\s)?([^,.;:()]{2,40}),")
MAX_NOUNS = 3
_NEAR = 40
"""No wording that binds a name before a number to it is longer."""

Name = tuple[int, int, str]
"""Start, end and normalised form, as :func:`~synth.verification.names.name_spans` gives them, in order."""


def nouns_after(text: str, end: int) -> tuple[str, ...]:
    """Stems of the lower-case words right behind a number, up to the first stop: ``nine *key task types*``."""
    found: list[str] = []
    at, allowance = end, MAX_NOUNS + 2
    while len(found) < MAX_NOUNS and allowance:
        match = _TOKEN.match(text, at)
        if match is None or match[1] is None or _STOP.search(match[0]):
            break
        word = match[1].strip("'’-")
        lowered = word.casefold()
        if lowered in STOPWORDS and lowered not in ("most", "more"):
            break
        if word.islower() and lowered not in _NOT_NOUNS:
            found.extend(stem(part) for part in re.split(r"[-/]", lowered) if part)
        at, allowance = match.end(), allowance - 1
    return tuple(found[:MAX_NOUNS])


def nouns_before(text: str, start: int) -> tuple[str, ...]:
    """Stems of the last words before a number, within its clause: ``an *accuracy* of``, ``K =``, ``in *layer*``."""
    clause = re.split(r"[,;.()]\s", text[max(0, start - 60) : start])[-1]
    words = [word.casefold() for word in re.findall(r"[^\W\d_][\w@+'’-]*", clause)]
    kept = [stem(word) for word in words if word not in STOPWORDS and word not in _NOT_NOUNS]
    return tuple(kept[-2:])


def bound_names(text: str, spans: Sequence[Name], start: int, end: int, limit: int) -> frozenset[str]:
    """Names that the text binds to the number at ``start:end``: ``1.6 points *on XNLI*``, ``*XNLI:* 73.9``.

    Args:
        text: The text.
        spans: All its names, capitals at the start of a sentence among them.
        start: Where the number starts.
        end: Where its unit ends.
        limit: Where the next number starts; names beyond it are not this number's.
    """
    found: set[str] = set()
    label = _LABEL.search(text, max(0, start - 4), start)
    link = _LINK.match(text, end, limit)
    at = link.end() if link else None
    for begin, stop, name in _ending_from(spans, start - _NEAR):
        if begin > limit:
            break
        if label and stop == label.start():
            found.add(name)
        if stop < start and _BEFORE.search(text, max(0, begin - 10), begin) and _BY.fullmatch(text, stop, start):
            found.add(name)
        if begin == at and stop <= limit:
            found.add(name)
            join = _JOIN.match(text, stop, limit)
            at = join.end() if join else None
    return frozenset(found)


def leading_names(text: str, spans: Sequence[Name], start: int) -> frozenset[str]:
    """Names of the phrase that opens a sentence: ``*For Swahili*, we were able to gather``.

    Args:
        text: The text.
        spans: Its names without those that may owe their capital to the start of a sentence.
        start: Where the sentence starts.
    """
    lead = _LEAD.match(text, start)
    return frozenset(name for _, _, name in _within(spans, *lead.span(1))) if lead else frozenset()


def listed_names(text: str, spans: Sequence[Name], start: int, end: int) -> tuple[str, ...]:
    """The last run of names joined by commas and ``and`` in ``text[start:end]``, for ``respectively``."""
    runs: list[list[str]] = [[]]
    last = None
    for begin, stop, name in _within(spans, start, end):
        if last is not None and not _JOIN.fullmatch(text, last, begin):
            runs.append([])
        runs[-1].append(name)
        last = stop
    return tuple(runs[-1])


def _ending_from(spans: Sequence[Name], place: int) -> Iterator[Name]:
    """The names that end at a place or behind it, in order."""
    return (spans[at] for at in range(bisect_left(spans, place, key=itemgetter(1)), len(spans)))


def _within(spans: Sequence[Name], start: int, end: int) -> Iterator[Name]:
    for begin, stop, name in _ending_from(spans, start):
        if stop > end:
            break
        if begin >= start:
            yield begin, stop, name
