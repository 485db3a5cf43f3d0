"""When two values are equal at the precision that a claim states (pure)."""

from __future__ import annotations

from decimal import Decimal

from synth.verification.numbers.quantity import Bound, Kind, Quantity

ABOUT = Decimal("0.02")
"""What "about" allows, as a share of the value."""
FAR = 2
"""More than 100 is not borne out by 100000: a bound counts within this factor."""


def equal(ours: Quantity, theirs: Quantity) -> bool:
    """Equal at the claim's precision; a passage that is coarser than the claim does not bear it out."""
    mine, other = abs(ours.value), abs(theirs.value)
    if opposite(ours, theirs):
        return False
    if mine == other:
        return True
    if ours.bound is Bound.ABOVE and theirs.bound is not Bound.BELOW:
        return mine <= other <= FAR * mine
    if ours.bound is Bound.BELOW and theirs.bound is not Bound.ABOVE:
        return other <= mine <= FAR * other
    if ours.kind is Kind.PERCENT and theirs.kind is Kind.PLAIN and other <= 1 and theirs.step < 1:
        other, step = other * 100, theirs.step * 100  # 0.85 of a table is 85%
    else:
        step = theirs.step
    return rounds_to(mine, ours.step, ours.bound, other, step)


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
