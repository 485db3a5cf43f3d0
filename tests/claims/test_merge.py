from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.claims.merge import holds, merge, says_the_same
from synth.text import claim_id
from synth.types import Claim, Origin


def claim(text: str, paper_id: str, worthiness: float = 0.5) -> Claim:
    origin = Origin(paper_id=paper_id, section="4 Results", page=3, start=0, end=len(text), verbatim=text)
    return Claim(id=claim_id(text), text=text, origins=(origin,), worthiness=worthiness)


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_equal_texts_are_one_claim_with_all_origins_best_first() -> None:
    claims = [claim("Lexica help parsers.", "b", 0.4), claim("lexica help parsers", "a", 0.9)]
    (found,) = merge(claims, np.stack([unit(1, 0), unit(0, 1)]))
    assert found.text == "lexica help parsers"
    assert [origin.paper_id for origin in found.origins] == ["a", "b"]


def test_near_texts_that_say_the_same_are_merged() -> None:
    claims = [
        claim("Moreno et al. (2020) show that a lexicon helps parsers of Finnish.", "a", 0.9),
        claim("Lind (2021) finds that a lexicon helps parsers of Finnish.", "b"),
    ]
    assert len(merge(claims, np.stack([unit(1, 0.1), unit(1, 0.12)]))) == 1
    assert len(merge(claims, np.stack([unit(1, 0), unit(0, 1)]))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A lexicon gains 3.2 points.", "A lexicon gains 2.3 points."),
        ("A lexicon helps parsers.", "A lexicon does not help parsers."),
        ("A lexicon gives higher scores.", "A lexicon gives lower scores."),
        ("LexBERT outperforms RawBERT on parsing.", "RawBERT outperforms LexBERT on parsing."),
        ("Parsers are better than taggers with a lexicon.", "Taggers are better than parsers with a lexicon."),
        ("Scores improve on XNLI with a lexicon.", "Scores improve on PAWS with a lexicon."),
        ("The model of Ode et al. (2020) gains 3 points.", "The model of Lind et al. (2020) gains 3 points."),
        ("Parsers with a lexicon work well.", "Parsers without a lexicon work well."),
    ],
)
def test_what_turns_the_meaning_keeps_claims_apart(one: str, other: str) -> None:
    assert not says_the_same(one, other)
    assert not says_the_same(other, one)
    claims = [claim(one, "a"), claim(other, "b")]
    assert len(merge(claims, np.stack([unit(1, 0), unit(1, 0)]))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A lexicon never fails to help parsers.", "A lexicon helps parsers."),
        ("A lexicon gains 3 percent.", "A lexicon gains 3%."),
        ("Moreno and Lind (2020) find that a lexicon helps parsers.", "A lexicon helps parsers."),
    ],
)
def test_two_negations_a_sign_and_who_reports_it_turn_nothing(one: str, other: str) -> None:
    assert says_the_same(one, other)
    assert says_the_same(other, one)


def test_a_claim_near_to_the_best_of_a_group_but_not_to_the_others_stays_apart() -> None:
    angles = np.radians([20, 0, 40])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    claims = [
        claim("A lexicon helps parsers.", "a", 0.9),
        claim("A lexicon helps the parsers.", "b", 0.8),
        claim("The lexicon helps the parsers.", "c", 0.7),
    ]
    claims = [replace(one, relevance=1.0) for one in claims]
    assert [[origin.paper_id for origin in found.origins] for found in merge(claims, vectors, threshold=0.9)] == [
        ["a", "b"],
        ["c"],
    ]


def test_a_chain_of_small_steps_is_not_merged_whole() -> None:
    angles = np.radians([0, 20, 40])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    claims = [
        claim("A lexicon helps parsers.", "a", 0.9),
        claim("A lexicon helps the parsers.", "b", 0.8),
        claim("The lexicon helps the parsers.", "c", 0.7),
    ]
    assert [len(found.origins) for found in merge(claims, vectors, threshold=0.9)] == [2, 1]


