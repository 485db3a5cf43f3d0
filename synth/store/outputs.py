"""Digests of written files: whether a report's folder holds what would be written again is known without rendering."""

from __future__ import annotations

import json
from collections.abc import Mapping

from synth.store.database import Database
from synth.store.schema import OutputRow


class OutputShelf:
    """SHA-256 of each file by the content key of run, date line, templates, reviews and staleness."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, key: str, files: Mapping[str, str]) -> None:
        """Keep the digests of the files that were written under this key."""
        with self._database.writing() as session:
            session.merge(OutputRow(key=key, files=json.dumps(dict(sorted(files.items())))))

    def find(self, key: str) -> dict[str, str] | None:
        """The digests by file name, if the files of this key were ever written."""
        with self._database.session() as session:
            row = session.get(OutputRow, key)
            return {str(name): str(digest) for name, digest in json.loads(row.files).items()} if row else None
