"""The JSON keeps its schema, tells all of the difference, and reads back whatever characters the claims hold."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, ValidationError

from synth.diff.delta import Delta, Kind, MatchedBy, Meaning
from synth.diff.shown.export import delta_data, delta_json, reports_json
from synth.errors import ConfigError
from synth.resources import data_path
from synth.types import Label, Stance
from tests.diff.delta_examples import ADDED, DELTA, DELTAS, EMPTY, OLD_LABEL, REMOVED

SCHEMA = json.loads(data_path("schema", "diff.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


@settings(deadline=None, max_examples=60)
@given(DELTAS)
def test_any_difference_keeps_the_schema(delta: Delta) -> None:
    VALIDATOR.validate(json.loads(delta_json(delta)))
    VALIDATOR.validate(json.loads(reports_json([delta], ["a"], [])))


def test_the_schema_is_one_and_can_fail() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    whole = delta_data(DELTA)
    for key, value in [("meaning", "maybe"), ("extra", 1), ("schema_version", 2), ("added", [{"old": None}])]:
        with pytest.raises(ValidationError):
            VALIDATOR.validate({**whole, key: value})
    with pytest.raises(ValidationError):
        VALIDATOR.validate({key: value for key, value in whole.items() if key != "papers"})


def test_the_schema_knows_the_words_of_the_types() -> None:
    words = {name: part["properties"] for name, part in SCHEMA["$defs"].items()}
    assert words["Row"]["label"]["anyOf"][0]["enum"] == [label.value for label in Label]
    assert words["Quote"]["stance"]["anyOf"][0]["enum"] == [stance.value for stance in Stance]
    assert words["Pair"]["matched_by"]["enum"] == [way.value for way in MatchedBy]
    assert words["Diff"]["meaning"]["enum"] == [meaning.value for meaning in Meaning]
    assert list(words["Diff"]["counts"]["properties"]) == [kind.value for kind in Kind]


def test_every_list_holds_its_claims() -> None:
    data = json.loads(delta_json(DELTA))
    for kind in Kind:
        assert len(data[kind.value]) == data["counts"][kind.value] == DELTA.count(kind)
    entry = data["label_changed"][0]
    assert entry == data["evidence_changed"][0]
    assert entry["old"]["claim"] == entry["new"]["claim"] == OLD_LABEL.text
    assert (entry["old"]["label"], entry["new"]["label"]) == ("supported", "refuted")
    assert entry["old"]["evidence"][0] == {
        "paper": "1501.00001v1",
        "page": 4,
        "stance": "supports",
        "quote": "Growth was higher under clear ice.",
    }
    assert data["reworded"][0]["matched_by"] == "meaning"
    assert data["reworded"][0]["figures_changed"] is True
    assert data["added"][0]["new"]["claim"] == ADDED.text
    assert data["added"][0]["old"] is None
    assert data["removed"][0]["old"]["claim"] == REMOVED.text
    assert data["removed"][0]["new"] is None
    assert data["answer"]["changed"] and data["score"] == {"changed": True, "old": 6.4, "new": 7.1}
    assert data["papers"] == {"added": ["1502.00002v1"], "removed": ["1503.00003v1"]}
    assert data["changed"] is True
    assert json.loads(delta_json(EMPTY))["changed"] is False


@settings(deadline=None, max_examples=60)
@given(DELTAS)
def test_the_text_is_utf8_and_the_same_each_time(delta: Delta) -> None:
    assert delta_json(delta).encode() == delta_json(delta).encode()


def test_a_number_that_json_has_no_word_for_is_refused() -> None:
    with pytest.raises(ConfigError, match="not finite"):
        delta_json(replace(DELTA, noise=float("nan")))
