"""What a user sees of the commands that need no model."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"torch", "sentence_transformers", "transformers", "sklearn", "pymupdf", "sqlalchemy", "alembic"}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["report"],
        ["search"],
        ["verify"],
        ["library"],
        ["library", "add"],
        ["doctor"],
        ["evaluate"],
        ["evaluate", "gold"],
    ],
)
def test_help_says_what_a_command_does(synth, arguments):
    result = synth(*arguments, "--help")
    assert result.returncode == 0 and "Usage" in result.stdout
    assert len(result.stdout.splitlines()) > 8


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from typer.testing import CliRunner; from synth.cli.app import app;"
        " assert CliRunner().invoke(app, ['report', '--help']).exit_code == 0;"
        f" print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.strip() == "[]"


def test_the_version_is_told(synth):
    assert synth("--version").stdout.startswith("synth ")


def test_an_empty_library_is_said_to_be_empty(synth):
    assert "empty" in synth("library", "list").stdout
    assert json.loads(synth("library", "list", "--json").stdout) == {"papers": []}
    assert json.loads(synth("library", "stats", "--json").stdout)["papers"] == 0


def test_piped_output_is_clean(synth):
    result = synth("library", "stats")
    assert result.stderr == ""
    assert "\x1b" not in result.stdout


def test_pairs_are_scored_by_the_verifier_that_ships(synth, tmp_path):
    text = "The tagger was trained on Finnish news. It reaches 91.2 percent accuracy, three points more than before."
    rows = [
        ("The tagger reaches an accuracy of 91.2 percent.", "entailment"),
        ("The tagger was trained on Swedish legal texts.", "contradiction"),
        ("The tagger runs on mobile phones.", "neutral"),
    ]
    lines = [json.dumps({"premise": text, "hypothesis": claim, "label": label}) for claim, label in rows]
    (tmp_path / "pairs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = synth("evaluate", "pairs", "--data", "pairs.jsonl", "--json", "--plots", "plots")
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["n"] == 3 and found["accuracy"] >= 0.6
    assert "synth-verifier@" in found["signature"] and "pairs.jsonl@" in found["signature"]
    assert len(list((tmp_path / "plots").iterdir())) == 4
