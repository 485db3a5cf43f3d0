"""Answers in words: which question, what the run says, and when it says nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.rerun_card.answers import Says, answers, side
from synth.experiment.rerun_card.words import file_slug, in_order, signed
from tests.experiment.rerun_card.examples import effect, run


def said(*effects: Any, **changed: Any) -> Any:
    made = answers(run(effects=effects, facts={}, **changed))
    return {one.question: one for one in made}


def only(*effects: Any, **changed: Any) -> Any:
    (one,) = said(*effects, **changed).values()
    return one


@pytest.mark.parametrize(
    ("difference", "says"),
    [(2.0, Says.YES), (-2.0, Says.NO), (0.4, Says.UNRESOLVED), (1.0, Says.UNRESOLVED)],
)
def test_the_interval_decides(difference, says):
    one = only(effect("intermediate/xnli", difference))
    assert one.question == "Does XNLI benefit from intermediate training on English?"
    assert one.says is says


def test_noise_that_lowers_scores_is_a_yes():
    assert only(effect("noise-typos/xnli", -2.0)).says is Says.YES
    assert only(effect("noise-typos/xnli", 2.0)).says is Says.NO


def test_effects_that_disagree_are_a_yes_in_part():
    one = only(effect("robust/pawsx", 2.0), effect("robust/xnli", 0.1))
    assert one.says is Says.PARTLY
    assert one.text.startswith("XNLI +0.1 (95% interval −0.9 to +1.1, p = 0.500); PAWS-X +2.0")


def test_a_loss_beside_what_is_not_resolved_is_no_yes_in_part():
    assert only(effect("robust/pawsx", -2.0), effect("robust/xnli", 0.1)).says is Says.NOT
    assert only(effect("robust/pawsx", -2.0), effect("robust/xnli", 2.0)).says is Says.MIXED


def test_retrieval_is_compared_with_the_other_tasks():
    gains = [effect("intermediate/tatoeba", 9.0), effect("intermediate/bucc", 2.0), effect("intermediate/mlqa", 4.0)]
    assert only(*gains).text.endswith("Larger than the gain in every other task: Tatoeba.")
    assert only(effect("intermediate/bucc", 2.0), gains[2]).text.endswith("among the other tasks.")


def test_an_arm_ahead_of_all_others_is_named_so():
    ahead = [effect("nli/all", 5.0), effect("qa/all", 1.0)]
    made = said(*ahead)["Does one intermediate task help most?"]
    assert made.says is Says.YES and made.text.startswith("Mean over tasks: inference +5.0")
    close = said(effect("nli/all", 2.0), effect("qa/all", 1.0))["Does one intermediate task help most?"]
    assert close.says is Says.UNRESOLVED and "may be chance" in close.text


def test_one_arm_alone_stands_for_intermediate_training():
    assert only(effect("qa/tydiqa", 3.0)).says is Says.YES


def test_what_the_correction_leaves_open_is_said():
    found = answers(run(effects=(effect("robust/pawsx", 2.0),), facts={"p_holm": {"robust/pawsx": 0.2}}))
    assert (
        "After correction for the 1 effect looked at, chance remains an explanation: PAWS-X (p = 0.200)."
        in found[0].text
    )
    fine = answers(run(effects=(effect("robust/pawsx", 2.0),), facts={"p_holm": {"robust/pawsx": 0.01}}))
    assert "correction" not in fine[0].text


def test_a_smoke_test_answers_nothing():
    assert answers(run(scale="smoke")) == ()
    assert len(answers(run())) == 9


@given(st.floats(-100, 100), st.floats(0, 50))
def test_a_side_is_taken_only_without_zero(middle, half):
    one = effect("nli/xnli", middle, half)
    assert (side(one) != 0) == (one.low > 0 or one.high < 0)


@given(st.floats(-1000, 1000))
def test_signed_is_the_number_again_and_never_a_negative_zero(value):
    shown = signed(value)
    assert abs(float(shown.replace("−", "-")) - value) <= 0.0501
    assert shown not in ("−0.0", "+0.0")


def test_halves_go_up_as_the_audit_rounds_them():
    assert (signed(15.25), signed(-0.04), signed(-1.35)) == ("+15.3", "0.0", "−1.4")


@given(st.text())
def test_a_slug_is_fit_for_a_file(text):
    assert set(file_slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and file_slug(text)


@given(st.permutations(["tatoeba", "all", "xnli", "other", "bucc"]))
def test_tasks_have_one_order(tasks):
    assert in_order(tasks) == ("all", "xnli", "tatoeba", "bucc", "other")
