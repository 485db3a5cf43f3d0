from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.retrieval.fusion import blend, ranked

RUNS = st.lists(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([0.1, 0.2, 0.5, 1.0, 2.0]), max_size=8), max_size=4
)


def test_ties_are_broken_by_id():
    assert ranked({"b": 1.0, "a": 1.0, "c": 2.0}) == ("c", "a", "b")
    assert [name for name, _ in blend([{"b": 1.0}, {"a": 1.0}])] == ["a", "b"]


@given(RUNS)
def test_every_id_comes_back_once_in_falling_order(runs):
    fused = blend(runs)
    assert sorted(name for name, _ in fused) == sorted(set().union(*runs))
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)


def test_nothing_gives_nothing():
    assert blend([]) == ()


def test_blending_keeps_how_far_apart_scores_are():
    fused = dict(blend([{"a": 9.0, "b": 5.0, "c": 1.0}, {"b": 0.9, "c": 0.8}]))
    assert fused == {"a": 0.5, "b": 0.75, "c": 0.0}


def test_a_small_lead_is_a_lead():
    assert [name for name, _ in blend([{"b": 1.0, "a": 0.9999, "c": 0.0}])] == ["b", "a", "c"]


def test_a_run_of_equal_scores_says_that_all_are_best():
    assert blend([{"b": 0.3, "a": 0.3}]) == (("a", 1.0), ("b", 1.0))


@given(RUNS, st.randoms(use_true_random=False))
def test_no_order_matters_for_blending(runs, rng: random.Random):
    shuffled = [dict(rng.sample(sorted(run.items()), len(run))) for run in rng.sample(runs, len(runs))]
    assert blend(shuffled) == blend(runs)


@given(RUNS, st.floats(0.1, 50), st.floats(-3, 3))
def test_blending_feels_neither_scale_nor_offset_of_a_run(runs, factor: float, offset: float):
    moved = [{name: score * factor + offset for name, score in run.items()} for run in runs]
    for (_, before), (_, after) in zip(blend(runs), blend(moved), strict=True):
        assert after == pytest.approx(before, abs=1e-6)


@given(RUNS)
def test_every_id_is_blended_once_between_nothing_and_one(runs):
    fused = blend(runs)
    assert sorted(name for name, _ in fused) == sorted(set().union(*runs))
    assert all(0 <= score <= 1 for _, score in fused)
