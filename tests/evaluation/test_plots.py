from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from synth.errors import OutputError
from synth.evaluation.plots import write_plots

CONFIDENCE = [at / 20 for at in range(20)]
CORRECT = [at % 3 > 0 for at in range(20)]


def test_both_plots_come_as_svg_and_png(tmp_path: Path) -> None:
    written = write_plots(tmp_path / "new", "scifact", CONFIDENCE, CORRECT)
    assert sorted(path.name for path in written) == [
        "scifact-reliability.png",
        "scifact-reliability.svg",
        "scifact-risk-coverage.png",
        "scifact-risk-coverage.svg",
    ]
    for path in written:
        if path.suffix == ".svg":
            assert "scifact (n = 20)" in "".join(ElementTree.parse(path).getroot().itertext())
        else:
            assert path.read_bytes().startswith(b"\x89PNG")


def test_the_same_figures_give_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_plots(tmp_path / "a", "x", CONFIDENCE, CORRECT)]
    assert first == [path.read_bytes() for path in write_plots(tmp_path / "b", "x", CONFIDENCE, CORRECT)]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="plots cannot be written"):
        write_plots(tmp_path / "file", "x", CONFIDENCE, CORRECT)
