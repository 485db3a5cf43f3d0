"""The report as the templates show it: every place with its page and link, every number as text. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synth.report.compose import check_mark, confidence_means, introduction, limitations, methodology, results
from synth.report.standing import decided, rests_on, stale_papers, staleness
from synth.report.wording import LABELS, count, listed, mark
from synth.types import (
    AnswerStatus,
    Backing,
    CheckedClaim,
    Claim,
    Evidence,
    Label,
    NumberCheck,
    Paper,
    Passage,
    ReadFrom,
    Report,
    RetrievedPaper,
    Role,
    Stance,
    Statement,
    Verdict,
)

_ARXIV_ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_MONTHS = "January February March April May June July August September October November December"
_AUTHORS_SHOWN = 10
_STATUSES = {
    AnswerStatus.ANSWERED: "Answered",
    AnswerStatus.PARTLY: "Only in part",
    AnswerStatus.UNVERIFIED: "Stated, not verified",
    AnswerStatus.NOT_ANSWERABLE: "Not answerable",
}
_ROLES = {Role.USED: "used", Role.SCREENED_OUT: "screened out", Role.SKIPPED: "skipped"}
_STANCES = {Stance.SUPPORTS: "supports", Stance.NEUTRAL: "neutral", Stance.REFUTES: "refutes"}
_NUMBERS = {
    NumberCheck.NONE: "no numbers to check",
    NumberCheck.AGREE: "numbers agree",
    NumberCheck.MISSING: "a number of the claim is missing here",
    NumberCheck.DISAGREE: "numbers disagree",
}
_ON_BACKING = (
    "Where recomputing a claim’s numbers, or running its experiment at a smaller scale, bears on it, a line with the"
    " claim says what came out; it changes neither label nor confidence."
)
_READ = {ReadFrom.PDF: "full text", ReadFrom.DIGEST: "digest", ReadFrom.ABSTRACT: "abstract only"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A retrieved paper, ready to be shown."""

    number: int | None
    """Number in the list of references; None for a paper that was not used."""
    id: str
    called: str
    """Its id on arXiv where it has one, for a given file too."""
    title: str
    authors: str
    year: str
    url: str | None
    role: str
    reason: str
    relevance: str
    read: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands, with a link to that very page."""

    reference: Reference
    where: str
    """``section 4.2 Results, page 5``."""
    url: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of evidence or an origin, word for word."""

    text: str
    place: Place
    stance: str = ""
    says: str = ""
    """The stance in words: a passage without the claim's figures supports its wording alone."""
    numbers: str = ""
    independence: str = ""
    arithmetic: str = ""
    """The sum behind the figures, where rows of a table were computed with."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the claim table with its appendix."""

    number: int
    text: str
    verified: bool
    mark: str
    label: str
    kind: str
    """The label as a word without spaces, for style sheets."""
    confidence: str
    support: str
    reason: str
    evidence: tuple[Quote, ...]
    origins: tuple[Quote, ...]
    reviewed: tuple[str, ...]
    """What reviewers decided on it."""
    stale: bool
    """Whether a paper that it rests on has changed since."""
    backing: tuple[Backing, ...]
    """What recomputation and experiments say of it."""

    @property
    def best(self) -> Quote | None:
        """What the table shows: the best piece of evidence, else the claim's origin."""
        return next(iter((*self.evidence, *self.origins)), None)


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a template shows."""

    report: Report
    date: str
    status: str
    introduction: tuple[Statement, ...]
    methodology: tuple[Statement, ...]
    results: tuple[Statement, ...]
    limitations: tuple[Statement, ...]
    check_mark: str
    confidence_means: str
    coverage: tuple[tuple[str, tuple[Reference, ...]], ...]
    claims: tuple[Row, ...]
    papers: tuple[Reference, ...]
    references: tuple[Reference, ...]
    quality: str
    staleness: tuple[str, ...]
    """What is to be said of cited papers that have changed since."""
    on_backing: str
    """What the lines under claims are; empty where there are none."""


def view(report: Report) -> View:
    """The report as the templates show it."""
    papers = _references(report.papers)
    by_id = {paper.id: paper for paper in papers}
    passages = {passage.id: passage for passage in report.passages}
    read = {row.paper.id: row.read_from for row in report.papers}
    cites = _Citer(by_id, read, [row.paper for row in report.papers])
    calibrated, stale = report.calibration is not None, stale_papers(report)
    return View(
        report=report,
        date=_date(report.date),
        status=_STATUSES[report.answer.status],
        introduction=introduction(report),
        methodology=methodology(report),
        results=results(report),
        limitations=limitations(report),
        check_mark=check_mark(report),
        confidence_means=confidence_means(report),
        coverage=tuple(
            (facet.text, tuple(by_id[paper] for paper in facet.papers if paper in by_id))
            for facet in report.answer.facets
        ),
        claims=tuple(_row(row, passages, cites, calibrated, stale) for row in report.claims),
        papers=papers,
        references=tuple(paper for paper in papers if paper.number is not None),
        quality=f"{report.quality:.1f}",
        staleness=staleness(report),
        on_backing=_ON_BACKING if any(row.backing for row in report.claims) else "",
    )


def _date(day: dt.date) -> str:
    return f"{_MONTHS.split()[day.month - 1]} {day.day}, {day.year}"


def abstract_page(paper_id: str) -> str | None:
    """The address of a paper's page on arXiv; None for an id that is not arXiv's."""
    return f"https://arxiv.org/abs/{paper_id}" if _ARXIV_ID.fullmatch(paper_id) else None


def pdf_page(paper_id: str, page: int) -> str | None:
    """The address of one page of a paper's PDF; None for an id that is not arXiv's."""
    return f"https://arxiv.org/pdf/{paper_id}#page={page}" if _ARXIV_ID.fullmatch(paper_id) else None


def _references(papers: Sequence[RetrievedPaper]) -> tuple[Reference, ...]:
    shown = []
    number = 0
    for row in papers:
        number += row.role is Role.USED
        known = row.paper.arxiv_id
        url = abstract_page(known) if known else None
        extent = f", {count(row.n_pages, 'page')}" if row.n_pages else ""
        shown.append(
            Reference(
                number=number if row.role is Role.USED else None,
                id=row.paper.id,
                called=known if known and url else row.paper.id,
                title=row.paper.title,
                authors=_authors(row.paper.authors),
                year=str(row.paper.year or ""),
                url=url,
                role=_ROLES[row.role],
                reason=row.reason,
                relevance=f"{row.relevance:.2f}",
                read=f"{_READ[row.read_from]}{extent}" if row.read_from else "not read",
                notes=row.notes,
            )
        )
    return tuple(shown)


def _authors(names: Sequence[str]) -> str:
    if len(names) > _AUTHORS_SHOWN:
        rest = len(names) - _AUTHORS_SHOWN + 1
        return listed([*names[: _AUTHORS_SHOWN - 1], f"{rest} others"])
    return listed(names)


class _Citer:
    """Makes places of papers, sections and pages."""

    def __init__(
        self, references: Mapping[str, Reference], read: Mapping[str, ReadFrom | None], papers: Sequence[Paper]
    ) -> None:
        self._references = references
        self._read = read
        self._on_arxiv = {paper.id: paper.arxiv_id for paper in papers if paper.arxiv_id}
        self._authors = {paper.id: frozenset(name.casefold() for name in paper.authors) for paper in papers}

    def place(self, paper_id: str, section: str, page: int) -> Place:
        """A place, linked to its page where the paper is on arXiv."""
        reference = self._references.get(paper_id) or _unlisted(paper_id)
        numbered = section[:1].isdigit()
        known = self._on_arxiv.get(paper_id, "")
        if page > 0:
            named = f"section {section}" if numbered else section
            url = pdf_page(known, page)
            where = ", ".join(part for part in (named, f"page {page}") if part)
        else:
            url = abstract_page(known)
            digest = self._read.get(paper_id) is ReadFrom.DIGEST
            where = (f"digest, section {section}" if section else "digest") if digest else "abstract"
        return Place(reference=reference, where=where, url=url)

    def standing(self, piece: Evidence, claim: Claim) -> str:
        """How far a passage is from those who make the claim: their own paper, another one of theirs, anybody's."""
        if not piece.independent:
            digest = self._read.get(piece.paper_id) is ReadFrom.DIGEST
            return "the same digest of the claim’s paper" if digest else "the claim’s own paper"
        own = frozenset[str]().union(*(self._authors.get(one.paper_id, frozenset()) for one in claim.origins))
        shared = own & self._authors.get(piece.paper_id, frozenset())
        return "another paper, by some of the same authors" if shared else "independent paper"


