"""Outcomes of one model, example by example, in a form that every metric fits: one bootstrap does for all. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synth.experiment.protocol.names import BASE, CLEAN

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A score is 100 · Σ numerator / Σ denominator over examples.

    Accuracy, EM and the F1 of answers have a denominator of one; the F1 of spans and of mined pairs has twice the
    hits over found plus expected, which resamples as the metric itself does.
    """

    numerator: Floats
    denominator: Floats

    def score(self) -> float:
        """In points; 0 where nothing was found and nothing expected."""
        below = float(self.denominator.sum())
        return 100.0 * float(self.numerator.sum()) / below if below else 0.0

    def __len__(self) -> int:
        return len(self.numerator)


def of_values(values: Sequence[float]) -> Outcomes:
    """Outcomes of a metric that is a mean over examples, each from 0 to 1."""
    numerator = np.asarray(values, dtype=np.float64)
    return Outcomes(numerator, np.ones_like(numerator))


def of_counts(hits: ArrayLike, found: ArrayLike, expected: ArrayLike) -> Outcomes:
    """Outcomes of an F1 over counts of each example: of a sentence's spans, of a sentence's mined pairs."""
    doubled = 2.0 * np.asarray(hits, dtype=np.float64)
    return Outcomes(doubled, np.asarray(found, dtype=np.float64) + np.asarray(expected, dtype=np.float64))


@dataclass(frozen=True, slots=True, order=True)
class Setting:
    """What was tested, apart from task, language, metric and seed."""

    arm: str
    size: str = BASE
    condition: str = CLEAN


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One language of one task, measured with one metric."""

    task: str
    language: str
    metric: str


Measured = Mapping[Setting, Mapping[int, Mapping[Cell, Outcomes]]]
"""Outcomes by setting, seed and cell. What was tested without a seed (retrieval with the encoder as pre-trained) stands
under the first seed."""
