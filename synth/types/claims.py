"""Claims, the evidence on them, and the verdicts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from synth.types.documents import Box


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
    arithmetic: str = ""
    """The sum behind ``numbers`` where rows of a table were computed with, for the reader:
    ``79.2 − 65.4 = 13.8 (Table 2, rows XLM-R Large and mBERT, column XNLI)``. Empty where the passage was compared as
    it stands."""


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


class Decision(StrEnum):
    """What a reviewer says of one verdict."""

    ACCEPT = "accept"
    REJECT = "reject"
    """The label is wrong, or the claim should not stand in the table."""
    LABEL = "label"
    """The label is wrong, and the reviewer gives the right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewNote:
    """The decision of one reviewer on one row of the claim table."""

    reviewer: str
    decision: Decision
    day: dt.date
    """When it was made, in UTC."""
    label: Label | None = None
    """The right label, where the reviewer gave one."""
    comment: str = ""


class BackingKind(StrEnum):
    """What recomputing a number, or running an experiment again at a smaller scale, says of a claim."""

    RECOMPUTED = "recomputed"
    """The number follows from other published ones, to its last digit."""
    WITHIN = "within_tolerance"
    """It follows as far as the rounding of these allows."""
    DIFFERS = "differs"
    """It does not follow from them."""
    PUBLISHED = "as_published"
    """A source prints it, and nothing at hand gives it by arithmetic."""
    DERIVED = "derived"
    """Published numbers give it by arithmetic; none says it itself."""
    NO_SOURCE = "no_source_at_hand"
    """Nothing at hand prints it."""
    SAME = "same_direction"
    """Runs at a smaller scale found the direction that the claim states."""
    OPPOSITE = "opposite"
    """They found another one."""
    UNRESOLVED = "not_resolved"
    """They found no direction that is surer than chance."""
    MIXED = "mixed"
    """They do not agree with each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """One line beside a claim: what its numbers or its direction rest on besides passages. Changes no label."""

    kind: BackingKind
    text: str
    """One line for the reader."""
    reference: str
    """What it was taken from, and the command that shows it: stable wherever the report lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """A claim with its verdict: one row of the claim table."""

    number: int
    """Place in the table, from 1."""
    claim: Claim
    verdict: Verdict
    reviewed: tuple[ReviewNote, ...] = ()
    """What reviewers decided on this very verdict, in the order of their names."""
    backing: tuple[Backing, ...] = ()
    """What recomputation and experiments say of it, best first; beside the verdict, never in it."""
