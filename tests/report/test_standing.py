"""What happened since a report was made is said in it: changed papers, and what reviewers decided."""

import csv
import dataclasses
import datetime as dt
import io
from typing import Any

from synth.report.export import claims_csv, report_from_json, report_to_json
from synth.report.files import render_html, render_markdown
from synth.report.standing import decided, rests_on, stale_papers, staleness
from synth.types import Decision, Label, Report, ReviewNote, Stale
from tests.report.example import example

DAY = dt.date(2026, 8, 1)
NEWER = Stale(paper_id="1502.00002v1", newest="1502.00002v3", withdrawn=False, seen=DAY)
GONE = Stale(
    paper_id="1501.00001v2", newest="1501.00001v4", withdrawn=True, seen=DAY, comment="An error in <b>Lemma 2</b>"
)
NOTE = ReviewNote(reviewer="A. Reader", decision=Decision.LABEL, day=DAY, label=Label.REFUTED, comment="see | table 3")


def changed(**fields: Any) -> Report:
    return dataclasses.replace(example(), **fields)


def reviewed() -> Report:
    first, *rest = example().claims
    return changed(claims=(dataclasses.replace(first, reviewed=(NOTE,)), *rest))


def test_nothing_is_said_where_nothing_happened() -> None:
    assert staleness(example()) == ()
    assert "stale" not in render_markdown(example())
    assert "stale" not in render_html(example())


def test_a_newer_version_is_named_with_the_claims_that_rest_on_the_old_one() -> None:
    report = changed(stale=(NEWER,))
    touched = [row.number for row in report.claims if rests_on(row, stale_papers(report))]
    (line,) = staleness(report)
    assert touched
    assert line.startswith("1502.00002v1 has a newer version, 1502.00002v3 (asked on 2026-08-01): claim")
    assert all(str(number) in line for number in touched)


def test_a_claim_rests_on_the_papers_that_it_was_checked_with_too() -> None:
    refuted = example().claims[5]
    assert {one.paper_id for one in refuted.claim.origins} == {"file:0123456789ab"}
    assert rests_on(refuted, frozenset({"1502.00002v1"}))
    assert not rests_on(refuted, frozenset({"1501.00001v2"}))


def test_a_paper_that_no_claim_rests_on_is_named_all_the_same() -> None:
    report = changed(stale=(dataclasses.replace(NEWER, paper_id="9901.00001v1", newest="9901.00001v2"),))
    assert staleness(report) == (
        "9901.00001v1 has a newer version, 9901.00001v2 (asked on 2026-08-01): no claim rests on it.",
    )


def test_a_withdrawal_is_said_with_its_comment_and_nothing_of_it_is_run() -> None:
    report = changed(stale=(GONE,))
    assert "was withdrawn with version 1501.00001v4" in staleness(report)[0]
    assert "arXiv’s comment: An error in <b>Lemma 2</b>." in staleness(report)[0]
    assert "<b>Lemma" not in render_html(report)
    assert "<b>Lemma" not in render_markdown(report)
    assert "Cited papers have changed since this report was made." in render_html(report)


def test_the_claim_table_marks_stale_rows_and_no_others() -> None:
    report = changed(stale=(NEWER,))
    rows = [line for line in render_markdown(report).splitlines() if line.startswith("| [")]
    marked = [", stale" in line for line in rows]
    assert marked == [rests_on(row, stale_papers(report)) for row in report.claims]
    assert any(marked)
    assert not all(marked)


def test_a_decision_stands_in_every_form_of_the_report() -> None:
    report = reviewed()
    said = "relabelled as refuted by A. Reader on 2026-08-01: see | table 3"
    assert decided(NOTE) == said
    rows = list(csv.DictReader(io.StringIO(claims_csv(report), newline="")))
    assert [row["reviewed"] for row in rows] == [said] + [""] * (len(rows) - 1)
    assert report_from_json(report_to_json(report)).claims[0].reviewed == (NOTE,)
    assert f"Review: {said}" in render_html(report)
    assert "- Review: relabelled as refuted by A. Reader on 2026-08-01: see \\| table 3" in render_markdown(report)
