"""When two values are equal at the precision that a claim states (pure)."""

from __future__ import annotations

from decimal import Decimal

from synth.verification.numbers.quantity import Bound, Kind, Quantity

ABOUT = Decimal("0.02")
"""What "about" allows, as a share of the value."""
FAR = 2
"""More than 100 is not borne out by 100000: a bound counts within this factor."""


_CENT = 100


def equal(ours: Quantity, theirs: Quantity) -> bool:
    """Equal at the claim's precision; a passage that is coarser than the claim does not bear it out.

    A share of 0.85 is 85%, whichever of the two the claim has; but "less than half" is not read off any 0.3.
    """
    mine, other = abs(ours.value), abs(theirs.value)
    if opposite(ours, theirs):
        return False
    if mine == other:
        return True
    if ours.bound is Bound.ABOVE and theirs.bound is not Bound.BELOW:
        return mine <= other <= FAR * mine
    if ours.bound is Bound.BELOW and theirs.bound is not Bound.ABOVE:
        return other <= mine <= FAR * other
    my_scale = _CENT if is_share(ours) and theirs.kind is Kind.PERCENT else 1
    other_scale = _CENT if is_share(theirs) and ours.kind is Kind.PERCENT else 1
    return rounds_to(mine * my_scale, ours.step * my_scale, ours.bound, other * other_scale, theirs.step * other_scale)


def is_share(quantity: Quantity) -> bool:
    """Whether a bare value may be a share of one, which others print as a percentage."""
    return quantity.kind is Kind.PLAIN and abs(quantity.value) <= 1 and quantity.step < 1


def opposite(ours: Quantity, theirs: Quantity) -> bool:
    """Whether one says more than a value and the other less than the same: they exclude each other."""
    return {ours.bound, theirs.bound} == {Bound.ABOVE, Bound.BELOW} and abs(ours.value) == abs(theirs.value)


def rounds_to(value: Decimal, step: Decimal, bound: Bound, other: Decimal, other_step: Decimal) -> bool:
    """Whether ``other`` is ``value`` when rounded to a multiple of ``step``; "about" gives 2% on top."""
    if value == other:
        return True
    if bound is Bound.ABOUT:
        return abs(value - other) <= max(step / 2, ABOUT * value)
    return other_step <= step and abs(value - other) <= step / 2
