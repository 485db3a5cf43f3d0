"""Ways to calibrate beside the one that ships, compared on the same left-out papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.training.fitting import folds
from synth.verification.evidence import softmax
from synth.verification.measures import auroc, brier, expected_calibration_error

Floats = NDArray[np.float64]
Classes = NDArray[np.intp]
TEMPERATURES = np.geomspace(0.25, 25.0, 81)
_FOLDS = 20
_LEAST = 1e-3
"""No class gets a smaller probability: isotonic steps reach 0, where one error would cost everything."""


def alternatives(
    logits: Floats, shipped: Floats, classes: Classes, papers: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Held-out scores of three calibrators: the one that ships, temperature scaling and isotonic regression.

    Args:
        logits: Raw logits of the strongest passage. Shape ``(n, 3)``, in the order of the classes.
        shipped: Held-out probabilities of the logistic regression over all features. Shape ``(n, 3)``.
        classes: The gold. Shape ``(n,)``.
        papers: Paper of each claim; claims of one paper are never on both sides of a split.

    Returns:
        Log-loss, Brier score, ECE of the likeliest label (10 bins) and AUROC of supported, by name.

    References:
        Guo et al., ICML 2017, arXiv:1706.04599 (temperature scaling); Zadrozny and Elkan, KDD 2002 (isotonic
        regression, one class against the others, normalised).
    """
    held_out = {
        "logistic regression over all features": shipped,
        "temperature, strongest passage": _held_out(temperature, logits, classes, papers),
        "isotonic, strongest passage": _held_out(isotonic, logits, classes, papers),
    }
    return {name: _scores(np.clip(found, 1e-12, 1), classes) for name, found in held_out.items()}


Fitted = Callable[[Floats], Floats]


def temperature(logits: Floats, classes: Classes) -> Fitted:
    """One divisor for all logits, of :data:`TEMPERATURES` the one with the least log-loss."""
    losses = [_log_loss(softmax(logits / divisor), classes) for divisor in TEMPERATURES]
    best = float(TEMPERATURES[int(np.argmin(losses))])
    return lambda new: softmax(new / best)


def isotonic(logits: Floats, classes: Classes) -> Fitted:
    """A rising step function of the model's own probability for each class, normalised over the three."""
    from sklearn.isotonic import IsotonicRegression

    raw = softmax(logits)
    steps: list[Any] = []
    for place in range(raw.shape[1]):
        step = IsotonicRegression(y_min=_LEAST, y_max=1 - _LEAST, out_of_bounds="clip")
        steps.append(step.fit(raw[:, place], (classes == place).astype(np.float64)))

    def probabilities(new: Floats) -> Floats:
        found = np.column_stack([step.predict(column) for step, column in zip(steps, softmax(new).T, strict=True)])
        return np.asarray(found / found.sum(axis=1, keepdims=True), dtype=np.float64)

    return probabilities


def _held_out(
    fit: Callable[[Floats, Classes], Fitted], logits: Floats, classes: Classes, papers: Sequence[str]
) -> Floats:
    found = np.zeros_like(logits)
    for train, test in folds(papers, _FOLDS):
        found[test] = fit(logits[train], classes[train])(logits[test])
    return found


def _scores(probabilities: Floats, classes: Classes) -> dict[str, float]:
    predicted, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    return {
        "log_loss": _log_loss(probabilities, classes),
        "brier": brier(probabilities, classes),
        "ece": expected_calibration_error(confidence, predicted == classes),
        "auroc_supported": auroc(probabilities[:, 0], classes == 0),
    }


def _log_loss(probabilities: Floats, classes: Classes) -> float:
    chosen = np.clip(probabilities[np.arange(len(classes)), classes], 1e-12, 1)
    return float(-np.log(chosen).mean())
