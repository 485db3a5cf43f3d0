"""What must hold of the program before it does anything."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

HEAVY = {"alembic", "arxiv", "httpx", "jinja2", "numpy", "pymupdf", "requests", "scipy", "sklearn", "sqlalchemy"} | {
    "sentence_transformers",
    "torch",
    "transformers",
}


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("report",),
        ("batch",),
        ("diff",),
        ("overlap",),
        ("review", "start"),
        ("refresh",),
        ("lock",),
        ("experiment", "audit"),
        ("search",),
        ("verify",),
        ("library",),
        ("library", "add"),
        ("doctor",),
    ],
)
def test_help_loads_nothing_heavy(words: tuple[str, ...]) -> None:
    line = (
        "import sys; from synth.cli import main\n"
        "try: main()\n"
        "finally: print('LOADED', *sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", line, *words, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    shown, _, loaded = done.stdout.partition("LOADED")
    assert "Usage:" in shown
    assert not HEAVY & set(loaded.split())
