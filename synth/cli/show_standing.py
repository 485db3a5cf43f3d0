"""Locks and refreshed papers as text for a reader and as JSON for a program. Pure: values in, text out."""

from __future__ import annotations

from collections.abc import Sequence

from synth.cli.show import as_json
from synth.pipeline.batch import FAILED, Done
from synth.pipeline.lock import Rebuilt
from synth.pipeline.refresh import Refreshed
from synth.report.wording import claims, count, listed


def lock_text(verified: Sequence[Rebuilt]) -> str:
    """Whether each locked report came out again, and what differs."""
    lines = []
    for one in verified:
        said = "byte-identical" if one.identical else f"differs in {listed(one.differing)}"
        lines.append(f"{one.folder}: {said}")
        if one.fields:
            lines.append(f"  report.json came out otherwise in: {', '.join(one.fields)}")
        lines += [f"  {change}" for change in one.changes]
    return "\n".join(lines)


def lock_json(verified: Sequence[Rebuilt]) -> str:
    """Whether each locked report came out again, as JSON."""
    return as_json({"reports": verified})


def refreshed_text(found: Refreshed, made: Sequence[Done]) -> str:
    """What arXiv said of the cited papers, report by report."""
    stale = [one for one in found.reports if one.stale]
    lines = [
        f"{count(found.n_papers, 'cited paper')} asked after,"
        f" {len(stale):,} of {count(len(found.reports), 'report')} with papers that have changed."
    ]
    for one in stale:
        lines.append(f"{one.folder}: {claims(one.claims) if one.claims else 'no claim'} on")
        for paper in one.stale:
            what = "withdrawn" if paper.withdrawn else f"now {paper.newest}"
            lines.append(f"  {paper.paper_id}  {what}{f'; {paper.comment}' if paper.comment else ''}")
    lines += [f"not found: {identifier}: {reason}" for identifier, reason in found.missing.items()]
    lines += [f"not read: {reason}" for reason in found.unreadable]
    lines += [f"{one.outcome}: {one.folder}{f': {one.reason}' if one.outcome == FAILED else ''}" for one in made]
    return "\n".join(lines)


def refreshed_json(found: Refreshed, made: Sequence[Done]) -> str:
    """What arXiv said of the cited papers, as JSON."""
    again = [{"folder": str(one.folder), "outcome": one.outcome, "reason": one.reason} for one in made]
    return as_json(
        {
            "n_papers": found.n_papers,
            "reports": found.reports,
            "missing": found.missing,
            "unreadable": found.unreadable,
            "made": again,
        }
    )
