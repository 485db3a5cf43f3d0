"""What has happened to a report since it was made: papers that changed, and what reviewers decided. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from synth.report.wording import LABELS, claims, whole_sentence
from synth.types import CheckedClaim, Decision, Report, ReviewNote, Stale

_DECISIONS = {Decision.ACCEPT: "accepted", Decision.REJECT: "rejected", Decision.LABEL: "relabelled"}


def stale_papers(report: Report) -> frozenset[str]:
    """Ids of the cited papers that have changed since."""
    return frozenset(one.paper_id for one in report.stale)


def rests_on(row: CheckedClaim, papers: frozenset[str]) -> bool:
    """Whether a claim was taken from one of these papers, or was checked with one."""
    places = {one.paper_id for one in row.claim.origins} | {one.paper_id for one in row.verdict.evidence}
    return not places.isdisjoint(papers)


def staleness(report: Report) -> tuple[str, ...]:
    """One sentence for each cited paper that has changed since, with the claims that rest on it."""
    return tuple(_stale(one, report.claims) for one in report.stale)


def _stale(one: Stale, rows: Sequence[CheckedClaim]) -> str:
    what = "was withdrawn" if one.withdrawn else f"has a newer version, {one.newest}"
    if one.withdrawn and one.newest:
        what += f" with version {one.newest}"
    touched = [row.number for row in rows if rests_on(row, frozenset({one.paper_id}))]
    verb = "rests" if len(touched) == 1 else "rest"
    rest = f"{claims(touched)} {verb} on the cited one" if touched else "no claim rests on it"
    comment = f" arXiv’s comment: {whole_sentence(one.comment)}" if one.comment else ""
    return f"{one.paper_id} {what} (asked on {one.seen.isoformat()}): {rest}.{comment}"


def decided(note: ReviewNote) -> str:
    """``accepted by NAME on DAY``, with the right label and the comment where there are any."""
    label = f" as {LABELS[note.label]}" if note.label else ""
    comment = f": {note.comment}" if note.comment else ""
    return f"{_DECISIONS[note.decision]}{label} by {note.reviewer} on {note.day.isoformat()}{comment}"
