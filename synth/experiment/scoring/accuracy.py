"""Accuracy: XNLI, PAWS-X."""

from __future__ import annotations

from collections.abc import Sequence


def exact(predictions: Sequence[object], gold: Sequence[object]) -> list[float]:
    """Of each example, 1.0 where the prediction is right and 0.0 where not.

    Args:
        predictions: Predicted labels.
        gold: True ones.

    Raises:
        ValueError: There are not as many of one as of the other, or none.
    """
    if len(predictions) != len(gold) or not gold:
        raise ValueError(f"{len(predictions)} predictions for {len(gold)} examples")
    return [float(one == other) for one, other in zip(predictions, gold, strict=True)]


def accuracy(predictions: Sequence[object], gold: Sequence[object]) -> float:
    """Share of right predictions in points.

    Args:
        predictions: Predicted labels.
        gold: True ones.

    Raises:
        ValueError: There are not as many of one as of the other, or none.
    """
    return sum(exact(predictions, gold)) / len(gold) * 100
