"""When a computed value is the one that a claim states (pure)."""

from __future__ import annotations

from fractions import Fraction

from synth.types import NumberCheck
from synth.verification.numbers.quantity import Bound, Quantity

_ROUGHLY = Fraction(1, 20)
"""What "about" allows, as a share of the value; three times as much is wrong."""
LEAST_PLACES, MOST_PLACES = 2, 12


def fits(stated: Quantity, value: Fraction, slack: Fraction) -> NumberCheck | None:
    """Whether a computed value is the stated one.

    Args:
        stated: What the claim states, with the digits to which it does.
        value: What comes out.
        slack: How far rounding of what it was computed from may have moved it.

    Returns:
        ``AGREE`` where it rounds to the stated digits, ``DISAGREE`` where no rounding explains the gap, None between.
    """
    if stated.value < 0 and value < 0:  # a mean of −3.2; a loss is stated without its sign
        value = -value
    wanted, half = abs(Fraction(stated.value)), Fraction(stated.step) / 2
    gap = abs(value - wanted)
    if stated.bound is Bound.ABOVE:
        if value < wanted - slack:
            return NumberCheck.DISAGREE
        return NumberCheck.AGREE if wanted <= value <= 2 * wanted else None
    if stated.bound is Bound.BELOW:
        if value > wanted + slack:
            return NumberCheck.DISAGREE
        return NumberCheck.AGREE if wanted / 2 <= value <= wanted else None
    roughly = _ROUGHLY * wanted if stated.bound is Bound.ABOUT else Fraction()
    if gap <= max(half, roughly):
        return NumberCheck.AGREE
    return NumberCheck.DISAGREE if gap > max(half + slack, 3 * roughly) else None


def shown(value: Fraction, half: Fraction) -> str:
    """A value in decimals: to as many places as what it comes from, two at least, where it does not end before.

    Args:
        value: What comes out.
        half: Half a unit of the last digit of the finest number that it was computed from.
    """
    places = LEAST_PLACES
    while places < MOST_PLACES and Fraction(1, 2 * 10**places) > half:
        places += 1
    text = f"{float(value):.{places}f}".rstrip("0").rstrip(".")
    return text.replace("-", "−") if text != "-0" else "0"
