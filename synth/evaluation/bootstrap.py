"""Percentile bootstrap intervals that resample whole groups (pure).

References:
    Efron and Tibshirani, An Introduction to the Bootstrap, 1993; groups as in Cameron et al., REStat 2008.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000

Measure = Callable[[NDArray[np.intp]], dict[str, float]]
"""Named scores of the rows at some places (a place may come more than once)."""


def intervals(
    measure: Measure, groups: Sequence[str], seed: int, *, resamples: int = RESAMPLES
) -> dict[str, list[float]]:
    """A 95% interval of every score.

    Args:
        measure: Scores of a resample.
        groups: Group of each row; rows of one group are drawn together.
        seed: Seed of the draws.
        resamples: Number of resamples.

    Returns:
        Score to its lower and upper end.
    """
    places: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        places.setdefault(group, []).append(at)
    members = [np.array(rows, dtype=np.intp) for rows in places.values()]
    rng = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(resamples):
        chosen = rng.integers(len(members), size=len(members))
        for name, value in measure(np.concatenate([members[at] for at in chosen])).items():
            drawn.setdefault(name, []).append(value)
    return {
        name: [round(float(end), 4) for end in np.quantile(np.array(values), [0.025, 0.975])]
        for name, values in drawn.items()
    }
