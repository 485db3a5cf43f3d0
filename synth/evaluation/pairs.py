"""``synth evaluate pairs``: a text and a claim at a time, the label given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.evaluation.bootstrap import intervals
from synth.evaluation.labelled import CONTRADICTION, ENTAILMENT, NEUTRAL, NOT_ENTAILMENT, LabelledPair
from synth.evaluation.premises import Reading, read
from synth.evaluation.texts import CLASSES, TextCalibrator, fit, raw
from synth.retrieval.dense import Encoder
from synth.training.fitting import claim_only
from synth.verification.measures import brier, expected_calibration_error, macro_f1
from synth.verification.nli import NliModel

FOLDS = 5
LEAST = 20
"""A slice of fewer pairs is not shown: its score would be chance."""


def evaluate_pairs(
    pairs: Sequence[LabelledPair], nli: NliModel, encoder: Encoder, texts: TextCalibrator, *, seed: int = 0
) -> dict[str, Any]:
    """Accuracy, macro-F1, calibration and Brier score, with intervals that resample whole texts.

    A set that has only some of the labels is scored among those: with ``not_entailment`` neutral and
    contradiction count together, without a neutral the other two compete.

    Args:
        pairs: The labelled pairs.
        nli: The verifier.
        encoder: Embeds claims and texts.
        texts: From its readings to probabilities.
        seed: Seed of the resamples.

    Returns:
        Scores by name; ``intervals``, ``claim_only``, ``labels`` and, where pairs name phenomena, ``slices``;
        ``curve`` holds confidence and correctness for the plots.
    """
    names = classes_of([pair.label for pair in pairs])
    readings = read(nli, encoder, [(pair.premise, pair.claim) for pair in pairs])
    columns = merged(texts.probabilities(readings), names)
    truth = np.array([names.index(pair.label) for pair in pairs], dtype=np.intp)
    groups = [" ".join(pair.premise) for pair in pairs]

    def measure(at: NDArray[np.intp]) -> dict[str, float]:
        return scores(columns[at], truth[at])

    confidence, correct = columns.max(axis=1), columns.argmax(axis=1) == truth
    found: dict[str, Any] = {
        "n": len(pairs),
        "labels": {name: int((truth == at).sum()) for at, name in enumerate(names)},
        **{name: round(value, 4) for name, value in measure(np.arange(len(pairs))).items()},
        "intervals": intervals(measure, groups, seed),
        "majority": round(float(np.bincount(truth).max() / len(truth)), 4),
        "claim_only": blind([pair.claim for pair in pairs], truth, groups),
        "curve": {"confidence": confidence.round(4).tolist(), "correct": correct.tolist()},
    }
    slices = _slices(pairs, correct)
    return {**found, "slices": slices} if slices else found


def evaluate_left_out(sets: Mapping[str, tuple[Sequence[Reading], Sequence[str]]], model: str) -> dict[str, Any]:
    """Scores of each set by the verifier's raw odds, and by probabilities that were fitted on the other sets.

    Args:
        sets: Readings and labels by set, as :func:`synth.evaluation.texts.fit` takes them.
        model: Signature of the verifier.

    Returns:
        Set to ``n``, ``raw`` and ``left_out``; the latter is None where the other sets lack a label.
    """
    found: dict[str, Any] = {}
    for name, (readings, labels) in sets.items():
        names = classes_of(labels)
        truth = np.array([names.index(label) for label in labels], dtype=np.intp)
        others = {other: part for other, part in sets.items() if other != name}
        enough = {label for _, part in others.values() for label in part} >= set(CLASSES)
        row: dict[str, Any] = {"n": len(labels), "raw": raw(model), "left_out": fit(others, model) if enough else None}
        for key in ("raw", "left_out"):
            if row[key] is not None:
                columns = merged(row[key].probabilities(readings), names)
                row[key] = {score: round(value, 4) for score, value in scores(columns, truth).items()}
        found[name] = row
    return found


def classes_of(labels: Sequence[str]) -> tuple[str, ...]:
    """The classes that a set scores among, in the verifier's order."""
    present = set(labels)
    if NOT_ENTAILMENT in present:
        return (ENTAILMENT, NOT_ENTAILMENT)
    if NEUTRAL not in present:
        return (ENTAILMENT, CONTRADICTION)
    return CLASSES


def merged(columns: NDArray[np.float64], names: tuple[str, ...]) -> NDArray[np.float64]:
    """Probabilities among a set's classes, from entailment, neutral and contradiction."""
    if names == CLASSES:
        return columns
    if NOT_ENTAILMENT in names:
        return np.stack([columns[:, 0], columns[:, 1] + columns[:, 2]], axis=1)
    two = columns[:, [0, 2]]
    return np.asarray(two / two.sum(axis=1, keepdims=True))


def scores(columns: NDArray[np.float64], truth: NDArray[np.intp]) -> dict[str, float]:
    """The figures of a table's line; macro-F1 over the columns' classes."""
    predicted = columns.argmax(axis=1).astype(np.intp)
    return {
        "accuracy": float((predicted == truth).mean()),
        "macro_f1": macro_f1(predicted, truth, n_classes=columns.shape[1]),
        "ece": expected_calibration_error(columns.max(axis=1), predicted == truth),
        "brier": brier(columns, truth),
    }


def blind(claims: Sequence[str], truth: NDArray[np.intp], groups: Sequence[str]) -> dict[str, float] | None:
    """What the claims' wording alone gives, in folds that keep texts whole; None where that cannot be fitted."""
    if len(set(groups)) < FOLDS or len(claims) < 10 * FOLDS or len(set(truth.tolist())) < 2:
        return None
    found = claim_only(claims, truth, groups, n_folds=FOLDS, n_classes=int(truth.max()) + 1)
    return {name: round(value, 4) for name, value in found.items()}


def _slices(pairs: Sequence[LabelledPair], correct: NDArray[np.bool_]) -> dict[str, dict[str, float]]:
    hits: dict[str, list[bool]] = {}
    for pair, right in zip(pairs, correct.tolist(), strict=True):
        for name in pair.slices:
            hits.setdefault(name, []).append(right)
    return {
        name: {"n": len(found), "accuracy": round(sum(found) / len(found), 4)}
        for name, found in sorted(hits.items())
        if len(found) >= LEAST
    }
