from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.retrieval.fusion import fuse, ranked

RUNS = st.lists(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([0.1, 0.2, 0.5, 1.0, 2.0]), max_size=8), max_size=4
)


def test_sums_of_reciprocal_ranks():
    fused = dict(fuse([{"a": 9.0, "b": 5.0}, {"b": 0.9, "c": 0.8}]))
    assert fused == {
        "a": pytest.approx(1 / 61),
        "b": pytest.approx(1 / 62 + 1 / 61),
        "c": pytest.approx(1 / 62),
    }


def test_ties_are_broken_by_id():
    assert ranked({"b": 1.0, "a": 1.0, "c": 2.0}) == ("c", "a", "b")
    assert [name for name, _ in fuse([{"b": 1.0}, {"a": 1.0}])] == ["a", "b"]


@given(RUNS, st.randoms(use_true_random=False))
def test_no_order_matters(runs, rng: random.Random):
    shuffled = [dict(rng.sample(sorted(run.items()), len(run))) for run in rng.sample(runs, len(runs))]
    assert fuse(shuffled) == fuse(runs)


@given(RUNS)
def test_every_id_comes_back_once_in_falling_order(runs):
    fused = fuse(runs)
    assert sorted(name for name, _ in fused) == sorted(set().union(*runs))
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)


def test_nothing_gives_nothing():
    assert fuse([]) == ()
