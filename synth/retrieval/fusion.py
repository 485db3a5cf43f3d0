"""One run out of several, by score or by rank, independent of the order in which anything comes (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

NAME = "relative-score"
"""How the passages' runs are fused (:func:`blend`), as a report's signature line names it."""
K = 60
"""The constant of the published method: it keeps one first place from outweighing several good ones."""
DECIMALS = 9
"""Blended scores are rounded, so that the last bits of a division cannot turn a ranking."""


def ranked(run: Mapping[str, float]) -> tuple[str, ...]:
    """The ids of a run, highest score first, ties by id."""
    return tuple(sorted(run, key=lambda name: (-run[name], name)))


def fuse(runs: Sequence[Mapping[str, float]], *, k: int = K) -> tuple[tuple[str, float], ...]:
    """One run out of several: each id gets the sum of ``1 / (k + rank)`` over the runs that hold it.

    Args:
        runs: For each retriever the score of each id that it found; scores of different runs need not compare.
        k: Constant of the method.

    Returns:
        Ids with fused scores, best first, ties by id.

    References:
        Cormack, Clarke and Buettcher, SIGIR 2009, doi:10.1145/1571941.1572114.
    """
    parts: dict[str, list[float]] = {}
    for run in runs:
        for rank, name in enumerate(ranked(run), start=1):
            parts.setdefault(name, []).append(1 / (k + rank))
    # fsum: a plain sum depends on the order of the runs in its last bit, and ties are then broken by chance
    fused = {name: math.fsum(values) for name, values in parts.items()}
    return tuple((name, fused[name]) for name in ranked(fused))


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