def _unlisted(paper_id: str) -> Reference:
    """A paper that evidence names and the table of papers does not (a library checked beside the report)."""
    return Reference(None, paper_id, paper_id, paper_id, "", "", abstract_page(paper_id), "", "", "", "", ())


def _row(
    row: CheckedClaim, passages: Mapping[str, Passage], cites: _Citer, calibrated: bool, stale: frozenset[str]
) -> Row:
    verdict = row.verdict
    confidence = "–" if verdict.confidence is None else f"{verdict.confidence:.2f}"
    return Row(
        number=row.number,
        text=row.claim.text,
        verified=verdict.verified,
        mark=mark(verdict),
        label=LABELS[verdict.label],
        kind=verdict.label.value.replace("_", "-"),
        confidence=confidence if calibrated or verdict.confidence is None else f"{confidence} (uncalibrated)",
        support=_support(verdict),
        reason=verdict.reason,
        evidence=tuple(
            _quote(piece, passages[piece.passage_id], cites, cites.standing(piece, row.claim))
            for piece in verdict.evidence
        ),
        origins=tuple(
            Quote(text=origin.verbatim, place=cites.place(origin.paper_id, origin.section, origin.page))
            for origin in row.claim.origins
        ),
        reviewed=tuple(decided(note) for note in row.reviewed),
        stale=rests_on(row, stale),
        backing=row.backing,
    )


