"""Reports: all that a template sees."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from synth.types.claims import CheckedClaim
from synth.types.documents import Paper, Passage, ReadFrom


class Role(StrEnum):
    """What became of a retrieved paper."""

    USED = "used"
    SCREENED_OUT = "screened_out"
    SKIPPED = "skipped"


class AnswerStatus(StrEnum):
    """How far the claims answer the question."""

    ANSWERED = "answered"
    PARTLY = "partly"
    UNVERIFIED = "unverified"
    """Papers that cover it speak of it, but no claim on it is verified."""
    NOT_ANSWERABLE = "not_answerable"


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
    nearest: tuple[Statement, ...] = ()
    """Where little is verified: what else the papers say near to an answer, each with what it is worth."""


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
    marks: int = 0
    """Held-out claims that got the check mark: what its error was measured on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options under which a report was made: with the question, enough to make it again."""

    n_papers: int
    n_claims: int
    offline: bool
    risk: float
    """Share of wrong check marks that the reader accepts."""
    n_pdfs: int = 0
    """How many PDFs of the reader's own were read as well."""
    since: dt.date | None = None
    until: dt.date | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A cited paper of which arXiv has a newer version, or which was withdrawn."""

    paper_id: str
    """The version that the report rests on."""
    newest: str | None
    """The newest version's id, where it is another."""
    withdrawn: bool
    seen: dt.date
    """When arXiv was asked, in UTC."""
    comment: str = ""
    """ArXiv's comment on the newest version."""


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
    asked: Asked | None = None
    """None in reports of schema version 1, which did not say."""
    stale: tuple[Stale, ...] = ()
    """Cited papers that have changed since, in the order of their ids; empty where nobody asked arXiv."""
    schema_version: int = 2
