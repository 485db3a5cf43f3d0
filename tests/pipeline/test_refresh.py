"""Cited papers that changed are marked in store and report, and only what touches them is made again."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from synth.errors import ConfigError, SourceError
from synth.pipeline.batch import run_batch
from synth.pipeline.delivery import Outcome, deliver
from synth.pipeline.parts import Parts
from synth.pipeline.refresh import refresh, regenerate
from synth.pipeline.review import read_report
from synth.sources.http import PoliteClient
from synth.sources.limiter import Limiter
from synth.sources.wire import Patience
from synth.types import Role
from tests.pipeline.batch_child import orders


@pytest.fixture
def reports(make_parts, tmp_path):
    folder = tmp_path / "reports"
    run_batch(orders(folder)[:1], make_parts())
    return folder


def a_day_later(parts: Parts) -> Parts:
    parts.store.feeds.get = lambda url: None  # type: ignore[method-assign]
    return parts


def used(folder: Path) -> set[str]:
    report = read_report(folder).report
    return {one.paper.id for one in report.papers if one.role is Role.USED}


def test_nothing_changed_is_nothing_marked(reports, make_parts):
    before = {path: path.read_bytes() for path in reports.rglob("*") if path.is_file()}
    found = refresh(reports, make_parts())
    assert found.n_papers == len(used(reports / "1"))
    assert [one.stale for one in found.reports] == [()]
    assert found.missing == {}
    assert {path: path.read_bytes() for path in reports.rglob("*") if path.is_file()} == before
    assert regenerate(found, make_parts()) == ()


def test_a_new_version_is_asked_for_by_id_and_marked(reports, make_parts, arxiv):
    arxiv.newer["2101.00001v1"] = "2101.00001v3"
    asked = len(arxiv.paths)
    found = refresh(reports, make_parts())
    assert [path for path in arxiv.paths[asked:] if "id_list=2101.00001" not in path] == [], "one request, by id"
    (one,) = found.reports
    assert [(stale.paper_id, stale.newest, stale.withdrawn) for stale in one.stale] == [
        ("2101.00001v1", "2101.00001v3", False)
    ]
    assert one.claims
    assert make_parts().store.staleness.all() == one.stale
    report = read_report(reports / "1").report
    assert report.stale == one.stale
    assert "has a newer version, 2101.00001v3" in (reports / "1" / "report.md").read_text(encoding="utf-8")


def test_a_stale_report_is_made_again_on_the_new_version_alone(reports, make_parts, arxiv, encoder):
    arxiv.newer["2101.00001v1"] = "2101.00001v3"
    found = refresh(reports, make_parts())
    asked, texts = len(arxiv.paths), len(encoder.texts)
    (made,) = regenerate(found, make_parts())
    assert made.outcome == "regenerated"
    assert arxiv.paths[asked:] == ["/pdf/2101.00001v3"], "nothing but the new paper is asked for"
    assert encoder.texts[texts:] == [], "its text is the same, so nothing is embedded"
    report = read_report(reports / "1").report
    assert "2101.00001v3" in used(reports / "1")
    assert report.stale == ()
    assert refresh(reports, a_day_later(make_parts())).reports[0].stale == ()


def test_a_report_that_is_made_again_says_when_its_search_was_made(reports, make_parts, arxiv):
    arxiv.newer["2101.00001v1"] = "2101.00001v3"
    found = refresh(reports, make_parts())
    parts = make_parts()
    searched, now = parts.store.now().date(), parts.store.now() + dt.timedelta(days=3)
    parts.store.now = lambda: now
    regenerate(found, parts)
    report = read_report(reports / "1").report
    assert report.date == now.date()
    assert any(f"were searched for on {searched.isoformat()}" in note for note in report.notes)


def test_a_report_whose_search_is_not_kept_any_more_is_made_again_without_searching(
    reports, make_parts, arxiv, monkeypatch
):
    before = read_report(reports / "1").report
    arxiv.newer["2101.00001v1"] = "2101.00001v3"
    found = refresh(reports, make_parts())
    monkeypatch.setattr("synth.pipeline.found.source_signature", lambda: "another version of the search")
    asked = len(arxiv.paths)
    (made,) = regenerate(found, make_parts())
    assert made.outcome == "regenerated"
    assert arxiv.paths[asked:] == ["/pdf/2101.00001v3"]
    report = read_report(reports / "1").report
    assert (report.queries, len(report.papers)) == (before.queries, len(before.papers))
    assert "2101.00001v3" in used(reports / "1")


def test_a_withdrawn_paper_is_told_with_its_reason_and_left_out(reports, make_parts, arxiv):
    arxiv.newer["2102.00002v2"] = "2102.00002v3"
    arxiv.comments["2102.00002v3"] = "This paper has been withdrawn by the author due to an error in Table 2"
    found = refresh(reports, make_parts())
    (stale,) = found.reports[0].stale
    assert stale.withdrawn
    assert "error in Table 2" in (reports / "1" / "report.html").read_text(encoding="utf-8")
    regenerate(found, make_parts())
    report = read_report(reports / "1").report
    assert used(reports / "1").isdisjoint({"2102.00002v2", "2102.00002v3"})
    (row,) = (one for one in report.papers if one.paper.id == "2102.00002v2")
    assert row.reason.startswith("withdrawn from arXiv: This paper has been withdrawn")


@pytest.mark.parametrize(
    "comment", ["This article has been retracted by its authors", "We decided to withdraw this manuscript"]
)
def test_a_paper_withdrawn_in_other_words_is_told_too(reports, make_parts, arxiv, comment):
    arxiv.comments["2101.00001v1"] = comment
    (stale,) = refresh(reports, make_parts()).reports[0].stale
    assert stale.withdrawn


def test_a_report_that_cannot_be_made_again_costs_no_other(reports, make_parts, arxiv, tmp_path):
    order = orders(reports)[1]
    run_batch([order], make_parts())
    arxiv.newer["2101.00001v1"] = "2101.00001v3"
    found = refresh(reports, make_parts())
    (reports / "1" / "report.json").write_text("{", encoding="utf-8")
    assert [one.outcome for one in regenerate(found, make_parts())] == ["failed", "regenerated"]


@pytest.mark.parametrize(
    "comment",
    [
        "We build on the withdrawal of care",
        "12 pages; extends a since-withdrawn draft",
        "Accepted for a workshop that was withdrawn",
        "Withdrawn from a workshop of 2019",
    ],
)
def test_other_uses_of_the_word_are_no_withdrawal(reports, make_parts, arxiv, comment):
    arxiv.comments["2101.00001v1"] = comment
    assert refresh(reports, make_parts()).reports[0].stale == ()


def test_a_mark_that_holds_no_more_is_taken_off(reports, make_parts, arxiv):
    arxiv.newer["2101.00001v1"] = "2101.00001v3"
    before = (reports / "1" / "report.md").read_bytes()
    refresh(reports, make_parts())
    assert (reports / "1" / "report.md").read_bytes() != before
    arxiv.newer.clear()
    refresh(reports, a_day_later(make_parts()))
    assert (reports / "1" / "report.md").read_bytes() == before


def test_an_unchanged_rerun_keeps_the_marks(reports, make_parts, arxiv):
    arxiv.newer["2101.00001v1"] = "2101.00001v3"
    refresh(reports, make_parts())
    order = orders(reports)[0]
    delivered = deliver(order.question, order.options, make_parts(), order.folder, date=order.date)
    assert delivered.outcome is Outcome.UNCHANGED
    assert read_report(order.folder).report.stale


def test_an_arxiv_that_does_not_answer_marks_nothing(reports, make_parts, arxiv, tmp_path):
    before = (reports / "1" / "report.md").read_bytes()
    arxiv.broken["/api/query"] = (500, b"broken")
    parts = a_day_later(make_parts())
    limiter = Limiter(0.0, folder=tmp_path / "locks")
    parts.__dict__["client"] = PoliteClient(arxiv.url, limiter=limiter, patience=Patience(attempts=1))
    with pytest.raises(SourceError):
        refresh(reports, parts)
    assert (reports / "1" / "report.md").read_bytes() == before
    assert parts.store.staleness.all() == ()


def test_a_damaged_report_is_named_and_costs_no_other(reports, make_parts):
    (reports / "0").mkdir()
    (reports / "0" / "report.json").write_text("{", encoding="utf-8")
    found = refresh(reports, make_parts())
    assert len(found.reports) == 1
    assert len(found.unreadable) == 1
    assert "no JSON" in found.unreadable[0]


def test_a_folder_that_is_none_is_refused(make_parts, tmp_path):
    with pytest.raises(ConfigError, match="is no folder"):
        refresh(tmp_path / "none", make_parts())


def test_stale_papers_of_other_reports_are_no_matter(make_parts, arxiv, tmp_path):
    order = orders(tmp_path / "reports")[0]
    deliver(order.question, order.options, make_parts(), order.folder, date=order.date)
    few = dataclasses.replace(order.options, n_papers=1)
    deliver(order.question, few, make_parts(), tmp_path / "reports" / "few", date=order.date)
    (kept,) = used(tmp_path / "reports" / "few")
    other = sorted(used(order.folder) - {kept})[0]
    arxiv.newer[other] = other.partition("v")[0] + "v9"
    found = refresh(tmp_path / "reports", make_parts())
    assert {one.folder.name: bool(one.stale) for one in found.reports} == {"1": True, "few": False}
