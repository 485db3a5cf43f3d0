"""Tables at git revisions: found, listed, refused with a reason; nothing is checked out or run."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from synth.diff.tables import revisions
from synth.diff.tables.folders import File, Folder
from synth.diff.tables.reading import read_many, read_table
from synth.diff.tables.revisions import at_revision, split_revision
from synth.errors import ConfigError
from synth.report.export import claims_csv, report_to_json
from tests.diff.card_examples import CARD
from tests.report.example import empty, example, taking_sides


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text.encode())


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A repository with two commits and something staged, no settings of the user's."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "a test")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "test@example.org")
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "-q", "-b", "main")
    write("reports/x/report.json", report_to_json(empty()))
    write("reports/x/claims.csv", claims_csv(empty()))
    write("cards/pumpkins.txt", CARD)
    write("cards/README.md", "# Cards\n")
    git("add", ".")
    git("commit", "-q", "-m", "One")
    write("reports/x/report.json", report_to_json(example()))
    write("reports/x/claims.csv", claims_csv(example()))
    write("reports/y ü/claims.csv", claims_csv(taking_sides()))
    git("add", ".")
    git("commit", "-q", "-m", "Two: and more")
    git("tag", "v1")
    write("reports/x/report.json", report_to_json(taking_sides()))
    git("add", ".")
    write("reports/x/report.json", "{}")
    yield folder


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("HEAD~1:reports/x/claims.csv", 0),
        ("HEAD:reports/x/claims.csv", len(example().claims)),
        ("HEAD~1:reports/x", 0),
        ("main:reports/x/", len(example().claims)),
        ("v1:reports//x/report.json", len(example().claims)),
        ("HEAD^{/Two: and}:reports/x", len(example().claims)),
        ("HEAD:./reports/x", len(example().claims)),
        (":reports/x", len(taking_sides().claims)),
        (":reports/x/report.json", len(taking_sides().claims)),
        ("HEAD:reports/y ü", len(taking_sides().claims)),
        ("HEAD~1:cards/pumpkins.txt", 4),
        (":cards", 4),
        ("HEAD:cards", 4),
    ],
)
def test_a_table_at_a_revision(name: str, rows: int, repository: Path) -> None:
    table = read_table(name)
    assert (table.name, len(table.rows)) == (name, rows)


def test_a_revision_gives_what_the_file_gave(repository: Path) -> None:
    write("out/report.json", report_to_json(example()))
    assert read_table("HEAD:reports/x").rows == read_table("out").rows


def test_a_folder_of_reports_at_a_revision(repository: Path) -> None:
    found = read_many("HEAD:reports")
    assert [table.name for table in found] == ["HEAD:reports/x", "HEAD:reports/y ü"]
    assert [table.name for table in read_many("HEAD~1:reports")] == ["HEAD~1:reports/x"]
    assert [table.name for table in read_many(":reports")] == [":reports/x", ":reports/y ü"]
    assert [table.name for table in read_many("HEAD:")] == ["HEAD:cards"]  # reports/ holds no table itself


def test_from_a_folder_within_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("reports")
    rows = len(example().claims)
    assert len(read_table("HEAD:reports/x").rows) == rows  # from the root, as git has it
    assert len(read_table("HEAD:x").rows) == rows
    assert len(read_table("HEAD:x/claims.csv").rows) == rows
    assert len(read_table(":x").rows) == len(taking_sides().claims)
    assert len(read_table(":reports/x").rows) == len(taking_sides().claims)


def test_a_path_goes_before_a_revision(repository: Path) -> None:
    write("HEAD:reports", "claim\nPumpkins grow.\n")
    assert [row.text for row in read_table("HEAD:reports").rows] == ["Pumpkins grow."]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("HEAD:reprots", "HEAD:reprots: nothing stands there in that revision; near it: reports"),
        ("HEAD:reports/xx", "HEAD:reports/xx: nothing stands there in that revision; near it: reports/x"),
        ("HEAD:reports/nothing", "nothing stands there in that revision; was it committed"),
        ("HEAD:none/x", "nothing stands there in that revision; expected a path from the root of the repository"),
        (":reports/nothing", ":reports/nothing: nothing stands there in that revision"),
        ("main~9:reports", "main~9:reports: git knows no revision 'main~9' here; expected a commit, branch or tag"),
        ("nosuch:reports", "git knows no revision 'nosuch' here"),
        ("-x:reports", "no revision starts with a hyphen"),
        ("--upload-pack=x:y", "no revision starts with a hyphen"),
        ("HEAD:a\nb", "HEAD:a b: the name holds a line break"),
        ("HEAD:../x", r"HEAD:\.\./x: git says fatal:"),
        ("HEAD:reports", "HEAD:reports holds no claim table \\(it holds x/, y ü/\\)"),
        ("HEAD:cards/README.md", "HEAD:cards/README.md is no report card"),
    ],
)
def test_what_is_not_there(name: str, message: str, repository: Path) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        read_table(name)
    assert "\n" not in caught.value.message


def test_a_shallow_clone_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("clone", "-q", "--depth", "1", f"file://{repository}", "../shallow")
    monkeypatch.chdir("../shallow")
    assert len(read_table("HEAD:reports/x").rows) == len(example().claims)
    with pytest.raises(ConfigError, match="shallow clone, fetch more of its history"):
        read_table("HEAD~1:reports/x")


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ConfigError, match="HEAD:x is no path, and no revision, for this folder is in no git"):
        read_table("HEAD:x")


def test_without_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="HEAD:x is no path, and to read it as a revision git is needed"):
        read_table("HEAD:x")


def test_a_large_object_is_refused_by_its_size(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "LIMIT", 100)
    with pytest.raises(ConfigError, match=r"HEAD:reports/x/report\.json has 0\.\d MB, and files up to"):
        read_table("HEAD:reports/x")


def test_a_git_that_does_not_answer(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("git", 60)

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(ConfigError, match="HEAD:x: git did not answer within 60 s"):
        read_table("HEAD:x")


def test_a_link_in_a_revision_is_no_file(repository: Path) -> None:
    Path("reports/x/claims.csv").unlink()
    Path("reports/x/claims.csv").symlink_to("report.json")
    git("rm", "-q", "-f", "--cached", "reports/x/report.json")
    git("add", "reports/x/claims.csv")
    git("commit", "-q", "-m", "Three")
    folder = at_revision("HEAD", "reports/x", "HEAD:reports/x")
    assert isinstance(folder, Folder) and not folder.files
    assert isinstance(at_revision("HEAD~1", "reports/x/claims.csv", "x"), File)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("main:reports/x", ("main", "reports/x")),
        ("HEAD~1:reports/x/", ("HEAD~1", "reports/x")),
        (":x", ("", "x")),
        ("main:", ("main", "")),
        ("main@{2026-05-01 10:00}:x", ("main@{2026-05-01 10:00}", "x")),
        ("HEAD:a:b", ("HEAD", "a:b")),
        ("reports/x", None),
        ("C:\\reports\\x", None),
        ("c:/reports/x", None),
        ("https://example.org/x", None),
        ("", None),
    ],
)
def test_what_is_a_revision(name: str, parts: tuple[str, str] | None) -> None:
    assert split_revision(name) == parts
