"""Values that follow from two others of a sentence: differences and ratios (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from synth.text import words
from synth.verification.numbers.equality import rounds_to
from synth.verification.numbers.extract import Reading
from synth.verification.numbers.quantity import Bound, End, Kind, Quantity

MAX_VALUES = 6
"""A sentence or row with more values than this has so many differences that one will fit by chance."""
RATIO_TOLERANCE = Decimal("0.05")
"""What "three times" allows, as a share of the ratio."""
_UP_WORDS = (
    "increase increases increased increasing improve improves improved improving improvement gain gains gained rise "
    "rises rose grow grows grew raise raises raised lift lifts lifted boost boosts boosted climbs widens doubles "
    "triples"
)
_DOWN_WORDS = (
    "decrease decreases decreased decreasing degrade degrades degraded drop drops dropped decline declines declined "
    "fall falls fell reduce reduces reduced lose loses lost cut cuts lower lowers lowered shrinks narrows hurts harms "
    "halves"
)
_UP, _DOWN = frozenset(_UP_WORDS.split()), frozenset(_DOWN_WORDS.split())
_LEVELS = (Kind.PERCENT, Kind.PLAIN)


def direction(text: str) -> int:
    """1 where a text speaks of rising only, -1 of falling only, 0 of both or neither."""
    found = set(words(text))
    return int(bool(found & _UP)) - int(bool(found & _DOWN))


def pairs(passage: Reading) -> Iterator[tuple[Quantity, Quantity]]:
    """Two values of one kind in one sentence, of which a difference or a ratio may be meant."""
    for start, end in passage.sentences:
        within = [item for item in passage.quantities if start <= item.start < end and item.kind is not Kind.ORDINAL]
        for kinds in (_LEVELS, (Kind.COUNT,)):
            values = [item for item in within if item.kind in kinds and not item.delta]
            if len(values) <= MAX_VALUES:
                yield from combinations(values, 2)


def follows(ours: Quantity, first: Quantity, second: Quantity, way: int = 0) -> bool:
    """Whether a difference or a ratio that the claim states comes out of two values of a passage.

    Args:
        ours: What the claim states.
        first: One value of the passage.
        second: The other, further on.
        way: The :func:`direction` of the claim; "from A to B" must run the same way.
    """
    if first.end_of_range is End.FROM and second.end_of_range is End.TO and way * (second.value - first.value) < 0:
        return False
    low, high = sorted((abs(first.value), abs(second.value)))
    if ours.kind is Kind.RATIO:
        return low > 0 and _is_ratio(ours, high / low)
    if not ours.delta or ours.kind not in (Kind.POINTS, Kind.PLAIN) or first.kind not in _LEVELS:
        return False
    step = max(first.step, second.step)
    difference = high - low
    if ours.bound is Bound.ABOVE:
        return abs(ours.value) <= difference <= abs(ours.value) + ours.step
    if ours.bound is Bound.BELOW:
        return abs(ours.value) - ours.step <= difference <= abs(ours.value)
    return rounds_to(abs(ours.value), ours.step, ours.bound, difference, step)


def _is_ratio(ours: Quantity, ratio: Decimal) -> bool:
    if ours.bound is Bound.ABOVE:
        return ours.value <= ratio <= 2 * ours.value
    if ours.bound is Bound.BELOW:
        return ours.value / 2 <= ratio <= ours.value
    return abs(ratio - ours.value) <= RATIO_TOLERANCE * ours.value
