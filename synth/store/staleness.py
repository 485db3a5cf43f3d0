"""What arXiv last said of cited papers: newer versions and withdrawals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, select

from synth.store.database import Database
from synth.store.schema import StalenessRow
from synth.types import Stale


class StalenessShelf:
    """Cited papers that have changed since, by the version that is cited."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, asked: Sequence[str], found: Sequence[Stale]) -> None:
        """Keep an answer of arXiv: of the papers that were asked for, those in ``found`` are stale, the others not."""
        with self._database.writing() as session:
            session.execute(delete(StalenessRow).where(StalenessRow.paper_id.in_(list(asked))))
            session.add_all(_row(one) for one in found)

    def all(self) -> tuple[Stale, ...]:
        """Every stale paper, in order of id."""
        with self._database.session() as session:
            rows = session.scalars(select(StalenessRow).order_by(StalenessRow.paper_id))
            return tuple(_stale(row) for row in rows)


def _row(one: Stale) -> StalenessRow:
    return StalenessRow(
        paper_id=one.paper_id,
        newest=one.newest,
        withdrawn=one.withdrawn,
        comment=one.comment,
        seen=dt.datetime.combine(one.seen, dt.time()),
    )


def _stale(row: StalenessRow) -> Stale:
    return Stale(
        paper_id=row.paper_id,
        newest=row.newest,
        withdrawn=row.withdrawn,
        comment=row.comment,
        seen=row.seen.date(),
    )
