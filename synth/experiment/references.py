"""The small language of references: ``xtreme-2/$row/{xnli,pos}`` names several numbers. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

_BRACES = re.compile(r"\{([^{}]*)\}")
_VARIABLE = re.compile(r"\$([a-z]+)")
LIMIT = 10_000
"""What one pattern may name at most."""


def expand(pattern: str) -> tuple[str, ...]:
    """What a pattern names: every choice within its braces, the first brace turning slowest, as a shell has it.

    Raises:
        ValueError: If a brace is not closed, a choice is empty, or there are too many.
    """
    parts = _BRACES.split(pattern)
    if any(sign in part for part in parts[::2] for sign in "{}"):
        raise ValueError(f"a brace of {pattern!r} has no partner")
    choices = [
        [part] if place % 2 == 0 else [one.strip() for one in part.split(",")] for place, part in enumerate(parts)
    ]
    if not all(one for options in choices[1::2] for one in options):
        raise ValueError(f"{pattern!r} has an empty choice between its braces")
    number = 1
    for options in choices:
        number *= len(options)
    if number > LIMIT:
        raise ValueError(f"{pattern[:60]!r} names {number:,} numbers, {LIMIT:,} at most are taken")
    return tuple("".join(one) for one in itertools.product(*choices))


def bindings(each: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Every choice of a word for each variable: ``{"row": "mbert xlm"}`` gives two."""
    names = list(each)
    for chosen in itertools.product(*(each[name].split() for name in names)):
        yield dict(zip(names, chosen, strict=True))


def fill(text: str, bound: Mapping[str, str]) -> str:
    """A text with the words in place of its variables.

    Raises:
        ValueError: If a variable is not bound.
    """

    def word(match: re.Match[str]) -> str:
        if match[1] not in bound:
            raise ValueError(f"${match[1]} is not bound; name its words under each.{match[1]}")
        return bound[match[1]]

    return _VARIABLE.sub(word, text)


def named(patterns: str | Sequence[str], bound: Mapping[str, str]) -> tuple[str, ...]:
    """All ids that patterns name, in order.

    Raises:
        ValueError: As :func:`fill` and :func:`expand` do.
    """
    listed = [patterns] if isinstance(patterns, str) else patterns
    return tuple(one for pattern in listed for one in expand(fill(pattern, bound)))
