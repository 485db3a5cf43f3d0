from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from synth.training.contrast import (
    CHANGES,
    change_number,
    change_quantifier,
    flip_direction,
    flip_negation,
    names,
    swap_name,
    third_person,
)

seeds = st.integers(0, 2**16).map(np.random.default_rng)
texts = st.text(max_size=120)
numbers = st.one_of(
    st.integers(0, 10**7).map(str),
    st.integers(1000, 10**7).map(lambda n: f"{n:,}"),
    st.decimals(0, 1000, places=2).map(str),
)


@given(texts, seeds)
def test_a_change_changes_or_says_it_cannot(text, rng):
    for change in CHANGES:
        changed = change(text, rng)
        assert changed is None or changed != text


@given(numbers, seeds)
def test_a_number_keeps_its_form_and_loses_its_value(number, rng):
    changed = change_number(f"It gains {number} points on GPT-2 runs.", rng)
    assert changed is not None
    new = re.fullmatch(r"It gains (\S+) points on GPT-2 runs\.", changed)
    assert new is not None
    assert float(new[1].replace(",", "")) != float(number.replace(",", ""))
    assert len(new[1].partition(".")[2]) == len(number.partition(".")[2])


@given(seeds)
def test_numbers_inside_names_are_left_alone(rng):
    assert change_number("GPT-2, BM25, XLM-R and 3D nets on a 12-layer stack.", rng) is None


@given(seeds)
def test_a_direction_flips_and_flips_back(rng):
    changed = flip_direction("Accuracy increases here.", rng)
    assert changed == "Accuracy decreases here."
    assert flip_direction(changed, rng) == "Accuracy increases here."
    assert flip_direction("Better nets.", rng) == "Worse nets."
    assert flip_direction("Plain words stay.", rng) is None


@given(seeds)
def test_a_negation_goes_in_and_comes_out(rng):
    assert flip_negation("The code is public.", rng) == "The code is not public."
    assert flip_negation("The code is not public.", rng) == "The code is public."
    assert flip_negation("It is not only fast.", rng) is None
    assert flip_negation("No verb here.", rng) is None


@given(seeds)
def test_names_swap_within_their_kind(rng):
    sentence = "XLM-R works for Hindi."
    assert names(sentence) == ["XLM-R", "Hindi"]
    for _ in range(4):
        changed = swap_name(sentence, ["ELMo", "Finnish", "XLM-R"], rng)
        assert changed is not None
        system, _, language = changed.rstrip(".").partition(" works for ")
        assert (system, language) != ("XLM-R", "Hindi")
        assert system in {"XLM-R", "ELMo"}
        assert language not in {"ELMo", "XLM-R"}
    assert swap_name("No names at all.", ["ELMo"], rng) is None
    assert swap_name("Only BERT.", [], rng) is None


def test_authors_are_named_from_outside():
    assert third_person("In this paper, we show that our net wins.") == "The authors show that their net wins."
    assert third_person("We show it.") == "The authors show it."
    assert third_person("Nothing of ours changes hands.") == "Nothing of ours changes hands."


@given(seeds)
def test_a_quantifier_claims_more_or_the_opposite(rng):
    assert change_quantifier("Some models fail.", rng) == "All models fail."
    assert change_quantifier("Models often fail.", rng) == "Models always fail."
    assert change_quantifier("It holds for every one of them.", rng) == "It holds for no one of them."
    assert change_quantifier("The most accurate model needs at most few-shot data.", rng) is None
    assert change_quantifier("Plain words stay.", rng) is None
