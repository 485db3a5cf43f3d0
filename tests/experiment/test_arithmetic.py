from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.arithmetic import Outcome, Value, decimal, half_unit, judge, values
from synth.experiment.numbers import About, Derived, Number, Operation

scores = st.fractions(min_value=0, max_value=100)


def number(key: str, value: str, *, source: str | None = "s") -> Number:
    half = half_unit(len(value.partition(".")[2]))
    return Number(
        id=key,
        value=Decimal(value),
        unit="percent",
        about=About(),
        half_unit=half,
        tolerance=half,
        reason="rounding",
        source=source,
    )


def derive(operation: Operation, *numbers: Number, target: Number | None = None, unknown: int = 0) -> Value:
    known = {one.id: one for one in (*numbers, *([target] if target else []))}
    one = Derived(
        id="d",
        operation=operation,
        of=tuple(number.id for number in numbers),
        target=target.id if target else "",
        unknown=unknown,
    )
    return values(known, {"d": one})["d"]


def printed(value: Fraction, rounding: str = ROUND_HALF_EVEN) -> str:
    return str((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.1"), rounding))


def test_half_a_unit_of_the_last_digit():
    assert [half_unit(places) for places in (0, 1, 2)] == [Decimal("0.5"), Decimal("0.05"), Decimal("0.005")]


def test_the_operations():
    a, b = number("a", "80.0"), number("b", "87.9")
    assert derive(Operation.MEAN, a, b) == Value(Fraction("83.95"), Fraction("0.05"), True)
    assert derive(Operation.SUM, a, b) == Value(Fraction("167.9"), Fraction("0.1"), True)
    assert derive(Operation.DIFFERENCE, a, b) == Value(Fraction("-7.9"), Fraction("0.1"), True)
    assert derive(Operation.SAME, a) == Value(Fraction(80), Fraction("0.05"), True)


def test_what_a_mean_implies_gives_that_mean():
    a, target = number("a", "80.0"), number("t", "60.0")
    implied = derive(Operation.IMPLIED, a, target=target, unknown=2)
    assert implied.value == 50
    assert (Fraction(80) + 2 * implied.value) / 3 == 60
    assert implied.tolerance == (3 * Fraction("0.05") + Fraction("0.05")) / 2


def test_what_rests_on_hearsay_is_hearsay():
    a, b = number("a", "80.0"), number("b", "87.9", source=None)
    assert not derive(Operation.MEAN, a, b).sourced
    assert not derive(Operation.IMPLIED, a, target=b, unknown=1).sourced


@given(st.lists(scores, min_size=1, max_size=40), st.sampled_from([ROUND_HALF_EVEN, ROUND_HALF_UP]))
def test_rounding_alone_never_makes_a_mean_differ(true, rounding):
    numbers = [number(f"n{place}", printed(value, rounding)) for place, value in enumerate(true)]
    said = number("avg", printed(sum(true, Fraction()) / len(true), rounding))
    assert judge(derive(Operation.MEAN, *numbers), said) is not Outcome.DIFFERS


@given(scores, scores)
def test_rounding_alone_never_makes_a_difference_differ(one, other):
    found = derive(Operation.DIFFERENCE, number("a", printed(one)), number("b", printed(other)))
    assert judge(found, number("d", printed(one - other))) is not Outcome.DIFFERS


@pytest.mark.parametrize(
    ("value", "tolerance", "said", "outcome"),
    [
        ("68.25", "0.05", "68.2", Outcome.RECOMPUTED),
        ("68.25", "0.05", "68.3", Outcome.RECOMPUTED),
        ("68.2501", "0.05", "68.2", Outcome.WITHIN),
        ("68.3", "0.05", "68.2", Outcome.WITHIN),
        ("68.3001", "0.05", "68.2", Outcome.DIFFERS),
        ("68.1", "0", "68.2", Outcome.DIFFERS),
    ],
)
def test_how_a_value_is_judged(value, tolerance, said, outcome):
    assert judge(Value(Fraction(value), Fraction(tolerance), True), number("n", said)) is outcome


@given(scores)
def test_a_value_is_shown_to_four_digits(value):
    shown = decimal(value)
    assert abs(Fraction(shown) - value) <= Fraction("0.00005")
    assert "E" not in str(shown)
    assert not ("." in str(shown) and str(shown).endswith("0"))
