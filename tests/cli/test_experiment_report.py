"""``synth experiment report`` as a user runs it."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_errors import complaint
from tests.experiment.rerun_card.examples import stored


def test_a_run_is_shown_and_its_card_written(synth, tmp_path):
    stored(tmp_path / "mine.json")
    result = synth("experiment", "report", "--results", "mine.json", "--out", "card")
    assert result.returncode == 0 and result.stderr == "", result.stderr
    assert "Does XNLI benefit from intermediate training on English?" in result.stdout
    assert "\x1b" not in result.stdout
    written = {path.name for path in (tmp_path / "card").iterdir()}
    assert {"experiment.md", "experiment.html", "experiment-mini-effects.svg"} <= written


def test_the_workspaces_run_is_found_and_given_as_json(synth, tmp_path):
    stored(tmp_path / "ws" / "experiments" / "mini" / "results.json", signature="of the workspace")
    result = synth("experiment", "report", "--workspace", "ws", "--json")
    assert result.returncode == 0, result.stderr
    runs = json.loads(result.stdout)["runs"]
    (mine,) = [one for one in runs if one["facts"]["Signature"] == "of the workspace"]
    assert mine["answers"] and mine["sections"] and not (tmp_path / "card").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--results", "none.json"], 2, "none.json"),
        (["--results", "broken.json"], 2, "broken.json is no file of experiment results"),
        (["--results", "mine.json", "--out", "broken.json"], 8, "--out"),
    ],
)
def test_bad_input_is_one_clear_line(synth, tmp_path, arguments, code, said):
    stored(tmp_path / "mine.json")
    (tmp_path / "broken.json").write_text('{"version": 1')
    assert said in complaint(synth("experiment", "report", *arguments), code)
