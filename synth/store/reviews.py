"""Reviewers' decisions, appended one by one and never changed: an undo is a row of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select

from synth.store.database import Database
from synth.store.schema import EvidenceRow, ReviewRow, RunRow
from synth.types import Label


class Act(StrEnum):
    """What a reviewer did."""

    ACCEPT = "accept"
    REJECT = "reject"
    LABEL = "label"
    SKIP = "skip"
    """Left open, with a comment."""
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act of one reviewer on one claim of one report."""

    question: str
    """Normalised: a regenerated report has the same."""
    claim_id: str
    claim: str
    """The wording that was decided on."""
    basis: str
    """Content key of what the reviewer saw."""
    shown: str
    """What the reviewer saw, as JSON; for an undo, the number of the entry that it takes back."""
    reviewer: str
    act: Act
    made: dt.datetime
    """UTC, without a zone."""
    label: Label | None = None
    comment: str = ""
    id: int = 0
    """Given by the store, rising; 0 for an entry that is not stored."""


class ReviewShelf:
    """Decisions by the question of their report."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entry: Entry) -> Entry:
        """Store an act at once; gives it back with its number."""
        row = ReviewRow(
            question=entry.question,
            claim_id=entry.claim_id,
            claim=entry.claim,
            basis=entry.basis,
            shown=entry.shown,
            reviewer=entry.reviewer,
            decision=entry.act.value,
            label=entry.label.value if entry.label else None,
            comment=entry.comment,
            made=entry.made,
        )
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return replace(entry, id=row.id)

    def of(self, question: str) -> tuple[Entry, ...]:
        """Every act on the report of a question, oldest first.

        Args:
            question: Normalised.
        """
        with self._database.session() as session:
            query = select(ReviewRow).where(ReviewRow.question == question).order_by(ReviewRow.id)
            return tuple(_entry(row) for row in session.scalars(query))

    def weighed(self, question: str, signature: str) -> dict[str, tuple[str, ...]]:
        """Ids of the passages that a run weighed, by claim, nearest first: those that the report shows and the others.

        Args:
            question: As the report has it.
            signature: The report's. Of several such runs the last counts.
        """
        with self._database.session() as session:
            runs = select(RunRow.key).where(RunRow.question == question, RunRow.signature == signature)
            key = session.scalars(runs.order_by(RunRow.made.desc(), RunRow.key).limit(1)).first()
            query = select(EvidenceRow).where(EvidenceRow.run_key == key).order_by(EvidenceRow.rank)
            found: dict[str, list[str]] = {}
            for row in session.scalars(query) if key else ():
                found.setdefault(row.claim_id, []).append(row.passage_id)
        return {claim: tuple(ids) for claim, ids in found.items()}


def _entry(row: ReviewRow) -> Entry:
    return Entry(
        id=row.id,
        question=row.question,
        claim_id=row.claim_id,
        claim=row.claim,
        basis=row.basis,
        shown=row.shown,
        reviewer=row.reviewer,
        act=Act(row.decision),
        made=row.made,
        label=Label(row.label) if row.label else None,
        comment=row.comment,
    )
