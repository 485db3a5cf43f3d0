from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.metrics import f1_score, roc_auc_score

from synth.verification.measures import (
    area_under_risk_coverage,
    auroc,
    auroc_of_sides,
    brier,
    clopper_pearson_upper,
    expected_calibration_error,
    macro_f1,
)

CLASSES = st.lists(st.integers(0, 2), min_size=1, max_size=40)


@given(st.integers(0, 300), st.data())
def test_the_exact_interval_is_scipys(n, data):
    wrong = data.draw(st.integers(0, n))
    if n:
        expected = binomtest(wrong, n).proportion_ci(0.95, method="exact").high
        assert clopper_pearson_upper(wrong, n) == pytest.approx(expected, abs=1e-9)
    else:
        assert clopper_pearson_upper(0, 0) == 1


@given(CLASSES, st.data())
def test_macro_f1_is_scikit_learns(classes, data):
    predicted = data.draw(st.lists(st.integers(0, 2), min_size=len(classes), max_size=len(classes)))
    expected = f1_score(classes, predicted, labels=[0, 1, 2], average="macro", zero_division=0)
    assert macro_f1(np.array(predicted), np.array(classes)) == pytest.approx(expected)


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.5, 0.9]), st.booleans()), min_size=2, max_size=40))
def test_auroc_is_scikit_learns(pairs):
    scores, positive = np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])
    if positive.all() or not positive.any():
        assert auroc(scores, positive) == 0.5
    else:
        assert auroc(scores, positive) == pytest.approx(roc_auc_score(positive, scores))


def test_the_sides_are_told_apart_by_their_odds_whatever_the_third_class_takes():
    # the refuted claim has next to no evidence: less probably refuted than the supported one, but at higher odds
    probabilities = np.array([[0.50, 0.30, 0.20], [0.04, 0.10, 0.86], [0.1, 0.1, 0.8]])
    assert auroc_of_sides(probabilities, np.array([0, 1, 2])) == 1
    assert auroc_of_sides(probabilities, np.array([1, 0, 2])) == 0
    assert auroc_of_sides(probabilities, np.array([0, 2, 2])) == 0.5


HALVES = st.sampled_from([0.125, 0.25, 0.5, 1.0])  # so that equal odds are equal to the last bit


@given(st.lists(st.tuples(HALVES, HALVES, HALVES, st.integers(0, 2)), min_size=1, max_size=40))
def test_claims_without_enough_info_do_not_count_for_the_sides(rows):
    probabilities, classes = np.array([row[:3] for row in rows]), np.array([row[3] for row in rows])
    stated = classes < 2
    assert auroc_of_sides(probabilities, classes) == auroc_of_sides(probabilities[stated], classes[stated])
    if len(set(classes[stated].tolist())) == 2:
        odds = probabilities[stated, 0] / probabilities[stated, 1]
        assert auroc_of_sides(probabilities, classes) == pytest.approx(roc_auc_score(classes[stated] == 0, odds))


def test_calibration_error_by_hand():
    confidence = np.array([0.95, 0.85, 0.82, 0.15])
    correct = np.array([True, True, False, False])
    # bins: 0.9 to 1: gap 0.05; 0.8 to 0.9: |1.67 - 1|; 0.1 to 0.2: 0.15
    assert expected_calibration_error(confidence, correct) == pytest.approx((0.05 + 0.67 + 0.15) / 4)
    assert expected_calibration_error(np.array([1.0]), np.array([True])) == 0
    assert expected_calibration_error(np.array([]), np.array([], dtype=bool)) == 0


def test_brier_by_hand():
    assert brier(np.array([[1.0, 0, 0], [0.5, 0.5, 0]]), np.array([0, 1])) == pytest.approx(0.25)


def test_risk_coverage_by_hand():
    confidence = np.array([0.9, 0.8, 0.7])
    assert area_under_risk_coverage(confidence, np.array([True, False, True])) == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    tied = np.array([0.5, 0.5])
    assert area_under_risk_coverage(tied, np.array([True, False])) == pytest.approx(0.5)
    assert area_under_risk_coverage(tied, np.array([False, True])) == pytest.approx(0.5)
    assert area_under_risk_coverage(np.array([]), np.array([], dtype=bool)) == 0
