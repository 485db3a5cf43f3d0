"""``synth evaluate gold``: claims on papers, from the PDFs to the verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.evaluation.bootstrap import intervals
from synth.evaluation.pairs import FOLDS, blind
from synth.retrieval.dense import Encoder
from synth.training.calibrate import Checked, check_gold
from synth.training.gold import GoldClaim
from synth.types import Label, Passage, Verdict
from synth.verification.aggregate import judge
from synth.verification.calibration import CLASSES, Calibrators
from synth.verification.features import features
from synth.verification.measures import (
    area_under_risk_coverage,
    auroc,
    auroc_of_sides,
    brier,
    clopper_pearson_upper,
    expected_calibration_error,
    macro_f1,
)
from synth.verification.nli import NliModel


def evaluate_gold(
    gold: Sequence[GoldClaim],
    papers: Mapping[str, Sequence[Passage]],
    encoder: Encoder,
    nli: NliModel,
    calibrators: Calibrators,
    *,
    seed: int = 0,
    on_progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Scores of the verdicts that a report would give.

    Args:
        gold: The claims.
        papers: Passages by paper.
        encoder: The encoder of the retrieval.
        nli: The verifier.
        calibrators: The ones fitted for it.
        seed: Seed of the resamples, which draw whole papers.
        on_progress: Told what is being done.

    Returns:
        Scores by name with ``intervals``, ``claim_only``, ``by_kind`` and ``curve``. ``false_supported_rate``
        is the share of check marks on claims that are not supported (None where no mark was given), with its
        95% Clopper-Pearson bound; ``recall_supported`` the share of supported claims that got one.

    Raises:
        CalibrationError: A claim's paper is not among the papers.
    """
    checked = check_gold(gold, papers, encoder, nli, on_progress=on_progress)
    verdicts = [judge(item.claim, item.evidence, item.passages, calibrators.of(item.claim)) for item in checked]
    columns = claim_probabilities(checked, calibrators)
    truth = np.array([CLASSES.index(item.label) for item in gold], dtype=np.intp)
    names = [item.paper for item in gold]
    predicted = np.array([CLASSES.index(v.label) if v.label in CLASSES else len(CLASSES) for v in verdicts])
    confidence = np.array([verdict.confidence or 0.0 for verdict in verdicts])
    marked = np.array([verdict.verified for verdict in verdicts], dtype=bool)

    def measure(at: NDArray[np.intp]) -> dict[str, float]:
        hit, real = predicted[at] == truth[at], truth[at]
        said = predicted[at] == 0
        return {
            "accuracy": float(hit.mean()),
            "macro_f1": macro_f1(predicted[at], real),
            "auroc_supported": auroc(columns[at, 0], real == 0),
            "auroc_sides": auroc_of_sides(columns[at], real),
            "ece": expected_calibration_error(confidence[at], hit),
            "brier": brier(columns[at], real),
            "aurc": area_under_risk_coverage(confidence[at], hit),
            "recall_supported": float((marked[at] & (real == 0)).sum() / max(1, (real == 0).sum())),
            "labelled_supported_wrong": float((said & (real != 0)).sum() / max(1, said.sum())),
        }

    wrong, marks = int((marked & (truth != 0)).sum()), int(marked.sum())
    return {
        "n": len(gold),
        "papers": len(set(names)),
        **{name: round(value, 4) for name, value in measure(np.arange(len(gold))).items()},
        "check_marks": marks,
        "check_marks_wrong": wrong,
        "false_supported_rate": round(wrong / marks, 4) if marks else None,
        "false_supported_bound": round(clopper_pearson_upper(wrong, marks), 4) if marks else None,
        "thresholds": {name: round(one.threshold, 4) for name, one in calibrators.kinds.items()},
        "labels": {label.value: sum(verdict.label is label for verdict in verdicts) for label in Label},
        "intervals": intervals(measure, names, seed),
        "majority": round(float(np.bincount(truth).max() / len(truth)), 4),
        "claim_only": blind([item.claim for item in gold], truth, names) if len(set(names)) >= FOLDS else None,
        "by_kind": _by_kind(gold, verdicts),
        "curve": {"confidence": confidence.round(4).tolist(), "correct": (predicted == truth).tolist()},
    }


def claim_probabilities(checked: Sequence[Checked], calibrators: Calibrators) -> NDArray[np.float64]:
    """Calibrated probabilities of supported, refuted and not enough info. Shape ``(n, 3)``."""
    rows = [
        calibrators.of(item.claim).probabilities(features(item.claim, item.evidence, item.passages)[np.newaxis])
        for item in checked
    ]
    return np.concatenate(rows)


def _by_kind(gold: Sequence[GoldClaim], verdicts: Sequence[Verdict]) -> dict[str, dict[str, float]]:
    rows: dict[str, list[tuple[bool, bool]]] = {}
    for item, verdict in zip(gold, verdicts, strict=True):
        false_mark = verdict.verified and item.label is not Label.SUPPORTED
        rows.setdefault(item.kind, []).append((verdict.label is item.label, false_mark))
    return {
        kind: {
            "n": len(found),
            "accuracy": round(sum(right for right, _ in found) / len(found), 4),
            "check_marks_wrong": sum(false for _, false in found),
        }
        for kind, found in sorted(rows.items())
    }
