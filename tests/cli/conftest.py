from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import BARE

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def synth(tmp_path: Path) -> Run:
    """Runs the program as a user does, in an empty folder, with a network that is not there."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        variables = BARE | {
            "HOME": str(tmp_path),
            "SYNTH_ARXIV_URL": "http://127.0.0.1:9",
            "COLUMNS": "100",
            **environment,
        }
        return subprocess.run(
            [sys.executable, "-m", "synth", *arguments],
            cwd=tmp_path,
            env=variables,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    return run
