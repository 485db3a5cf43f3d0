"""Fits calibrators and measures them, always by paper: the only import of scikit-learn for verdicts."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.verification.calibration import Calibrator
from synth.verification.measures import macro_f1

STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""Inverse strengths of the L2 penalty to choose from."""
INNER_FOLDS = 5
TAIL = 5.0
"""Percent of the gold at either end of a feature that a bounded fit takes for the value where that end begins."""


def fit(
    rows: NDArray[np.float64],
    classes: NDArray[np.intp],
    papers: Sequence[str],
    *,
    model: str,
    strength: float | None = None,
    bounded: bool = False,
) -> Calibrator:
    """A calibrator without a threshold yet.

    Args:
        rows: Features. Shape ``(n, len(FEATURES))``.
        classes: Places in :data:`~synth.verification.calibration.CLASSES`. Shape ``(n,)``.
        papers: Paper of each claim; claims of one paper are never on both sides of a split.
        model: Signature of the cross-encoder.
        strength: Inverse strength of the penalty; chosen by log-loss over folds of papers if not given.
        bounded: Whether values beyond all but :data:`TAIL` percent of the gold count as that bound, here and in use.
            What gold hardly shows (a claim in the very words of its passage) would be judged by a line drawn on.

    References:
        Winsorised features: Tukey, Annals of Mathematical Statistics 33, 1962, doi:10.1214/aoms/1177704711.
    """
    from sklearn.linear_model import LogisticRegression

    strength = strength or best_strength(rows, classes, papers, bounded=bounded)
    low, high = (_rounded(row) for row in np.percentile(rows, [TAIL, 100 - TAIL], axis=0)) if bounded else ((), ())
    rows = np.clip(rows, low, high) if bounded else rows
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale = np.where(scale < 1e-9, 1.0, scale)
    # few features, so a Newton step is cheap: the optimum in some six steps, to more digits than a file keeps
    regression: Any = LogisticRegression(C=strength, solver="newton-cholesky", max_iter=200, tol=1e-8)
    regression.fit((rows - mean) / scale, classes)
    coefficients, intercepts = _all_classes(regression, rows.shape[1])
    return Calibrator(
        model=model,
        mean=_rounded(mean),
        scale=_rounded(scale),
        coefficients=tuple(_rounded(row) for row in coefficients),
        intercepts=_rounded(intercepts),
        n=len(rows),
        penalty=strength,
        low=low,
        high=high,
    )


def best_strength(
    rows: NDArray[np.float64], classes: NDArray[np.intp], papers: Sequence[str], *, bounded: bool = False
) -> float:
    """The inverse penalty strength with the lowest log-loss on held-out papers; the smallest of equals."""
    losses = {}
    for strength in STRENGTHS:
        held_out = np.zeros((len(rows), 3))
        for train, test in folds(papers, INNER_FOLDS):
            names = [papers[at] for at in train]
            part = fit(rows[train], classes[train], names, model="", strength=strength, bounded=bounded)
            held_out[test] = part.probabilities(rows[test])
        chosen = np.clip(held_out[np.arange(len(rows)), classes], 1e-12, 1)
        losses[strength] = round(float(-np.log(chosen).mean()), 6)
    return min(losses, key=lambda strength: (losses[strength], strength))


def folds(papers: Sequence[str], n: int | None = None) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Train and test places, papers kept whole: one fold a paper, or ``n`` folds of about equal size."""
    from sklearn.model_selection import GroupKFold

    names = sorted(set(papers))
    places = {name: at for at, name in enumerate(names)}
    groups = np.array([places[paper] for paper in papers])
    count = min(n or len(names), len(names))
    return list(GroupKFold(n_splits=count).split(groups, groups=groups))


def claim_only(
    texts: Sequence[str],
    classes: NDArray[np.intp],
    papers: Sequence[str],
    *,
    n_folds: int | None = None,
    n_classes: int = 3,
) -> dict[str, float]:
    """Accuracy and macro-F1 of a classifier that sees no passage: what the wording alone gives away.

    Args:
        texts: The claims.
        classes: Their classes. Shape ``(n,)``.
        papers: Paper of each; one fold a paper, or ``n_folds`` folds of whole papers.
        n_folds: Number of folds.
        n_classes: Number of classes that macro-F1 is the mean of.

    References:
        Poliak et al., *SEM 2018, arXiv:1805.01042 (hypothesis-only baselines).
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    predicted = np.zeros(len(texts), dtype=np.intp)
    for train, test in folds(papers, n_folds):
        vectors: Any = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        regression: Any = LogisticRegression(C=1.0, max_iter=2000)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            regression.fit(vectors.fit_transform([texts[at] for at in train]), classes[train])
        predicted[test] = regression.predict(vectors.transform([texts[at] for at in test]))
    return {
        "accuracy": float((predicted == classes).mean()),
        "macro_f1": macro_f1(predicted, classes, n_classes=n_classes),
    }


def _all_classes(regression: Any, width: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coefficients of all three classes, where a part of the gold may lack one or hold two only."""
    coefficients, intercepts = np.zeros((3, width)), np.full(3, -20.0)
    present = [int(name) for name in regression.classes_]
    if len(present) == 2:  # scikit-learn gives one row for two classes: the second against the first
        coefficients[present[1]], intercepts[present] = regression.coef_[0], (0.0, float(regression.intercept_[0]))
    else:
        coefficients[present], intercepts[present] = regression.coef_, regression.intercept_
    return coefficients, intercepts


def _rounded(values: NDArray[np.float64]) -> tuple[float, ...]:
    """Ten digits: the last bits differ between machines and would make every file differ."""
    return tuple(float(f"{value:.10g}") for value in values)
