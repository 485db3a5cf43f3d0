"""Reciprocal rank fusion of several runs, independent of the order in which anything comes (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

K = 60
"""The constant of the published method: it keeps one first place from outweighing several good ones."""


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
