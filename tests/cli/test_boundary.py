"""What no command has caught becomes one line and an exit code at the boundary of the command line."""

from __future__ import annotations

import errno
import importlib
import subprocess
import sys

import pytest

from synth import cli
from tests.conftest import BARE


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "locked/a.pdf"),
            8,
            "locked/a.pdf may not be read or written",
        ),
        (OSError(errno.ENAMETOOLONG, "File name too long", "x" * 300), 2, "no name as long as this"),
        (OSError(errno.ENOSPC, "No space left on device", "reports/a"), 8, "the disk is full (reports/a)"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
    ids=["rights", "name", "disk", "ctrl-c"],
)
def test_a_fault_of_the_system_is_told_in_one_line(monkeypatch, capsys, fault, code, said):
    def app() -> None:
        raise fault

    monkeypatch.setattr(importlib.import_module("synth.cli.app"), "app", app)
    with pytest.raises(SystemExit) as ended:
        cli._run()
    assert ended.value.code == code
    told = capsys.readouterr().err
    assert told.startswith("error: ") and said in told
    assert told.count("\n") == 1


def test_a_standard_output_that_was_closed_ends_nothing(tmp_path):
    result = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -m synth library stats --workspace w >&-'],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        cwd=tmp_path,
        env=BARE | {"HOME": str(tmp_path)},
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "command", [["evaluate", "pairs", "--data", "x.jsonl"], ["train", "verifier", "--data", ".", "--out", "o"]]
)
def test_a_negative_seed_is_refused_at_once(synth, command):
    result = synth(*command, "--seed", "-5")
    assert result.returncode == 2
    assert "greater than or equal to 0" in result.stderr
