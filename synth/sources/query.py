"""arXiv's query grammar, with nothing left to its guesses. Pure.

The service puts OR between words that no operator joins and reads ``all:`` where no field is named; it gives AND and OR
no order of precedence. So every query written here quotes its terms, names their fields, joins them with an operator
and puts parentheses around every join.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from synth.errors import ConfigError

FIRST_DAY = dt.date(1991, 8, 14)
"""The day of arXiv's first paper."""
_LAST_DAY = dt.date(2099, 12, 31)
_NOT_A_WORD = re.compile(r"[^\w.+\-']+")
_EDGE = re.compile(r"(?<![\w+])[.\-+']+|[.\-']+(?!\w)")
_OPERATORS = frozenset({"AND", "OR", "ANDNOT", "NOT", "TO"})
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?|[A-Za-z]+(?:-[A-Za-z]+)?\.(?:\*|[A-Za-z]{2}|[a-z]+(?:-[a-z]+)*)")


@dataclass(frozen=True, slots=True)
class Query:
    """One query and the reason for it, for the reader."""

    text: str
    """In arXiv's grammar."""
    why: str
    """What it looks for, in one line."""


def safe(text: str) -> str:
    """Words of a user's text with nothing that the grammar reads: quotes, parentheses, colons, wildcards, operators."""
    words = _EDGE.sub(" ", _NOT_A_WORD.sub(" ", text.replace("’", "'"))).split()
    return " ".join(word.lower() if word in _OPERATORS else word for word in words)


def term(text: str) -> str:
    """A phrase wherever it stands in title or abstract."""
    phrase = safe(text)
    return f'(ti:"{phrase}" OR abs:"{phrase}")'


def every(parts: Sequence[str]) -> str:
    """All of the parts."""
    return parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})"


def some(parts: Sequence[str]) -> str:
    """At least one of the parts."""
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"


def category(text: str) -> str:
    """A category as arXiv writes it, where ``cs.cl`` is ``cs.CL`` and ``cond-mat.str-el`` stays what it is.

    Raises:
        ConfigError: If the text is no category.
    """
    if not _CATEGORY.fullmatch(text):
        raise ConfigError(f"{text!r} is no arXiv category; expected one such as cs.CL, cond-mat.str-el or cs.*")
    archive, dot, subject = text.partition(".")
    return f"{archive.lower()}{dot}{subject.upper() if len(subject) == 2 else subject}"


def filters(since: dt.date | None, until: dt.date | None, categories: Sequence[str]) -> tuple[str, ...]:
    """What narrows a query to days of submission (of version 1) and categories.

    Raises:
        ConfigError: If the days are out of order, or a category is none.
    """
    parts: list[str] = []
    if categories:
        parts.append(some([f"cat:{name}" for name in dict.fromkeys(map(category, categories))]))
    if since or until:
        first, last = since or FIRST_DAY, until or _LAST_DAY
        if first > last:
            raise ConfigError(f"found --since {first} after --until {last}; swap them")
        parts.append(f"submittedDate:[{first:%Y%m%d}0000 TO {last:%Y%m%d}2359]")
    return tuple(parts)


def narrowed(query: Query, parts: Sequence[str]) -> Query:
    """The query with filters AND-ed to it."""
    return Query(every([query.text, *parts])[1:-1], query.why) if parts else query
