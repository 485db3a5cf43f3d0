"""Papers, and what was read of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

ARXIV_PDFS = "https://arxiv.org/pdf/"
"""The address of a PDF of arXiv begins so, and ends with its id."""


class Source(StrEnum):
    """Where a paper's record came from."""

    ARXIV = "arxiv"
    FILE = "file"
    DIGEST = "digest"
    """One of the project's own factual digests in ``data/library``."""


class ReadFrom(StrEnum):
    """What the text of a document was taken from."""

    PDF = "pdf"
    ABSTRACT = "abstract"
    DIGEST = "digest"


class SectionRole(StrEnum):
    """What a section does in a paper, whatever its heading says."""

    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    RELATED = "related"
    METHOD = "method"
    RESULTS = "results"
    DISCUSSION = "discussion"
    LIMITATIONS = "limitations"
    CONCLUSION = "conclusion"
    APPENDIX = "appendix"
    OTHER = "other"


class PassageKind(StrEnum):
    """What a passage is made of."""

    PROSE = "prose"
    CAPTION = "caption"
    TABLE_ROW = "table_row"


class Box(NamedTuple):
    """A rectangle on a page, in PDF points from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The record of one paper, before it is read."""

    id: str
    """Versioned arXiv id (``1911.02116v2``), or ``file:`` and 12 hex digits of the PDF's SHA-256."""
    title: str
    authors: tuple[str, ...]
    abstract: str
    published: dt.date | None
    """Day of the first version; where a PDF's stamp is of a later one, the first of the month that its id names."""
    source: Source
    updated: dt.date | None = None
    """Day of this version."""
    categories: tuple[str, ...] = ()
    """arXiv categories, primary first."""
    pdf_url: str | None = None
    """Address of the PDF; for a PDF on this machine, of the one on arXiv that it is a copy of by its stamp."""
    comment: str = ""
    path: str | None = None
    """The PDF or digest on this machine, for papers that did not come from arXiv. Never rendered."""

    @property
    def arxiv_id(self) -> str | None:
        """The paper's id on arXiv, where known: a file's stamp proves it, its :attr:`id` stays that of its bytes."""
        if self.source is not Source.FILE:
            return self.id
        address = self.pdf_url or ""
        return address.removeprefix(ARXIV_PDFS) if address.startswith(ARXIV_PDFS) else None

    @property
    def year(self) -> int | None:
        """The year of the first version, where known."""
        return self.published.year if self.published else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One whole sentence of a document."""

    text: str
    """Mended text: no line-end hyphens, no ligatures, single spaces."""
    start: int
    """Offset of the first character in :attr:`Document.text`."""
    end: int
    """Offset behind the last character in :attr:`Document.text`."""
    page: int
    """Page on which the sentence starts, from 1; 0 where there are no pages (abstract, digest)."""
    section: str
    """The section's name as printed, with its number where it has one (``4.2 Results``)."""
    role: SectionRole
    box: Box | None = None
    """Where the sentence's first lines stand on :attr:`page`."""
    paragraph: int = 0
    """Number of the paragraph in the document; sentences of one paragraph share it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a document, cell by cell."""

    caption: str
    page: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper as it was read. ``text[s.start:s.end] == s.text`` for every sentence."""

    paper_id: str
    read_from: ReadFrom
    text: str
    sentences: tuple[Sentence, ...]
    captions: tuple[Sentence, ...] = ()
    """Figure and table captions, kept apart from the running text, at offsets of their own in :attr:`text`."""
    tables: tuple[Table, ...] = ()
    n_pages: int = 0
    notes: tuple[str, ...] = ()
    """What a reader should know of the reading: pages that were lost, a fallback and its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A span of a document that can be retrieved and quoted."""

    id: str
    """``PAPER_ID#NNNN``, numbered in reading order."""
    paper_id: str
    kind: PassageKind
    section: str
    role: SectionRole
    page: int
    start: int
    """Offset of the first character in :attr:`Document.text`."""
    end: int
    text: str
    box: Box | None = None
