"""F1 of a head with a 95% bootstrap interval, beside what needs no training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000


def f1(gold: NDArray[np.bool_], found: NDArray[np.bool_]) -> float:
    """F1 of the positive class; 0 where nothing is right."""
    right = int((gold & found).sum())
    return 2 * right / max(1, int(gold.sum()) + int(found.sum())) if right else 0.0


def best_threshold(gold: NDArray[np.bool_], scores: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The threshold in steps of 0.02 with the highest weighted F1."""

    def weighted(threshold: float) -> float:
        found = scores >= threshold
        total = float(weights[gold].sum() + weights[found].sum())
        return 2 * float(weights[gold & found].sum()) / total if total else 0.0

    return max(
        (round(0.02 * step, 2) for step in range(1, 50)), key=lambda threshold: (weighted(threshold), -threshold)
    )


def by_document(
    gold: NDArray[Any], found: NDArray[Any], documents: Sequence[str], positive: str | None, *, seed: int
) -> dict[str, Any]:
    """F1 of a class, or the micro-F1 (accuracy) where ``positive`` is None, with its interval over resampled documents.

    Sentences of one document are alike, so whole documents are drawn (Efron and Tibshirani 1993, section 8).
    """

    def score(rows: NDArray[np.int64]) -> float:
        if positive is None:
            return float((gold[rows] == found[rows]).mean())
        return f1(gold[rows] == positive, found[rows] == positive)

    names = sorted(set(documents))
    places = {name: index for index, name in enumerate(names)}
    owner = np.array([places[document] for document in documents])
    rows_of = [np.flatnonzero(owner == index) for index in range(len(names))]
    draw = np.random.default_rng(seed)
    scores = [
        score(np.concatenate([rows_of[index] for index in draw.integers(0, len(names), len(names))]))
        for _ in range(RESAMPLES)
    ]
    low, high = np.percentile(scores, [2.5, 97.5])
    return {
        "f1": round(score(np.arange(len(gold))), 4),
        "interval": [round(float(low), 4), round(float(high), 4)],
        "sentences": len(gold),
        "documents": len(names),
    }
