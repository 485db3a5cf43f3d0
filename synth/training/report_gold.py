"""Gold from reports: judged claims of real reports, kept as numbers, because their words are the papers' own.

``benchmarks/report_rows.py`` makes the rows from the judgements, given the papers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from synth.errors import CalibrationError
from synth.jsonl import json_lines
from synth.types import Label, Verdict
from synth.verification.calibration import CLASSES, Calibrator
from synth.verification.features import FEATURES

LEVEL = 0.7
"""Confidence from which all claims of the reports in ``data/gold/reports_questions.json`` were judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A judged claim of a report."""

    id: str
    paper: str
    """The paper that states the claim, without version; left out as a whole when measuring."""
    label: Label
    features: tuple[float, ...]
    """In the order of :data:`~synth.verification.features.FEATURES`."""
    allowed: tuple[Label, ...]
    """The labels whose evidence could be shown (rule 2 of :mod:`synth.verification.aggregate`)."""


def write_report_rows(path: Path, rows: Sequence[ReportRow], model: str) -> None:
    """Writes rows with the names of their features and the model whose logits they rest on."""
    _write(path, rows, {"model": model, "features": FEATURES})


def write_mark_rows(path: Path, rows: Sequence[ReportRow], calibrator: Calibrator) -> None:
    """Writes the rows of all claims that a calibrator is sure of, with the fit that they were chosen by."""
    _write(path, rows, {"model": calibrator.model, "features": FEATURES, "fit": calibrator.fit_key})


def _write(path: Path, rows: Sequence[ReportRow], head: Mapping[str, object]) -> None:
    lines = [json.dumps(head)]
    lines += [json.dumps(asdict(row), sort_keys=True) for row in sorted(rows, key=lambda row: row.id)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_report_rows(path: Path, model: str) -> tuple[ReportRow, ...]:
    """The rows of a file.

    Raises:
        CalibrationError: If it cannot be read, or was made for another model or other features.
    """
    again = "make it again with benchmarks/report_rows.py"
    try:
        head, *lines = json_lines(path.read_text(encoding="utf-8"))
        made_for = json.loads(head)
        if made_for["model"] != model or tuple(made_for["features"]) != FEATURES:
            raise CalibrationError(f"{path.name} was made for {made_for['model']} or for other features; {again}")
        return tuple(_row(json.loads(line)) for line in lines)
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise CalibrationError(f"{path.name} cannot be read ({error}); {again}") from error


def read_mark_rows(path: Path, calibrator: Calibrator) -> tuple[ReportRow, ...]:
    """The rows of a file that :func:`write_mark_rows` made for the same fit: another is sure of other claims.

    Raises:
        CalibrationError: If it cannot be read, or was made for another model, other features or another fit.
    """
    rows = read_report_rows(path, calibrator.model)
    found = json.loads(json_lines(path.read_text(encoding="utf-8"))[0]).get("fit")
    if found != calibrator.fit_key:
        raise CalibrationError(
            f"{path.name} holds the surest claims of the fit {found}, but this fit is {calibrator.fit_key}: calibrate"
            " without them, then make it again with benchmarks/mark_rows.py"
        )
    return rows


def judged(row: ReportRow, calibrator: Calibrator) -> Verdict:
    """The verdict on a row, as :func:`synth.verification.aggregate.judge` gives it, conflicts aside."""
    weights = dict(zip(CLASSES, calibrator.probabilities(np.array([row.features]))[0].tolist(), strict=True))
    label = max(row.allowed, key=lambda name: (weights[name], name is Label.NOT_ENOUGH_INFO, name))
    return Verdict(
        claim_id=row.id,
        label=label,
        confidence=weights[label],
        verified=False,
        evidence=(),
        n_self=0,
        n_independent=0,
        n_refuting=0,
        reason="",
    )


def _row(body: dict[str, object]) -> ReportRow:
    features, allowed = body["features"], body["allowed"]
    if not isinstance(features, list) or not isinstance(allowed, list) or len(features) != len(FEATURES):
        raise ValueError(f"row {body.get('id')} is damaged")
    return ReportRow(
        id=str(body["id"]),
        paper=str(body["paper"]),
        label=Label(str(body["label"])),
        features=tuple(float(value) for value in features),
        allowed=tuple(Label(str(name)) for name in allowed),
    )
