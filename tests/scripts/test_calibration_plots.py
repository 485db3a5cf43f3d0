"""The plots in the documents are those of the calibrator that ships."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def plots(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("calibration_plots")


def test_the_plots_were_drawn_from_the_calibrator_that_ships(plots: ModuleType, tmp_path: Path) -> None:
    for path in plots.draw(tmp_path):
        if path.suffix == ".svg":
            assert path.read_bytes() == (plots.FIGURES / path.name).read_bytes(), (
                "run: python scripts/calibration_plots.py"
            )
