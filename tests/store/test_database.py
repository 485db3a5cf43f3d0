from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, select
from sqlalchemy.exc import OperationalError

from synth.errors import ConfigError, SchemaMismatch, StoreError
from synth.store.database import HEAD, Database, upgrade
from synth.store.schema import Base, ClaimRow, EvidenceRow, RunRow

ROOT = Path(__file__).resolve().parents[2]


def url(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


def test_the_migrations_make_the_tables_that_the_schema_names(tmp_path):
    Database(url(tmp_path / "a.sqlite")).close()
    engine = create_engine(url(tmp_path / "a.sqlite"))
    made = inspect(engine)
    for table in Base.metadata.sorted_tables:
        assert {c["name"] for c in made.get_columns(table.name)} == {c.name for c in table.columns}
        assert made.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key]
    engine.dispose()


def test_head_is_the_newest_migration():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    import synth.store

    config = Config()
    config.set_main_option("script_location", str(Path(synth.store.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_opening_twice_keeps_what_is_there_and_uses_wal(tmp_path):
    path = tmp_path / "deep" / "er" / "a.sqlite"
    first = Database(url(path))
    with first.session() as session:
        session.execute(Base.metadata.tables["claim"].insert().values(id="x", text="kept"))
    first.close()
    second = Database(url(path))
    with second.session() as session:
        assert session.execute(Base.metadata.tables["claim"].select()).one().text == "kept"
    second.close()
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_a_damaged_file_is_named_and_left_alone(tmp_path):
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"this is no database" * 300)
    with pytest.raises(StoreError, match=r"damaged.*move it away"):
        Database(url(path))
    assert path.read_bytes().startswith(b"this is no database")


def test_a_newer_schema_is_refused(tmp_path):
    path = tmp_path / "a.sqlite"
    Database(url(path)).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(SchemaMismatch, match="9999"):
        Database(url(path))


def test_another_programs_database_is_refused(tmp_path):
    path = tmp_path / "a.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE customers (id INTEGER)")
    raw.close()
    with pytest.raises(StoreError, match="customers"):
        Database(url(path))


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made"):
        Database(url(tmp_path / "file" / "a.sqlite"))


@pytest.mark.parametrize("bad", ["no url", "oracle+nothing://x/y"])
def test_a_bad_url_is_an_error_of_configuration(bad):
    with pytest.raises(ConfigError, match="database URL"):
        Database(bad)


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("database or disk is full", "make room"),
        ("database is locked", "another process"),
        ("attempt to write a readonly database", "rights"),
        ("unable to open database file", "rights"),
    ],
)
def test_troubles_are_explained(tmp_path, cause, said):
    database = Database(url(tmp_path / "a.sqlite"))
    with pytest.raises(StoreError, match=said), database.session():
        raise OperationalError("INSERT", {}, sqlite3.OperationalError(cause))
    database.close()


def test_a_failed_block_changes_nothing(tmp_path):
    database = Database(url(tmp_path / "a.sqlite"))
    claim = Base.metadata.tables["claim"]
    with pytest.raises(RuntimeError), database.session() as session:
        session.execute(claim.insert().values(id="x", text="lost"))
        raise RuntimeError
    with database.session() as session:
        assert session.execute(claim.select()).all() == []
    database.close()


def test_an_older_store_is_migrated_and_keeps_its_rows(tmp_path):
    engine = create_engine(url(tmp_path / "a.sqlite"))
    upgrade(engine, "0002")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO run VALUES ('k', 'Why?', '2026-01-01 00:00:00.000000', '{}', 's', '{}')"
        )
        connection.exec_driver_sql(
            "INSERT INTO evidence VALUES ('k', 'c', 'P1#0001', 'P1', 'supports', 2.5, 0.125, -1, 0.75, 1, 'agree', 1)"
        )
    engine.dispose()
    database = Database(url(tmp_path / "a.sqlite"))
    with database.session() as session:
        (found,) = session.scalars(select(EvidenceRow))
        assert (found.passage_id, found.entailment, found.independent) == ("P1#0001", 2.5, True)
        assert found.arithmetic == ""
        assert [row.question for row in session.scalars(select(RunRow))] == ["Why?"]
    database.close()


def test_upgrade_runs_on_an_empty_database(tmp_path):
    engine = create_engine(url(tmp_path / "b.sqlite"))
    upgrade(engine)
    assert "run" in inspect(engine).get_table_names()
    engine.dispose()


def test_what_two_processes_look_up_and_store_at_once_is_stored_once(tmp_path):
    first, second = Database(url(tmp_path / "a.sqlite")), Database(url(tmp_path / "a.sqlite"))
    looked_up = threading.Event()

    def slow() -> None:
        with first.writing() as session:
            session.merge(ClaimRow(id="x", text="a claim"))
            looked_up.set()  # what is merged is written when the block ends
            time.sleep(0.3)

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(slow)
        assert looked_up.wait(20)
        with second.writing() as session:
            session.merge(ClaimRow(id="x", text="a claim"))
        future.result()
    with second.session() as session:
        assert [row.id for row in session.scalars(select(ClaimRow))] == ["x"]
    first.close()
    second.close()


def test_several_processes_open_a_new_store_at_once(tmp_path):
    code = "import sys; from synth.store.database import Database; Database(sys.argv[1]).close()"
    command = [sys.executable, "-c", code, url(tmp_path / "a.sqlite")]
    processes = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0)] * 4


def test_a_store_that_another_process_makes_meanwhile_is_not_taken_for_a_strangers(tmp_path, monkeypatch):
    Database(url(tmp_path / "a.sqlite")).close()
    answers = iter([None, HEAD])
    monkeypatch.setattr("synth.store.database._revision", lambda _: next(answers))
    Database(url(tmp_path / "a.sqlite")).close()


@pytest.mark.parametrize("url", ["postgresql+nosuch://u:secret@h/d", "nosuch://u:secret@h:x/d"])
def test_a_password_is_not_shown(url):
    with pytest.raises(ConfigError) as caught:
        Database(url)
    assert "secret" not in str(caught.value)
    assert "://u:***@h" in str(caught.value)
