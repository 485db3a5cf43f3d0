from __future__ import annotations

import pytest

from synth.errors import ConfigError
from synth.experiment.sets import folder as sets
from tests.experiment.sets.tiny import write_folder


@pytest.fixture
def data(tmp_path):
    return write_folder(tmp_path / "data", 2)


def test_a_whole_folder_lacks_nothing(data):
    assert sets.present(data) == sets.NAMES
    assert sets.absent(data) == ()
    assert sets.require(data, ["xnli", "bucc"], partial=False) == ("xnli", "bucc")


def test_one_file_gone_makes_its_set_absent_and_no_other(data):
    (data / "panx/dev-yo.tsv").unlink()
    (one,) = sets.absent(data)
    assert one.name == "panx" and one.missing == ("panx/dev-yo.tsv",) and "github.com" in one.where
    assert set(sets.NAMES) - set(sets.present(data)) == {"panx"}


def test_a_missing_set_is_named_with_what_was_looked_for_and_where_it_is(data):
    (data / "xnli/test-sw.tsv").unlink()
    with pytest.raises(ConfigError) as error:
        sets.require(data, ["xnli", "pawsx"], partial=False)
    text = str(error.value)
    assert "xnli" in text and "xnli/test-sw.tsv" in text and "github.com/google-research/xtreme" in text
    assert "--partial" in text and "pawsx (" not in text and "\n" not in text


def test_partial_goes_on_with_the_others_but_not_with_nothing(data):
    (data / "xnli/test-sw.tsv").unlink()
    assert sets.require(data, ["xnli", "pawsx"], partial=True) == ("pawsx",)
    with pytest.raises(ConfigError, match="add at least one"):
        sets.require(data, ["xnli"], partial=True)


@pytest.mark.parametrize(("names", "expected"), [(["xnlu"], "there is no set xnlu"), (["xnli"], "no data folder")])
def test_an_unknown_name_and_an_absent_folder_are_refused(tmp_path, names, expected):
    with pytest.raises(ConfigError, match=expected):
        sets.require(tmp_path / "nowhere", names, partial=True)
