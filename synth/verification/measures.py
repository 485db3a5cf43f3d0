"""How good probabilities and labels are: plain functions of arrays (pure)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

BINS = 10


def expected_calibration_error(
    confidence: NDArray[np.float64], correct: NDArray[np.bool_], *, bins: int = BINS
) -> float:
    """Mean distance of confidence and accuracy over bins of equal width, weighted by their size.

    Args:
        confidence: In [0, 1]. Shape ``(n,)``.
        correct: Whether each was right. Shape ``(n,)``.
        bins: Number of bins.

    References:
        Naeini, Cooper and Hauskrecht, AAAI 2015; Guo et al., ICML 2017, arXiv:1706.04599.
    """
    if not len(confidence):
        return 0.0
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = (abs(confidence[place == at].sum() - correct[place == at].sum()) for at in range(bins))
    return math.fsum(gaps) / len(confidence)


def brier(probabilities: NDArray[np.float64], classes: NDArray[np.intp]) -> float:
    """Mean squared distance to the one-hot truth, summed over classes, in [0, 2] (Brier 1950)."""
    truth = np.eye(probabilities.shape[1])[classes]
    return float(((probabilities - truth) ** 2).sum(axis=1).mean())


def area_under_risk_coverage(confidence: NDArray[np.float64], correct: NDArray[np.bool_]) -> float:
    """Mean error over all coverages, most confident first; ties share their mean error.

    References:
        Geifman and El-Yaniv, NeurIPS 2017, arXiv:1705.08500.
    """
    if not len(confidence):
        return 0.0
    wrong = 1 - correct.astype(np.float64)
    for value in np.unique(confidence):  # the order within a tie is chance
        wrong[confidence == value] = wrong[confidence == value].mean()
    errors = wrong[np.argsort(-confidence, kind="stable")]
    return float((np.cumsum(errors) / np.arange(1, len(errors) + 1)).mean())


def auroc(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Chance that a positive outranks a negative, ties a half; 0.5 where there is only one kind."""
    up, down = scores[positive], scores[~positive]
    if not len(up) or not len(down):
        return 0.5
    difference = up[:, None] - down[None, :]
    return float((difference > 0).mean() + (difference == 0).mean() / 2)


def auroc_of_sides(probabilities: NDArray[np.float64], classes: NDArray[np.intp]) -> float:
    """Chance that a supported claim has higher odds of supported against refuted than a refuted one has.

    The odds between the two, because the probability of either falls as well where little speaks of a claim at all:
    ranked by that of refuted alone, a subtle refuted claim stands below a supported one that much is written on.

    Args:
        probabilities: Of supported, refuted and not enough info. Shape ``(n, 3)``.
        classes: The true ones, 0 to 2. Shape ``(n,)``.
    """
    stated = classes < 2
    sides = np.clip(probabilities[stated, :2], 1e-12, None)
    return auroc(sides[:, 0] / sides.sum(axis=1), classes[stated] == 0)


def macro_f1(predicted: NDArray[np.intp], classes: NDArray[np.intp], *, n_classes: int = 3) -> float:
    """Mean of the classes' F1; a class that is neither predicted nor true counts 0."""
    scores = []
    for name in range(n_classes):
        hits = int(((predicted == name) & (classes == name)).sum())
        total = int((predicted == name).sum() + (classes == name).sum())
        scores.append(2 * hits / total if total else 0.0)
    return math.fsum(scores) / n_classes


def clopper_pearson_upper(wrong: int, n: int, *, confidence: float = 0.95) -> float:
    """Upper end of the exact two-sided interval of a share; 1 for ``n = 0``.

    References:
        Clopper and Pearson, Biometrika 1934, doi:10.1093/biomet/26.4.404.
    """
    if n == 0 or wrong >= n:
        return 1.0
    tail = (1 - confidence) / 2
    low, high = wrong / n, 1.0
    for _ in range(60):  # halves the interval to below 1e-17
        middle = (low + high) / 2
        if _binomial_cdf(wrong, n, middle) > tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _binomial_cdf(k: int, n: int, p: float) -> float:
    if p <= 0 or p >= 1:
        return 1.0 if p <= 0 else 0.0
    logs = (
        math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p) + (n - i) * math.log1p(-p)
        for i in range(k + 1)
    )
    return math.fsum(math.exp(value) for value in logs)
