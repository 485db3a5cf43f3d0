"""The reports in reports/ are what the program makes of the embedded library, to the byte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from synth.report.files import NAMES
from synth.text import slug

ROOT = Path(__file__).resolve().parents[2]


def test_the_samples_are_made_again_without_a_difference(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "samples.py"), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) == 5 * len(NAMES)
    for path in made:
        stored = ROOT / "reports" / path
        assert (tmp_path / path).read_bytes() == stored.read_bytes(), f"{path} differs; run scripts/samples.py"


def test_every_sample_question_has_its_report() -> None:
    questions = yaml.safe_load((ROOT / "data" / "questions.yaml").read_text(encoding="utf-8"))["questions"]
    assert len(questions) == 5
    for question in questions:
        folder = ROOT / "reports" / slug(question)
        assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
