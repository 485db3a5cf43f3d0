from __future__ import annotations

import dataclasses
import datetime as dt
import time

import pytest

from synth.errors import ConfigError, SourceError, StoreError
from synth.pipeline.options import ReportOptions
from synth.pipeline.synthesize import make_report
from synth.report.export import report_from_json, report_to_json
from synth.report.files import write_report
from synth.report.view import view
from synth.sources.http import PoliteClient
from synth.sources.limiter import Limiter
from synth.sources.wire import Patience
from synth.types import Label, ReadFrom, Report, Role
from synth.verification.nli import STATED
from tests.pipeline.arxiv import QUESTION, pdf, pdf_of_words

DATE = dt.date(2026, 1, 2)
OPTIONS = ReportOptions(n_papers=4, n_claims=8)


def used(report: Report) -> set[str]:
    return {one.paper.id for one in report.papers if one.role is Role.USED}


def test_a_question_becomes_a_report_in_which_every_line_leads_to_a_place(parts, arxiv):
    report = make_report(QUESTION, OPTIONS, parts, date=DATE).report
    assert {"2101.00001v1", "2102.00002v2", "2103.00003v1"} <= used(report)
    assert report.claims and len(report.papers) == 5
    passages = {one.id: one for one in report.passages}
    for row in report.claims:
        assert row.claim.origins, row.claim.text
        for origin in row.claim.origins:
            assert origin.page == 1 or origin.paper_id == "2104.00004v1"
            assert origin.verbatim
        for piece in row.verdict.evidence:
            assert passages[piece.passage_id].text
    assert not any(row.verdict.confidence for row in report.claims), "no calibrator fits the small model"
    assert len([path for path in arxiv.paths if path.startswith("/pdf/")]) <= 5


def test_claims_are_supported_by_other_places_never_by_their_own(parts):
    report = make_report(QUESTION, OPTIONS, parts, date=DATE).report
    passages = {one.id: one for one in report.passages}
    seen = 0
    for row in report.claims:
        for piece in row.verdict.evidence:
            passage = passages[piece.passage_id]
            for origin in row.claim.origins:
                if origin.paper_id == passage.paper_id:
                    assert passage.end <= origin.start or origin.end <= passage.start
                    seen += 1
    assert seen or any(row.verdict.n_independent for row in report.claims)


def test_papers_own_claims_are_read_behind_the_verifiers_mark(parts, model):
    parts.nli.stated = STATED
    report = make_report(QUESTION, OPTIONS, parts, date=DATE).report
    assert model.pairs
    assert {claim for _, claim in model.pairs} <= {f"{STATED}{row.claim.text}" for row in report.claims}


def test_a_second_run_asks_nothing_and_computes_nothing(make_parts, arxiv, encoder, model, tmp_path):
    first = make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    asked, embedded, scored = len(arxiv.paths), len(encoder.texts), len(model.pairs)
    second = make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    assert (first.from_store, second.from_store) == (False, True)
    assert (len(arxiv.paths), len(encoder.texts), len(model.pairs)) == (asked, embedded, scored)
    one, two = write_report(first.report, tmp_path / "1"), write_report(second.report, tmp_path / "2")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_a_fresh_workspace_gives_the_same_bytes(make_parts, tmp_path):
    first = make_report(QUESTION, OPTIONS, make_parts(), date=DATE).report
    parts = make_parts()
    parts.close()
    for path in (tmp_path / "workspace").glob("synth.sqlite*"):
        path.unlink()
    second = make_report(QUESTION, OPTIONS, make_parts(), date=DATE).report
    assert report_to_json(first) == report_to_json(second)


def test_another_question_reads_no_paper_again(make_parts, arxiv):
    make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    before = sum(path.startswith("/pdf/") for path in arxiv.paths)
    other = make_report("Do byte models need more memory for tagging rare languages?", OPTIONS, make_parts(), date=DATE)
    assert not other.from_store
    assert sum(path.startswith("/pdf/") for path in arxiv.paths) == before


def test_what_may_become_a_claim_is_found_out_once_a_paper(make_parts, monkeypatch):
    make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    options = dataclasses.replace(OPTIONS, n_claims=5)
    fresh = synthesise_without_kept_drafts(options, make_parts, monkeypatch)
    monkeypatch.setattr("synth.pipeline.reading.drafts", refuse_to_draft)
    kept = make_report(QUESTION, options, make_parts(), date=DATE)
    assert not kept.from_store
    assert report_to_json(kept.report) == report_to_json(fresh)


