"""The card's files: both forms, the plots in them, the same bytes, and no matplotlib."""

from __future__ import annotations

import base64
import re
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from synth.errors import OutputError
from synth.experiment.rerun_card import pages, plots
from synth.experiment.rerun_card.card import run_cards
from synth.experiment.rerun_card.panels import effect_panels, language_cells, retrieval_panel, size_panels
from synth.experiment.rerun_card.plots import draw
from tests.experiment.rerun_card.examples import AUDITED, effect, run

PLOTS = ["effects", "languages", "tatoeba", "noise", "sizes"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("card")
    pages.write_pages([run()], AUDITED, made)
    return made


def test_both_forms_and_five_plots_are_written(folder):
    names = {"experiment.md", "experiment.html", *(f"experiment-mini-{name}.svg" for name in PLOTS)}
    assert {path.name for path in folder.iterdir()} == names


def test_the_same_run_gives_the_same_bytes(folder, tmp_path):
    pages.write_pages([run()], AUDITED, tmp_path)
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_the_page_holds_the_very_plots_and_asks_for_nothing(folder):
    page = (folder / "experiment.html").read_text()
    held = [base64.b64decode(one).decode() for one in re.findall(r'base64,([^"]+)"', page)]
    assert held == [(folder / f"experiment-mini-{name}.svg").read_text() for name in PLOTS]
    assert not re.search(r"""(?:src|href)=["']https?:""", page)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_markdown_names_the_plots_beside_it(folder):
    text = (folder / "experiment.md").read_text()
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert shown == [f"experiment-mini-{name}.svg" for name in PLOTS]
    assert r"| mean over tasks | \+5.4 | as printed; nothing at hand gives it by arithmetic | \+2.4 |" in text
    assert "None of its scores reproduces a published one" in text
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert lines and all(line.endswith("|") for line in lines)


def test_tasks_on_which_guessing_does_as_well_are_named(folder, tmp_path):
    flat = tuple(replace(one, value=33.0) if one.task == "xnli" else one for one in run().scores)
    pages.write_pages([run(scores=flat)], AUDITED, tmp_path)
    above = tuple(replace(one, value=60.0) for one in run().scores)
    assert "guessing" not in run_cards([run(scores=above)], AUDITED)[0].limits
    for name in ("experiment.md", "experiment.html"):
        assert "XNLI and PAWS-X score no better than guessing" in (tmp_path / name).read_text()
        assert "PAWS-X scores no better than guessing" in (folder / name).read_text()


def test_plots_are_svg_with_readable_words():
    words = {name: "".join(ElementTree.fromstring(svg).itertext()) for name, svg in draw(run()).items()}
    assert list(words) == PLOTS
    assert "TyDiQA" in words["effects"] and "published or quoted" in words["effects"]
    assert "question answering" in words["tatoeba"] and "typos" in words["noise"]
    assert "large" in words["sizes"] and "Tatoeba" in words["languages"]


def test_without_matplotlib_the_card_says_so(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert not plots.plots_at_hand()
    pages.write_pages([run()], AUDITED, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(pages.NAMES)
    for name in pages.NAMES:
        assert "need matplotlib" in (tmp_path / name).read_text()


def test_what_a_run_lacks_is_not_drawn():
    assert draw(run(scores=(), effects=())) == {}
    assert list(draw(run(scores=(), effects=(effect("robust/xnli", 1.0),)))) == ["effects"]


def test_a_run_of_nothing_gives_a_card(tmp_path):
    pages.write_pages([run(scores=(), effects=(), notes=(), absent=(), config={}, facts={})], AUDITED, tmp_path)
    assert "The run has none." in (tmp_path / "experiment.md").read_text()


def test_two_runs_of_one_scale_have_names_of_their_own():
    cards = run_cards([run(), run(signature="other"), run(scale="../Up")], AUDITED)
    assert [one.key for one in cards] == ["mini", "mini-2", "up"]


def test_texts_of_a_file_stay_text(tmp_path):
    bad = run(scale="<b>", hardware="<script>x</script> | y", notes=("![x](http://a.b)",), scores=(), effects=())
    pages.write_pages([bad], AUDITED, tmp_path)
    page, text = (tmp_path / "experiment.html").read_text(), (tmp_path / "experiment.md").read_text()
    assert "<script" not in page and re.search(r"(?<!\\)(?:<script|\]\(http)", text) is None


def test_languages_stand_from_the_best_down_and_the_panels_have_what_was_published():
    panel = retrieval_panel(run())
    assert panel is not None
    first = [panel.series[0].points[key].value for key, _ in panel.rows]
    assert len(first) == 36 and first == sorted(first, reverse=True)
    training, robust = effect_panels(run())
    assert training.published["tydiqa"] == 12.7 and robust.published == {"pawsx": 2.1}
    assert [key for key, _ in size_panels(run())[0].rows] == ["small", "base", "large"]
    cells = language_cells(run())
    assert cells is not None
    assert cells.rows[0] == "en" and ("en", "tydiqa") in cells.values and ("af", "tydiqa") not in cells.values


def test_an_interval_beside_its_estimate_is_drawn_all_the_same():
    assert "effects" in draw(run(scores=(), effects=(replace(effect("nli/xnli", 1.0), low=1.5, high=2.0),)))


def test_a_file_in_the_folders_place_is_an_output_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="--out"):
        pages.write_pages([run(scores=(), effects=())], AUDITED, tmp_path / "file")
