"""The penalty is the one that held-out papers bear out, and a bounded fit says no more than its gold."""

from __future__ import annotations

import numpy as np
import pytest

from synth.training.fitting import STRENGTHS, TAIL, best_strength, fit
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


def test_the_penalty_is_chosen_on_held_out_papers(gold):
    """Noise wants the strongest penalty, a rule that holds for every paper one of the weakest."""
    rows, classes, papers = gold
    noise = np.random.default_rng(1).normal(size=rows.shape)
    told = noise.copy()
    told[:, 0] += (classes - 1) * 4.0
    told[:, 1] += (classes == 1) * 4.0
    assert best_strength(noise, classes, papers) == min(STRENGTHS)
    assert best_strength(told, classes, papers) in sorted(STRENGTHS)[-3:]
    assert fit(told, classes, papers, model="m@1").penalty == best_strength(told, classes, papers)
