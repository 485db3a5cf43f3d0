"""``synth review`` as a reviewer types it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from synth.cli.review import app
from synth.errors import ConfigError, SynthError
from synth.report.files import write_report
from synth.training.gold import read_gold
from tests.conftest import BARE
from tests.report.example import empty, example

PROGRAM = (
    "from synth.cli import _fail; from synth.errors import SynthError; from synth.cli.review import app\n"
    "try: app(prog_name='synth review')\n"
    "except SynthError as error: _fail(str(error), error.exit_code)"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_report(example(), Path("r"))
    return Path("r")


def review(*arguments: str, typed: str | bytes = "", **environment: str):
    return CliRunner().invoke(app, list(arguments), input=typed, env={"COLUMNS": "120", **environment})


def test_a_report_is_reviewed_and_written_again(folder):
    result = review("r", "--reviewer", "Ann", typed="a\nc see page 3\nr\nq\n")
    assert result.exit_code == 0, result.output
    assert "1 accepted, 1 rejected in this session; 2 of 8 claims decided, 6 open." in result.output
    assert "Written again with the decisions:" in result.output and "r/claims.csv" in result.output
    claims = json.loads((folder / "report.json").read_text())["claims"]
    assert [note["decision"] for row in claims for note in row["reviewed"]] == ["accept", "reject"]
    again = review("r", "--reviewer", "Ann", typed="q\n")
    assert "claim 3 of 8" in again.output and "Written" not in again.output


def test_the_end_of_the_input_ends_the_review(folder):
    result = review("r", "--reviewer", "Ann", typed="a\n")
    assert result.exit_code == 0 and "1 accepted" in result.output


def test_broken_bytes_cost_nothing(folder):
    result = review("r", "--reviewer", "Ann", typed=b"c caf\xe9\nr\nq\n")
    assert result.exit_code == 0, result.output
    assert json.loads((folder / "report.json").read_text())["claims"][0]["reviewed"][0]["comment"] == "caf\ufffd"


def test_the_name_comes_from_option_environment_or_git(folder, tmp_path):
    nobody = {"PATH": "", "HOME": str(tmp_path)}
    assert "decided by Ann" in review("r", "--reviewer", "Ann", SYNTH_REVIEWER="Bo").output
    assert "decided by Bo" in review("r", SYNTH_REVIEWER="Bo").output
    result = review("r", **nobody)
    assert isinstance(result.exception, ConfigError) and "--reviewer NAME" in str(result.exception)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "config", "user.name", "Zoë Git"], check=True)
    assert "decided by Zoë Git" in review("r", GIT_CONFIG_GLOBAL=os.devnull).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere", "--reviewer", "Ann"], "holds no report"),
        (["export", "nowhere"], "holds no report"),
        (["r", "--reviewer", "Ann\x1b[31m"], "U\\+001B"),
        (["r", "--reviewer", "x" * 81], "81 characters"),
        (["r", "--reviewer", " "], "empty"),
        (["r", "--reviewer", "Ann", "--only", "refuited"], "did you mean refuted"),
        (["agreement", "r"], "nobody has decided"),
        (["export", "r", "--out", "gold.jsonl"], "nobody has decided"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(folder, arguments, said):
    result = review(*arguments)
    assert isinstance(result.exception, SynthError), result.output
    assert result.exception.exit_code == 2
    with pytest.raises(ConfigError, match=said):
        raise result.exception


def test_a_folder_named_like_a_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_report(example(), Path("export"))
    assert "claim 1 of 8" in review("./export", "--reviewer", "Ann").output
    assert "claim 1 of 8" in review("start", "export", "--reviewer", "Ann").output


def test_options_may_stand_before_the_report(folder):
    assert "claim 4 of 8" in review("--only", "unverified", "--reviewer", "Ann", "r").output


def test_a_report_without_claims(tmp_path):
    write_report(empty(), tmp_path / "r")
    result = review(str(tmp_path / "r"), "--reviewer", "Ann")
    assert result.exit_code == 0 and "no claims" in result.output


def test_show_agreement_and_export(folder):
    review("r", "--reviewer", "Ann", typed="a\na\nc why\nl r\nq\n")
    review("r", "--reviewer", "Bo", typed="a\nr\nl r\nq\n")
    shown = review("show", "r").output
    assert "3 of 8 claims decided by 2 reviewers" in shown and "relabelled as refuted by Ann" in shown
    data = json.loads(review("show", "r", "--json").output)
    assert [one["reviewer"] for one in data["claims"][1]["decisions"]] == ["Ann", "Bo"]
    agreed = review("agreement", "r")
    assert "Cohen's kappa 0.500 (n = 3, the same label on 2)" in agreed.output
    assert "They disagree on 1 claim" in agreed.output
    measured = json.loads(review("agreement", "r", "--json").output)
    assert measured["n"] == 3 and measured["disputed"][0]["ratings"] == {"Ann": "supported", "Bo": "wrong"}
    result = review("export", "r", "--out", "gold.jsonl")
    assert result.exit_code == 0 and "1 claim left out: no majority" in result.stderr
    assert [one.label.value for one in read_gold(Path("gold.jsonl"), minimum=1)] != []
    printed = review("export", "r")
    assert [json.loads(line) for line in printed.stdout.splitlines()] == [
        json.loads(line) for line in Path("gold.jsonl").read_text().splitlines()
    ]


def test_a_review_that_is_killed_has_lost_nothing(folder, tmp_path):
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "r", "--reviewer", "Ann", "--workspace", "w"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=BARE | {"COLUMNS": "100"},
    )
    assert program.stdin and program.stdout
    program.stdin.write("a\nr\n")
    program.stdin.flush()
    while "claim 3 of 8" not in program.stdout.readline():
        pass
    program.send_signal(signal.SIGKILL)
    program.communicate(timeout=30)
    assert json.loads((folder / "report.json").read_text())["claims"][0]["reviewed"] == []
    result = review("r", "--reviewer", "Ann", "--workspace", "w", typed="q\n")
    assert "8 claims, 2 decided by Ann." in result.output and "claim 3 of 8" in result.output
    assert "Written again" in result.output


def test_ctrl_c_ends_as_q_does(folder):
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "r", "--reviewer", "Ann", "--workspace", "w"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=BARE | {"COLUMNS": "100"},
    )
    assert program.stdin and program.stdout
    program.stdin.write("a\n")
    program.stdin.flush()
    while "claim 2 of 8" not in program.stdout.readline():
        pass
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=30)
    assert program.returncode == 0 and err == ""
    assert "1 accepted in this session" in out and "Written again" in out


def test_the_help_names_the_way_in():
    result = review("--help")
    assert result.exit_code == 0
    for word in ("start", "show", "agreement", "export", "REPORT"):
        assert word in result.output


def test_the_help_loads_nothing_heavy():
    code = (
        "import sys; from typer.testing import CliRunner; from synth.cli.review import app;"
        " assert CliRunner().invoke(app, ['--help']).exit_code == 0;"
        " print(sorted({'torch', 'sklearn', 'sqlalchemy', 'krippendorff', 'numpy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.strip() == "[]"
