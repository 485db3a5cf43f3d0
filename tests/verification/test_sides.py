from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.types import NumberCheck, Stance
from synth.verification.evidence import MARGIN, NEUTRAL_ODDS
from synth.verification.features import FEATURES
from synth.verification.sides import bears_out, carrying, entails, sided
from tests.verification.made import calibrator, claim, evidence, origin, passage

YES, NO, DUNNO = Stance.SUPPORTS, Stance.REFUTES, Stance.NEUTRAL
ABOUT = claim("Transfer to Urdu improves with scale.")
NEAR, FAR = passage("P1#0001", "Transfer to Urdu improves with scale."), passage("P1#0002", "Nothing of the kind.")
PASSAGES = {one.id: one for one in (NEAR, FAR)}
UNDECIDED = (1.0, 0.0, 1.05)


def words_matter(*, base: float = 0.0):
    """Shared words speak for supported as much as contradiction speaks for refuted; ``base``: what is held before."""
    one = calibrator()
    words = tuple(4.0 if name in ("words_shared", "entailment_max") else 0.0 for name in FEATURES)
    return dataclasses.replace(one, coefficients=(words, *one.coefficients[1:]), intercepts=(base, 0.0, 0.0))


def test_words_that_claim_and_passage_share_decide_what_the_cross_encoder_leaves_open():
    pieces = [evidence("P1#0001", NO, logits=UNDECIDED), evidence("P1#0002", NO, rank=2, logits=(-1.5, 0.0, 0.5))]
    assert [item.stance for item in sided(ABOUT, pieces, PASSAGES, words_matter())] == [YES, NO]


@pytest.mark.parametrize("base", [-5.0, 0.0, 5.0])
def test_what_most_claims_are_makes_no_passage_take_a_side(base):
    pieces = [evidence("P1#0001", NO, logits=UNDECIDED), evidence("P1#0002", NO, rank=2, logits=(-1.5, 0.0, 0.5))]
    assert [item.stance for item in sided(ABOUT, pieces, PASSAGES, words_matter(base=base))] == [YES, NO]


def test_a_passage_refutes_where_either_of_the_two_says_so():
    half = tuple(0.5 if name == "words_shared" else 0.0 for name in FEATURES)
    one = dataclasses.replace(words_matter(), mean=half)
    seen = {
        name: sided(ABOUT, [evidence(place, DUNNO, logits=logits)], PASSAGES, one)[0].stance
        for name, place, logits in (
            ("both support", "P1#0001", (1.5, 0.0, 0.5)),
            ("the calibrator supports", "P1#0001", UNDECIDED),
            ("the cross-encoder refutes", "P1#0001", (1.0, 0.0, 1.2)),
            ("the calibrator refutes", "P1#0002", (0.1, 0.0, 0.0)),
        )
    }
    assert seen == {
        "both support": YES,
        "the calibrator supports": YES,
        "the cross-encoder refutes": NO,
        "the calibrator refutes": NO,
    }


def test_a_passage_that_says_nothing_stays_neutral():
    nothing = math.log(NEUTRAL_ODDS)
    pieces = [evidence("P1#0001", DUNNO, logits=(0.0, nothing, -1.0)), evidence("P1#0002", DUNNO, rank=2)]
    assert {item.stance for item in sided(ABOUT, pieces, PASSAGES, words_matter())} == {DUNNO}


def test_arithmetic_outweighs_the_calibrator_and_without_one_nothing_changes():
    computed = dataclasses.replace(evidence("P1#0001", NO, logits=UNDECIDED), arithmetic="2 − 1 = 1")
    assert sided(ABOUT, [computed], PASSAGES, words_matter()) == (computed,)
    plain = evidence("P1#0001", NO, logits=UNDECIDED)
    assert sided(ABOUT, [plain], PASSAGES, None) == (plain,)
    assert sided(ABOUT, [], PASSAGES, words_matter()) == ()


@given(st.floats(-5, 5))
def test_a_side_needs_a_margin_and_turns_with_the_sign(lean):
    found = []
    for value in (lean, -lean):
        one = dataclasses.replace(calibrator(), coefficients=((0.0,) * len(FEATURES),) * 3, mean=(0.0,) * len(FEATURES))
        sure = tuple(value / 2 if name == "entailment_max" else 0.0 for name in FEATURES)  # of a log-odds of 2
        one = dataclasses.replace(one, coefficients=(sure, *one.coefficients[1:]))
        pieces = [evidence("P1#0001", DUNNO, logits=(2.0, 0.0, 2.0))]
        found += [item.stance for item in sided(ABOUT, pieces, PASSAGES, one)]
    assert (found == [DUNNO, DUNNO]) == (abs(lean) < math.log(MARGIN))
    assert set(found) in ({YES, NO}, {DUNNO})


def test_claims_of_papers_keep_the_cross_encoders_sides():
    stated = dataclasses.replace(ABOUT, origins=(origin("P9"),))
    pieces = (evidence("P1#0001", NO, logits=UNDECIDED),)
    assert sided(stated, pieces, PASSAGES, words_matter()) == pieces
    assert sided(ABOUT, pieces, PASSAGES, words_matter()) != pieces


def test_sides_do_not_depend_on_what_they_were():
    pieces = [evidence(name, stance, logits=UNDECIDED) for name, stance in (("P1#0001", YES), ("P1#0002", NO))]
    once = sided(ABOUT, pieces, PASSAGES, words_matter())
    assert sided(ABOUT, once, PASSAGES, words_matter()) == once


def test_a_label_rests_on_passages_with_its_figures_and_else_on_those_without_others():
    agree = evidence("P1#0001", YES, numbers=NumberCheck.AGREE)
    missing = evidence("P1#0002", YES, rank=2, numbers=NumberCheck.MISSING)
    other = evidence("P1#0003", YES, rank=3, numbers=NumberCheck.DISAGREE)
    against = evidence("P1#0004", NO, rank=4)
    assert carrying([missing, other, agree, against]) == (agree,)
    assert carrying([missing, other, against]) == (missing,)
    assert carrying([other, against]) == ()
    assert bears_out(agree) and not bears_out(missing) and not bears_out(against)


def test_whether_the_cross_encoder_supports_by_itself():
    assert entails(evidence("P1#0001", YES))
    turned = evidence("P1#0001", YES, logits=UNDECIDED)
    assert not entails(turned)
    assert entails(dataclasses.replace(turned, arithmetic="2 − 1 = 1"))


def test_a_lean_is_the_odds_of_the_probabilities_without_what_is_held_before():
    one = words_matter(base=1.5)
    rows = np.random.default_rng(0).normal(size=(20, len(FEATURES)))
    found = one.probabilities(rows)
    np.testing.assert_allclose(one.lean(rows), np.log(found[:, 0] / found[:, 1]) - 1.5, atol=1e-9)
