"""``synth experiment fetch`` as a user runs it, without the library that it needs and without a network."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_errors import complaint
from tests.experiment.sets.tiny import write_folder


@pytest.fixture
def data(tmp_path):
    return write_folder(tmp_path / "data", 2)


def test_what_the_folder_holds_is_left_alone(synth, data):
    result = synth("experiment", "fetch", "--data", "data", "--only", "xnli,bucc")
    assert result.returncode == 0, result.stderr
    assert result.stdout == "There already: xnli, bucc.\n" and result.stderr == ""


def test_a_set_without_a_name_is_named_with_the_reason_and_sets_the_exit_code(synth, data):
    (data / "bucc2018/zh-en.dev.gold").unlink()
    result = synth("experiment", "fetch", "--data", "data", "--only", "xnli,bucc", "--json")
    assert result.returncode == 3 and result.stderr == "failed on 1 set\n"
    found = json.loads(result.stdout)
    assert found["there"] == ["xnli"] and found["written"] == [] and found["data"] == "data"
    assert found["lacking"][0]["name"] == "bucc" and "unpack it from" in found["lacking"][0]["reason"]


def test_sets_that_are_not_in_the_place_are_named_or_else_the_extra(synth, tmp_path):
    (tmp_path / "place").mkdir()
    result = synth("experiment", "fetch", "--data", "new", "--from", "place", "--only", "copa")
    if result.returncode == 3:  # the library is installed
        assert "copa: place has no aps/super_glue/copa/train.parquet" in result.stdout
    else:
        assert "pip install 'synth[experiment]'" in complaint(result, 2)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--only", "xnlu"), "--only xnlu is not known: choose some of xnli,"),
        (("--from", "nowhere"), "--from nowhere is no folder"),
    ],
)
def test_bad_options_are_refused_in_one_line(synth, arguments, expected):
    result = synth("experiment", "fetch", "--data", "data", *arguments)
    assert expected in complaint(result, 2)
