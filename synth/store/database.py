"""The connection: opens, migrates, and maps the database's errors to ours."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from synth.errors import ConfigError, SchemaMismatch, StoreError

HEAD = "0004"
"""The newest migration. Kept here so that an up-to-date store opens without loading Alembic."""
BUSY_S = 30
"""Seconds to wait for another process that writes."""


class Database:
    """One database, migrated to :data:`HEAD`.

    Args:
        url: SQLAlchemy URL. A SQLite file is made with its folder if it is not there.

    Raises:
        ConfigError: If the URL is none, or names a database whose driver is not installed.
        StoreError: If the database cannot be opened, is damaged, or is no store of Synth's.
        SchemaMismatch: If a newer version made it.
    """

    def __init__(self, url: str) -> None:
        self.place, self._engine = _engine(url)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        with self.errors():
            self._migrate()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits when its block ends and rolls back when it fails; for reading, see :meth:`writing`."""
        with self.errors(), self._sessions.begin() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session for writing: no other process writes between what is looked up in it and what it stores."""
        with self.session() as session:
            _lock(session.connection())
            yield session

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Maps the database's errors to one clear line."""
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError(_explain(error, self.place), path=self.place) from error

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _migrate(self) -> None:
        found = _revision(self._engine)
        if found == HEAD:
            return
        if found is not None and found > HEAD:
            raise SchemaMismatch(
                f"{self.place} was made by a newer version of Synth (schema {found}, this one knows {HEAD});"
                " update Synth or name another workspace",
                path=self.place,
            )
        tables = set(inspect(self._engine).get_table_names())
        foreign = found is None and tables - {"alembic_version"}
        if foreign and _revision(self._engine) is None:  # else another process has made the store meanwhile
            raise StoreError(
                f"{self.place} holds tables of another program ({', '.join(sorted(tables)[:3])}…);"
                " name another database in SYNTH_DATABASE_URL",
                path=self.place,
            )
        upgrade(self._engine)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply the migrations up to ``revision``, all or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        _lock(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _lock(connection: Connection) -> None:
    """Take SQLite's lock for writing at once, not at the first row that is written.

    A merge asks whether a row is there and inserts it if not. Two processes that read the same paper at the same time
    would both find nothing, and the second would fail.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("BEGIN IMMEDIATE"))


def _revision(engine: Engine) -> str | None:
    if "alembic_version" not in inspect(engine).get_table_names():
        return None
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _engine(url: str) -> tuple[str, Engine]:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return parsed.render_as_string(hide_password=True), create_engine(parsed)
        if parsed.database and parsed.database != ":memory:":
            path = Path(parsed.database)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"the folder {path.parent} for the store cannot be made: {error.strerror};"
                    " name another with --workspace or SYNTH_WORKSPACE",
                    path=str(path),
                ) from error
        engine = create_engine(parsed, connect_args={"timeout": BUSY_S})
        event.listen(engine, "connect", _pragmas)
        return parsed.database or "the store in memory", engine
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise ConfigError(
            f"database URL {_shown(url)!r} cannot be used: {error}; expected something like sqlite:///synth.sqlite"
        ) from error


def _shown(url: str) -> str:
    """A database URL without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return re.sub(r"(://[^:/@]*:)[^@]*@", r"\1***@", url)


def _pragmas(connection: Any, _record: Any) -> None:
    """WAL lets one process write while others read; foreign keys are off by default in SQLite."""
    if isinstance(connection, sqlite3.Connection):
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _explain(error: SQLAlchemyError, place: str) -> str:
    cause = str(getattr(error, "orig", None) or error).splitlines()[0]
    if "malformed" in cause or "not a database" in cause:
        return (
            f"the store {place} is damaged ({cause}); move it away and run again: papers are fetched and read anew,"
            " reports already written stay"
        )
    if "full" in cause:
        return f"the disk of the store {place} is full; make room and run again, what was stored is safe"
    if "locked" in cause:
        return f"the store {place} is in use by another process (waited {BUSY_S} s); run again when that one has ended"
    if "readonly" in cause or "unable to open" in cause:
        return f"the store {place} cannot be written ({cause}); mend its rights or name another with --workspace"
    return f"the store {place} failed: {cause}"
