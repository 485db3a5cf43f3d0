from __future__ import annotations

import dataclasses

import pytest

from synth.errors import CalibrationError
from synth.training.marks import with_marks
from synth.training.report_gold import (
    ReportRow,
    judged,
    read_mark_rows,
    read_report_rows,
    write_mark_rows,
    write_report_rows,
)
from synth.types import Label
from synth.verification.calibration import Calibrator
from synth.verification.features import FEATURES
from synth.verification.risk import RiskRow

ROW = ReportRow(
    id="R-0-abc",
    paper="2001.00001",
    label=Label.SUPPORTED,
    features=tuple(float(number) for number in range(len(FEATURES))),
    allowed=(Label.SUPPORTED, Label.NOT_ENOUGH_INFO),
)
OTHER = dataclasses.replace(ROW, id="R-0-aaa", label=Label.NOT_ENOUGH_INFO)


def calibrator(*intercepts: float) -> Calibrator:
    width = len(FEATURES)
    return Calibrator(
        model="m@1",
        mean=(0.0,) * width,
        scale=(1.0,) * width,
        coefficients=((0.0,) * width,) * 3,
        intercepts=intercepts,
        n=1,
    )


def test_rows_come_back_in_order_of_id(tmp_path):
    write_report_rows(tmp_path / "rows.jsonl", [ROW, OTHER], "m@1")
    assert read_report_rows(tmp_path / "rows.jsonl", "m@1") == (OTHER, ROW)


def test_rows_of_another_model_are_refused(tmp_path):
    write_report_rows(tmp_path / "rows.jsonl", [ROW], "m@1")
    with pytest.raises(CalibrationError, match="made for m@1"):
        read_report_rows(tmp_path / "rows.jsonl", "m@2")


@pytest.mark.parametrize("body", ["", "no json\n", '{"model": "m@1"}\n'])
def test_a_damaged_file_is_refused(tmp_path, body):
    (tmp_path / "rows.jsonl").write_text(body)
    with pytest.raises(CalibrationError, match="cannot be read"):
        read_report_rows(tmp_path / "rows.jsonl", "m@1")


def test_a_row_that_lost_a_feature_is_refused(tmp_path):
    write_report_rows(tmp_path / "rows.jsonl", [dataclasses.replace(ROW, features=(1.0,))], "m@1")
    with pytest.raises(CalibrationError, match="R-0-abc"):
        read_report_rows(tmp_path / "rows.jsonl", "m@1")


def test_rows_of_the_surest_claims_belong_to_one_fit(tmp_path):
    path = tmp_path / "marks.jsonl"
    write_mark_rows(path, [ROW], calibrator(1.0, 0.0, 0.0))
    assert read_mark_rows(path, calibrator(1.0, 0.0, 0.0)) == (ROW,)
    with pytest.raises(CalibrationError, match="this fit is"):
        read_mark_rows(path, calibrator(2.0, 0.0, 0.0))
    write_report_rows(path, [ROW], "m@1")
    with pytest.raises(CalibrationError, match="the fit None"):
        read_mark_rows(path, calibrator(1.0, 0.0, 0.0))


def sure(odds: float, label: Label, name: str) -> ReportRow:
    """A row whose only feature that counts gives these odds."""
    return dataclasses.replace(ROW, id=name, label=label, features=(odds, *(0.0,) * (len(FEATURES) - 1)))


def test_further_claims_count_above_their_level_and_only_for_the_marks():
    width = len(FEATURES)
    gold = (RiskRow(0.9, 8, 0, 0.1), RiskRow(0.8, 16, 2, 0.2), RiskRow(0.5, 40, 9, 0.5))
    one = dataclasses.replace(
        calibrator(0.0, -20.0, 0.0), coefficients=((1.0, *(0.0,) * (width - 1)), (0.0,) * width, (0.0,) * width)
    )
    one = dataclasses.replace(one, table=gold)
    further = [sure(4.0, Label.SUPPORTED, f"s{at}") for at in range(30)]  # a confidence of 0.98
    further += [sure(2.0, Label.NOT_ENOUGH_INFO, "wrong"), sure(0.5, Label.NOT_ENOUGH_INFO, "low")]  # 0.88 and 0.62
    found = with_marks(one, further)
    assert found.table == gold and found.fit_key == one.fit_key
    assert [(row.marks, row.wrong, row.recall) for row in found.marks] == [
        (30, 0, 0.0),
        (38, 0, 0.1),
        (39, 1, 0.1),
        (47, 3, 0.2),
    ]
    assert (one.choice(0.15).marks, found.choice(0.15).marks) == (0, 39)
    assert (one.choice(0.4).threshold, found.choice(0.4).threshold) == (0.5, 0.8)  # nothing is promised below the level
    assert with_marks(one, []).marks == gold[:2]


def test_a_label_without_evidence_to_show_is_not_given():
    sure_of_refuted = calibrator(1.0, 5.0, 0.0)
    assert judged(ROW, sure_of_refuted).label is Label.SUPPORTED
    free = dataclasses.replace(ROW, allowed=(Label.SUPPORTED, Label.REFUTED, Label.NOT_ENOUGH_INFO))
    assert judged(free, sure_of_refuted).label is Label.REFUTED


def test_the_judged_claims_of_the_project_have_their_rows():
    import json

    from synth.resources import data_path

    judgements = [
        json.loads(line) for line in data_path("gold", "reports.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    judged_as: dict[str, set[Label]] = {}
    for one in judgements:
        judged_as.setdefault(one["claim_id"], set()).add(Label(one["label"].lower()))
    lines = data_path("gold", "report_rows.jsonl").read_text(encoding="utf-8").splitlines()
    rows = read_report_rows(data_path("gold", "report_rows.jsonl"), json.loads(lines[0])["model"])
    claims = [row.id.rpartition("-")[2] for row in rows]
    assert len(rows) > 100
    assert len(set(claims)) == len(claims), "a claim that several reports show counts once"
    for row, claim in zip(rows, claims, strict=True):
        expected = judged_as[claim] if len(judged_as[claim]) == 1 else {Label.NOT_ENOUGH_INFO}
        assert {row.label} == expected
