"""Scores of verdicts against gold: what a calibrator did for the claims of left-out papers (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.training.gold import GoldClaim
from synth.types import Evidence, Label, Verdict
from synth.verification.calibration import CLASSES
from synth.verification.evidence import softmax
from synth.verification.measures import (
    area_under_risk_coverage,
    auroc,
    auroc_of_sides,
    brier,
    expected_calibration_error,
    macro_f1,
)


def measures(
    judged: Sequence[Verdict], probabilities: NDArray[np.float64], classes: NDArray[np.intp]
) -> dict[str, Any]:
    """What left-out verdicts and probabilities are worth."""
    predicted = np.array([_place(verdict.label) for verdict in judged])
    confidence = np.array([verdict.confidence or 0.0 for verdict in judged])
    correct = predicted == classes
    return {
        "accuracy": float(correct.mean()),
        "macro_f1": macro_f1(predicted, classes),
        "auroc_supported": auroc(probabilities[:, 0], classes == 0),
        "auroc_sides": auroc_of_sides(probabilities, classes),
        "ece": expected_calibration_error(confidence, correct),
        "ece_supported": expected_calibration_error(probabilities[:, 0], classes == 0),
        "brier": brier(probabilities, classes),
        "aurc": area_under_risk_coverage(confidence, correct),
        "labels": {label.value: sum(verdict.label is label for verdict in judged) for label in Label},
    }


def raw_measures(evidence: Sequence[Sequence[Evidence]], classes: NDArray[np.intp]) -> dict[str, float]:
    """The same of the model's own softmax at the passage that takes the strongest stance."""
    probabilities = softmax(strongest_logits(evidence))
    predicted, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    return {
        "accuracy": float((predicted == classes).mean()),
        "macro_f1": macro_f1(predicted, classes),
        "auroc_supported": auroc(probabilities[:, 0], classes == 0),
        "ece": expected_calibration_error(confidence, predicted == classes),
        "brier": brier(probabilities, classes),
        "aurc": area_under_risk_coverage(confidence, predicted == classes),
    }


def strongest_logits(evidence: Sequence[Sequence[Evidence]]) -> NDArray[np.float64]:
    """The raw logits of each claim's passage that takes the strongest stance, in the order of the classes.

    Returns:
        Supported, refuted, not enough info. Shape ``(n, 3)``.
    """
    rows = []
    for pieces in evidence:
        logits = np.array([piece.logits for piece in pieces] or [(0.0, 10.0, 0.0)])
        rows.append(logits[int(softmax(logits)[:, [0, 2]].max(axis=1).argmax())][[0, 2, 1]])
    return np.array(rows)


def _place(label: Label) -> int:
    return CLASSES.index(label) if label in CLASSES else -1  # a conflict is right for no gold claim


def by_kind(gold: Sequence[GoldClaim], judged: Sequence[Verdict]) -> dict[str, dict[str, float]]:
    """Number and accuracy of the claims of each kind."""
    found: dict[str, list[bool]] = {}
    for claim, verdict in zip(gold, judged, strict=True):
        found.setdefault(claim.kind, []).append(verdict.label is claim.label)
    return {kind: {"n": len(hits), "accuracy": sum(hits) / len(hits)} for kind, hits in sorted(found.items())}


def rounded(value: Any) -> Any:
    """Six decimals throughout, so that equal runs write equal files."""
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    return round(value, 6) if isinstance(value, float) else value
