"""Temperature and isotonic regression mend what they can mend, on claims that they were not fitted on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synth.training.alternatives import alternatives, isotonic, temperature
from synth.verification.evidence import softmax

N = 600


def overconfident(times: float) -> tuple[np.ndarray, np.ndarray]:
    """Logits that are ``times`` too large for the classes drawn from them."""
    rng = np.random.default_rng(3)
    true = rng.normal(size=(N, 3)) * 1.5
    shares = softmax(true)
    classes = np.array([rng.choice(3, p=row) for row in shares], dtype=np.intp)
    return true * times, classes


def test_temperature_finds_by_how_much_logits_are_too_large():
    logits, classes = overconfident(4.0)
    cooled = temperature(logits, classes)(logits)
    ratio = np.log(cooled[:, 0] / cooled[:, 1]) / (logits[:, 0] - logits[:, 1])
    assert np.median(1 / ratio) == pytest.approx(4.0, rel=0.2)


def test_temperature_never_changes_which_label_is_likeliest():
    logits, classes = overconfident(3.0)
    assert (temperature(logits, classes)(logits).argmax(axis=1) == logits.argmax(axis=1)).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.floats(0.2, 8))
def test_isotonic_gives_probabilities_that_rise_with_the_models_own(seed, times):
    rng = np.random.default_rng(seed)
    logits, classes = rng.normal(size=(60, 3)) * times, rng.integers(0, 3, 60).astype(np.intp)
    found = isotonic(logits, classes)(logits)
    assert np.allclose(found.sum(axis=1), 1)
    assert (found > 0).all()


def test_isotonic_calibrates_better_than_the_model_itself():
    logits, classes = overconfident(6.0)
    half = N // 2
    fitted = isotonic(logits[:half], classes[:half])(logits[half:])
    rows, rest = np.arange(N - half), classes[half:]
    assert -np.log(fitted[rows, rest]).mean() < -np.log(softmax(logits[half:])[rows, rest] + 1e-12).mean()


def test_all_three_are_scored_on_the_same_left_out_papers():
    logits, classes = overconfident(4.0)
    papers = [f"paper{at % 30}" for at in range(N)]
    found = alternatives(logits, softmax(logits / 4), classes, papers)
    shipped, cooled, stepped = found.values()
    assert set(shipped) == {"log_loss", "brier", "ece", "auroc_supported"}
    assert cooled["log_loss"] == pytest.approx(shipped["log_loss"], abs=0.02)
    assert stepped["ece"] < 0.12
    assert cooled["auroc_supported"] > 0.7
