"""The golden files of the example report and the schema; ``python -m tests.report.golden --write`` makes them anew."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from synth.report.files import NAMES, write_report
from synth.report.schema import report_schema
from synth.resources import data_path
from tests.report.example import empty, example, taking_sides

FOLDER = Path(__file__).parent / "golden"
REPORTS = {"example": example, "empty": empty, "sides": taking_sides}
SCHEMA = data_path("schema", "report-2.json")


def schema_text() -> str:
    return json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n"


def write() -> None:
    for name, make in REPORTS.items():
        write_report(make(), FOLDER / name)
    SCHEMA.parent.mkdir(parents=True, exist_ok=True)
    SCHEMA.write_text(schema_text(), encoding="utf-8")


def differing() -> list[str]:
    """The golden files that are not what the code makes now."""
    with tempfile.TemporaryDirectory() as folder:
        found = [
            f"{name}/{file}"
            for name, make in REPORTS.items()
            for path, file in zip(write_report(make(), Path(folder) / name), NAMES, strict=True)
            if not (FOLDER / name / file).exists() or (FOLDER / name / file).read_bytes() != path.read_bytes()
        ]
    same = SCHEMA.exists() and SCHEMA.read_text(encoding="utf-8") == schema_text()
    return found if same else [*found, "report-2.json"]


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("nothing written; give --write to replace the golden files by what the code makes now")
    write()
