from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from synth.errors import WrongPaper
from synth.parsing.identity import Stamp, check_identity, front_matter, stamp_of, title_of_pdf
from synth.parsing.pages import Fragment, Page, Span
from synth.types import Box, Paper, Source

ASKED = Paper(
    id="1911.02116v2",
    title="Unsupervised Cross-lingual Learning $\\alpha$ at Scale",
    authors=(),
    abstract="",
    published=None,
    source=Source.ARXIV,
)


def _page(*lines: tuple[str, float, float], stamp: str | None = None) -> Page:
    fragments = []
    for number, (text, y, size) in enumerate(lines):
        box = Box(72, y, 400, y + size)
        fragments.append(
            Fragment(box, (Span(text, size, False, False, False, False, False, 72, y + size, 400),), number)
        )
    return Page(1, 612, 792, tuple(fragments), (stamp,) if stamp else ())


TITLED = (("Unsupervised Cross-lingual", 80.0, 16.0), ("Learning α at Scale", 98.0, 16.0), ("A. Writer", 130.0, 11.0))


def test_the_stamp_decides_whatever_the_version() -> None:
    check_identity([_page(("Another title", 80, 16), stamp="arXiv:1911.02116v3  [cs.CL]  8 Apr 2020")], ASKED)


def test_another_stamp_is_another_paper() -> None:
    page = _page(*TITLED, stamp="arXiv:2003.11080v5  [cs.CL]  4 Sep 2020")
    with pytest.raises(WrongPaper, match=r"asked for 1911.02116v2.*stamped 2003.11080v5") as caught:
        check_identity([page], ASKED)
    assert caught.value.facts["found"] == "2003.11080v5"


def test_the_title_serves_where_there_is_no_stamp() -> None:
    check_identity([_page(*TITLED)], ASKED)


@pytest.mark.parametrize("mention", ["see arXiv:2003.11080v5 for more", "arXiv:2003.11080v5  [cs.CL]  4 Sep 2020"])
def test_an_id_in_the_text_is_no_stamp(mention: str) -> None:
    page = _page(*TITLED, (mention, 300, 10))
    check_identity([page], ASKED)
    assert stamp_of([page]) is None


def test_neither_id_nor_title_is_another_paper() -> None:
    with pytest.raises(WrongPaper, match="neither that id nor that title"):
        check_identity([_page(("Growing Tomatoes in Winter", 80, 16))], ASKED)


def test_loose_pdfs_are_taken_as_they_are() -> None:
    check_identity([_page(("Growing Tomatoes in Winter", 80, 16))], replace(ASKED, source=Source.FILE))


def test_the_title_is_the_largest_text_at_the_top() -> None:
    page = _page(("Published as a conference paper at ICLR 2018", 30, 18), *TITLED, ("HUGE FIGURE TEXT", 700, 40))
    found = front_matter([replace(page, margin=("arXiv:1911.02116v2  [cs.CL]  8 Apr 2020",))])
    assert found.title == "Unsupervised Cross-lingual Learning α at Scale"
    assert found.arxiv_id == "1911.02116v2"
    assert found.stamp == Stamp("1911.02116v2", dt.date(2020, 4, 8), "cs.CL")


@pytest.mark.parametrize("address", ["a.writer@uni.example", "{ann, bob}@lab.example"])
def test_a_logo_below_the_authors_is_no_title(address: str) -> None:
    page = _page(*TITLED, (address, 150, 11), ("Paper Search", 200, 20))
    assert title_of_pdf([page]) == "Unsupervised Cross-lingual Learning α at Scale"


def test_the_embedded_title_is_the_last_resort() -> None:
    assert title_of_pdf([_page(("7", 80, 16))], "A Title from the File") == "A Title from the File"
    assert title_of_pdf([_page(("7", 80, 16))], "main.dvi") == ""


def test_old_ids_are_stamps_as_well() -> None:
    found = front_matter([_page(*TITLED, stamp="arXiv:cs.CL/0110001v1  [cs.CL]  1 Oct 2001")])
    assert found.arxiv_id == "cs.CL/0110001v1"
    page = _page(*TITLED, stamp="arXiv:hep-th/9711200v3  22 Jan 1998")
    assert stamp_of([page]) == Stamp("hep-th/9711200v3", dt.date(1998, 1, 22), "hep-th")


@pytest.mark.parametrize(
    "text",
    [
        "arXiv:1911.02116v2",
        "arXiv:1911.02116  [cs.CL]  8 Apr 2020",
        "arXiv:1911.02116v2  8 Apr 2020",
        "arXiv:1911.02116v2  [cs.CL]  31 Feb 2020",
        "as in arXiv:1911.02116v2  [cs.CL]  8 Apr 2020",
        "arXiv:1911.02116v2  [cs.CL]  8 Apr 2020, revised",
    ],
)
def test_only_the_whole_form_is_a_stamp(text: str) -> None:
    assert stamp_of([_page(*TITLED, stamp=text)]) is None


def test_only_page_one_is_stamped() -> None:
    page = _page(*TITLED, stamp="arXiv:1911.02116v2  [cs.CL]  8 Apr 2020")
    assert stamp_of([replace(page, number=2)]) is None, "page 1 was lost"
