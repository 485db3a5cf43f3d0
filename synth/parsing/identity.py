"""Whose PDF it is: arXiv's stamp, the title on the first page (pure)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from synth.errors import WrongPaper
from synth.parsing.authors import authors_of
from synth.parsing.mend import mend_line
from synth.parsing.pages import Fragment, Page
from synth.text import collapse, content_words, plain
from synth.types import Paper, Source

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STAMP = re.compile(
    r"arXiv:\s?(?P<id>(?:\d{4}\.\d{4,5}(?=v\d+ \[)|(?P<archive>[a-z-]+)(?:\.[A-Z]{2})?/\d{7})v\d+)"
    r"(?: \[(?P<category>[A-Za-z.\- ]+)\])?"  # old ids name their archive, and some of their stamps no category
    rf" (?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})"
)
_VERSION = re.compile(r"v\d+$")
_NO_TITLE = re.compile(r"(?i)^(untitled|microsoft word|title|paper|main|document|arxiv|.*\.(docx?|tex|dvi|pdf|indd)$)")
_FURNITURE = re.compile(
    r"(?i)^(published as|under review|preprint|accepted|proceedings|journal|vol(ume)?\b|doi|https?:|www\.|arxiv:|"
    r"\d+$|.*\bconference paper\b|open access|research article|original (article|paper)|letter$|article$)"
)
_ADDRESS = re.compile(r"\w\S*@\w[\w-]*\.\w|\}@\w")
_ENOUGH = 0.75
"""Share of a title's words that the first pages must hold."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What arXiv sets in the margin of a PDF: which version of which paper it is, and since when."""

    arxiv_id: str
    """With its version, as it is printed (``1911.02116v2``)."""
    day: dt.date
    """Day of that version."""
    category: str
    """The primary category (``cs.CL``)."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the first page says of the paper."""

    title: str
    """Best guess at the title; empty where none stands out."""
    stamp: Stamp | None
    authors: tuple[str, ...] = ()
    """As they are printed; empty where that cannot be told."""
    abstract: str = ""
    """Empty where no section of that kind is found."""

    @property
    def arxiv_id(self) -> str | None:
        """With its version, from arXiv's stamp."""
        return self.stamp.arxiv_id if self.stamp else None


def stamp_of(pages: Sequence[Page]) -> Stamp | None:
    """ArXiv's stamp, if there is one: its whole form, upright in the margin of page 1. Texts may print any."""
    for text in (text for page in pages[:1] if page.number == 1 for text in page.margin):
        match = _STAMP.fullmatch(collapse(text))
        if match:
            try:
                day = dt.date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
            except ValueError:  # no stamp of arXiv names such a day
                continue
            return Stamp(match["id"], day, match["category"] or match["archive"])
    return None


def check_identity(pages: Sequence[Page], paper: Paper) -> None:
    """Makes sure that the pages are those of the paper.

    The stamp decides where there is one (another version of the same paper is the same paper); else the
    title must stand on the first two pages, give or take a quarter of its words.

    Raises:
        WrongPaper: If they are not.
    """
    if paper.source is not Source.ARXIV:
        return
    stamp = stamp_of(pages)
    if stamp is not None:
        if _VERSION.sub("", stamp.arxiv_id) != _VERSION.sub("", paper.id):
            raise WrongPaper(
                f"asked for {paper.id}, but the PDF is stamped {stamp.arxiv_id}; remove it and fetch it again",
                paper_id=paper.id,
                found=stamp.arxiv_id,
            )
        return
    wanted = set(content_words(plain(paper.title)))
    there = set(content_words(" ".join(mend_line(page.text) for page in pages[:2])))
    if wanted and len(wanted & there) < _ENOUGH * len(wanted):
        raise WrongPaper(
            f"asked for {paper.id} ({collapse(paper.title)!r}), but the PDF carries neither that id nor that title; "
            "remove it and fetch it again",
            paper_id=paper.id,
            found=title_of_pdf(pages),
        )


def front_matter(pages: Sequence[Page], embedded: str = "") -> FrontMatter:
    """Title, authors and stamp; ``embedded`` is the title in the PDF's own metadata."""
    title = title_of_pdf(pages, embedded)
    return FrontMatter(title, stamp_of(pages), authors_of(pages, title))


def title_of_pdf(pages: Sequence[Page], embedded: str = "") -> str:
    """The lines in the largest type in the upper part of the first page, else the embedded title.

    What stands below an address of the authors is no title, however large its type (a logo, a panel of a figure).
    """
    for page in pages[:1]:
        addresses = [f.box.y0 for f in page.fragments if _ADDRESS.search(f.text)]
        end = min([0.6 * page.height, *addresses])
        upper = [f for f in page.fragments if f.box.y0 < end and _could_be_title(f)]
        for size in sorted({round(f.size) for f in upper}, reverse=True)[:3]:
            title = _title_in(upper, size)
            if 2 <= len(title.split()) <= 40:
                return title
    embedded = collapse(embedded)
    return "" if _NO_TITLE.match(embedded) or len(embedded.split()) < 2 else embedded


def _could_be_title(fragment: Fragment) -> bool:
    text = fragment.text.strip()
    return sum(c.isalpha() for c in text) >= 2 and not _FURNITURE.match(text)


def _title_in(fragments: Sequence[Fragment], size: int) -> str:
    """The lines of one size that follow each other closely from the first."""
    lines = sorted((f for f in fragments if round(f.size) == size), key=lambda f: (round(f.box.y0), f.box.x0))
    taken: list[Fragment] = []
    for line in lines:
        if taken and line.box.y0 - taken[-1].box.y1 > 1.5 * size:
            break
        taken.append(line)
    text = ""
    for line in taken:
        piece = collapse(mend_line(line.text))
        text = f"{text}{piece}" if text.endswith("-") else f"{text} {piece}"
    return collapse(text).strip(" ∗*†‡§¶")
