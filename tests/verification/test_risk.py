from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from synth.verification.risk import NEVER, RiskRow, choose, risk_table

PAIRS = st.lists(st.tuples(st.sampled_from([0.3, 0.5, 0.7, 0.8, 0.95]), st.booleans()), min_size=1, max_size=60)


def test_the_bound_is_exact():
    row = RiskRow(0.8, 200, 2, 0.5)
    assert row.bound == pytest.approx(binomtest(2, 200).proportion_ci(0.95, method="exact").high)


def test_the_lowest_threshold_is_taken_whose_bound_is_within_the_risk():
    rows = [RiskRow(0.9, 100, 0, 0.4), RiskRow(0.85, 120, 0, 0.5), RiskRow(0.8, 200, 8, 0.8)]  # 4%, but up to 7.7%
    assert choose(rows, 0.05).threshold == 0.85


def test_a_share_within_the_risk_alone_is_no_promise():
    rows = [RiskRow(0.9, 9, 0, 0.1), RiskRow(0.8, 25, 1, 0.3), RiskRow(0.7, 40, 10, 0.4)]
    assert choose(rows, 0.05).threshold == NEVER
    assert choose([], 0.05).threshold == NEVER


@given(PAIRS, st.floats(0.01, 0.4), st.floats(0.01, 0.4))
def test_a_higher_risk_never_gives_fewer_marks(pairs, one, other):
    confidence, correct = np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])
    rows = risk_table(confidence, correct, max(1, int(correct.sum())))
    assert choose(rows, min(one, other)).marks <= choose(rows, max(one, other)).marks


@given(PAIRS, st.sampled_from([0.01, 0.05, 0.1, 0.5]))
def test_a_chosen_row_keeps_its_promise(pairs, risk):
    confidence, correct = np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])
    rows = risk_table(confidence, correct, max(1, int(correct.sum())))
    row = choose(rows, risk)
    marked = confidence >= row.threshold
    assert row.marks == marked.sum()
    assert row.wrong == (marked & ~correct).sum()
    assert row.marks == 0 or row.bound <= risk
    better = [other for other in rows if other.bound <= risk]
    assert all(other.marks <= row.marks for other in better)


def test_the_table_has_one_row_a_confidence():
    rows = risk_table(np.array([0.9, 0.9, 0.4]), np.array([True, False, True]), 4)
    assert rows == (RiskRow(0.9, 2, 1, 0.25), RiskRow(0.4, 3, 1, 0.5))
