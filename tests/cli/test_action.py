"""The GitHub Action's own scripts, run in a repository as a runner would; and the pre-commit hook."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import ROOT
from tests.cli.test_diff import NEW, OLD, table

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOK = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))[0]
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
GH = """#!/bin/sh
echo "$@" >> "$RUNNER_TEMP/gh"
case "$1 $2" in "pr view") echo "$EARLIER" ;; esac
"""


class Runner:
    """A repository with a commit of reports, and what a runner puts around it."""

    def __init__(self, folder: Path) -> None:
        self.repository, self.temp = folder / "repository", folder / "temp"
        python = self.temp / "synth-diff" / "bin" / "python"
        for path, body in ((python, f'#!/bin/sh\nexec {sys.executable} "$@"\n'), (self.temp / "bin" / "gh", GH)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body)
            path.chmod(0o755)
        table(self.repository / "reports" / "ice" / "claims.csv", OLD)
        self.git("init", "-q")
        self.first = self.commit()

    def git(self, *arguments: str) -> str:
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(self.repository)]
        return subprocess.run([*git, *arguments], check=True, capture_output=True, text=True).stdout.strip()

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-qm", "work", "--allow-empty")
        return self.git("rev-parse", "HEAD")

    def step(self, name: str, **given: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **dict.fromkeys(STEPS[name]["env"], ""),
            "PATH": f"{self.temp / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.temp),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self.temp / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "SOURCE": str(ROOT),
            "COLUMNS": "100",
            **given,
        }
        script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]]
        return subprocess.run(
            script, cwd=self.repository, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    def compare(self, **given: str) -> tuple[str, str]:
        """What the step puts out, and its summary."""
        done = self.step("Compare the reports", **{"BASE": self.first, "PATHS": "reports", **given})
        assert done.returncode == 0, done.stdout + done.stderr
        return (self.temp / "output").read_text(), (self.temp / "summary").read_text("utf-8")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_no_value_of_an_event_stands_in_a_script() -> None:
    for step in STEPS.values():
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


@pytest.mark.parametrize("committed", [False, True])
def test_changed_reports_are_summed_up(runner: Runner, committed: bool) -> None:
    table(runner.repository / "reports" / "ice" / "claims.csv", NEW)
    head = runner.commit() if committed else ""
    output, summary = runner.compare(HEAD=head, FAIL_ON="label,removed")
    assert output == "changed=true\nstatus=10\n"
    assert "**Label changed (1)**" in summary
    assert "Salt lowers" in summary


def test_unchanged_reports_are_not_compared(runner: Runner) -> None:
    (runner.repository / "README.md").write_text("changed")
    runner.commit()
    assert runner.compare() == ("changed=false\nstatus=0\n", "No report changed.\n")


def test_new_and_removed_folders_of_reports(runner: Runner) -> None:
    table(runner.repository / "more reports" / "snow" / "claims.csv", NEW)
    runner.git("rm", "-rq", "reports")
    table(runner.repository / "more" / "snow" / "claims.csv", NEW)
    runner.commit()
    output, summary = runner.compare(PATHS="reports\nmore/\n", FAIL_ON="removed")
    assert output == "changed=true\nstatus=10\n"
    assert "were removed" in summary and "are new" in summary


def test_a_new_branch_has_nothing_to_compare_with(runner: Runner) -> None:
    output, summary = runner.compare(BASE="0" * 40)
    assert output == "changed=false\nstatus=0\n" and "new" in summary


def test_an_error_is_no_mere_change(runner: Runner) -> None:
    (runner.repository / "reports" / "ice" / "claims.csv").write_text("no,table\n1,2\n")
    output, summary = runner.compare()
    assert output == "changed=true\nstatus=2\n"
    assert "could not be compared" in summary


@pytest.mark.parametrize("base", ["", "-x", "$(touch evil)", "main; touch evil", "no-such-revision"])
def test_what_is_no_revision_is_refused_and_never_run(runner: Runner, base: str) -> None:
    done = runner.step("Compare the reports", BASE=base, PATHS="reports")
    assert done.returncode != 0
    assert "::error::" in done.stdout
    assert not (runner.repository / "evil").exists()


def test_inputs_are_data(runner: Runner) -> None:
    table(runner.repository / "reports" / "ice" / "claims.csv", NEW)
    output, _ = runner.compare(PATHS='$(touch evil) reports `touch evil` ;touch"evil"', FAIL_ON="$(touch evil)")
    assert not (runner.repository / "evil").exists()
    assert "status=2" in output


@pytest.mark.parametrize(
    ("earlier", "changed", "asked"),
    [
        ("", "true", r"pr comment 7 --body-file \S+"),
        (
            "https://github.com/o/r/pull/7#issuecomment-123",
            "true",
            r"api .*--method PATCH repos/o/r/issues/comments/123 .*",
        ),
        (
            "https://github.com/o/r/pull/7#issuecomment-123",
            "false",
            r"api .*--method PATCH repos/o/r/issues/comments/123 .*",
        ),
        ("", "false", None),
    ],
)
def test_one_comment_is_kept_up_to_date(runner: Runner, earlier: str, changed: str, asked: str | None) -> None:
    (runner.temp / "synth-diff.md").write_text("### Claims\n")
    given = {"EARLIER": earlier, "CHANGED": changed, "PULL_REQUEST": "7", "GH_REPO": "o/r"}
    done = runner.step("Write the comment", MARKER="<!-- synth-diff -->", **given)
    assert done.returncode == 0, done.stderr
    lines = (runner.temp / "gh").read_text().splitlines()
    assert lines[0].startswith("pr view 7 --json comments")
    assert len(lines) == (2 if asked else 1)
    assert asked is None or re.fullmatch(asked, lines[1])
    assert (runner.temp / "synth-diff-comment.md").read_text() == "<!-- synth-diff -->\n### Claims\n"


def test_what_is_too_long_for_a_comment_is_a_link(runner: Runner) -> None:
    (runner.temp / "synth-diff.md").write_text("x" * 70_000)
    runner.step("Write the comment", CHANGED="true", PULL_REQUEST="7", MARKER="<!-- m -->", RUN="https://example.org/1")
    body = (runner.temp / "synth-diff-comment.md").read_text()
    assert body.startswith("<!-- m -->\n") and "(https://example.org/1)" in body and len(body) < 300


@pytest.mark.parametrize(("rows", "code"), [(OLD, 0), (NEW, 10)])
def test_the_hook_fails_on_what_it_says(runner: Runner, rows: tuple[tuple[str, ...], ...], code: int) -> None:
    table(runner.repository / "reports" / "ice" / "claims.csv", rows)
    assert hook(runner) == code


def test_the_hook_lets_the_first_reports_pass(runner: Runner) -> None:
    runner.git("rm", "-rq", "reports")
    runner.commit()
    table(runner.repository / "reports" / "ice" / "claims.csv", NEW)
    assert hook(runner) == 0


def hook(runner: Runner) -> int:
    """The hook's exit code; pre-commit splits the entry as a shell would, and puts the arguments behind it."""
    synth = runner.temp / "bin" / "synth"
    synth.write_text(f'#!/bin/sh\nexec {sys.executable} -m synth "$@"\n')
    synth.chmod(0o755)
    environment = {"PATH": f"{synth.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(runner.temp)}
    command = [*shlex.split(HOOK["entry"]), *HOOK["args"]]
    done = subprocess.run(command, cwd=runner.repository, env=environment, capture_output=True, timeout=60, check=False)
    return done.returncode
