"""What a passage says word for word it says, unless the rest of the sentence turns or suspends it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.verification.verbatim import FEWEST, says_word_for_word

CLAIM = "XTREME covers 40 typologically diverse languages."
WORDS = ["transfer", "helps", "Urdu", "scale", "65.4", "models", "of", "the"]


@pytest.mark.parametrize(
    "passage",
    [
        CLAIM,
        "XTREME covers 40 typologically diverse languages spanning 12 families. Few do.",
        "To this end, xtreme COVERS 40 typologically diverse language.",
        "It is not easy. XTREME covers 40 typologically diverse languages and nine tasks.",
    ],
)
def test_a_sentence_with_all_its_words_in_order_says_it(passage):
    assert says_word_for_word(passage, CLAIM)


@pytest.mark.parametrize(
    "passage",
    [
        "",
        "XTREME covers 41 typologically diverse languages.",
        "XTREME covers 40 languages that are typologically diverse.",
        "XTREME covers 40 typologically. Diverse languages matter.",
        "It is not true that XTREME covers 40 typologically diverse languages.",
        "We ask whether XTREME covers 40 typologically diverse languages.",
        "XTREME covers 40 typologically diverse languages, but only in one task.",
        "If XTREME covers 40 typologically diverse languages, so does its successor.",
    ],
)
def test_other_words_and_turned_sentences_do_not(passage):
    assert not says_word_for_word(passage, CLAIM)


def test_a_few_words_are_never_said_word_for_word():
    assert not says_word_for_word("Transfer helps models. It does.", "Transfer helps models.")


@given(st.lists(st.sampled_from(WORDS), min_size=FEWEST, max_size=10), st.data())
def test_any_text_says_itself_and_none_with_a_word_changed(words, data):
    text = "We see " + " ".join(words) + " here."
    assert says_word_for_word(text, " ".join(words))
    at = data.draw(st.integers(0, len(words) - 1))
    assert not says_word_for_word(text, " ".join([*words[:at], "elsewhere", *words[at + 1 :]]))
