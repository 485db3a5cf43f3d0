"""Every known report can be made again, under its own options."""

from __future__ import annotations

import datetime as dt
import json
import shutil

from synth.pipeline.batch import run_batch
from synth.pipeline.batch_file import Order, Refused
from synth.pipeline.known import known_reports
from tests.pipeline.batch_child import DATE, orders


def test_reports_of_folder_and_store_keep_their_options_and_are_unchanged(make_parts, tmp_path):
    made = orders(tmp_path / "reports")
    run_batch(made, make_parts())
    found = known_reports(tmp_path / "reports", make_parts(), date=DATE)
    in_folder = [one for one in found if isinstance(one, Order) and one.place != "the store"]
    assert [(one.question, one.options, one.date) for one in in_folder] == [
        (one.question, one.options, DATE) for one in made
    ]
    assert [one.outcome for one in run_batch(in_folder, make_parts())] == ["unchanged", "unchanged"]
    shutil.rmtree(tmp_path / "reports")
    stored = known_reports(tmp_path / "reports", make_parts())
    assert {one.question for one in stored} == {one.question for one in made}
    assert {one.place for one in stored} == {"the store"}


def test_another_date_is_the_commands(make_parts, tmp_path):
    run_batch(orders(tmp_path / "reports")[:1], make_parts())
    day = dt.date(2026, 3, 4)
    found = known_reports(tmp_path / "reports", make_parts(), date=day)
    assert {one.date for one in found if isinstance(one, Order)} == {day}


def test_a_damaged_report_is_refused_with_its_place(make_parts, tmp_path):
    (tmp_path / "reports" / "x").mkdir(parents=True)
    (tmp_path / "reports" / "x" / "report.json").write_text(json.dumps([]), encoding="utf-8")
    (one,) = known_reports(tmp_path / "reports", make_parts())
    assert isinstance(one, Refused)
    assert "report.json" in one.reason
