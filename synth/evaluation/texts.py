"""Calibrated probabilities for a claim against one given text: fitting, keeping, loading.

A multinomial logistic regression over the two strongest log-odds of a text's views and their nearness to the claim
(:mod:`premises`), fitted on labelled sets of which none was trained on, each set and each label with the same weight,
so that no set's share of labels is taken for the world's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.errors import CalibrationError
from synth.evaluation.labelled import CONTRADICTION, ENTAILMENT, NEUTRAL
from synth.evaluation.premises import Reading
from synth.report.writing import write_file

CLASSES = (ENTAILMENT, NEUTRAL, CONTRADICTION)
FEATURES = ("entailment", "contradiction", "views", "similarity")
"""Largest log-odds against neutral of either side, the logarithm of the number of views they are the largest of, and
the largest cosine of a view with the claim: what is about something else decides nothing."""


@dataclass(frozen=True)
class TextCalibrator:
    """Probabilities of :data:`CLASSES` from readings."""

    model: str
    """Signature of the verifier that it was fitted for."""
    coefficients: tuple[tuple[float, ...], ...]
    """One row a class, one column a feature."""
    intercepts: tuple[float, ...]
    fitted_on: dict[str, int]
    """Pairs of each set."""

    def probabilities(self, readings: Sequence[Reading]) -> NDArray[np.float64]:
        """Shape ``(n, 3)``."""
        scores = features(readings) @ np.array(self.coefficients).T + np.array(self.intercepts)
        spread = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(spread / spread.sum(axis=1, keepdims=True))

    def save(self, path: Path) -> None:
        """Write it as JSON.

        Raises:
            OutputError: If the file cannot be written.
        """
        write_file(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n", path)


def raw(model: str) -> TextCalibrator:
    """The model's own odds as they are: what is used where nothing was fitted."""
    return TextCalibrator(
        model, ((1.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0)), (0.0, 0.0, 0.0), {}
    )


def load(path: Path, model: str) -> TextCalibrator:
    """The calibrator of a model, or its raw odds where the file is absent or of another model.

    Raises:
        CalibrationError: The file is damaged.
    """
    if not path.is_file():
        return raw(model)
    try:
        body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = TextCalibrator(
            body["model"],
            tuple(tuple(map(float, row)) for row in body["coefficients"]),
            tuple(map(float, body["intercepts"])),
            dict(body["fitted_on"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CalibrationError(f"{path} is damaged ({error}); fit it again with: synth evaluate fit") from error
    if [len(row) for row in found.coefficients] != [len(FEATURES)] * len(CLASSES):
        raise CalibrationError(f"{path} is of other features; fit it again with: synth evaluate fit")
    return found if found.model == model else raw(model)


def features(readings: Sequence[Reading]) -> NDArray[np.float64]:
    """One row of :data:`FEATURES` a reading."""
    rows = [(*reading.odds, np.log(len(reading.views)), reading.similarity) for reading in readings]
    return np.array(rows).reshape(-1, len(FEATURES))


def fit(sets: Mapping[str, tuple[Sequence[Reading], Sequence[str]]], model: str) -> TextCalibrator:
    """Fits the regression.

    Args:
        sets: Name of each set to its readings and their labels, among :data:`CLASSES`; a set may lack one.
        model: Signature of the verifier.

    Raises:
        CalibrationError: The sets together lack a label.
    """
    from sklearn.linear_model import LogisticRegression

    rows, classes, weights = [], [], []
    for readings, labels in sets.values():
        places = np.array([CLASSES.index(label) for label in labels], dtype=np.intp)
        counts = np.bincount(places, minlength=len(CLASSES))
        rows.append(features(readings))
        classes.append(places)
        weights.append(1.0 / counts[places])
    truth = np.concatenate(classes) if classes else np.zeros(0, dtype=np.intp)
    if len(set(truth.tolist())) < len(CLASSES):
        raise CalibrationError("the pairs lack one of the labels entailment, neutral and contradiction; add a set")
    weight = np.concatenate(weights)
    regression: Any = LogisticRegression(C=1.0, max_iter=2000, tol=1e-8)
    regression.fit(np.concatenate(rows), truth, sample_weight=weight * len(weight) / weight.sum())
    return TextCalibrator(
        model,
        tuple(tuple(float(f"{value:.8g}") for value in row) for row in regression.coef_),
        tuple(float(f"{value:.8g}") for value in regression.intercept_),
        {name: len(labels) for name, (_, labels) in sets.items()},
    )
