"""Which file of a folder is its table, and which table goes with which."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.diff.table import Table
from synth.diff.tables.folders import LIMIT, File, Folder, last_part, on_disk, paired, report_file
from synth.errors import ConfigError


def table(name: str, question: str | None = None) -> Table:
    return Table(name=name, rows=(), question=question)


def names(tables: tuple[Table, ...]) -> list[str]:
    return [one.name for one in tables]


def test_tables_on_the_same_question_are_a_pair() -> None:
    old = [table("old/a", "Do pumpkins grow?"), table("old/b", "Do walls stand?"), table("old/c", "Do snails eat?")]
    new = [table("new/x", "Do walls  STAND?"), table("new/y", "do pumpkins grow?"), table("new/z", "Is it late?")]
    found = paired(old, new)
    assert [(one.name, other.name) for one, other in found.pairs] == [("old/b", "new/x"), ("old/a", "new/y")]
    assert (names(found.only_old), names(found.only_new)) == (["old/c"], ["new/z"])


def test_the_last_part_counts_where_no_question_is_told() -> None:
    old = [table("HEAD:reports/a/claims.csv"), table("HEAD:reports/b")]
    new = [table("reports/a", "Do pumpkins grow?"), table("reports/c")]
    found = paired(old, new)
    assert [(one.name, other.name) for one, other in found.pairs] == [("HEAD:reports/a/claims.csv", "reports/a")]
    assert (names(found.only_old), names(found.only_new)) == (["HEAD:reports/b"], ["reports/c"])


def test_two_questions_under_one_name_are_no_pair() -> None:
    old = [table("old/a", "Do pumpkins grow?"), table("old/b", "Do walls stand?")]
    found = paired(old, [table("new/a", "Is it late?")])
    assert (found.pairs, names(found.only_old), names(found.only_new)) == ((), ["old/a", "old/b"], ["new/a"])


def test_one_and_one_are_a_pair() -> None:
    assert len(paired([table("a", "Do pumpkins grow?")], [table("b", "Do walls stand?")]).pairs) == 1
    assert paired([], []).pairs == ()


def test_of_two_tables_on_a_question_those_of_one_name_go_together() -> None:
    old = [table("old/a", "Do pumpkins grow?"), table("old/b", "Do pumpkins grow?")]
    new = [table("new/b", "Do pumpkins grow?"), table("new/c", "Do pumpkins grow?")]
    found = [(one.name, other.name) for one, other in paired(old, new).pairs]
    assert found == [("old/b", "new/b"), ("old/a", "new/c")]


TABLES = st.lists(st.builds(table, st.sampled_from("abcdefg"), st.sampled_from([None, "A?", "B?", "C?"])), max_size=6)


@given(TABLES, TABLES, st.randoms())
def test_pairing_keeps_every_table_once_and_no_order(old: list[Table], new: list[Table], random: Any) -> None:
    found = paired(old, new)
    olds = [one for one, _ in found.pairs] + list(found.only_old)
    news = [other for _, other in found.pairs] + list(found.only_new)
    assert sorted(map(repr, olds)) == sorted(map(repr, old))
    assert sorted(map(repr, news)) == sorted(map(repr, new))
    random.shuffle(old)
    random.shuffle(new)
    assert paired(old, new) == found
    assert len(paired(new, old).pairs) == len(found.pairs)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("reports/x", "x"),
        ("reports/x/", "x"),
        ("main:reports/x/claims.csv", "x"),
        ("C:\\reports\\x\\report.json", "x"),
        ("cards/x.txt", "x"),
        ("HEAD:x.md", "x"),
        ("x.v2", "x.v2"),
        ("claims.csv", "claims"),
        ("/", ""),
    ],
)
def test_last_part(name: str, part: str) -> None:
    assert last_part(name) == part


def test_the_table_of_a_report_folder(tmp_path: Path) -> None:
    for name in ("claims.csv", "report.html", "report.json", ".report.json"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    folder = on_disk(tmp_path, "x")
    assert isinstance(folder, Folder)
    file = report_file(folder)
    assert file is not None and (file.name, file.read()) == ("x/report.json", b"report.json")
    assert ".report.json" not in folder.files
    (tmp_path / "report.json").unlink()
    folder = on_disk(tmp_path, "x/")
    assert isinstance(folder, Folder)
    file = report_file(folder)
    assert file is not None and file.name == "x/claims.csv"


def test_folders_are_listed_in_order_and_when_asked(tmp_path: Path) -> None:
    for name in ("b", "a", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "b" / "x.txt").write_text("x", encoding="utf-8")
    folder = on_disk(tmp_path, "top")
    assert isinstance(folder, Folder) and list(folder.folders) == ["a", "b"]
    inner = folder.folders["b"]()
    assert (inner.name, list(inner.files), inner.files["x.txt"].name) == ("top/b", ["x.txt"], "top/b/x.txt")


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for name in ("none", "file/below", "x" * 5000):
        assert on_disk(tmp_path / name, name) is None


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "claims.csv"
    with path.open("wb") as file:
        file.truncate(200 * 10**6)  # takes no room on the disk
    found = on_disk(path, "x/claims.csv")
    assert isinstance(found, File)

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(ConfigError, match=r"x/claims\.csv has 190\.7 MB, and files up to 64 MB are read"):
        found.read()


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with path.open("wb") as file:
        file.truncate(LIMIT)
    found = on_disk(path, "x")
    assert isinstance(found, File) and len(found.read()) == LIMIT


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_file_without_a_size_is_read_up_to_the_limit() -> None:
    found = on_disk(Path("/dev/zero"), "/dev/zero")
    assert isinstance(found, File)
    with pytest.raises(ConfigError, match="/dev/zero has over 64 MB"):
        found.read()


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@pytest.mark.parametrize("method", ["stat", "iterdir"])
def test_a_folder_without_rights(method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, method, refuse)
    with pytest.raises(ConfigError, match="x cannot be read: Permission denied; check its rights"):
        on_disk(tmp_path, "x")


def test_a_file_or_a_folder_within_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b.txt").write_text("x", encoding="utf-8")
    folder = on_disk(tmp_path, "x")
    assert isinstance(folder, Folder)
    monkeypatch.setattr(Path, "iterdir", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ConfigError, match="x/a cannot be read: Permission denied"):
        folder.folders["a"]()
    with pytest.raises(ConfigError, match=r"x/b\.txt cannot be read: Permission denied"):
        folder.files["b.txt"].read()