def synthesise_without_kept_drafts(options, make_parts, monkeypatch) -> Report:
    parts = make_parts()
    with monkeypatch.context() as patch:
        patch.setattr(parts.store.papers, "drafts", lambda key, rules: None)
        patch.setattr(parts.store.runs, "save", lambda *args, **more: None)
        return make_report(QUESTION, options, parts, date=DATE).report


def refuse_to_draft(*_args: object) -> None:
    raise AssertionError("the drafts were kept")


def test_refresh_asks_again_and_recomputes_nothing_where_the_answer_is_the_same(make_parts, arxiv, model):
    first = make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    pairs = list(model.pairs)
    parts = make_parts()
    parts.store.feeds.get = lambda url: None  # a day later
    asked = len(arxiv.paths)
    again = make_report(QUESTION, OPTIONS, parts, date=DATE, refresh=True)
    assert len(arxiv.paths) > asked
    assert again.from_store
    assert (again.key, again.report) == (first.key, first.report)
    assert model.pairs == pairs


def test_other_claims_are_another_run_on_the_same_search(make_parts, arxiv):
    make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    asked = len(arxiv.paths)
    made = make_report(QUESTION, dataclasses.replace(OPTIONS, n_claims=3), make_parts(), date=DATE)
    assert not made.from_store
    assert len(made.report.claims) == 3
    assert len(arxiv.paths) == asked


def test_a_search_of_an_earlier_day_is_said_to_be_one(make_parts):
    make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    options = dataclasses.replace(OPTIONS, n_claims=3)
    later = make_parts().store.now().date() + dt.timedelta(days=2)
    notes = make_report(QUESTION, options, make_parts(), date=later).report.notes
    assert any("were searched for on" in note for note in notes)


def test_a_paper_without_a_pdf_is_read_from_its_abstract_and_says_so(parts):
    report = make_report(QUESTION, OPTIONS, parts, date=DATE).report
    paper = next(one for one in report.papers if one.paper.id == "2104.00004v1")
    assert paper.role is Role.USED and paper.read_from is ReadFrom.ABSTRACT
    assert "only the abstract" in paper.notes[0]


def test_another_papers_pdf_is_not_taken_for_the_right_one(parts, arxiv):
    arxiv.broken["/pdf/2101.00001v1"] = (200, pdf("2105.00005v1"))
    report = make_report(QUESTION, OPTIONS, parts, date=DATE).report
    paper = next(one for one in report.papers if one.paper.id == "2101.00001v1")
    assert paper.read_from is ReadFrom.ABSTRACT
    assert "2105.00005" in paper.notes[0]
    assert not any("telescope" in row.claim.text.lower() for row in report.claims)


def test_a_stalled_download_costs_its_own_paper_only(make_parts, arxiv):
    arxiv.stalled.add("/pdf/2101.00001v1")
    parts = make_parts()
    limiter = Limiter(0.0)
    parts.__dict__["client"] = PoliteClient(arxiv.url, limiter=limiter, patience=Patience(stall_s=0.2, total_s=5.0))
    report = make_report(QUESTION, OPTIONS, parts, date=DATE).report
    papers = {one.paper.id: one for one in report.papers}
    assert papers["2101.00001v1"].read_from is ReadFrom.ABSTRACT
    assert "did not come" in papers["2101.00001v1"].notes[0]
    assert papers["2102.00002v2"].read_from is ReadFrom.PDF
    arxiv.stalled.clear()
    again = make_report(QUESTION, OPTIONS, make_parts(), date=DATE).report
    assert {one.paper.id: one.read_from for one in again.papers}["2101.00001v1"] is ReadFrom.PDF


def test_a_passing_fault_is_not_kept(make_parts, arxiv):
    arxiv.broken["/pdf/2101.00001v1"] = (403, b"no")
    first = make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    del arxiv.broken["/pdf/2101.00001v1"]
    later = make_parts()
    limiter = Limiter(0.0, clock=lambda: time.time() + 3700)
    later.__dict__["client"] = PoliteClient(arxiv.url, limiter=limiter)
    second = make_report(QUESTION, OPTIONS, later, date=DATE)
    assert not second.from_store
    read = {one.paper.id: one.read_from for one in second.report.papers}
    assert {one.paper.id: one.read_from for one in first.report.papers}["2101.00001v1"] is ReadFrom.ABSTRACT
    assert read["2101.00001v1"] is ReadFrom.PDF


