"""The nouns of the project: frozen values that each step hands to the next.

A later type names an earlier one by id. Nothing here computes, reads or imports anything
of the project, so every other module may import it.

The way of the data::

    question -> Paper -> Document -> Passage -> Claim -> ScoredPassage -> Evidence -> Verdict -> Report
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


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


class Stance(StrEnum):
    """What one passage says of one claim."""

    SUPPORTS = "supports"
    NEUTRAL = "neutral"
    REFUTES = "refutes"


class Label(StrEnum):
    """What all the evidence together says of one claim."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH_INFO = "not_enough_info"
    NOT_CHECKWORTHY = "not_checkworthy"
    """The text states nothing that evidence could bear on ("Hello")."""


class NumberCheck(StrEnum):
    """Whether the numbers of a claim stand in a passage with the same meaning."""

    NONE = "none"
    """The claim states no number."""
    AGREE = "agree"
    """Every number of the claim is in the passage, with the same unit and meaning."""
    MISSING = "missing"
    """At least one number of the claim is not in the passage, and none contradicts it."""
    DISAGREE = "disagree"
    """The passage gives another value for the same quantity."""


class Role(StrEnum):
    """What became of a retrieved paper."""

    USED = "used"
    SCREENED_OUT = "screened_out"
    SKIPPED = "skipped"


class AnswerStatus(StrEnum):
    """How far the verified claims answer the question."""

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT_ANSWERABLE = "not_answerable"


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
    """Day of the first version."""
    source: Source
    updated: dt.date | None = None
    """Day of this version."""
    categories: tuple[str, ...] = ()
    """arXiv categories, primary first."""
    pdf_url: str | None = None
    comment: str = ""
    path: str | None = None
    """The PDF or digest on this machine, for papers that did not come from arXiv. Never rendered."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPassage:
    """One line of a run. Scores compare within one run only."""

    passage_id: str
    score: float
    """Fused score."""
    sparse: float
    """BM25 score."""
    dense: float
    """Cosine similarity, in [-1, 1]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a claim was taken from, word for word."""

    paper_id: str
    section: str
    page: int
    start: int
    end: int
    verbatim: str
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One self-contained statement that evidence can bear on."""

    id: str
    """First 12 hex digits of the SHA-256 of the normalised text, so that tables align across runs."""
    text: str
    """Self-contained: no "we", no dangling "this"."""
    origins: tuple[Origin, ...] = ()
    """Every place that states it, the one that gave the wording first; empty for a reader's own claim."""
    worthiness: float = 1.0
    """Score of the check-worthiness classifier, in [0, 1]; not a calibrated probability."""
    relevance: float = 1.0
    """Relevance to the question within one run, in [0, 1]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one passage says of one claim. Keeps raw logits: recalibrating needs no model."""

    claim_id: str
    passage_id: str
    paper_id: str
    stance: Stance
    logits: tuple[float, float, float]
    """Entailment, neutral, contradiction, raw."""
    dense: float
    """Cosine similarity of claim and passage."""
    rank: int
    """Place of the passage in the claim's run, from 1."""
    numbers: NumberCheck
    independent: bool
    """True where no origin of the claim is in this paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What all the evidence says of one claim."""

    claim_id: str
    label: Label
    confidence: float | None
    """Calibrated probability of the label, in [0, 1]; None where no calibrator fits the model."""
    verified: bool
    """The check mark: supported, and confident enough for the stated threshold."""
    evidence: tuple[Evidence, ...]
    """The pieces shown, best first: supporting ones, then refuting ones."""
    n_self: int
    """Supporting passages of the claim's own papers (another place than the claim's origin)."""
    n_independent: int
    """Other papers that support it."""
    n_refuting: int
    """Papers that refute it."""
    reason: str
    """One sentence: why this label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievedPaper:
    """One line of the table of retrieved papers."""

    paper: Paper
    role: Role
    reason: str
    """Why it was used, screened out or skipped: one line for the reader."""
    relevance: float
    """Score of the screening, in [0, 1], comparable within one run."""
    read_from: ReadFrom | None = None
    n_pages: int = 0
    n_sentences: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A part of the question, and whether any used paper covers it."""

    text: str
    """As written in the question ("code generation")."""
    covered: bool
    papers: tuple[str, ...] = ()
    """Ids of the used papers that cover it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of the report with the claims that it rests on."""

    text: str
    claims: tuple[int, ...] = ()
    """Numbers of the claims in the claim table, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the verified claims say about the question."""

    status: AnswerStatus
    summary: str
    supporting: tuple[Statement, ...] = ()
    opposing: tuple[Statement, ...] = ()
    facets: tuple[Facet, ...] = ()
    bearing: tuple[Statement, ...] = ()
    """Findings that bear on the question without speaking for or against an effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The score of one named reviewer, with the formula that gave it."""

    name: str
    score: float
    """0 to 10, one decimal."""
    formula: str
    """The published formula, in words and symbols."""
    inputs: str
    """The values that went into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What a reader must know to trust a confidence."""

    model: str
    n: int
    """Gold claims it was fitted on."""
    threshold: float
    """A supported claim gets its check mark at this confidence or above; above 1 means never."""
    false_supported: float | None
    """Share of check marks that were wrong on held-out gold, in [0, 1]; None where there were none."""
    bound: float | None
    """Upper end of the 95% Clopper-Pearson interval of :attr:`false_supported`."""
    recall: float
    """Share of the truly supported gold claims that got the check mark, held out."""
    ece: float
    """Expected calibration error on held-out gold, 10 bins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """A claim with its verdict: one row of the claim table."""

    number: int
    """Place in the table, from 1."""
    claim: Claim
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a template sees."""

    question: str
    title: str
    date: dt.date
    setting: str
    """The author line: program, version and setting."""
    offline: bool
    """True where the report rests on digests and local files alone."""
    abstract: tuple[Statement, ...]
    answer: Answer
    papers: tuple[RetrievedPaper, ...]
    """Every retrieved paper: used first, then screened out, then skipped."""
    claims: tuple[CheckedClaim, ...]
    passages: tuple[Passage, ...]
    """The passages that the evidence names, in order of id."""
    reviews: tuple[Review, ...]
    quality: float
    """Mean of the reviews, 0 to 10, one decimal."""
    calibration: Calibration | None
    signature: str
    """Every choice that can move a number, in one line."""
    queries: tuple[str, ...] = ()
    """The queries asked, in order."""
    notes: tuple[str, ...] = field(default=())
    """What else the reader must know (a search that came back short, a fallback)."""
    schema_version: int = 1
