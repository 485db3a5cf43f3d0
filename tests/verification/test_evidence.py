from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.types import NumberCheck, ScoredPassage, Stance
from synth.verification.evidence import WORD_FOR_WORD, evidence_for, is_origin, softmax, stance_of, stance_on_stated
from tests.verification.made import claim, origin, passage

LOGIT = st.floats(-50, 50)


def line(name: str, dense: float = 0.5) -> ScoredPassage:
    return ScoredPassage(passage_id=name, score=0.03, sparse=1.0, dense=dense)


@pytest.mark.parametrize(
    ("logits", "stance"),
    [
        ((3, 0, 0), Stance.SUPPORTS),
        ((0, 3, 0), Stance.NEUTRAL),
        ((0, 2, -3), Stance.SUPPORTS),  # neutral is 7.4 times as likely: little, for most passages say nothing
        ((0, 2.1, -3), Stance.NEUTRAL),  # 8.2 times
        ((-3, 2, 0), Stance.REFUTES),
        ((0, 0, 3), Stance.REFUTES),
        ((1.1, -5, 1), Stance.SUPPORTS),
        ((1.05, -5, 1), Stance.NEUTRAL),  # too close to call
        ((2, -5, 2), Stance.NEUTRAL),
    ],
)
def test_a_stance_needs_a_margin(logits, stance):
    assert stance_of(logits) is stance


@pytest.mark.parametrize(
    ("logits", "own", "other"),
    [
        ((0, 2, -3), Stance.SUPPORTS, Stance.NEUTRAL),
        ((2, 2.1, -9), Stance.SUPPORTS, Stance.NEUTRAL),
        ((2, 1.9, -9), Stance.SUPPORTS, Stance.SUPPORTS),
        ((-9, 0, 1.3), Stance.NEUTRAL, Stance.NEUTRAL),  # 0.79
        ((-9, 0, 1.4), Stance.REFUTES, Stance.REFUTES),  # 0.80
        ((0, 9, 0), Stance.NEUTRAL, Stance.NEUTRAL),
    ],
)
def test_on_a_papers_claim_another_paper_and_whatever_refutes_must_be_sure(logits, own, other):
    assert stance_on_stated(logits, independent=False) is own
    assert stance_on_stated(logits, independent=True) is other


def test_only_a_papers_claim_asks_more_of_other_papers():
    passages = {"P1#0001": passage("P1#0001"), "P2#0001": passage("P2#0001")}
    run, logits = [line("P1#0001"), line("P2#0001")], np.array([(0.0, 2.0, -3.0)] * 2)
    stated = claim(origins=[origin("P1", 900, 950)])
    assert [one.stance for one in evidence_for(stated, run, passages, logits)] == [Stance.SUPPORTS, Stance.NEUTRAL]
    asked = evidence_for(claim(origins=[]), run, passages, logits)
    assert [one.stance for one in asked] == [Stance.SUPPORTS, Stance.SUPPORTS]


@given(LOGIT, LOGIT, LOGIT, st.floats(-100, 100))
def test_a_shift_of_all_logits_changes_no_probability(a, b, c, shift):
    first, second = softmax(np.array([a, b, c])), softmax(np.array([a, b, c]) + shift)
    assert first == pytest.approx(second, abs=1e-9)
    assert first.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (origin("P1", 10, 60), True),
        (origin("P1", 0, 11), True),
        (origin("P1", 40, 60), False),  # ends touch
        (origin("P2", 10, 60), False),
        (origin("P2", 900, 950, "Transfer to Urdu  improves"), True),  # the same words elsewhere
        (origin("P2", 900, 950, "Urdu"), False),
    ],
)
def test_where_a_claim_comes_from_is_no_evidence(where, expected):
    text = "Indeed, transfer to Urdu improves."
    assert is_origin(claim(origins=[where]), passage("P1#0001", text, start=40 - len(text))) is expected


def test_evidence_follows_the_run_and_leaves_origins_out():
    texts = {"P1#0001": "origin", "P1#0002": "Urdu improves by 3 points.", "P2#0001": "It improves by 2 points."}
    passages = {name: passage(name, text, start=100 * at) for at, (name, text) in enumerate(texts.items())}
    found = evidence_for(
        claim("Urdu improves by 2 points.", origins=[origin("P1", 0, 6)]),
        [line("P1#0001"), line("P2#0001", 0.7), line("P1#0002")],
        passages,
        np.array([[5.0, 0, 0], [4.0, 0, 0], [0, 0, 4.0]]),
    )
    assert [item.passage_id for item in found] == ["P2#0001", "P1#0002"]
    assert [item.rank for item in found] == [2, 3]
    assert [item.independent for item in found] == [True, False]
    assert [item.stance for item in found] == [Stance.SUPPORTS, Stance.REFUTES]
    assert [item.numbers for item in found] == [NumberCheck.AGREE, NumberCheck.DISAGREE]
    assert found[0].dense == 0.7
    assert found[0].logits == (4.0, 0.0, 0.0)


def test_a_readers_own_claim_is_independent_of_every_paper():
    (found,) = evidence_for(claim(), [line("P1#0001")], {"P1#0001": passage("P1#0001")}, np.zeros((1, 3)))
    assert found.independent


def test_logits_must_pair_up():
    with pytest.raises(ValueError, match="a run of 1 passages"):
        evidence_for(claim(), [line("P1#0001")], {"P1#0001": passage("P1#0001")}, np.zeros((2, 3)))


def test_a_passage_that_says_a_readers_claim_word_for_word_supports_it_whatever_the_model_reads():
    said = passage("P1#0001", "In all, transfer to Urdu improves with scale. So it is.")
    run = [ScoredPassage(passage_id=said.id, score=1.0, sparse=1.0, dense=1.0)]
    refuting = np.array([(-2.0, 0.0, 3.0)])
    (asked,) = evidence_for(claim(), run, {said.id: said}, refuting)
    assert (asked.stance, asked.logits) == (Stance.SUPPORTS, WORD_FOR_WORD)
    (changed,) = evidence_for(claim("Transfer to Hindi improves with scale."), run, {said.id: said}, refuting)
    (stated,) = evidence_for(
        claim(origins=[origin("P9", verbatim="Elsewhere it is said so.")]), run, {said.id: said}, refuting
    )
    assert changed.logits == stated.logits == (-2.0, 0.0, 3.0)
