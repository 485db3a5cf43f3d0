"""Papers, documents and passages in the database."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from synth.store.database import Database
from synth.store.schema import DocumentRow, DraftsRow, PaperRow, PassageRow
from synth.types import Box, Paper, Passage, PassageKind, ReadFrom, SectionRole, Source

_LATEST = (DocumentRow.reader.desc(), DocumentRow.key)
"""The order of a paper's documents, where a store of before has kept more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One line of the library's list."""

    paper: Paper
    read_from: ReadFrom
    n_pages: int
    n_sentences: int
    n_passages: int


class PaperShelf:
    """Papers with what was read of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_papers(self, papers: Sequence[Paper]) -> None:
        """Store or renew the records."""
        with self._database.writing() as session:
            for paper in papers:
                session.merge(_paper_row(paper))

    def paper(self, paper_id: str) -> Paper | None:
        """The record of one paper, if it is here."""
        with self._database.session() as session:
            row = session.get(PaperRow, paper_id)
            return _paper(row) if row else None

    def save_document(
        self,
        *,
        key: str,
        paper: Paper,
        reader: str,
        read_from: ReadFrom,
        n_pages: int,
        n_sentences: int,
        body: str,
        passages: Sequence[Passage],
    ) -> None:
        """Store a document with its passages and its paper, all or nothing; it takes the place of an earlier one.

        Nothing refers to what another version of the reader made of the paper: finished reports hold their quotes.
        """
        with self._database.writing() as session:
            session.merge(_paper_row(paper))
            session.flush()
            session.execute(delete(DocumentRow).where(DocumentRow.paper_id == paper.id, DocumentRow.key != key))
            session.execute(delete(PassageRow).where(PassageRow.document_key == key))
            session.execute(delete(DraftsRow).where(DraftsRow.document_key == key))
            session.merge(
                DocumentRow(
                    key=key,
                    paper_id=paper.id,
                    reader=reader,
                    read_from=read_from.value,
                    n_pages=n_pages,
                    n_sentences=n_sentences,
                    body=zlib.compress(body.encode(), level=6),
                )
            )
            session.flush()
            session.add_all(_passage_row(key, passage) for passage in passages)

    def document(self, key: str) -> tuple[str, tuple[Passage, ...]] | None:
        """The document as JSON and its passages in reading order, if it is here."""
        with self._database.session() as session:
            row = session.get(DocumentRow, key)
            if row is None:
                return None
            query = select(PassageRow).where(PassageRow.document_key == key).order_by(PassageRow.id)
            return zlib.decompress(row.body).decode(), tuple(_passage(one) for one in session.scalars(query))

    def drafts(self, key: str, rules: str) -> str | None:
        """What :meth:`save_drafts` kept of a document under the same rules, if anything."""
        with self._database.session() as session:
            row = session.get(DraftsRow, key)
            return row.body if row and row.rules == rules else None

    def save_drafts(self, key: str, rules: str, body: str) -> None:
        """Keep which sentences of a stored document may become claims; older ones are dropped.

        Args:
            key: The document's key; for one that is not here nothing is kept.
            rules: Content key of all that decides it.
            body: The drafts as JSON.
        """
        with self._database.writing() as session:
            if session.get(DocumentRow, key) is not None:
                session.merge(DraftsRow(document_key=key, rules=rules, body=body))

    def document_key(self, paper_id: str) -> str | None:
        """The key of the latest document of a paper, if it was read."""
        with self._database.session() as session:
            query = select(DocumentRow.key).where(DocumentRow.paper_id == paper_id).order_by(*_LATEST)
            return session.scalars(query).first()

    def read_from(self, paper_id: str) -> ReadFrom | None:
        """What the latest document of a paper was read from, if it was read."""
        with self._database.session() as session:
            query = select(DocumentRow.read_from).where(DocumentRow.paper_id == paper_id).order_by(*_LATEST)
            found = session.scalars(query).first()
            return ReadFrom(found) if found else None

    def holdings(self) -> tuple[Holding, ...]:
        """All papers that were read, in order of id."""
        with self._database.session() as session:
            tally = select(PassageRow.document_key, func.count()).group_by(PassageRow.document_key)
            counts = {key: n for key, n in session.execute(tally)}  # noqa: C416  # rows are no pairs to dict()
            rows = session.execute(
                select(PaperRow, DocumentRow)
                .join(DocumentRow, DocumentRow.paper_id == PaperRow.id)
                .order_by(PaperRow.id, *_LATEST)
            )
            latest: dict[str, Holding] = {}
            for paper, document in rows:
                holding = Holding(
                    paper=_paper(paper),
                    read_from=ReadFrom(document.read_from),
                    n_pages=document.n_pages,
                    n_sentences=document.n_sentences,
                    n_passages=counts.get(document.key, 0),
                )
                latest.setdefault(paper.id, holding)
            return tuple(latest[paper_id] for paper_id in sorted(latest))

    def held(self) -> list[str]:
        """The ids of all papers that were read, in order."""
        with self._database.session() as session:
            return sorted(session.scalars(select(DocumentRow.paper_id).distinct()))

    def remove(self, paper_id: str) -> bool:
        """Remove a paper with all that was read of it; False if it was not here."""
        with self._database.writing() as session:
            row = session.get(PaperRow, paper_id)
            if row is None:
                return False
            keys = select(DocumentRow.key).where(DocumentRow.paper_id == paper_id)
            session.execute(delete(PassageRow).where(PassageRow.document_key.in_(keys)))
            session.execute(delete(DocumentRow).where(DocumentRow.paper_id == paper_id))
            session.delete(row)
            return True

    def matching(self, start: str) -> tuple[str, ...]:
        """Ids of the papers whose id starts so (an id without its version, a short file id)."""
        with self._database.session() as session:
            query = select(PaperRow.id).where(PaperRow.id.startswith(start, autoescape=True)).order_by(PaperRow.id)
            return tuple(session.scalars(query))


def _paper_row(paper: Paper) -> PaperRow:
    return PaperRow(
        id=paper.id,
        title=paper.title,
        authors=json.dumps(paper.authors, ensure_ascii=False),
        abstract=paper.abstract,
        published=paper.published,
        updated=paper.updated,
        categories=json.dumps(paper.categories),
        source=paper.source.value,
        pdf_url=paper.pdf_url,
        comment=paper.comment,
        path=paper.path,
    )


def _paper(row: PaperRow) -> Paper:
    return Paper(
        id=row.id,
        title=row.title,
        authors=tuple(json.loads(row.authors)),
        abstract=row.abstract,
        published=row.published,
        updated=row.updated,
        categories=tuple(json.loads(row.categories)),
        source=Source(row.source),
        pdf_url=row.pdf_url,
        comment=row.comment,
        path=row.path,
    )


def _passage_row(key: str, passage: Passage) -> PassageRow:
    return PassageRow(
        document_key=key,
        id=passage.id,
        paper_id=passage.paper_id,
        kind=passage.kind.value,
        section=passage.section,
        role=passage.role.value,
        page=passage.page,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        box=json.dumps(passage.box) if passage.box else None,
    )


def _passage(row: PassageRow) -> Passage:
    return Passage(
        id=row.id,
        paper_id=row.paper_id,
        kind=PassageKind(row.kind),
        section=row.section,
        role=SectionRole(row.role),
        page=row.page,
        start=row.start,
        end=row.end,
        text=row.text,
        box=Box(*json.loads(row.box)) if row.box else None,
    )