def test_nothing_found_is_a_report_that_says_so(parts, arxiv):
    arxiv.found = ()
    report = make_report(QUESTION, OPTIONS, parts, date=DATE).report
    assert report.papers == () and report.claims == ()
    assert "no paper" in " ".join(report.notes).lower()


def test_a_refused_query_is_an_error_and_nothing_is_stored(parts, arxiv):
    arxiv.broken["/api/query"] = (400, b"bad query")
    with pytest.raises(SourceError):
        make_report(QUESTION, OPTIONS, parts, date=DATE)
    assert parts.store.counts()["runs"] == 0


def test_given_pdfs_are_read_with_the_others(parts, tmp_path):
    folder = tmp_path / "pdfs"
    folder.mkdir()
    (folder / "mine.pdf").write_bytes(pdf("2101.00001v1"))
    (folder / "locked.pdf").write_bytes(b"%PDF-1.7 broken")
    options = ReportOptions(n_papers=2, n_claims=6, pdfs=(folder,))
    report = make_report(QUESTION, options, parts, date=DATE).report
    files = {one.paper.title: one for one in report.papers if one.paper.id.startswith("file:")}
    assert files["Bytes for Cross-Lingual Tagging"].role is Role.USED
    assert sorted(one.role for one in files.values()) == [Role.SKIPPED, Role.USED]
    assert str(tmp_path) not in report_to_json(report)


def test_a_stamped_pdf_is_cited_as_the_paper_that_it_is(parts, tmp_path):
    (tmp_path / "mine.pdf").write_bytes(pdf("2101.00001v1"))
    options = ReportOptions(n_papers=2, n_claims=6, pdfs=(tmp_path / "mine.pdf",))
    report = make_report(QUESTION, options, parts, date=DATE).report
    shown = next(one for one in view(report).papers if one.id.startswith("file:"))
    assert (shown.year, shown.url) == ("2021", "https://arxiv.org/abs/2101.00001v1")
    assert "2101.00001v1" not in {one.paper.id for one in report.papers}, "the record is the same paper"
    assert report_from_json(report_to_json(report)) == without_places(report)


def test_given_pdfs_alone_have_their_recency(parts, tmp_path):
    (tmp_path / "mine.pdf").write_bytes(pdf("2101.00001v1"))
    options = ReportOptions(n_papers=2, n_claims=6, pdfs=(tmp_path / "mine.pdf",))
    parts.source.search = lambda *_args, **_more: ()
    report = make_report(QUESTION, options, parts, date=DATE).report
    recency = next(review for review in report.reviews if review.name == "Recency")
    assert (recency.score, recency.inputs) == (5.0, "mean age 5.0 years over 1 papers")


def without_places(report: Report) -> Report:
    rows = (dataclasses.replace(row, paper=dataclasses.replace(row.paper, path=None)) for row in report.papers)
    return dataclasses.replace(report, papers=tuple(rows))


def test_a_given_pdf_that_was_read_before_is_one_paper_offline(make_parts, tmp_path):
    (tmp_path / "mine.pdf").write_bytes(pdf("2101.00001v1"))
    options = ReportOptions(n_papers=2, n_claims=6, pdfs=(tmp_path / "mine.pdf",), offline=True)
    make_report(QUESTION, options, make_parts(), date=DATE)
    report = make_report(f"{QUESTION} Again?", options, make_parts(), date=DATE).report
    assert len([one for one in report.papers if one.paper.id.startswith("file:")]) == 1


@pytest.mark.parametrize("question", ["", "   ", "?!", "word " * 5000])
def test_a_question_that_cannot_be_asked_is_refused_before_anything_happens(parts, arxiv, question):
    with pytest.raises(ConfigError):
        make_report(question, OPTIONS, parts, date=DATE)
    assert arxiv.paths == []


def test_offline_reads_what_was_read_before_and_asks_nothing(make_parts, arxiv):
    make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    asked = len(arxiv.paths)
    options = dataclasses.replace(OPTIONS, offline=True)
    report = make_report(QUESTION, options, make_parts(), date=DATE).report
    assert len(arxiv.paths) == asked
    assert report.offline and {"2101.00001v1", "2102.00002v2"} <= used(report)


