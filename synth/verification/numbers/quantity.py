"""The noun of the number checker: one quantity as a text states it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a number says."""

    PERCENT = "percent"
    POINTS = "points"
    """Percentage points, or points of any score."""
    COUNT = "count"
    """So many of something that is named."""
    RATIO = "ratio"
    """Times, -fold, ×."""
    PLAIN = "plain"
    """A bare value: a score, a setting, a cell of a table."""
    YEAR = "year"
    ORDINAL = "ordinal"


class Bound(StrEnum):
    """How a number is to be taken."""

    EXACT = "exact"
    ABOUT = "about"
    ABOVE = "above"
    BELOW = "below"


class End(StrEnum):
    """Which end of a range a quantity is."""

    NONE = ""
    FROM = "from"
    TO = "to"
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number of a text with its unit, its precision, and what it is about."""

    value: Decimal
    """In the base of its unit: ``2.5 TB`` is 2.5e12 bytes, ``40k`` is 40000; with its sign."""
    step: Decimal
    """One unit of the last digit stated: 0.1 for ``65.4``, 1e8 for ``2.5 billion``."""
    kind: Kind
    start: int
    end: int
    unit: str = ""
    """``$``, ``bytes``, a unit of time, or nothing."""
    nouns: tuple[str, ...] = ()
    """Stems of what is counted or measured, in order of the text."""
    names: frozenset[str] = frozenset()
    """Named things that the text binds to this very number ("1.6 points on XNLI")."""
    bound: Bound = Bound.EXACT
    delta: bool = False
    """A change or a difference ("by 8.1", "+1.6"), not a level."""
    end_of_range: End = End.NONE
    weak: bool = False
    """Too common a word to be demanded of a passage ("two", "second")."""

    @property
    def distinctive(self) -> bool:
        """Whether an equal value elsewhere is unlikely to be chance: a decimal, or three digits or more."""
        digits = self.value.normalize().as_tuple().digits
        return self.step < 1 or len(digits) >= 3 or abs(self.value) >= 1000
