from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.evaluation.labelled import LabelledPair
from synth.evaluation.pairs import classes_of, merged
from synth.evaluation.pairs import evaluate_pairs as evaluate
from synth.evaluation.premises import SHORT, WINDOW, read, views
from synth.evaluation.texts import CLASSES, raw
from tests.evaluation.fakes import LetterEncoder, WordNli


def pair(number: int, premise: str, claim: str, label: str, slices: tuple[str, ...] = ()) -> LabelledPair:
    return LabelledPair(str(number), (premise,), claim, label, slices)


RAW = raw(WordNli.signature)


def evaluate_pairs(pairs: Sequence[LabelledPair], nli: WordNli, **more: int) -> dict[str, Any]:
    return evaluate(pairs, nli, LetterEncoder(), RAW, **more)


ANIMALS = [f"animal{number}" for number in range(30)]
PAIRS = [
    part
    for number, name in enumerate(ANIMALS)
    for part in (
        pair(3 * number, f"The {name} is fast.", f"{name} is fast.", "entailment"),
        pair(3 * number + 1, f"The {name} is not fast.", f"{name} is fast.", "contradiction", ("Negation",)),
        pair(3 * number + 2, f"The {name} is slow.", f"{name} is fast.", "neutral"),
    )
]


def test_a_reader_without_fault_scores_one() -> None:
    found = evaluate_pairs(PAIRS, WordNli())
    assert (found["n"], found["accuracy"], found["macro_f1"]) == (90, 1.0, 1.0)
    assert found["labels"] == {"entailment": 30, "neutral": 30, "contradiction": 30}
    assert found["intervals"]["accuracy"] == [1.0, 1.0]
    assert found["slices"] == {"Negation": {"n": 30, "accuracy": 1.0}}


def test_each_fault_costs_its_share() -> None:
    wrong = [PAIRS[0].__class__("w", ("The newt is fast.",), "newt is fast.", "neutral"), *PAIRS[:29]]
    found = evaluate_pairs(wrong, WordNli())
    assert found["accuracy"] == pytest.approx(29 / 30, abs=1e-4)
    low, high = found["intervals"]["accuracy"]
    assert low < found["accuracy"] <= high


def test_the_claims_alone_are_a_baseline_beside_the_score() -> None:
    told = [
        pair(at, f"Text {at} is there.", f"thing {at} is {'good' if at % 2 else 'bad'}.", CLASSES[2 * (at % 2)])
        for at in range(60)
    ]
    assert evaluate_pairs(told, WordNli())["claim_only"]["accuracy"] > 0.9


def test_the_same_seed_gives_the_same_intervals() -> None:
    assert evaluate_pairs(PAIRS[:40], WordNli(), seed=3) == evaluate_pairs(PAIRS[:40], WordNli(), seed=3)


def test_a_set_scores_among_the_labels_that_it_has() -> None:
    assert classes_of(["entailment", "neutral", "contradiction"]) == CLASSES
    assert classes_of(["entailment", "contradiction"]) == ("entailment", "contradiction")
    assert classes_of(["entailment", "not_entailment"]) == ("entailment", "not_entailment")


def test_probabilities_are_merged_among_a_set_s_labels() -> None:
    columns = np.array([[0.5, 0.3, 0.2]])
    assert merged(columns, CLASSES).tolist() == [[0.5, 0.3, 0.2]]
    assert merged(columns, ("entailment", "not_entailment")).tolist() == [[0.5, 0.5]]
    assert merged(columns, ("entailment", "contradiction"))[0] == pytest.approx([5 / 7, 2 / 7])


def test_a_short_text_is_read_whole() -> None:
    (view,) = views(("One.", "Two.", "Three.", "Four."), "Two is so.")
    assert (view.places, view.text) == ((0, 1, 2, 3), "One. Two. Three. Four.")


long_texts = st.lists(
    st.lists(st.sampled_from(["ox", "elk", "yak", "sheep", "goat", "mule"]), min_size=20, max_size=40).map(
        lambda words: " ".join(words) + "."
    ),
    min_size=6,
    max_size=14,
)


@given(long_texts)
def test_a_long_text_s_views_hold_every_sentence_and_none_is_too_large(parts: list[str]) -> None:
    found = views(parts, "A yak met a goat.")
    assert sum(len(part.split()) for part in parts) > SHORT
    assert {at for view in found for at in view.places} == set(range(len(parts)))
    assert all(len(view.places) == WINDOW for view in found)
    assert len({view.places for view in found}) == len(found)


def test_the_strongest_view_of_a_long_text_decides() -> None:
    filler = "Nothing of note was written here by anybody at that time of the year or at any other time."
    nli = WordNli()
    (reading,) = read(nli, LetterEncoder(), [((*[filler] * 8, "The crane is blue."), "It is blue.")])
    assert RAW.probabilities([reading])[0].argmax() == 0
    assert all(text.count(".") <= WINDOW for text, _ in nli.read)
