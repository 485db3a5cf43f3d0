"""Finished searches: the papers that were found and ranked for a question, so that arXiv is not asked twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from synth.store.database import Database
from synth.store.schema import SearchRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search of the store."""

    key: str
    question: str
    made: dt.datetime
    """UTC, without a zone."""
    body: str
    """What was found, as JSON."""


class SearchShelf:
    """Searches by the content key of question, options and searching code."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, search: Search) -> None:
        """Keep a search; one of the same key is replaced."""
        with self._database.writing() as session:
            session.merge(SearchRow(key=search.key, question=search.question, made=search.made, body=search.body))

    def find(self, key: str) -> Search | None:
        """The search of this key, if it was made."""
        with self._database.session() as session:
            row = session.get(SearchRow, key)
            return Search(key=row.key, question=row.question, made=row.made, body=row.body) if row else None
