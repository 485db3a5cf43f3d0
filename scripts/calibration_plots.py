"""Draws docs/figures from the calibrator: ``python scripts/calibration_plots.py`` (needs the extra ``plots``).

The tables that the calibrators keep of their check marks hold all that the plots of docs/VERIFICATION.md show: the
confidence of every claim of left-out papers that may have a check mark, and whether it was right.
"""

from __future__ import annotations

import json
from pathlib import Path

from synth.evaluation.plots import labelled_supported, write_plots
from synth.verification.risk import RiskRow

ROOT = Path(__file__).resolve().parents[1]
KINDS = {
    "stated": "claims of papers that may be marked",
    "asked": "claims of readers that may be marked",
    "short": "short claims of readers that may be marked",
}
FIGURES = ROOT / "docs" / "figures"


def draw(folder: Path) -> tuple[Path, ...]:
    """Write the plots of the calibrator that ships."""
    body = json.loads((ROOT / "data" / "calibration" / "synth-verifier.json").read_text(encoding="utf-8"))
    written: list[Path] = []
    for kind, title in KINDS.items():
        confidence, correct = labelled_supported([RiskRow(**row) for row in body["kinds"][kind]["table"]])
        written += write_plots(folder, f"supported-{kind}", confidence, correct, title=title)
    return tuple(written)


if __name__ == "__main__":
    for path in draw(FIGURES):
        print(path.relative_to(ROOT))
