"""One run out of several, by score, independent of the order in which anything comes (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

NAME = "relative-score"
"""How the passages' runs are fused (:func:`blend`), as a report's signature line names it."""
DECIMALS = 9
"""Blended scores are rounded, so that the last bits of a division cannot turn a ranking."""


def ranked(run: Mapping[str, float]) -> tuple[str, ...]:
    """The ids of a run, highest score first, ties by id."""
    return tuple(sorted(run, key=lambda name: (-run[name], name)))


def blend(runs: Sequence[Mapping[str, float]]) -> tuple[tuple[str, float], ...]:
    """One run out of several: the mean of each id's scores, each run's scaled to 0 (its lowest) to 1 (its highest).

    Unlike ranks, scores keep how far the first is ahead of the second. A run that does not hold an id gives it 0;
    a run of equal scores gives each 1.

    Args:
        runs: For each retriever the score of each id that it found, cut off at the same depth.

    Returns:
        Ids with scores of 0 to 1, best first, ties by id.

    References:
        Min-max scaled CombSUM: Fox and Shaw, TREC-2, 1994; Lee, SIGIR 1997, doi:10.1145/258525.258587.
    """
    parts: dict[str, list[float]] = {}
    for run in runs:
        low, high = min(run.values(), default=0.0), max(run.values(), default=0.0)
        for name, score in run.items():
            parts.setdefault(name, []).append((score - low) / (high - low) if high > low else 1.0)
    fused = {name: round(math.fsum(values) / len(runs), DECIMALS) for name, values in parts.items()}
    return tuple((name, fused[name]) for name in ranked(fused))
