"""What a reviewer saw, what was decided on it, and what still stands after undoing. Pure.

A decision rests on a *basis*: the label and the evidence that the reviewer had in view. It holds for every report on
the same question that shows the same claim on the same basis, and for no other.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from synth.signature import content_key
from synth.store.reviews import Act, Entry
from synth.text import claim_id, collapse, normalise
from synth.types import CheckedClaim, Decision, Label, Passage, Report, ReviewNote

ACTS = {decision: Act(decision.value) for decision in Decision}
DECISIONS = {act: decision for decision, act in ACTS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One row of a report as a reviewer has it in view."""

    question: str
    """Normalised."""
    id: str
    """Of the wording, whatever id the report gives: case and spaces do not count."""
    row: CheckedClaim
    shown: Mapping[str, Any]
    """Label, confidence and evidence, as JSON values."""
    basis: str


def seen(report: Report) -> tuple[Seen, ...]:
    """The rows of a report with what each shows, in the order of the table."""
    passages = {passage.id: passage for passage in report.passages}
    question = normalise(report.question)
    return tuple(_seen(question, row, passages) for row in report.claims)


def _seen(question: str, row: CheckedClaim, passages: Mapping[str, Passage]) -> Seen:
    verdict = row.verdict
    evidence = [
        {
            "paper": piece.paper_id,
            "section": passages[piece.passage_id].section,
            "page": passages[piece.passage_id].page,
            "stance": piece.stance.value,
            "quote": collapse(passages[piece.passage_id].text),
        }
        for piece in verdict.evidence
    ]
    shown = {
        "label": verdict.label.value,
        "confidence": verdict.confidence,
        "verified": verdict.verified,
        "evidence": evidence,
    }
    compared = sorted([piece["paper"], piece["page"], piece["stance"], piece["quote"]] for piece in evidence)
    return Seen(
        question=question,
        id=claim_id(row.claim.text),
        row=row,
        shown=shown,
        basis=content_key(verdict.label.value, compared),
    )


def entry_on(
    one: Seen, reviewer: str, act: Act, made: dt.datetime, *, label: Label | None = None, comment: str = ""
) -> Entry:
    """An act on a row, as the store keeps it."""
    return Entry(
        question=one.question,
        claim_id=one.id,
        claim=one.row.claim.text,
        basis=one.basis,
        shown=json.dumps(one.shown, ensure_ascii=False, sort_keys=True),
        reviewer=reviewer,
        act=act,
        made=made,
        label=label,
        comment=comment,
    )


def undoing(entry: Entry, made: dt.datetime) -> Entry:
    """The act that takes another one back."""
    return replace(entry, id=0, act=Act.UNDO, shown=json.dumps({"undoes": entry.id}), label=None, comment="", made=made)


def live(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The acts that were not taken back, oldest first. The order of ``entries`` does not matter."""
    undone = {json.loads(entry.shown)["undoes"] for entry in entries if entry.act is Act.UNDO}
    standing = [entry for entry in entries if entry.act is not Act.UNDO and entry.id not in undone]
    return tuple(sorted(standing, key=lambda entry: (entry.id, entry.made, entry.reviewer, entry.claim_id)))


def with_noted(rows: Sequence[Seen], stored: Sequence[Entry]) -> tuple[Entry, ...]:
    """The stored acts, and those that only the report itself tells of: a colleague's, who reviewed elsewhere.

    Where the store has any act of a reviewer on the same row, even one that was taken back, the store is right.
    """
    known = {(entry.reviewer, entry.claim_id, entry.basis) for entry in stored}
    noted = [
        entry_on(
            one,
            note.reviewer,
            ACTS[note.decision],
            dt.datetime.combine(note.day, dt.time()),
            label=note.label,
            comment=note.comment,
        )
        for one in rows
        for note in one.row.reviewed
        if (note.reviewer, one.id, one.basis) not in known
    ]
    return (*noted, *stored)


def states(entries: Sequence[Entry]) -> dict[tuple[str, str, str], Entry]:
    """The last live act by reviewer, claim and basis; a skip with a comment is one."""
    return {(entry.reviewer, entry.claim_id, entry.basis): entry for entry in live(entries)}


def note(entry: Entry) -> ReviewNote | None:
    """A decision as the report shows it; None for a claim that was left open."""
    decision = DECISIONS.get(entry.act)
    if decision is None:
        return None
    return ReviewNote(
        reviewer=entry.reviewer,
        decision=decision,
        day=entry.made.date(),
        label=entry.label,
        comment=entry.comment,
    )
