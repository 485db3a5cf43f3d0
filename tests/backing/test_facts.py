"""The file of facts: what is written comes back, what is damaged is told of in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.backing.facts import Fact, facts_to_json, read_facts
from synth.errors import ConfigError
from synth.types import BackingKind
from tests.backing.examples import effect, gain, score

FACTS = (score("xnli", "mbert", "51.5"), gain("xtreme", "3.1", ("squad",)), effect("nli", "xnli", -0.5, 0.0))


def test_round_trip_in_order_of_id(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(facts_to_json(reversed(FACTS)), encoding="utf-8")
    assert read_facts(path) == tuple(sorted(FACTS, key=lambda one: one.id))
    assert facts_to_json(FACTS) == facts_to_json(reversed(FACTS))


def test_an_interval_that_ends_at_zero_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(facts_to_json([effect("nli", "xnli", 0.0, 0.0)]), encoding="utf-8")
    assert read_facts(path)[0].measured


def test_no_file_no_facts(tmp_path: Path) -> None:
    assert read_facts(tmp_path / "none.json") == ()
    assert json.loads(facts_to_json(())) == {"version": 1, "facts": []}


ROW = json.loads(facts_to_json(FACTS[:1]))["facts"][0]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{", "no JSON"),
        ("[]", "no facts of version 1"),
        ('{"version": 2, "facts": []}', "no facts of version 1"),
        ('{"version": 1, "facts": {}}', "no facts of version 1"),
        ('{"version": 1, "facts": [3]}', "fact 1 is damaged"),
        ({**ROW, "kind": "guessed"}, "fact 1 is damaged"),
        ({**ROW, "value": "many"}, "fact 1 is damaged"),
        ({**ROW, "value": "nan"}, "its value and interval are nan"),
        ({**ROW, "low": float("-inf"), "high": 2.0}, "its value and interval are"),
        ({**ROW, "means": [1]}, "fact 1 is damaged"),
        ({**ROW, "low": "0"}, "low is '0'"),
        ({**ROW, "colour": "red"}, "unknown field colour"),
        ({name: value for name, value in ROW.items() if name != "words"}, "fact 1 is damaged"),
    ],
)
def test_damaged_files_are_told_of(tmp_path: Path, body: object, said: str) -> None:
    path = tmp_path / "facts.json"
    text = body if isinstance(body, str) else json.dumps({"version": 1, "facts": [body]})
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=said) as told:
        read_facts(path)
    assert "experiment_facts.py" in str(told.value)
    assert "\n" not in str(told.value)


@given(st.floats(-99, 99), st.floats(-99, 99), st.sampled_from(BackingKind))
def test_every_fact_comes_back(tmp_path_factory, low: float, high: float, kind: BackingKind) -> None:
    path = tmp_path_factory.mktemp("facts") / "facts.json"
    one = Fact(id="a", kind=kind, task="xnli", value="1.0", low=low, high=high, words="w", reference="r")
    path.write_text(facts_to_json([one]), encoding="utf-8")
    assert read_facts(path) == (one,)