def test_the_order_of_the_input_does_not_count() -> None:
    claims = [
        claim("A lexicon helps parsers.", "a"),
        claim("The lexicon helps parsers.", "b"),
        claim("Raw text hurts taggers.", "c"),
    ]
    vectors = np.stack([unit(1, 0), unit(1, 0.1), unit(0, 1)])
    results = {
        merge([claims[row] for row in order], vectors[list(order)]) for order in itertools.permutations(range(3))
    }
    assert len(results) == 1


def test_nothing_gives_nothing() -> None:
    assert merge([], np.zeros((0, 2), dtype=np.float32)) == ()


def test_equal_claims_of_equal_score_from_two_papers_keep_an_order() -> None:
    claims = [claim("Lexica help parsers.", "b"), claim("Lexica help parsers.", "a")]
    (found,) = merge(claims, np.stack([unit(1, 0), unit(1, 0)]))
    assert [origin.paper_id for origin in found.origins] == ["a", "b"]


@pytest.mark.parametrize(
    ("fuller", "shorter"),
    [
        (
            "LexBERT reaches an F1 of 77.0 on parsing, a first for Finnish.",
            "LexBERT achieves an F1 score of 77.0 on parsing.",
        ),
        (
            "LexBERT improves clearly over RawBERT on five tasks with 19 languages.",
            "LexBERT performs clearly better than RawBERT on all five tasks.",
        ),
        (
            "Lind (2021) finds that a lexicon helps parsers of Finnish and taggers.",
            "A lexicon helps parsers of Finnish.",
        ),
    ],
)
def test_a_claim_that_a_fuller_one_states_is_left_out(fuller: str, shorter: str) -> None:
    assert holds(fuller, shorter)
    assert not holds(shorter, fuller)
    claims = [claim(shorter, "a", 0.9), claim(fuller, "b", 0.4)]
    for rows in ([0, 1], [1, 0]):
        (found,) = merge([claims[row] for row in rows], np.stack([unit(1, 0.6), unit(1, 0)])[rows])
        assert found == claims[1], "what is left out is no place of the fuller claim"
    assert len(merge(claims, np.stack([unit(1, 0), unit(0, 1)]))) == 2


@pytest.mark.parametrize(
    ("fuller", "shorter"),
    [
        (
            "A lexicon helps parsers of Finnish and hurts taggers of Czech.",
            "A lexicon helps parsers and taggers of Finnish.",
        ),
        (
            "LexBERT worsens parsing of Finnish by 3 points on two sets.",
            "LexBERT improves parsing of Finnish by 3 points.",
        ),
        (
            "A lexicon helps parsers of Finnish in two of five trials.",
            "A lexicon helps parsers of Finnish in all five trials.",
        ),
        ("A lexicon helps parsers of Finnish, yet not on noisy text.", "A lexicon helps parsers of Finnish text."),
        ("LexBERT gains 3.2 points on Finnish parsing over two years.", "LexBERT gains 2.3 points on Finnish parsing."),
        (
            "On parsing RawBERT gains more points than LexBERT in two trials.",
            "LexBERT gains more points than RawBERT on parsing.",
        ),
        ("A lexicon helps parsers of Finnish with little text.", "Lexicon helps."),
        ("A lexicon helps parsers of Finnish on two sets.", "A lexicon helps parsers."),
    ],
)
def test_a_fuller_claim_that_may_take_something_back_holds_nothing(fuller: str, shorter: str) -> None:
    assert not holds(fuller, shorter)


@given(
    st.lists(st.sampled_from(["parsers", "taggers", "help", "large", "Finnish", "not", "3", "7", "LexBERT", "more"]))
)
def test_no_claim_holds_itself(chosen: list[str]) -> None:
    text = " ".join(chosen)
    assert not holds(text, text)