def test_offline_reads_the_kept_pdfs_again_where_the_reader_has_changed(make_parts, arxiv, monkeypatch):
    make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    monkeypatch.setattr("synth.pipeline.reading.READER", "reader-999")
    parts = make_parts()
    (parts.pdf_folder / "2102.00002v2.pdf").unlink()
    asked = len(arxiv.paths)
    made = make_report(QUESTION, dataclasses.replace(OPTIONS, offline=True), parts, date=DATE)
    assert len(arxiv.paths) == asked
    papers = {one.paper.id: one for one in made.report.papers if one.role is Role.USED}
    assert papers["2101.00001v1"].read_from is ReadFrom.PDF
    assert papers["2102.00002v2"].read_from is ReadFrom.ABSTRACT
    assert "its PDF is not on this machine" in papers["2102.00002v2"].notes[0]
    assert made.key is None, "the next run may find the PDF"


def test_an_interrupted_run_goes_on_where_it_stopped(make_parts, arxiv, model, monkeypatch):
    parts = make_parts()

    def stop(_pairs):
        raise KeyboardInterrupt

    monkeypatch.setattr(parts.nli, "logits", stop)
    with pytest.raises(KeyboardInterrupt):
        make_report(QUESTION, OPTIONS, parts, date=DATE)
    asked = len(arxiv.paths)
    assert make_report(QUESTION, OPTIONS, make_parts(), date=DATE).report.claims
    assert len(arxiv.paths) == asked, "what was fetched before the interruption is not fetched again"


def test_a_store_that_fails_is_told_once_and_clearly(parts, monkeypatch):
    def full(**_more):
        raise StoreError("the disk of the store is full")

    monkeypatch.setattr(parts.store.papers, "save_document", full)
    with pytest.raises(StoreError, match="full"):
        make_report(QUESTION, OPTIONS, parts, date=DATE)


def test_labels_are_of_the_four_kinds(parts):
    report = make_report(QUESTION, OPTIONS, parts, date=DATE).report
    assert {row.verdict.label for row in report.claims} <= set(Label) - {Label.NOT_CHECKWORTHY}


def test_a_pdf_without_a_sentence_is_read_from_its_abstract(parts, arxiv):
    arxiv.broken["/pdf/2101.00001v1"] = (200, pdf_of_words("2101.00001v1"))
    report = make_report(QUESTION, OPTIONS, parts, date=DATE).report
    paper = next(one for one in report.papers if one.paper.id == "2101.00001v1")
    assert paper.read_from is ReadFrom.ABSTRACT
    assert "no whole sentence" in paper.notes[0]


def test_which_date_was_asked_for_first_changes_no_byte(make_parts):
    later = make_parts().store.now().date() + dt.timedelta(days=2)
    plain, dated = (make_report(QUESTION, OPTIONS, make_parts(), date=day) for day in (None, later))
    assert (plain.from_store, dated.from_store) == (False, True)
    assert [note for note in plain.report.notes if "were searched for on" in note] == []
    parts = make_parts()
    parts.store.runs.find = lambda key: None
    assert report_to_json(make_report(QUESTION, OPTIONS, parts, date=later).report) == report_to_json(dated.report)
    assert "were searched for on" in dated.report.notes[-1]
    assert make_report(QUESTION, OPTIONS, make_parts()).report.date == later - dt.timedelta(days=2)


def test_capitals_are_another_question(make_parts, arxiv):
    make_report(QUESTION, OPTIONS, make_parts(), date=DATE)
    asked = len(arxiv.paths)
    made = make_report(QUESTION.upper(), OPTIONS, make_parts(), date=DATE)
    assert made.report.question == QUESTION.upper()
    assert not made.from_store
    assert len(arxiv.paths) > asked


def test_a_folder_of_pdfs_and_its_files_are_one_run(make_parts, tmp_path):
    folder = tmp_path / "pdfs"
    folder.mkdir()
    for name in ("2101.00001v1", "2102.00002v2"):
        (folder / f"{name}.pdf").write_bytes(pdf(name))
    options = dataclasses.replace(OPTIONS, offline=True, pdfs=(folder,))
    make_report(QUESTION, options, make_parts(), date=DATE)
    files = dataclasses.replace(options, pdfs=tuple(sorted(folder.iterdir())))
    make_report(QUESTION, files, make_parts(), date=DATE)
    assert len(make_parts().store.runs.runs()) == 1


def test_a_search_that_found_nothing_is_not_called_offline(parts, arxiv):
    arxiv.found = ()
    report = make_report(QUESTION, OPTIONS, parts, date=DATE).report
    assert not report.offline
