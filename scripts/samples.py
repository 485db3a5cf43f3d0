"""Makes the reports on the sample questions from the embedded library: ``python scripts/samples.py [FOLDER]``.

Run it in the project's environment. The same inputs give the same bytes: ``git diff reports`` is empty unless
something that moves a report has changed.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
DATE = dt.date(2026, 11, 21)
"""The date line of the samples, fixed so that it changes nothing."""


def questions() -> tuple[str, ...]:
    """The sample questions of ``data/questions.yaml``, in order."""
    body = (ROOT / "data" / "questions.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(body)["questions"])


def make(folder: Path, workspace: Path) -> tuple[Path, ...]:
    """Write one report a question below ``folder``; gives their folders, in order.

    Args:
        folder: Where the reports go.
        workspace: An empty folder for the store, so that nothing but the embedded library is read.
    """
    from synth.pipeline.options import ReportOptions
    from synth.pipeline.parts import Parts
    from synth.pipeline.synthesize import make_report
    from synth.report.files import write_report
    from synth.settings import Settings
    from synth.text import slug

    parts = Parts(Settings.read(workspace=workspace, database_url="", verifier="", risk=0.05))
    made = []
    try:
        for question in questions():
            report = make_report(question, ReportOptions(offline=True), parts, date=DATE).report
            write_report(report, folder / slug(question))
            made.append(folder / slug(question))
    finally:
        parts.close()
    return tuple(made)


def main() -> None:
    """Write the reports and say where."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "reports"
    with tempfile.TemporaryDirectory() as workspace:
        for path in make(folder, Path(workspace)):
            print(path)


if __name__ == "__main__":
    main()
