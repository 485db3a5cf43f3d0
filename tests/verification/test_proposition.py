"""What a claim says, without who says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.verification.proposition import proposition, untitled

T = "“Parsing Long Inputs: A Study of Gates”"


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (f"The paper {T} finds that gates help small parsers.", "Gates help small parsers."),
        (f"The experiments of the paper {T} show that gates help small parsers.", "Gates help small parsers."),
        (
            f"Further experiments of the paper {T} on two languages demonstrate that gates help them.",
            "Gates help them.",
        ),
        (
            f"In the small setting, the paper {T} also observes that gates help most.",
            "In the small setting, gates help most.",
        ),
        (f"The authors of the paper {T} argue that gates help small parsers.", "Gates help small parsers."),
        (f"The authors of the paper {T} can train GateNet in a day.", "The authors can train GateNet in a day."),
        ("Ek and Osei (2019) report that gates help small parsers.", "Gates help small parsers."),
        ("Ek et al. conclude that gates help small parsers.", "Gates help small parsers."),
        ("Experimental results on three corpora show that GateNet is the fastest.", "GateNet is the fastest."),
        ("The results show that iGate is fast enough.", "iGate is fast enough."),
        (f"The model of the paper {T} outperforms all parsers.", "The model outperforms all parsers."),
        (f"The paper {T} trains 12 parsers on 3 corpora.", "The paper trains 12 parsers on 3 corpora."),
        (f"The paper {T} conjectures that gates help.", "The paper conjectures that gates help."),
        (
            "GateNet shows that one parser can serve many languages.",
            "GateNet shows that one parser can serve many languages.",
        ),
        ("Gates help small parsers, and the results show that depth does not.", None),
        ("The results show that.", None),
        ("The paper finds that it is.", None),
    ],
)
def test_the_frame_goes_and_what_is_said_stays(claim, said):
    assert proposition(claim) == (claim if said is None else said)


def test_a_reader_keeps_who_says_it():
    assert (
        untitled(f"Ek et al. find in the paper {T} that gates help.") == "Ek et al. find in the paper that gates help."
    )


@given(st.text(max_size=400))
def test_any_text_is_taken_and_what_is_left_is_of_it(text):
    said = proposition(text)
    assert len(said) <= len(text) + 2  # a capital may be longer than its letter
    left = iter(text.casefold())
    assert all(letter in left for letter in said.casefold()), "words go, none come and none change places"


@pytest.mark.parametrize(
    "hostile",
    [
        "The results " + "of the paper “" * 20_000,
        "A" * 100_000,
        "A b, " * 20_000 + "that",
        "The paper “" + "x" * 100_000,
    ],
)
def test_a_long_text_takes_no_long_time(hostile):
    assert proposition(hostile)
