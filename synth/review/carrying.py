"""Which decisions still hold for a report, which must be asked again, and why. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from synth.report.wording import LABELS
from synth.review.decisions import Seen, live, note, seen, states, with_noted
from synth.review.rewordings import reworded
from synth.store.reviews import Act, Entry
from synth.text import normalise
from synth.types import CheckedClaim, Label, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """An earlier decision on a claim that has changed since: kept, but asked again."""

    number: int
    """Of the row in the present table."""
    entry: Entry
    reason: str
    """What changed, for the reviewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """All that is known of a report's review."""

    rows: tuple[Seen, ...]
    holding: tuple[tuple[Entry, ...], ...]
    """By row: the state of each reviewer who has one on this very basis, in the order of their names."""
    overtaken: tuple[Overtaken, ...]
    """In the order of the table, then of the reviewers' names."""
    gone: tuple[Entry, ...]
    """Decisions on claims that the table does not have any more, oldest first."""


def with_notes(report: Report, stored: Sequence[Entry], *, earlier: Report | None = None) -> Report:
    """The report with the decisions that hold for its rows; the very same value where that changes nothing.

    Args:
        report: As it was made, or as it was read.
        stored: Every act on the report's question.
        earlier: The report that stood in its place: what colleagues decided in it goes over where the basis is the
            same.
    """
    if not (stored or earlier or any(row.reviewed for row in report.claims)):
        return report
    rows = seen(report)
    old = seen(earlier) if earlier and normalise(earlier.question) == normalise(report.question) else ()
    # the store knows best; of two reports that tell of one reviewer and row, the present one is right
    standing = states(with_noted(old, with_noted(rows, stored)))
    claims = tuple(_noted(one, standing) for one in rows)
    return report if claims == report.claims else replace(report, claims=claims)


def carried(report: Report, stored: Sequence[Entry]) -> Carried:
    """What holds, what is overtaken and what is gone of all that was ever decided on the report's question."""
    rows = seen(report)
    entries = with_noted(rows, stored)
    standing = states(entries)
    decided = [entry for entry in live(entries) if entry.act is not Act.SKIP]
    present = {one.id for one in rows}
    successors = reworded([entry for entry in decided if entry.claim_id not in present], rows)
    overtaken = [found for one in rows for found in _overtaken(one, decided, standing, successors)]
    return Carried(
        rows=rows,
        holding=tuple(_holding(one, standing) for one in rows),
        overtaken=tuple(overtaken),
        gone=_last_each([e for e in decided if e.claim_id not in present and e.claim_id not in successors]),
    )


def _holding(one: Seen, standing: dict[tuple[str, str, str], Entry]) -> tuple[Entry, ...]:
    found = [entry for (_, claim, basis), entry in standing.items() if (claim, basis) == (one.id, one.basis)]
    return tuple(sorted(found, key=lambda entry: entry.reviewer))


def _noted(one: Seen, standing: dict[tuple[str, str, str], Entry]) -> CheckedClaim:
    notes = tuple(found for entry in _holding(one, standing) if (found := note(entry)))
    return one.row if notes == one.row.reviewed else replace(one.row, reviewed=notes)


def _last_each(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The last decision of each reviewer on each claim."""
    last = {(entry.reviewer, entry.claim_id): entry for entry in entries}
    return tuple(sorted(last.values(), key=lambda entry: (entry.id, entry.reviewer, entry.claim_id)))


def _overtaken(
    one: Seen,
    decided: Sequence[Entry],
    standing: dict[tuple[str, str, str], Entry],
    successors: dict[str, str],
) -> list[Overtaken]:
    about = [entry for entry in decided if successors.get(entry.claim_id, entry.claim_id) == one.id]
    last = {entry.reviewer: entry for entry in about}
    found = []
    for reviewer, entry in sorted(last.items()):
        present = standing.get((reviewer, one.id, one.basis))
        if present is None or present.act is Act.SKIP:
            found.append(Overtaken(number=one.row.number, entry=entry, reason=_reason(entry, one)))
    return found


def _reason(entry: Entry, one: Seen) -> str:
    """What differs between what was decided on and what the table shows now."""
    before: dict[str, Any] = json.loads(entry.shown)
    changes = []
    if entry.claim_id != one.id:
        changes.append(f"the wording changed, it was “{entry.claim}”")
    if before["label"] != one.shown["label"]:
        old, new = LABELS[Label(before["label"])], LABELS[one.row.verdict.label]
        changes.append(f"the label changed from {old} to {new}")
    if _pieces(before) != _pieces(one.shown):
        changes.append("the evidence changed")
    return "; ".join(changes) or "the basis changed"


def _pieces(shown: Any) -> list[list[object]]:
    return sorted([piece["paper"], piece["page"], piece["stance"], piece["quote"]] for piece in shown["evidence"])
