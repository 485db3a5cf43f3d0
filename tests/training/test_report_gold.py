from __future__ import annotations

import dataclasses

import pytest

from synth.errors import CalibrationError
from synth.training.report_gold import ReportRow, judged, read_report_rows, write_report_rows
from synth.types import Label
from synth.verification.calibration import Calibrator
from synth.verification.features import FEATURES

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
        gold="none",
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
