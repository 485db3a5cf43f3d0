"""A bounded fit says no more of what lies beyond its gold than of where the gold ends."""

from __future__ import annotations

import numpy as np
import pytest

from synth.training.fitting import TAIL, fit
from synth.verification.features import FEATURES


@pytest.fixture
def gold():
    """One feature that tells supported from refuted, where much of it speaks for refuted."""
    rng = np.random.default_rng(0)
    classes = np.arange(300) % 3
    rows = rng.normal(size=(300, len(FEATURES)))
    rows[:, 0] += (classes == 1) * 2.0
    return rows, classes, [f"p{at % 10}" for at in range(300)]


def test_beyond_the_gold_a_bounded_fit_grows_no_surer(gold):
    rows, classes, papers = gold
    free, bounded = (fit(rows, classes, papers, model="m@1", strength=0.1, bounded=way) for way in (False, True))
    end = np.percentile(rows[:, 0], 100 - TAIL)
    at_the_end, far = np.zeros((2, 1, len(FEATURES)))
    at_the_end[0, 0], far[0, 0] = end + 0.1, 30.0
    np.testing.assert_array_equal(bounded.probabilities(far), bounded.probabilities(at_the_end))
    assert free.probabilities(far)[0, 1] > 0.99 > bounded.probabilities(far)[0, 1]
    assert (free.low, free.high) == ((), ())


def test_within_its_gold_a_bounded_fit_tells_the_same(gold):
    rows, classes, papers = gold
    bounded = fit(rows, classes, papers, model="m@1", bounded=True)
    assert np.mean(bounded.probabilities(rows).argmax(axis=1) == classes) > 0.45
    np.testing.assert_allclose(bounded.low, np.percentile(rows, TAIL, axis=0), rtol=1e-6)
