"""What is dear to compute or to ask, by the hash of its content: embeddings, logits, feeds."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from synth.store.database import Database
from synth.store.schema import EmbeddingRow, FeedRow, LogitRow

_SCALE = 10_000
_AT_ONCE = 500
"""SQLite takes 999 variables in one statement in its older builds."""
DAY = dt.timedelta(days=1)
"""ArXiv's manual asks that the same query be not repeated within a day."""

Logits = tuple[float, float, float]


def text_key(*texts: str) -> str:
    """First 32 hex digits of the SHA-256 of the texts, which may not run together."""
    digest = hashlib.sha256()
    for text in texts:
        body = text.encode()
        digest.update(len(body).to_bytes(8, "big") + body)
    return digest.hexdigest()[:32]


class VectorCache:
    """Embeddings by model and text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, model: str, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors that are here, by text."""
        by_key = {text_key(text): text for text in texts}
        found: dict[str, NDArray[np.float32]] = {}
        with self._database.session() as session:
            for keys in _slices(list(by_key)):
                query = select(EmbeddingRow.text_key, EmbeddingRow.vector).where(
                    EmbeddingRow.model == model, EmbeddingRow.text_key.in_(keys)
                )
                for key, body in session.execute(query):
                    found[by_key[key]] = np.frombuffer(body, dtype="<i2").astype(np.float32) / np.float32(_SCALE)
        return found

    def put(self, model: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Store vectors, rounded to four decimals, by text."""
        rows: list[dict[str, object]] = [
            {"model": model, "text_key": text_key(text), "vector": np.rint(vector * _SCALE).astype("<i2").tobytes()}
            for text, vector in vectors.items()
        ]
        with self._database.writing() as session:
            _insert(session, EmbeddingRow, rows)


class LogitCache:
    """NLI logits by model, passage text and claim text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, model: str, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Logits]:
        """The logits that are here, by pair."""
        by_key = {text_key(*pair): pair for pair in pairs}
        found: dict[tuple[str, str], Logits] = {}
        with self._database.session() as session:
            for keys in _slices(list(by_key)):
                query = select(LogitRow).where(LogitRow.model == model, LogitRow.pair_key.in_(keys))
                for row in session.scalars(query):
                    found[by_key[row.pair_key]] = (row.entailment, row.neutral, row.contradiction)
        return found

    def put(self, model: str, logits: Mapping[tuple[str, str], Logits]) -> None:
        """Store logits by pair."""
        rows: list[dict[str, object]] = [
            {"model": model, "pair_key": text_key(*pair), "entailment": e, "neutral": n, "contradiction": c}
            for pair, (e, n, c) in logits.items()
        ]
        with self._database.writing() as session:
            _insert(session, LogitRow, rows)


class FeedCache:
    """Answers of arXiv's API, for a day.

    Args:
        database: Where they are kept.
        now: Gives the time, UTC and without a zone.
    """

    def __init__(self, database: Database, now: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._now = now

    def get(self, url: str) -> bytes | None:
        """The answer to this address, if it is younger than a day."""
        with self._database.session() as session:
            row = session.get(FeedRow, url)
            return row.body if row and self._now() - row.fetched < DAY else None

    def put(self, url: str, body: bytes) -> None:
        """Keep an answer; older ones are dropped."""
        with self._database.writing() as session:
            session.execute(delete(FeedRow).where(FeedRow.fetched <= self._now() - DAY))
            session.merge(FeedRow(url=url, body=body, fetched=self._now()))


def _slices(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _insert(session: Session, table: type[EmbeddingRow | LogitRow], rows: list[dict[str, object]]) -> None:
    """Insert what is not there yet. Two processes may have computed the same text."""
    if not rows:
        return
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sqlite_insert(table).on_conflict_do_nothing(), rows)
    else:
        for row in rows:
            session.merge(table(**row))
