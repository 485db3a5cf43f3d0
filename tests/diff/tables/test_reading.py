"""The one door: every source gives its table, and whatever else it is given, one clear line."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from synth.diff.tables.folders import File
from synth.diff.tables.reading import _table, read_many, read_table
from synth.errors import ConfigError
from synth.report.export import claims_csv, report_to_json
from synth.report.files import write_report
from synth.store.database import Database
from synth.store.runs import Run, RunShelf
from tests.diff.card_examples import CARD, NOTES, card
from tests.report.example import empty, taking_sides
from tests.report.example import example as report


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


def refused(name: str, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        read_table(name)
    assert "\n" not in caught.value.message and caught.value.exit_code == 2


def write(name: str, body: str | bytes) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(body if isinstance(body, bytes) else body.encode())


def test_a_report_folder() -> None:
    write_report(report(), Path("reports/x"))
    table = read_table("reports/x")
    assert (table.name, table.question, table.shows_evidence) == ("reports/x", report().question, "all")
    assert table.rows == read_table("reports/x/report.json").rows
    assert read_table("reports/x/claims.csv").shows_evidence == "best"
    Path("reports/x/report.json").unlink()
    assert read_table("reports/x").rows == read_table("reports/x/claims.csv").rows


def test_a_folder_of_one_card_beside_a_read_me() -> None:
    write("x/pumpkins.txt", CARD)
    write("x/README.md", "# What this is\n")
    notes: list[str] = []
    table = read_table("x", on_note=notes.append)
    assert (table.name, len(table.rows)) == ("x", 4)
    assert notes == [note.replace("card,", "x/pumpkins.txt,") for note in NOTES]
    assert read_table("x/pumpkins.txt").name == "x/pumpkins.txt"


def test_many() -> None:
    write_report(report(), Path("reports/b"))
    write("reports/a/claims.csv", claims_csv(taking_sides()))
    write("reports/c/card.md", card("A.\t✓\t0.5"))
    write("reports/aa.txt", card("B.\t✓\t0.5"))
    write("reports/e/notes.txt", "nothing here")
    write("reports/notes.md", "# Notes")
    write("reports/.f/claims.csv", "not a table")
    assert [table.name for table in read_many("reports")] == ["reports/a", "reports/aa.txt", "reports/b", "reports/c"]
    assert [table.name for table in read_many("reports/")] == ["reports/a", "reports/aa.txt", "reports/b", "reports/c"]
    assert [table.name for table in read_many("reports/b")] == ["reports/b"]
    assert [table.name for table in read_many("reports/aa.txt")] == ["reports/aa.txt"]


@pytest.mark.shared
def test_the_folder_of_sample_cards(shared: Path) -> None:
    assert [len(table.rows) for table in read_many(str(shared / "seeds"))] == [14, 9, 14, 14, 12]


@pytest.mark.parametrize(
    ("name", "body", "rows"),
    [
        ("report", report_to_json(report()), len(report().claims)),
        ("table", claims_csv(report()), len(report().claims)),
        ("card.text", CARD, 4),
        ("table.CSV", "\ufeffclaim\nA.\n", 1),
        ("table.tsv", "claim\tconfidence\nA, b.\t0.5\n", 1),
        ("report.json", "\ufeff" + report_to_json(empty()), 0),
    ],
)
def test_the_kind_of_a_file(name: str, body: str, rows: int) -> None:
    write(name, body)
    assert len(read_table(name).rows) == rows


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "x.csv is empty; expected a report folder"),
        (b" \r\n\t", "x.csv is empty"),
        (b"\xef\xbb\xbf", "x.csv is empty"),
        (b"claim\nA\xff\n", "x.csv, line 2: byte 7 (0xff) is no UTF-8; save the file as UTF-8"),
        (b"\xef\xbb\xbfclaim\nA\xff\n", "x.csv, line 2: byte 10 (0xff) is no UTF-8"),
        (b"claim\n\xc3", "x.csv, line 2: byte 6 (0xc3) is no UTF-8"),
        (b"claim\nA\0b\n", "x.csv, line 2: a NUL at byte 7; this is no text file"),
        ("claim\nA.\n".encode("utf-16"), "x.csv is UTF-16; save it as UTF-8"),
    ],
)
def test_bytes_that_are_no_text(body: bytes, message: str) -> None:
    write("x.csv", body)
    refused("x.csv", message)


def test_pages_for_readers() -> None:
    write_report(report(), Path("x"))
    refused("x/report.html", "x/report.html is a page for readers; name its folder, or the report.json beside it")
    refused("x/report.md", "x/report.md is a page for readers")
    for name in ("report.json", "claims.csv"):
        Path("x", name).unlink()
    refused("x", "x holds no claim table (it holds report.html, report.md); expected a report.json, a claims.csv or")


def test_errors_name_the_file_within_the_folder() -> None:
    write("x/claims.csv", "claim,confidence\nA.,1.7\n")
    refused("x", "x/claims.csv, line 2: the confidence is “1.7”")
    with pytest.raises(ConfigError, match=r"\./x/claims\.csv, line 2"):
        read_many(".")


def test_what_is_not_there() -> None:
    write_report(report(), Path("reports/pumpkins"))
    refused("reports/pumkins", f"reports/pumkins is not there; near it: {Path('reports/pumpkins')}; expected a report")
    refused("report/pumpkins/claims.csv", "is not there; near it: reports; expected")
    refused("nothing", "nothing is not there; expected a report folder")
    refused("", "“” names no claim table")
    refused("a\0b", "names no claim table")
    refused("x" * 5000, "is not there")
    refused("https://example.org/claims.csv", "is an address, and only files are read; download it")
    refused("C:\\x\\claims.csv", "C:\\x\\claims.csv is not there")


def test_folders_without_the_one_table() -> None:
    Path("empty").mkdir()
    refused("empty", "empty holds no claim table (it is empty); expected a report.json, a claims.csv or a report card")
    with pytest.raises(ConfigError, match="empty holds no claim table"):
        read_many("empty")
    write("cards/a.txt", CARD)
    write("cards/b.txt", CARD)
    refused("cards", "cards holds 2 report cards, one table was expected; name one: cards/a.txt, cards/b.txt")
    write_report(report(), Path("reports/a"))
    refused("reports", "reports holds no claim table (it holds a/)")


class Runs:
    def __init__(self, *keys: str) -> None:
        made = dt.datetime(2026, 5, 2)
        self._runs = [
            Run(key=key, question=f"Is it {key}?", made=made, signature="", report=report_to_json(report()))
            for key in keys
        ]

    def find(self, key: str) -> Run | None:
        return next((run for run in self._runs if run.key == key), None)

    def runs(self) -> Sequence[Run]:
        return self._runs


def test_a_stored_run() -> None:
    runs = Runs("aa11", "aa22", "bb", "bbcc")
    assert read_table("run:aa1", runs=runs).rows == read_table("run:bb", runs=runs).rows
    table = read_table("run:aa11", runs=runs)
    assert (table.name, table.question, len(table.rows)) == ("run:aa11", report().question, len(report().claims))
    assert read_many("run:aa2", runs=runs)[0].name == "run:aa2"


@pytest.mark.parametrize(
    ("name", "runs", "message"),
    [
        (
            "run:aa",
            Runs("aa1", "aa2", "b"),
            "run:aa: 2 runs begin so, give more of the key; the newest of them: aa2",
        ),
        ("run:x", Runs("aa1", "aa2"), "run:x: no run begins so; the newest: aa2 “Is it aa2?”, aa1 “Is it aa1?”"),
        ("run:", Runs(*"abcdefgh"), "run:: 8 runs begin so, give more of the key; the newest of them: h “Is it h?”,"),
        ("run:x", Runs(), "run:x: the store holds no run; make a report first"),
        ("run:x", None, "run:x: no store is open"),
    ],
)
def test_runs_that_are_not_found(name: str, runs: Runs | None, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        read_table(name, runs=runs)


def test_a_run_of_the_real_store(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'synth.sqlite'}")
    shelf = RunShelf(database)
    run = Run(key="abc123", question="q", made=dt.datetime(2026, 5, 2), signature="s", report=report_to_json(report()))
    shelf.save(run, settings="{}", checked=(), evidence=())
    assert len(read_table("run:abc", runs=shelf).rows) == len(report().claims)
    database.close()


def test_a_path_goes_before_a_run() -> None:
    write("run:abc", "claim\nA.\n")
    assert len(read_table("run:abc", runs=Runs("abc")).rows) == 1


def test_a_pipe_is_read() -> None:
    """What a shell passes for ``<(git show …)`` has no ending and no size."""
    import os
    import threading

    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo("pipe")
    writer = threading.Thread(target=write, args=("pipe", claims_csv(report())))
    writer.start()
    assert len(read_table("pipe").rows) == len(report().claims)
    writer.join()


PIECES = [
    *b"claim id label confidence verified supported 0.5 NaN =1+1 , ; ' | { [ } # &lt; \xe2\x9c\x93 \xff \0".split(b" "),
    *(b"\t", b"\n", b"\r\n", b'"', b"<a href=", b'"schema_version":', b"2", b"99999999999999999999 claims extracted"),
    *(b"Extracted Claims\n", b"Results\n", b"References\n", b"<http://arxiv.org/abs/1>"),
]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join),
    st.sampled_from(["x.csv", "x.json", "x.txt", "x.md", "x"]),
)
@example(b"claim\n" + b"<a x=" * 20_000, "x.csv")
@example(b"claim\n<a" + b" " * 100_000, "x.csv")
@example(b"Extracted Claims\n" + b"a " * 100_000 + b"\tyes\t1\n", "x.txt")
@example(b"References\nExtracted Claims\nA\tyes\t" + b"9" * 5000, "x.txt")
@example(b'{"schema_version": ' + b"9" * 5000 + b"}", "x.json")
def test_any_bytes_are_read_or_refused(body: bytes, name: str) -> None:
    try:
        table = _table(File(name=name, read=lambda: body), None)
    except ConfigError as error:
        assert name in error.message and "\n" not in error.message
        return
    assert len({row.id for row in table.rows}) == len(table.rows)
    assert all(row.text and (row.confidence is None or 0 <= row.confidence <= 1) for row in table.rows)
