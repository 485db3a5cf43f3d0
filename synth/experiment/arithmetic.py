"""Exact arithmetic on published numbers, with the tolerance that their rounding leaves. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from graphlib import TopologicalSorter

from synth.experiment.numbers import Derived, Number, Operation

_PLACES = Decimal("0.0001")


class Outcome(StrEnum):
    """How a recomputed value stands to the printed one."""

    RECOMPUTED = "recomputed"
    """It rounds to the printed digits."""
    WITHIN = "within tolerance"
    """It does not, but the rounding of what it was computed from can explain that."""
    DIFFERS = "differs"
    """No rounding can explain it."""


@dataclass(frozen=True, slots=True)
class Value:
    """An exact value, and how far the true one may be from it."""

    value: Fraction
    tolerance: Fraction
    sourced: bool
    """Whether all that it rests on has a source."""


def values(numbers: Mapping[str, Number], derived: Mapping[str, Derived]) -> dict[str, Value]:
    """All values by id, published and derived.

    The tolerance of a derived value is the largest error that the tolerances of its inputs can add up to.

    Args:
        numbers: The published numbers.
        derived: The derivations, in any order.
    """
    known = {
        key: Value(Fraction(one.value), Fraction(one.tolerance), one.source is not None) for key, one in numbers.items()
    }
    for key in ordered(derived):
        one = derived[key]
        known[key] = _derive(one, [known[name] for name in one.of], known.get(one.target))
    return known


def ordered(derived: Mapping[str, Derived]) -> tuple[str, ...]:
    """The ids of the derivations, each behind those that it needs.

    Raises:
        graphlib.CycleError: If some need each other in a circle.
    """
    return tuple(
        TopologicalSorter(
            {key: [name for name in one.inputs if name in derived] for key, one in derived.items()}
        ).static_order()
    )


def _derive(derived: Derived, of: list[Value], target: Value | None) -> Value:
    total = sum((one.value for one in of), Fraction())
    spread = sum((one.tolerance for one in of), Fraction())
    sourced = all(one.sourced for one in of) and (target is None or target.sourced)
    match derived.operation:
        case Operation.MEAN | Operation.SAME:
            return Value(total / len(of), spread / len(of), sourced)
        case Operation.SUM:
            return Value(total, spread, sourced)
        case Operation.DIFFERENCE:
            first, second = of
            return Value(first.value - second.value, spread, sourced)
        case Operation.IMPLIED:
            if target is None:
                raise ValueError(f"{derived.id} has no target")
            count = len(of) + derived.unknown
            missing = count * target.value - total
            return Value(missing / derived.unknown, (count * target.tolerance + spread) / derived.unknown, sourced)


def judge(value: Value, printed: Number) -> Outcome:
    """Whether a recomputed value gives the printed number.

    A value half-way between two printable ones gives either: authors round ties up, down and to even.
    """
    gap = abs(value.value - Fraction(printed.value))
    if gap <= Fraction(printed.half_unit):
        return Outcome.RECOMPUTED
    return Outcome.WITHIN if gap <= value.tolerance + Fraction(printed.tolerance) else Outcome.DIFFERS


def half_unit(decimals: int) -> Decimal:
    """Half a unit of the last digit of a number with so many digits behind the point."""
    return Decimal(5).scaleb(-decimals - 1)


def decimal(value: Fraction) -> Decimal:
    """A value to four digits behind the point, without zeros at its end."""
    with localcontext() as context:
        context.prec = 50
        rounded = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES, ROUND_HALF_EVEN)
    if rounded == 0:
        return Decimal(0)
    plain = rounded.normalize()
    return plain if plain.as_tuple().exponent <= 0 else plain.quantize(Decimal(1))  # type: ignore[operator]  # finite
