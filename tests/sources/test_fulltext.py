from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from synth.errors import (
    AccessDenied,
    ConfigError,
    OutputError,
    PdfUnavailable,
    RateLimited,
    SourceError,
    UnreadablePdf,
)
from synth.sources import fulltext
from synth.sources.fulltext import fetch_pdf, is_kept, pdf_path
from synth.types import Paper, Source
from tests.sources.server import PDF, Answer

GOOD = Answer(body=PDF, kind="application/pdf")


@pytest.fixture
def paper(fake) -> Paper:
    return Paper(
        id="hep-th/9901001v2",
        title="A title",
        authors=("Ada Example",),
        abstract="",
        published=dt.date(1999, 1, 1),
        source=Source.ARXIV,
        pdf_url=f"{fake.url}/pdf/hep-th/9901001v2",
    )


def test_a_pdf_is_fetched_once_and_kept_under_a_safe_name(fake, client, paper, tmp_path):
    fake.answers(GOOD)
    path = fetch_pdf(client, paper, tmp_path / "pdfs")
    assert path == tmp_path / "pdfs" / "hep-th_9901001v2.pdf"
    assert path.read_bytes() == PDF
    assert fetch_pdf(client, paper, tmp_path / "pdfs") == path
    assert len(fake.paths) == 1
    assert [kept.name for kept in (tmp_path / "pdfs").iterdir()] == [path.name]


def test_bytes_before_the_mark_and_behind_the_end_are_allowed(fake, client, paper, tmp_path):
    fake.answers(Answer(body=b"\xef\xbb\xbf\n" + PDF + b"\n\x00" * 100, kind="application/pdf"))
    assert is_kept(fetch_pdf(client, paper, tmp_path))
    assert len(fake.paths) == 1


def test_a_cut_file_in_the_folder_is_fetched_again(fake, client, paper, tmp_path):
    pdf_path(paper, tmp_path).write_bytes(PDF[:20])
    fake.answers(GOOD)
    assert fetch_pdf(client, paper, tmp_path).read_bytes() == PDF


@pytest.mark.parametrize("how", ["whole", "truncate"])
def test_a_cut_pdf_is_asked_for_again_and_then_given_up(fake, client, paper, tmp_path, how):
    cut = Answer(body=PDF if how == "truncate" else PDF[:-8], kind="application/pdf", how=how)
    fake.answers(cut, GOOD)
    assert fetch_pdf(client, paper, tmp_path / "one").read_bytes() == PDF
    fake.answers(cut)
    with pytest.raises(SourceError, match=r"hep-th/9901001v2.*(cut after|did not answer in full)"):
        fetch_pdf(client, paper, tmp_path / "two")
    assert not (tmp_path / "two").exists()


NONE, LATER = PdfUnavailable, SourceError


@pytest.mark.parametrize(
    ("answer", "requests", "kind", "message"),
    [
        (Answer(status=404), 1, NONE, "has no PDF on arXiv"),
        (
            Answer(body=b"<html><title>Sorry</title><p>No source.</p></html>"),
            1,
            NONE,
            r'a web page \("Sorry: No source\."\)',
        ),
        (Answer(body=b"just words"), 1, NONE, "a file that is no PDF"),
        (Answer(body=b"", kind="application/pdf"), 3, LATER, "0 bytes, in 3 attempts"),
        (Answer(status=500), 5, LATER, "did not come"),
        (Answer(status=302, headers={"Location": "https://evil.example/x.pdf"}), 1, LATER, "asks no other host"),
    ],
)
def test_there_is_no_pdf_or_it_may_come_later(fake, client, paper, tmp_path, answer, requests, kind, message):
    fake.answers(answer)
    with pytest.raises(kind, match=message) as caught:
        fetch_pdf(client, paper, tmp_path / "pdfs")
    assert isinstance(caught.value, SourceError) is (kind is LATER)
    assert len(fake.paths) == requests
    assert caught.value.facts["paper_id"] == paper.id
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "pdfs").exists()


def test_a_withdrawn_paper_says_so(fake, client, paper, tmp_path):
    fake.answers(Answer(status=404))
    withdrawn = dataclasses.replace(paper, comment="This paper has been withdrawn by the author")
    with pytest.raises(PdfUnavailable, match=r"was withdrawn and has no PDF on arXiv: This paper has been withdrawn"):
        fetch_pdf(client, withdrawn, tmp_path)
    told_in_the_abstract = dataclasses.replace(paper, abstract="This manuscript was retracted.")
    with pytest.raises(PdfUnavailable, match=r"was withdrawn and has no PDF on arXiv$"):
        fetch_pdf(client, told_in_the_abstract, tmp_path)


def test_a_word_in_the_comment_is_no_withdrawal(fake, client, paper, tmp_path):
    fake.answers(Answer(status=404))
    other = dataclasses.replace(paper, comment="4 pages; withdrawn from a workshop for lack of funds")
    with pytest.raises(PdfUnavailable, match=r"^hep-th/9901001v2 has no PDF on arXiv$"):
        fetch_pdf(client, other, tmp_path)


@pytest.mark.parametrize(("status", "kind"), [(429, RateLimited), (503, RateLimited), (403, AccessDenied)])
def test_what_concerns_all_papers_is_not_laid_on_one(fake, client, paper, tmp_path, status, kind):
    fake.answers(Answer(status=status))
    with pytest.raises(kind):
        fetch_pdf(client, paper, tmp_path)


def test_a_huge_pdf_is_refused(fake, client, paper, tmp_path, monkeypatch):
    monkeypatch.setattr(fulltext, "MAX_BYTES", 100)
    fake.answers(Answer(body=PDF * 10, kind="application/pdf", how="flood"))
    with pytest.raises(UnreadablePdf, match="more than"):
        fetch_pdf(client, paper, tmp_path)


def test_no_address_and_no_arxiv_id(client, paper, tmp_path):
    with pytest.raises(PdfUnavailable, match="names no PDF"):
        fetch_pdf(client, dataclasses.replace(paper, pdf_url=None), tmp_path)
    with pytest.raises(ConfigError, match="no arXiv id"):
        fetch_pdf(client, dataclasses.replace(paper, id="../../etc/passwd"), tmp_path)


def test_a_full_disk_leaves_nothing_half_written(fake, client, paper, tmp_path, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("synth.sources.fulltext.os.fsync", full)
    fake.answers(GOOD)
    with pytest.raises(OutputError, match="No space left on device"):
        fetch_pdf(client, paper, tmp_path / "pdfs")
    assert list((tmp_path / "pdfs").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_one_line(fake, client, paper, tmp_path):
    (tmp_path / "file").write_text("in the way")
    fake.answers(GOOD)
    with pytest.raises(OutputError, match="cannot be written"):
        fetch_pdf(client, paper, Path(tmp_path / "file" / "pdfs"))
