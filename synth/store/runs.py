"""Finished runs: the report as it was made, and its claims, verdicts and evidence as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from synth.store.database import Database
from synth.store.schema import (
    ClaimRow,
    DocumentRow,
    EmbeddingRow,
    EvidenceRow,
    LogitRow,
    PaperRow,
    PassageRow,
    RunRow,
    VerdictRow,
)
from synth.types import CheckedClaim, Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One report of the store."""

    key: str
    question: str
    made: dt.datetime
    signature: str
    report: str
    """The report as JSON."""


class RunShelf:
    """Reports by the content key of all that went into them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, run: Run, *, settings: str, checked: Sequence[CheckedClaim], evidence: Sequence[Evidence]) -> None:
        """Store a run with its rows, all or nothing; one of the same key is replaced.

        Args:
            run: The report and its key.
            settings: The settings as JSON.
            checked: The claim table.
            evidence: Every piece of evidence that was weighed, shown or not.
        """
        with self._database.writing() as session:
            for table in (EvidenceRow, VerdictRow):
                session.execute(delete(table).where(table.run_key == run.key))
            session.merge(
                RunRow(
                    key=run.key,
                    question=run.question,
                    made=run.made,
                    settings=settings,
                    signature=run.signature,
                    report=run.report,
                )
            )
            for one in checked:
                session.merge(ClaimRow(id=one.claim.id, text=one.claim.text))
            session.flush()
            session.add_all(_verdict_row(run.key, one) for one in checked)
            session.add_all(_evidence_row(run.key, one) for one in evidence)

    def find(self, key: str) -> Run | None:
        """The run of this key, if it was made."""
        with self._database.session() as session:
            row = session.get(RunRow, key)
            return _run(row) if row else None

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""
        with self._database.session() as session:
            return tuple(_run(row) for row in session.scalars(select(RunRow).order_by(RunRow.made, RunRow.key)))


def counts(database: Database) -> dict[str, int]:
    """How many rows of each kind the store holds."""
    tables = {
        "papers": PaperRow,
        "documents": DocumentRow,
        "passages": PassageRow,
        "claims": ClaimRow,
        "verdicts": VerdictRow,
        "evidence": EvidenceRow,
        "runs": RunRow,
        "embeddings": EmbeddingRow,
        "logits": LogitRow,
    }
    with database.session() as session:
        return {name: session.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables.items()}


def _run(row: RunRow) -> Run:
    return Run(key=row.key, question=row.question, made=row.made, signature=row.signature, report=row.report)


def _verdict_row(key: str, one: CheckedClaim) -> VerdictRow:
    verdict = one.verdict
    return VerdictRow(
        run_key=key,
        claim_id=one.claim.id,
        number=one.number,
        label=verdict.label.value,
        confidence=verdict.confidence,
        verified=verdict.verified,
        reason=verdict.reason,
    )


def _evidence_row(key: str, one: Evidence) -> EvidenceRow:
    entailment, neutral, contradiction = one.logits
    return EvidenceRow(
        run_key=key,
        claim_id=one.claim_id,
        passage_id=one.passage_id,
        paper_id=one.paper_id,
        stance=one.stance.value,
        entailment=entailment,
        neutral=neutral,
        contradiction=contradiction,
        dense=one.dense,
        rank=one.rank,
        numbers=one.numbers.value,
        independent=one.independent,
        arithmetic=one.arithmetic,
    )
