"""The words of --fail-on: read with care, and each counts what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.diff.shown.gate import WORDS, gate, happened
from synth.errors import ConfigError
from tests.diff.delta_examples import DELTA, EMPTY


@given(st.lists(st.sampled_from(WORDS)))
def test_each_word_counts_once_in_one_order(words: list[str]) -> None:
    assert gate(",".join(words)) == gate(" , ".join(reversed(words)).upper()) == tuple(w for w in WORDS if w in words)


@pytest.mark.parametrize(("text", "said"), [("lable", "did you mean label?"), ("remove", "did you mean removed?")])
def test_a_typo_names_the_nearest_word(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=text) as caught:
        gate(f"added,{text}")
    assert said in str(caught.value)


def test_a_word_like_none_names_them_all() -> None:
    with pytest.raises(ConfigError) as caught:
        gate("xyzzy")
    assert all(word in str(caught.value) for word in WORDS)


def test_nothing_is_watched_without_words() -> None:
    assert gate(None) == gate("") == gate(" , ") == ()
    assert happened((), [DELTA]) == ()


def test_every_word_counts_what_it_says() -> None:
    assert dict(happened(WORDS, [DELTA, DELTA])) == {
        "removed": "2 removed claims",
        "label": "2 changed labels",
        "confidence": "4 changed confidences",
        "evidence": "2 claims with other evidence",
        "reworded": "2 reworded claims",
        "added": "2 added claims",
        "papers": "4 added or removed papers",
        "answer": "2 changed answers",
        "score": "2 changed scores",
    }
    assert happened(WORDS, [EMPTY]) == ()


def test_whole_reports_count_with_their_claims() -> None:
    assert happened(("removed", "added"), [EMPTY], gone=2) == (("removed", "2 removed reports"),)
    assert happened(("added",), [DELTA], gone=1, come=1) == (("added", "1 added claim and 1 added report"),)
