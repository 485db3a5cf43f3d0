"""The bootstrap: what it must give by arithmetic, and what holds for every input."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synth.experiment.protocol.bootstrap import Replicated, average, holm, interval, replicate
from synth.experiment.protocol.outcomes import Cell, of_counts, of_values
from tests.experiment.protocol.examples import outcomes

CELL = Cell("xnli", "en", "accuracy")
bits = st.lists(st.sampled_from([0.0, 1.0]), min_size=2, max_size=30)
few = settings(max_examples=40, deadline=None)


def made(rows, *, seeds=None, resamples=400, cell=CELL) -> Any:
    found = replicate(cell.task, [{cell: row} for row in rows], seeds=seeds or len(rows), resamples=resamples)
    assert found is not None
    return found


def test_an_f1_of_counts_is_twice_the_hits_over_found_and_expected():
    one = of_counts([1, 0, 2], [2, 1, 2], [1, 1, 4])
    assert one.score() == pytest.approx(100 * 2 * 3 / (5 + 6))
    assert of_counts([0], [0], [0]).score() == 0


@few
@given(bits)
def test_the_same_outcomes_differ_by_nothing_however_they_are_drawn(values):
    one = made([of_values(values)] * 2, resamples=30)
    found = interval(one.minus(one))
    assert (found.difference, found.low, found.high, found.p) == (0, 0, 0, 1)


@few
@given(bits)
def test_draws_of_an_accuracy_lie_within_bounds_and_around_the_score(values):
    one = made([of_values(values)], resamples=300)
    assert one.resampled.min() >= 0 and one.resampled.max() <= 100
    assert abs(one.resampled.mean() - one.scores.mean()) < 12


def test_the_standard_error_is_that_of_a_mean():
    one = made([outcomes(0.5, 400)], resamples=4000)
    share = one.scores.item() / 100
    assert one.resampled.std() == pytest.approx(100 * np.sqrt(share * (1 - share) / 400), rel=0.05)


def test_pairing_leaves_only_what_differs():
    values = outcomes(0.5, 400).numerator
    better = values.copy()
    better[:20] = 1.0
    gain = made([of_values(better.tolist())]).minus(made([of_values(values.tolist())]))
    other = made([outcomes(0.5, 400, seed=9)]).minus(made([of_values(values.tolist())]))
    assert gain.resampled.std() < other.resampled.std() / 3


def test_what_two_seeds_hide_of_their_variance_is_given_back():
    found = interval(made([of_values([1.0] * 10), of_values([0.0] * 10)], resamples=2000))
    assert (found.low, found.high) == pytest.approx((50 - 50 * 2**0.5, 50 + 50 * 2**0.5))


def test_one_result_without_seed_stands_for_all():
    one = made([of_values([1, 0, 1, 1])], seeds=3)
    assert one.scores.shape == (3, 1) and one.resampled.shape[1] == 3
    assert (one.resampled[:, 0] == one.resampled[:, 2]).all()


def test_metrics_are_averaged_and_languages_weigh_the_same():
    cells = {
        Cell("xquad", "en", "f1"): of_values([1.0] * 4),
        Cell("xquad", "en", "em"): of_values([0.0] * 4),
        Cell("xquad", "th", "f1"): of_values([1.0] * 90),
        Cell("xquad", "th", "em"): of_values([1.0] * 90),
    }
    found = replicate("xquad", [cells], seeds=1, resamples=5)
    assert found is not None
    assert found.languages == ("en", "th")
    assert found.scores.tolist() == [[50.0, 100.0]]
    assert found.resampled.tolist() == [[75.0]] * 5


def test_what_is_not_there_has_no_score():
    assert replicate("pawsx", [{CELL: of_values([1])}], seeds=1, resamples=5) is None


def test_different_languages_are_not_subtracted():
    one, other = made([of_values([1, 0])]), made([of_values([1, 0])], cell=Cell("xnli", "sw", "accuracy"))
    with pytest.raises(ValueError, match="languages differ"):
        one.minus(other)


def test_the_mean_of_tasks_weighs_them_the_same_and_drops_languages():
    one = made([of_values([1, 1])])
    other = Replicated(("de", "th"), np.zeros((1, 2)), np.zeros((400, 1)))
    both = average([one, other])
    assert both.languages == ("",) and both.scores.item() == 50.0 and both.resampled[0, 0] == 50.0


def test_the_same_draws_twice():
    rows = [outcomes(0.4, 50, seed=number) for number in range(3)]
    assert (made(rows).resampled == made(rows).resampled).all()


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(0, 1), max_size=8))
def test_holm_never_lowers_a_p_value_nor_changes_their_order(values):
    adjusted = holm(values)
    for one, p in values.items():
        assert p <= adjusted[one] <= min(1.0, p * len(values)) + 1e-12
    for one in values:
        for other in values:
            if values[one] < values[other]:
                assert adjusted[one] <= adjusted[other]


def test_holm_by_hand():
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06})
