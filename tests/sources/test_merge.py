"""One paper under several ids is one paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from synth.sources.merge import completed, without_copies
from synth.types import ARXIV_PDFS, Paper, Source


def paper(name: str, title: str, source: Source = Source.ARXIV) -> Paper:
    return Paper(id=name, title=title, authors=(), abstract="", published=None, source=source)


PDF = paper("file:0123456789ab", "XTREME: A Massively Multilingual Benchmark", Source.FILE)


@pytest.mark.parametrize(
    ("other", "stays"),
    [
        (paper("2003.11080v5", "XTREME: a massively multilingual benchmark."), False),
        (paper("2003.11080v5", "Xtreme – A Massively  Multilingual Benchmark", Source.DIGEST), False),
        (paper("file:0123456789ab", "another title of the same file"), False),
        (paper("2104.07412v1", "XTREME-R: Towards More Challenging Evaluation"), True),
    ],
)
def test_the_same_paper_under_another_id_is_left_out(other, stays):
    assert without_copies([other], [PDF]) == ((other,) if stays else ())


RECORD = replace(
    paper("2003.11080v5", "XTREME: A Massively Multilingual Benchmark."),
    authors=("Ada Moreno", "Bo Lind"),
    published=dt.date(2020, 3, 24),
    categories=("cs.CL",),
)


@pytest.mark.parametrize(
    "shown",
    [PDF, replace(PDF, title="XTREME (draft)", pdf_url=f"{ARXIV_PDFS}2003.11080v4")],
    ids=["by its title", "by its stamp"],
)
def test_a_record_completes_what_a_pdf_shows(shown):
    (found,) = completed([shown], [paper("2104.07412v1", "XTREME-R: More Challenging"), RECORD])
    assert (found.title, found.authors) == (RECORD.title, RECORD.authors)
    assert (found.published, found.categories) == (RECORD.published, RECORD.categories)
    assert (found.id, found.source, found.pdf_url) == (shown.id, shown.source, shown.pdf_url)


def test_the_first_version_was_not_before_the_month_of_its_id():
    stamped = replace(PDF, pdf_url=f"{ARXIV_PDFS}2003.11080v4", published=dt.date(2020, 3, 1))
    assert completed([stamped], [RECORD])[0].published == dt.date(2020, 3, 24)
    earlier = replace(RECORD, published=dt.date(2019, 12, 1))
    assert completed([stamped], [earlier])[0].published == dt.date(2020, 3, 1)
    assert completed([PDF], [replace(RECORD, published=None)])[0].published is None


def test_the_category_of_a_stamp_stays():
    stamped = replace(PDF, pdf_url=f"{ARXIV_PDFS}2003.11080v4", categories=("cs.LG",))
    assert completed([stamped], [RECORD])[0].categories == ("cs.LG",)


def test_of_several_records_the_first_completes():
    digest = replace(RECORD, title="XTREME, in short", authors=("Cy Ode",), source=Source.DIGEST)
    stamped = replace(PDF, pdf_url=f"{ARXIV_PDFS}2003.11080v4")
    assert completed([stamped], [RECORD, digest])[0].authors == RECORD.authors
    assert completed([stamped], [digest, RECORD])[0].title == "XTREME, in short"


def test_a_record_knows_the_authors_better_than_a_first_page():
    signed = replace(PDF, authors=("Moreno, Ada", "Lind"))
    assert completed([signed], [RECORD])[0].authors == RECORD.authors
    assert completed([signed], [replace(RECORD, authors=())])[0].authors == signed.authors


def test_a_pdf_that_no_record_is_of_stays():
    other = replace(PDF, title="XTREME-R: More Challenging", pdf_url=f"{ARXIV_PDFS}2104.07412v1")
    short = replace(PDF, title="XTREME")
    assert completed([other, short], [RECORD, replace(RECORD, title="XTREME")]) == (other, short)
    stamped = replace(PDF, pdf_url=f"{ARXIV_PDFS}2104.07412v1")
    assert completed([stamped], [RECORD]) == (stamped,), "another paper of the same title, as its stamp says"


def test_two_papers_of_arxiv_may_share_a_title():
    one, two = (paper(name, "Deep Learning for Everything") for name in ("2001.00001v1", "2101.00001v1"))
    assert without_copies([one], [two]) == (one,)
    file = paper("file:aaaaaaaaaaaa", "Deep learning for everything", Source.FILE)
    assert without_copies([file], [two]) == ()


STAMPED = replace(
    paper("file:0123456789ab", "Identifying Elements Essential for BERT's Multilinguality", Source.FILE),
    pdf_url=f"{ARXIV_PDFS}2005.00396v3",
)


@pytest.mark.parametrize(
    ("other", "stays"),
    [
        (paper("2005.00396v1", "Identifying Necessary Elements for BERT's Multilinguality"), False),
        (paper("2005.00396v3", "Identifying Necessary Elements for BERT's Multilinguality", Source.DIGEST), False),
        (paper("2005.00397v1", STAMPED.title), True),
        (replace(STAMPED, id="file:aaaaaaaaaaaa", title="The same, typeset anew"), False),
        (paper("file:bbbbbbbbbbbb", STAMPED.title, Source.FILE), False),
        (paper(STAMPED.id, "The same file, before its stamp was kept", Source.FILE), False),
    ],
)
def test_a_stamp_tells_papers_whatever_their_titles(other, stays):
    assert without_copies([other], [STAMPED]) == ((other,) if stays else ())
    assert without_copies([STAMPED], [other]) == ((STAMPED,) if stays else ())


def test_another_version_is_the_same_paper():
    assert without_copies([paper("1901.00001v2", "One title")], [paper("1901.00001v1", "Its older title")]) == ()


def test_short_titles_name_no_paper():
    one, two = (paper(f"file:{letter * 12}", "Introduction", Source.FILE) for letter in "ab")
    assert without_copies([one], [two]) == (one,)