def _support(verdict: Verdict) -> str:
    """The counts behind a label; without enough info there is nothing that they could stand for."""
    if verdict.label is Label.NOT_ENOUGH_INFO:
        return ""
    return (
        f"Supported by {count(verdict.n_independent, 'other paper')} and by "
        f"{count(verdict.n_self, 'other passage')} of the claiming paper; "
        f"refuted by {count(verdict.n_refuting, 'paper')}."
    )


def _says(piece: Evidence) -> str:
    """The stance in words, no stronger than the reading: what is likelier to say nothing only leans to a side."""
    says = _STANCES[piece.stance] + (" its wording only" if _lacks_figures(piece) else "")
    entailment, neutral, contradiction = piece.logits
    if piece.stance is Stance.NEUTRAL or piece.arithmetic or max(entailment, contradiction) >= neutral:
        return says
    return f"may be read as {'support' if piece.stance is Stance.SUPPORTS else 'refutation'}, but not clearly"


def _lacks_figures(piece: Evidence) -> bool:
    return piece.stance is Stance.SUPPORTS and piece.numbers in (NumberCheck.MISSING, NumberCheck.DISAGREE)


def _quote(piece: Evidence, passage: Passage, cites: _Citer, independence: str) -> Quote:
    return Quote(
        text=passage.text,
        place=cites.place(passage.paper_id, passage.section, passage.page),
        stance=_STANCES[piece.stance],
        says=_says(piece),
        numbers=_NUMBERS[piece.numbers],
        independence=independence,
        arithmetic=piece.arithmetic,
    )
