from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.parsing.wholeness import is_whole


@pytest.mark.parametrize(
    "text",
    [
        "We gain 2.5 points on XNLI (Conneau et al., 2018; Lample and Conneau, 2019).",
        "mBERT was trained on 104 languages.",
        "“It works,” they say, and it does.",
        "The model (i) reads, (ii) writes, and 3) forgets.",
        "Estimation was performed with different models [4, 29, 23, 19, 9], and some are public.",
        "They uncover the high and low resource trade-off and the problem of capacity dilution (Tan et al., 2019).",
        "Is transfer possible between languages in different scripts?",
    ],
)
def test_whole_sentences_stay(text: str) -> None:
    assert is_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Introduction",
        "3.1 Experimental Setup.",
        "where x is the number of tokens in a batch.",
        "The loss that we minimise is as follows:",
        "The model of Conneau et al.",
        "The gain is large (see Table 3 and the discussion.",
        "mBERT 65.4 81.9 71.5 62.2 is best of all.",
        "We have x i j k m n p q as the terms of it.",
        "Write to ada@example.org for all of the data.",
        "[5] D. L. Donoho was cited in many papers.",
        "(4) and use it in the training of the model.",
        "It was trained for long This resulted in a gain.",
        "The mean of all Figure 2: memory cells was used.",
        "In Proceedings of the 58th Meeting, we were cited.",
        "The estimate ˆπi is the best one for all of them.",
        "Neural Network Models. Deep.",
    ],
)
def test_fragments_and_debris_go(text: str) -> None:
    assert not is_whole(text)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_whole(text) in (True, False)


@given(st.text(alphabet="abcdefg ", min_size=1))
def test_nothing_without_a_stop_is_whole(text: str) -> None:
    assert not is_whole(f"The model is {text}")
