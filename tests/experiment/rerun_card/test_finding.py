"""Which results are shown, and what is said of files that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synth.errors import ConfigError
from synth.experiment.rerun_card.finding import find_results
from tests.experiment.rerun_card.examples import stored


def find(tmp_path: Path, *named: Path) -> Any:
    return find_results(named, shipped=tmp_path / "data", workspace=tmp_path / "ws")


def test_shipped_results_and_those_of_the_workspace_each_once(tmp_path):
    stored(tmp_path / "data" / "mini.json")
    (tmp_path / "data" / "facts.json").write_text("no results")
    stored(tmp_path / "ws" / "experiments" / "mini" / "results.json")
    stored(tmp_path / "ws" / "experiments" / "smoke" / "results.json", scale="smoke")
    stored(tmp_path / "ws" / "experiments" / "full" / "results.json", scale="full")
    assert [one.scale for one in find(tmp_path)] == ["full", "mini", "smoke"]


def test_named_files_replace_the_default_and_their_order_does_not_matter(tmp_path):
    stored(tmp_path / "data" / "mini.json")
    one, other = stored(tmp_path / "a.json", signature="b"), stored(tmp_path / "b.json", signature="a")
    assert [found.signature for found in find(tmp_path, one, other)] == ["a", "b"]
    assert find(tmp_path, one, other) == find(tmp_path, other, one)


def test_none_at_all_says_what_to_run(tmp_path):
    with pytest.raises(ConfigError, match="run --scale mini --data DIR"):
        find(tmp_path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data["scores"][0].update(value="high"), "is no number"),
        (lambda data: data["effects"][0].update(low=float("nan")), "a value that is no number"),
        (lambda data: data["scores"][0].update(seed=[1]), "is no number"),
        (lambda data: data["effects"][0].update(task=3), "a name that is no text"),
        (lambda data: data["effects"][0].update(published_sign="+"), "a value that is no number"),
        (lambda data: data.update(seconds=None), "seconds is no number"),
        (lambda data: data.update(config=[]), "config is no table"),
        (lambda data: data.update(notes=[1]), "a note is no text"),
        (lambda data: data.update(hardware=2), "hardware is no text"),
        (lambda data: data.update(version=0), "of version 0"),
        (lambda data: data.pop("scores"), "no file of experiment results"),
    ],
)
def test_a_damaged_file_is_named_with_the_reason(tmp_path, change, said):
    path = stored(tmp_path / "bad.json")
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))
    with pytest.raises(ConfigError, match=said) as caught:
        find(tmp_path, path)
    assert "bad.json" in str(caught.value) and "\n" not in str(caught.value)


def test_a_file_nested_beyond_all_measure_is_named(tmp_path):
    (tmp_path / "deep.json").write_text("[" * 200_000)
    with pytest.raises(ConfigError, match=r"deep\.json is no file of experiment results"):
        find(tmp_path, tmp_path / "deep.json")
