"""Precision, recall and F1 over counts, kept one row an example so that a bootstrap can draw examples anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
"""One row an example: right ones, predicted ones, gold ones."""


@dataclass(frozen=True, slots=True)
class F1:
    """In points, 0 to 100."""

    precision: float
    recall: float
    f1: float


def f1_of(counts: Counts) -> F1:
    """Micro-averaged F1 of all examples; 0 where nothing is right.

    Args:
        counts: Rows of right, predicted and gold ones.
    """
    right, predicted, gold = (int(one) for one in counts.reshape(-1, 3).sum(axis=0))
    if not right:
        return F1(0.0, 0.0, 0.0)
    precision, recall = right / predicted, right / gold
    return F1(precision * 100, recall * 100, 2 * precision * recall / (precision + recall) * 100)
