"""The error of the check mark, measured on claims that were judged because a calibrator is sure of them (pure)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from synth.training.report_gold import LEVEL, ReportRow, judged
from synth.types import Label
from synth.verification.calibration import Calibrator
from synth.verification.risk import RiskRow, risk_table


def with_marks(calibrator: Calibrator, rows: Sequence[ReportRow]) -> Calibrator:
    """A calibrator whose check marks are measured on the surest claims of further reports as well.

    They count above :data:`~synth.training.report_gold.LEVEL` alone: below it only chosen claims were judged. The
    recall stays that of the gold, all of which was judged.

    Args:
        calibrator: Fitted and with a table.
        rows: Every claim of those reports that it labels supported with a confidence of the level or more.
    """
    found = [(judged(row, calibrator), row.label is Label.SUPPORTED) for row in rows]
    sure = [(verdict.confidence or 0.0, right) for verdict, right in found if verdict.label is Label.SUPPORTED]
    further = risk_table(
        np.array([round(value, 6) for value, _ in sure if value >= LEVEL]),
        np.array([right for value, right in sure if value >= LEVEL], dtype=bool),
        0,
    )
    gold = tuple(row for row in calibrator.table if row.threshold >= LEVEL)
    levels = sorted({row.threshold for row in (*gold, *further)}, reverse=True)
    return dataclasses.replace(calibrator, marks=tuple(_together(level, gold, further) for level in levels))


def _together(level: float, gold: Sequence[RiskRow], further: Sequence[RiskRow]) -> RiskRow:
    """The row of a threshold over two tables; the recall is the first one's."""
    none = RiskRow(level, 0, 0, 0.0)
    first, second = (
        max((row for row in table if row.threshold >= level), key=lambda row: row.marks, default=none)
        for table in (gold, further)
    )
    return RiskRow(level, first.marks + second.marks, first.wrong + second.wrong, first.recall)
