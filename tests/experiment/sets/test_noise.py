from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.kinds import TextPair
from synth.experiment.sets import noise
from synth.experiment.sets.neighbours import neighbours


@given(st.text(), st.floats(0, 1), st.integers())
def test_the_same_random_state_makes_the_same_typos_and_none_at_rate_zero(text, rate, seed):
    one, other = (noise.typos(text, rate, random.Random(seed)) for _ in range(2))
    assert one == other and noise.typos(text, 0, random.Random(seed)) == text


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1), st.integers())
def test_a_typo_moves_loses_or_doubles_one_letter_and_never_the_first(words, seed):
    noisy = noise.typos(" ".join(words), 1, random.Random(seed)).split()
    assert len(noisy) == len(words)
    for word, other in zip(words, noisy, strict=True):
        if len(word) < 4:
            assert word == other
        else:
            changed = (Counter(word) - Counter(other)) + (Counter(other) - Counter(word))
            assert changed.total() <= 1 and other[0] == word[0] and abs(len(word) - len(other)) <= 1


def test_typos_come_at_about_their_rate():
    text = "abcdef " * 2000
    noisy = noise.typos(text, 0.25, random.Random(1)).split()
    assert 0.2 < sum(word != "abcdef" for word in noisy) / 2000 < 0.3


def test_accents_go_and_vowel_signs_stay():
    assert noise.drop_accents("Čeština, Đắk Lắk, άλλο, Łódź") == "Cestina, Dak Lak, αλλο, Lodz"
    assert noise.drop_accents("हिन्दी ภาษาไทย العَرَبِيَّة 한국어") == "हिन्दी ภาษาไทย العَرَبِيَّة 한국어"


def test_case_is_turned_and_scripts_without_it_stay():
    assert noise.change_case("Ab c") == "AB C" and noise.change_case("AB C") == "ab c"
    assert noise.change_case("你好") == "你好"


@given(st.integers())
def test_augmenting_keeps_the_label_case_and_words_without_neighbours(seed):
    pair = TextPair("Big dogs, 3 of them.", "BIG cats", 1)
    found = noise.augment(pair, random.Random(seed), {"big": ("large", "big")})
    assert found.first in ("Big dogs, 3 of them.", "Large dogs, 3 of them.") and found.label == 1
    assert found.second in ("BIG cats", "LARGE cats")


def test_a_word_and_its_neighbours_are_drawn_evenly():
    rng = random.Random(3)
    drawn = Counter(noise.augment(TextPair("x", "", 0), rng, {"x": ("y", "z")}).first for _ in range(3000))
    assert set(drawn) == {"x", "y", "z"} and all(900 < n < 1100 for n in drawn.values())


ADJECTIVES = {"ein": ("großer", "kleiner"), "un": ("grand", "petit")}


def parallel(languages: tuple[str, ...] = ("ein", "un")) -> dict[str, list[tuple[str, str]]]:
    """Things of two sizes, each thing with another name, one size with two words."""
    found = {}
    for one in languages:
        big, small = ADJECTIVES[one]
        things = [(f"{one}{letter}", f"thing{letter}") for letter in "abcdefghijklmnop"]
        sizes = ((big, "big"), (big, "large"), (small, "small"))
        found[one] = [(f"{theirs} {name}", f"{ours} {thing}") for name, thing in things for theirs, ours in sizes]
    return found


def test_words_that_share_translations_are_neighbours_and_opposites_are_not():
    found = neighbours(parallel(), 5)
    assert found == {"big": ("large",), "large": ("big",)}


def test_one_language_is_no_proof_and_function_words_have_no_neighbours():
    assert neighbours(parallel(("un",)), 5) == {}
    turned = {
        one: [(foreign, english.replace("large", "not")) for foreign, english in lines]
        for one, lines in parallel().items()
    }
    assert neighbours(turned, 5) == {}


def test_the_order_of_sentences_does_not_matter_and_the_size_is_kept():
    turned = {one: lines[::-1] for one, lines in reversed(parallel().items())}
    assert neighbours(turned, 5) == neighbours(parallel(), 5)
    assert set(neighbours(parallel(), 0).values()) == {()}


@pytest.mark.parametrize("empty", [{}, {"de": []}, {"de": [("", "")]}])
def test_nothing_comes_of_nothing(empty):
    assert neighbours(empty, 3) == {}
