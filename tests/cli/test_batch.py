"""What a user sees of batches, locks and refreshes: tables, exit codes, one clear line for what is wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from synth.cli.batch_view import batch_json
from synth.pipeline.batch import Done

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = next(path for path in sorted((ROOT / "reports").iterdir()) if path.is_dir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["batch"], "name either a FILE of questions or --all; found neither"),
        (["batch", "q.yaml", "--all"], "found both"),
        (["batch", "none.yaml"], "none.yaml cannot be read"),
        (["batch", "typo.yaml"], "row 1: unknown key 'claim'; did you mean 'claims'?"),
        (["batch", "typo.yaml", "--papers", "0"], "--papers 0 is out of range"),
        (["batch", "typo.yaml", "--date", "soon"], "'soon' is no date"),
        (["lock", "nowhere"], "nowhere lacks report.md"),
        (["verify-lock", "nowhere"], "nowhere has no synth.lock.json"),
        (["refresh", "--reports", "nowhere"], "nowhere is no folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(synth, tmp_path, arguments, said):
    (tmp_path / "typo.yaml").write_text("- question: Do bytes help?\n  claim: 3\n", encoding="utf-8")
    result = synth(*arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "reports").exists()


def test_rows_that_fail_are_told_with_the_reason_and_the_exit_code_is_1(synth, tmp_path):
    (tmp_path / "q.csv").write_text('question,papers\n"",3\nDo bytes help?,0\n', encoding="utf-8")
    result = synth("batch", "q.csv")
    assert result.returncode == 1
    assert "--papers 0 is out of range" in result.stdout
    assert result.stdout.rstrip().endswith("2 reports: 2 failed.")
    data = json.loads(synth("batch", "q.csv", "--json").stdout)
    assert data["counts"]["failed"] == len(data["reports"]) == 2


def test_all_of_nothing_is_said(synth):
    result = synth("batch", "--all")
    assert result.returncode == 0
    assert "There is no report" in result.stdout


def test_arxiv_out_of_reach_fails_its_rows_and_exits_with_1(synth, tmp_path):
    (tmp_path / "q.txt").write_text("Do bytes help tagging?\n", encoding="utf-8")
    result = synth("batch", "q.txt", SYNTH_ARXIV_DELAY_S="0")
    assert result.returncode == 1
    assert "failed" in result.stdout
    assert "Traceback" not in result.stderr


def test_a_report_of_an_earlier_synth_is_told_to_be_made_again(synth, tmp_path):
    shutil.copytree(SAMPLE, tmp_path / "old")
    data = json.loads((tmp_path / "old" / "report.json").read_text(encoding="utf-8"))
    (tmp_path / "old" / "report.json").write_text(json.dumps({**data, "asked": None}), encoding="utf-8")
    result = synth("lock", "old")
    assert result.returncode == 2
    assert "does not say how" in result.stderr


def test_json_counts_every_outcome():
    done = [
        Done(place="a, row 1", question="q", outcome="made", folder=Path("reports/q")),
        Done(place="a, row 2", question="", outcome="failed", reason="the question is empty", exit_code=2),
    ]
    data = json.loads(batch_json(done))
    assert data["counts"] == {"made": 1, "regenerated": 0, "unchanged": 0, "failed": 1}
    assert data["reports"][0]["folder"] == "reports/q"
    assert data["reports"][1] == {
        "place": "a, row 2",
        "question": "",
        "outcome": "failed",
        "folder": None,
        "reason": "the question is empty",
        "exit_code": 2,
    }


@pytest.mark.slow
def test_the_samples_lock_and_come_out_again(synth, tmp_path):
    question = json.loads((SAMPLE / "report.json").read_text(encoding="utf-8"))["question"]
    (tmp_path / "q.txt").write_text(question, encoding="utf-8")
    assert synth("batch", "q.txt", "--offline", "--date", "2026-11-21").returncode == 0
    folder = f"reports/{SAMPLE.name}"
    assert synth("lock", folder).returncode == 0
    result = synth("verify-lock", folder)
    assert result.returncode == 0
    assert "byte-identical" in result.stdout
    (tmp_path / folder / "claims.csv").write_text("edited", encoding="utf-8")
    assert synth("verify-lock", folder).returncode == 10
