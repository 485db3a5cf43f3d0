from __future__ import annotations

import itertools

import numpy as np
import pytest

from synth.claims.merge import merge, says_the_same
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
