"""Every known report can be made again, under its own options."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from synth.errors import ConfigError
from synth.pipeline.batch import run_batch
from synth.pipeline.batch_file import Order, Refused
from synth.pipeline.known import known_reports, options_of
from synth.pipeline.lock import rebuild
from synth.pipeline.options import ReportOptions
from synth.pipeline.synthesize import make_report
from synth.report.export import report_from_json, report_to_json
from synth.text import slug
from synth.types import Report, RetrievedPaper, Role, Source
from tests.pipeline.arxiv import QUESTION, pdf
from tests.pipeline.batch_child import DATE, orders


def test_reports_of_folder_and_store_keep_their_options_and_are_unchanged(make_parts, tmp_path):
    made = orders(tmp_path / "reports")
    run_batch(made, make_parts())
    found = known_reports(tmp_path / "reports", make_parts(), date=DATE)
    assert [(one.question, one.options, one.date) for one in found if isinstance(one, Order)] == [
        (one.question, one.options, DATE) for one in made
    ]
    assert [one.folder for one in found if isinstance(one, Order)] == [one.folder for one in made], "a second copy"
    assert [one.outcome for one in run_batch(found, make_parts())] == ["unchanged", "unchanged"]
    shutil.rmtree(made[0].folder)
    (left,) = [one for one in known_reports(tmp_path / "reports", make_parts()) if one.place == "the store"]
    assert left.question == made[0].question
    shutil.rmtree(tmp_path / "reports")
    stored = known_reports(tmp_path / "reports", make_parts())
    assert {one.question for one in stored} == {one.question for one in made}
    assert {one.place for one in stored} == {"the store"}


def test_a_report_of_the_folder_goes_before_a_stored_one_of_the_same_name(make_parts, tmp_path):
    (order, *_) = orders(tmp_path)
    folder = tmp_path / "reports" / slug(QUESTION)
    run_batch([dataclasses.replace(order, folder=folder)], make_parts())
    parts = make_parts()
    (run,) = parts.store.runs.runs()
    other = QUESTION.replace(" ", ", ", 1)
    assert slug(other) == slug(QUESTION)
    report = dataclasses.replace(report_from_json(run.report), question=other)
    parts.store.runs.save(
        dataclasses.replace(run, key="other", question=other, report=report_to_json(report)),
        settings="{}",
        checked=(),
        evidence=(),
    )
    (found,) = known_reports(tmp_path / "reports", parts)
    assert (found.question, found.place) == (QUESTION, str(folder))


def test_another_date_is_the_commands(make_parts, tmp_path):
    run_batch(orders(tmp_path / "reports")[:1], make_parts())
    day = dt.date(2026, 3, 4)
    found = known_reports(tmp_path / "reports", make_parts(), date=day)
    assert {one.date for one in found if isinstance(one, Order)} == {day}


def test_a_report_that_nests_too_deeply_is_refused(parts, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "report.json").write_text("[" * 100_000, encoding="utf-8")
    (refused,) = known_reports(tmp_path, parts)
    assert isinstance(refused, Refused)


def test_a_damaged_report_is_refused_with_its_place(make_parts, tmp_path):
    (tmp_path / "reports" / "x").mkdir(parents=True)
    (tmp_path / "reports" / "x" / "report.json").write_text(json.dumps([]), encoding="utf-8")
    (one,) = known_reports(tmp_path / "reports", make_parts())
    assert isinstance(one, Refused)
    assert "report.json" in one.reason


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    place = tmp_path / "mine.pdf"
    place.write_bytes(pdf("2105.00005v1"))
    return place


@pytest.fixture
def on_a_pdf(parts, paper: Path) -> Report:
    """A report that a local PDF was given to."""
    return make_report(QUESTION, ReportOptions(n_papers=2, n_claims=5, pdfs=(paper,)), parts, date=DATE).report


def of_the_library(report: Report, role: Role) -> Report:
    """The report as if nothing had been given to it, and its PDF had been met in the library."""

    def met(one: RetrievedPaper) -> RetrievedPaper:
        return dataclasses.replace(one, role=role, reason="ranked 5 of 5") if one.paper.source is Source.FILE else one

    assert report.asked is not None
    asked = dataclasses.replace(report.asked, n_pdfs=0)
    return dataclasses.replace(report, asked=asked, papers=tuple(map(met, report.papers)))


def test_a_pdf_that_was_given_has_to_be_where_it_was_read(on_a_pdf, parts, paper):
    assert options_of(on_a_pdf, parts).pdfs == (paper,)
    assert options_of(dataclasses.replace(on_a_pdf, asked=None), parts).pdfs == (paper,)
    paper.unlink()
    for report in (on_a_pdf, dataclasses.replace(on_a_pdf, asked=None)):
        with pytest.raises(ConfigError, match="not where it was read"):
            options_of(report, parts)


@pytest.mark.parametrize("role", [Role.SCREENED_OUT, Role.USED])
def test_a_pdf_of_the_library_may_be_gone(on_a_pdf, parts, paper, role):
    paper.unlink()
    report = of_the_library(on_a_pdf, role)
    assert options_of(report, parts).pdfs == ()
    assert report.asked is not None
    beside_a_given_one = dataclasses.replace(report, asked=dataclasses.replace(report.asked, n_pdfs=1))
    assert options_of(beside_a_given_one, parts).pdfs == ()


def test_what_is_read_anew_from_a_pdf_of_the_library_needs_the_pdf(on_a_pdf, parts, paper):
    paper.unlink()
    with pytest.raises(ConfigError, match="not where it was read"):
        rebuild(of_the_library(on_a_pdf, Role.USED), parts, parts)
