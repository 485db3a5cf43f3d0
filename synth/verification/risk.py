"""The threshold of the check mark: risk against coverage on held-out gold (pure).

Exact intervals after Clopper and Pearson (1934); the table is the risk-coverage curve of selective prediction
(El-Yaniv and Wiener, 2010), row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synth.verification.measures import clopper_pearson_upper

RISK = 0.05
"""Share of wrong check marks that a threshold aims at, unless told otherwise."""
NEVER = 1.01
"""A threshold that no probability reaches."""


@dataclass(frozen=True, slots=True)
class RiskRow:
    """What a threshold would have done on held-out gold."""

    threshold: float
    marks: int
    """Claims that would have got the check mark."""
    wrong: int
    """Those of them that are not supported."""
    recall: float
    """Share of the supported claims that would have got it."""

    @property
    def false_supported(self) -> float:
        """Share of wrong check marks."""
        return self.wrong / self.marks if self.marks else 0.0

    @property
    def bound(self) -> float:
        """Upper end of the 95% Clopper-Pearson interval of that share."""
        return clopper_pearson_upper(self.wrong, self.marks)


def risk_table(confidence: NDArray[np.float64], correct: NDArray[np.bool_], n_supported: int) -> tuple[RiskRow, ...]:
    """One row for each confidence at which something changes, highest first.

    Args:
        confidence: Held-out confidences of the claims labelled supported. Shape ``(n,)``.
        correct: Whether each is supported in truth. Shape ``(n,)``.
        n_supported: Supported claims in all the gold, labelled so or not.
    """
    rows = []
    for threshold in sorted({float(value) for value in confidence}, reverse=True):
        marked = confidence >= threshold
        right = int(correct[marked].sum())
        recall = right / n_supported if n_supported else 0.0
        rows.append(RiskRow(threshold, int(marked.sum()), int(marked.sum()) - right, recall))
    return tuple(rows)


def choose(rows: Sequence[RiskRow], risk: float = RISK) -> RiskRow:
    """The row of the lowest threshold, so of most check marks, whose upper bound stays within a risk.

    A share of wrong marks that happens to lie within the risk is no promise: of the many thresholds one is always
    lucky. Where no bound is within it, no check mark is given.
    """
    # no bound lies below its share, and a bound costs a millisecond: every start of the program comes through here
    hopeful = sorted((row for row in rows if row.false_supported <= risk), key=lambda row: row.threshold)
    return next((row for row in hopeful if row.bound <= risk), RiskRow(NEVER, 0, 0, 0.0))
