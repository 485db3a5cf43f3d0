"""``synth diff`` and ``synth overlap`` as a user runs them: files, folders, revisions; exit codes and bad input."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from synth.resources import data_path
from tests.cli.test_errors import complaint

HEAVY = {
    *("torch", "sentence_transformers", "transformers", "sklearn", "pymupdf"),
    *("sqlalchemy", "alembic", "numpy", "scipy", "jinja2"),
}
COLUMNS = ("claim", "label", "verified", "confidence")
OLD = (
    ("Lakes freeze earlier in the north.", "supported", "yes", "0.91"),
    ("Snow on the ice slows the growth of the ice.", "supported", "no", "0.80"),
    ("Fish grow faster under clear ice.", "refuted", "no", "0.70"),
)
NEW = (
    ("Lakes freeze earlier in the north.", "refuted", "no", "0.91"),
    ("Snow on the ice slows the growth of the ice.", "supported", "no", "0.40"),
    ("Salt lowers the freezing point of water.", "supported", "no", "0.66"),
)


def table(path: Path, rows: tuple[tuple[str, ...], ...]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


@pytest.fixture
def tables(tmp_path: Path) -> None:
    table(tmp_path / "old" / "claims.csv", OLD)
    table(tmp_path / "new" / "claims.csv", NEW)


def test_the_terminal_shows_what_changed(synth, tables):
    result = synth("diff", "old", "new", "--no-meaning")
    assert result.returncode == 0, result.stderr
    assert "1 removed, 1 label changed, 1 added and 1 confidence changed" in result.stdout
    assert "✓ supported" in result.stdout and "✗ refuted" in result.stdout
    assert "matching by meaning was left out" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_a_table_is_the_same_as_itself(synth, tables):
    result = synth("diff", "old", "old/claims.csv", "--fail-on", "removed,label,confidence,evidence,added,reworded")
    assert result.returncode == 0
    assert "Nothing changed: 3 claims" in result.stdout
    assert result.stderr == ""


def test_json_keeps_its_schema(synth, tables):
    result = synth("diff", "old", "new", "--json", "--no-meaning")
    data = json.loads(result.stdout)
    Draft202012Validator(json.loads(data_path("schema", "diff.schema.json").read_text("utf-8"))).validate(data)
    assert [one["new"]["claim"] for one in data["added"]] == [NEW[2][0]]
    assert [one["old"]["claim"] for one in data["removed"]] == [OLD[2][0]]
    assert data["meaning"] == "left_out"


def test_what_must_not_happen_is_said_and_sets_the_exit_code(synth, tables):
    result = synth("diff", "old", "new", "--no-meaning", "--fail-on", "label, removed ,answer")
    assert result.returncode == 10
    assert result.stderr == "failed on 1 removed claim, 1 changed label (--fail-on removed,label)\n"
    assert "1 removed" in result.stdout
    assert synth("diff", "old", "new", "--no-meaning", "--fail-on", "answer,score").returncode == 0


def test_the_noise_band_can_be_set(synth, tables):
    result = synth("diff", "old", "new", "--no-meaning", "--noise", "0.5", "--fail-on", "confidence")
    assert result.returncode == 0
    assert "more than 0.500 (as asked for)" in result.stdout


@pytest.mark.parametrize(("name", "begins"), [("a.html", "<!DOCTYPE html>"), ("b.md", "### "), ("c.json", "{")])
def test_the_ending_of_the_file_says_the_form(synth, tables, tmp_path, name, begins):
    result = synth("diff", "old", "new", "--no-meaning", "--out", f"made/{name}")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert (tmp_path / "made" / name).read_text("utf-8").startswith(begins)
    assert [path.name for path in (tmp_path / "made").iterdir()] == [name]


def test_folders_are_compared_report_by_report(synth, tmp_path):
    for place, names in (("before", ("ice", "snow")), ("after", ("ice", "rain"))):
        for name in names:
            table(tmp_path / place / name / "claims.csv", OLD if place == "before" else NEW)
    result = synth("diff", "before", "after", "--no-meaning", "--json")
    data = json.loads(result.stdout)
    Draft202012Validator(json.loads(data_path("schema", "diff.schema.json").read_text("utf-8"))).validate(data)
    assert [one["old"]["name"] for one in data["reports"]] == ["before/ice"]
    assert (data["only_old"], data["only_new"]) == (["before/snow"], ["after/rain"])
    failed = synth("diff", "before", "after", "--no-meaning", "--fail-on", "removed,added")
    assert "failed on 1 removed claim and 1 removed report, 1 added claim and 1 added report" in failed.stderr
    assert "1 report in both folders, 1 of them changed" in failed.stdout.replace("One", "1")


def test_a_revision_is_compared_with_the_files(synth, tmp_path):
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(tmp_path)]
    table(tmp_path / "reports" / "ice" / "claims.csv", OLD)
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True)
    table(tmp_path / "reports" / "ice" / "claims.csv", NEW)
    result = synth("diff", "HEAD:reports", "reports", "--no-meaning")
    assert result.returncode == 0, result.stderr
    assert "- HEAD:reports/ice\n+ reports/ice\n" in result.stdout
    assert "1 removed, 1 label changed" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["diff", "old", "nowhere"], 2, "nowhere"),
        (["diff", "old", "new", "--fail-on", "lable"], 2, "did you mean label?"),
        (["diff", "old", "new", "--fail-on", "xyz"], 2, "removed, label"),
        (["diff", "old", "new", "--format", "htm"], 2, "did you mean html?"),
        (["diff", "old", "new", "--json", "--format", "html"], 2, "two forms"),
        (["diff", "old", "new", "--noise", "nan"], 2, "0 to 1"),
        (["diff", "old", "new", "--no-meaning", "--out", "old/claims.csv/x"], 8, "--out"),
        (["diff", "HEAD:old", "new"], 2, "git"),
        (["overlap", "old"], 2, "two or more"),
        (["overlap", "old", "new", "--format", "html"], 2, "it takes"),
    ],
)
def test_bad_input_is_one_clear_line(synth, tables, arguments, code, said):
    assert said in complaint(synth(*arguments), code)


def test_claims_with_any_characters_come_through_every_form(synth, tmp_path):
    nasty = '=1+1 | <script>alert(1)</script> @you #1 [red]x[/red] \x1b[31m \u202e "quoted" 漢字 👍 -->'
    table(tmp_path / "a.csv", ((nasty, "supported", "no", "0.5"),))
    table(tmp_path / "b.csv", OLD)
    for form, encoding in (
        ("text", "utf-8"),
        ("text", "ascii"),
        ("markdown", "utf-8"),
        ("html", "ascii"),
        ("json", "ascii"),
    ):
        result = synth("diff", "a.csv", "b.csv", "--no-meaning", "--format", form, PYTHONIOENCODING=encoding)
        assert result.returncode == 0, result.stderr
        assert "\x1b" not in result.stdout
        assert "<script>alert" not in result.stdout or form in ("text", "json")
    assert "漢字 👍" in json.loads(result.stdout)["removed"][0]["old"]["claim"]


def test_overlap_counts_what_tables_share(synth, tables):
    result = synth("overlap", "old", "new", "--json")
    assert json.loads(result.stdout)["shared"] == [[3, 2], [2, 3]]
    assert "2 stand in more than one table" in synth("overlap", "old", "new").stdout
    assert "| **A** |" in synth("overlap", "old", "new", "--format", "markdown").stdout


def test_a_diff_loads_nothing_that_it_does_not_need(tmp_path, tables):
    code = (
        "import sys; from typer.testing import CliRunner; from synth.cli.app import app;"
        " result = CliRunner().invoke(app, ['diff', 'old', 'new', '--no-meaning']);"
        " assert result.exit_code == 0, result.output;"
        f" print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, cwd=tmp_path
    )
    assert result.stdout.strip() == "[]"


def test_matching_by_meaning_is_said_and_finds_what_words_do_not(synth, tmp_path):
    table(tmp_path / "a.csv", (("Clear ice lets the fish grow quickly.", "supported", "no", "0.5"),))
    table(tmp_path / "b.csv", (("Below transparent ice, fish grow fast.", "supported", "no", "0.5"),))
    result = synth("diff", "a.csv", "b.csv", "--json")
    assert result.returncode == 0, result.stderr
    assert "1 old row and 1 new row match neither by id nor by wording; loading the language models" in result.stderr
    assert json.loads(result.stdout)["meaning"] == "used"
    quiet = synth("diff", "a.csv", "b.csv", "--json", "--quiet")
    assert (quiet.stdout, quiet.stderr) == (result.stdout, "")
