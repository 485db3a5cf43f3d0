"""A claim table as the diff sees it, whatever file it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from synth.types import Label, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A piece of evidence that a row shows."""

    paper_id: str
    page: int | None
    """From 1; 0 where the source has no pages, None where the table does not say."""
    stance: Stance | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim of a table."""

    id: str
    """:func:`synth.text.claim_id` of the whole wording, also where the table gives none."""
    number: int
    """Place in the table, from 1. The diff shows it and never compares it."""
    text: str
    cut: bool = False
    """True where the table broke the wording off, as the sample cards do after 120 characters."""
    label: Label | None = None
    """None where the table knows check marks only."""
    verified: bool | None = None
    confidence: float | None = None
    """In [0, 1]."""
    evidence: tuple[Quote, ...] = ()
    """As the table shows it: all pieces, or the best one, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A claim table with what stands around it. Of rows with the same id there is one."""

    name: str
    """What it was read from, as the user named it."""
    rows: tuple[Row, ...]
    question: str | None = None
    title: str = ""
    papers: tuple[str, ...] | None = None
    """Ids of the used papers, sorted; None where the table does not say."""
    answer: str | None = None
    score: float | None = None
    """Quality score, 0 to 10."""
    error: float | None = None
    """Expected calibration error of the table's confidences on held-out gold; None where it is not stated."""
    shows_evidence: str = "all"
    """``all``, ``best`` or ``none``: evidence is compared as far as both tables show it."""
    signature: str | None = None
