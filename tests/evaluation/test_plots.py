from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import OutputError
from synth.evaluation.plots import labelled_supported, write_plots
from synth.verification.risk import risk_table

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


def test_a_long_title_stays_within_the_picture(tmp_path: Path) -> None:
    from matplotlib.image import imread

    title = "claims of the readers of many papers that may be marked"
    for path in write_plots(tmp_path, "x", CONFIDENCE, CORRECT, title=title):
        if path.suffix == ".png":
            edge = imread(path)[:100, -4:, :3]  # beside the title
            assert (edge == edge[0, 0]).all()


def test_the_same_figures_give_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_plots(tmp_path / "a", "x", CONFIDENCE, CORRECT)]
    assert first == [path.read_bytes() for path in write_plots(tmp_path / "b", "x", CONFIDENCE, CORRECT)]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="plots cannot be written"):
        write_plots(tmp_path / "file", "x", CONFIDENCE, CORRECT)


@given(claims=st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=40))
def test_the_table_gives_back_every_claim(claims: list[tuple[int, bool]]) -> None:
    sure = np.array([level / 20 for level, _ in claims])
    right = np.array([good for _, good in claims], dtype=bool)
    found = labelled_supported(risk_table(sure, right, n_supported=40))
    assert sorted(zip(*found, strict=True)) == sorted(zip(sure.tolist(), right.tolist(), strict=True))
