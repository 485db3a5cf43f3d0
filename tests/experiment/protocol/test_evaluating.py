"""Predictions scored example by example, outcomes on disk, and smaller heaps to mine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from synth.errors import ConfigError
from synth.experiment.kinds import Mining, Question, TaggedSentence, TextPair
from synth.experiment.protocol.outcomes import Cell, of_values
from synth.experiment.protocol.storing import load_arrays, load_outcomes, save_arrays, save_outcomes
from synth.experiment.protocol.work.evaluating import scored
from synth.experiment.protocol.work.retrieving import mine, some_mining
from synth.experiment.scoring.retrieval import above, mined, pair_f1, tuned_threshold
from synth.experiment.sets.tagging import PANX_TAGS


def test_pairs_are_right_or_wrong():
    found = scored("xnli", "sw", [TextPair("a", "b", 2), TextPair("c", "d", 0)], np.array([2, 1], dtype=np.int8))
    assert found.keys() == {"accuracy"} and found["accuracy"].numerator.tolist() == [1, 0]


def test_tags_are_scored_as_spans_whose_sentences_are_told_apart():
    tags = {tag: number for number, tag in enumerate(PANX_TAGS)}
    gold = [
        TaggedSentence(("Ulm", "lies"), ("B-LOC", "O")),
        TaggedSentence(("In", "Bad", "Ems"), ("O", "B-LOC", "I-LOC")),
    ]
    given = [tags[one] for one in ("B-LOC", "O", "O", "B-LOC", "O")]
    found = scored("panx", "de", gold, np.array(given, dtype=np.int8))["f1"]
    assert found.numerator.tolist() == [2, 0] and found.denominator.tolist() == [2, 2]
    assert found.score() == 50.0


def test_answers_have_an_f1_and_an_exact_match_and_mlqa_its_own_articles():
    asked = [Question("q1", "Die Ilm fließt.", "Was fließt?", ("die Ilm",), 0)]
    given = np.array(["Ilm"])
    assert scored("mlqa", "de", asked, given)["em"].numerator.tolist() == [1]
    plain = scored("xquad", "de", asked, given)
    assert plain["em"].numerator.tolist() == [0] and plain["f1"].score() == pytest.approx(100 * 2 / 3)


def test_outcomes_come_back_as_they_went(tmp_path):
    outcomes = {
        ("typos", Cell("xnli", "en", "accuracy")): of_values([1, 0]),
        ("clean", Cell("a", "b", "c")): of_values([1]),
    }
    save_outcomes(outcomes, tmp_path / "o.npz")
    found = load_outcomes(tmp_path / "o.npz")
    assert found.keys() == outcomes.keys()
    assert found["typos", Cell("xnli", "en", "accuracy")].numerator.tolist() == [1, 0]


def test_the_same_arrays_give_the_same_bytes_in_any_order(tmp_path):
    arrays = {"one|two": np.array([1, 2]), "text": np.array(["ein", "Kahn"])}
    save_arrays(arrays, tmp_path / "a.npz")
    save_arrays(dict(reversed(arrays.items())), tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert load_arrays(tmp_path / "a.npz")["text"].tolist() == ["ein", "Kahn"]


@pytest.mark.parametrize("flipped", [0x01, 0x55, 0xFF])
def test_a_damaged_byte_is_an_error_of_this_program_or_none(tmp_path, flipped):
    path = tmp_path / "o.npz"
    save_outcomes({("clean", Cell("xnli", "en", "accuracy")): of_values([1, 0, 1] * 20)}, path)
    whole = path.read_bytes()
    told = 0
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ flipped]) + whole[place + 1 :])
        try:
            load_outcomes(path)
        except ConfigError as error:
            told += "absent or damaged" in str(error)
    assert told > len(whole) / 2


@pytest.mark.parametrize("names", [("clean|xnli|en|accuracy|n",), ("clean|n", "clean|d")])
def test_arrays_that_are_no_outcomes_are_named(tmp_path, names):
    save_arrays({name: np.zeros(1) for name in names}, tmp_path / "o.npz")
    with pytest.raises(ConfigError, match=r"o\.npz is absent or damaged"):
        load_outcomes(tmp_path / "o.npz")


def test_pickles_are_refused(tmp_path):
    np.savez(tmp_path / "o.npz", bad=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ConfigError, match="absent or damaged"):
        load_arrays(tmp_path / "o.npz")


def heaps(n=40, golds=10) -> Any:
    foreign = tuple((f"f{number}", f"Satz {number}") for number in range(n))
    english = tuple((f"e{number}", f"sentence {number}") for number in range(n))
    return Mining("de", foreign, english, frozenset((f"f{number}", f"e{number}") for number in range(0, 2 * golds, 2)))


def test_a_smaller_heap_keeps_whole_gold_pairs_and_the_order():
    one = some_mining(heaps(), 20)
    assert len(one.foreign) == len(one.english) == 20 and len(one.gold) == 10
    assert {name for name, _ in one.foreign} >= {pair[0] for pair in one.gold}
    assert [name for name, _ in one.foreign] == sorted(
        (name for name, _ in one.foreign), key=lambda name: int(name[1:])
    )
    assert some_mining(heaps(), 0) == heaps()
    few = some_mining(heaps(), 8)
    assert len(few.gold) == 4 and {name for name, _ in few.foreign} >= {pair[0] for pair in few.gold}


def test_outcomes_of_mining_give_its_f1():
    mining = heaps()
    rng = np.random.default_rng(1)
    table = {
        text: rng.normal(size=12).astype(np.float32) for side in (mining.foreign, mining.english) for _, text in side
    }
    for foreign, english in mining.gold:
        if int(foreign[1:]) < 14:
            table[dict(mining.english)[english]] = table[dict(mining.foreign)[foreign]]

    def vectors(texts) -> Any:
        return np.stack([table[text] for text in texts])

    candidates = mined(mining, vectors([t for _, t in mining.foreign]), vectors([t for _, t in mining.english]))
    expected = pair_f1(above(candidates, tuned_threshold(candidates, mining.gold)), mining.gold)
    found = mine(mining, vectors)
    assert len(found) == 40 and found.score() == pytest.approx(expected.f1) and expected.f1 > 60
