from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from synth.experiment.kinds import Mining
from synth.experiment.scoring import retrieval

VECTORS = arrays.arrays(np.float32, (7, 5), elements=st.floats(-1, 1, width=16))


def drawn(n: int = 12, width: int = 6, seed: int = 0) -> retrieval.Vectors:
    return np.random.default_rng(seed).standard_normal((n, width)).astype(np.float32)


def test_every_sentence_finds_itself_and_length_does_not_matter():
    vectors = drawn()
    assert retrieval.tatoeba_accuracy(vectors, vectors * np.arange(1, 13, dtype=np.float32)[:, None]) == 100.0


def test_english_asks_and_the_other_language_answers():
    english = np.array([[1, 0], [0.9, 0.1]], dtype=np.float32)
    foreign = np.array([[1, 0], [0, 1]], dtype=np.float32)
    assert retrieval.tatoeba_hits(english, foreign) == [1.0, 0.0]
    assert retrieval.tatoeba_hits(foreign, english) == [1.0, 1.0]


def test_of_equally_near_ones_the_first_counts_and_empty_vectors_find_nothing_but_it():
    same = np.ones((3, 2), dtype=np.float32)
    assert retrieval.tatoeba_hits(same, same) == [1.0, 0.0, 0.0]
    assert retrieval.tatoeba_hits(np.zeros_like(same), same) == [1.0, 0.0, 0.0]


def test_other_shapes_are_refused():
    with pytest.raises(ValueError, match="shapes"):
        retrieval.tatoeba_hits(drawn(3), drawn(4))


@settings(deadline=None)  # the first product of matrices may take long on a busy machine
@given(VECTORS, VECTORS)
def test_margins_pair_each_row_and_column_at_most_once_best_first(one, other):
    found = retrieval.margins(one, other, 3)
    assert len({row for row, _, _ in found}) == len({column for _, column, _ in found}) == len(found)
    scores = [score for _, _, score in found]
    assert scores == sorted(scores, reverse=True) and all(0 < score < float("inf") for score in scores)


def test_the_margin_is_the_cosine_over_the_mean_of_the_neighbours():
    foreign, english = drawn(5), drawn(5, seed=1)
    foreign[2] = english[3] * 4
    unit = [one / np.linalg.norm(one, axis=1, keepdims=True) for one in (foreign, english)]
    cosines = unit[0] @ unit[1].T
    means = np.sort(cosines, axis=1)[:, -2:].mean(axis=1), np.sort(cosines, axis=0)[-2:].mean(axis=0)
    row, column, score = next(one for one in retrieval.margins(foreign, english, 2) if one[0] == 2)
    assert column == 3 and score == pytest.approx(1 / ((means[0][row] + means[1][column]) / 2), rel=1e-5)


def test_searching_in_blocks_changes_nothing(monkeypatch):
    one, other = drawn(30), drawn(40, seed=2)
    whole = retrieval.margins(one, other)
    monkeypatch.setattr(retrieval, "_ROWS", 7)
    assert [pair[:2] for pair in retrieval.margins(one, other)] == [pair[:2] for pair in whole]


def heaps(foreign: str, english: str) -> Mining:
    return Mining(
        "zh",
        tuple((f"z{place}", text) for place, text in enumerate(foreign)),
        tuple((f"e{place}", text) for place, text in enumerate(english)),
        frozenset({("z0", "e0")}),
    )


def test_a_repeated_sentence_is_no_candidate():
    vectors = drawn(3)
    assert set(retrieval.mined(heaps("abc", "xyz"), vectors, vectors)) == {("z0", "e0"), ("z1", "e1"), ("z2", "e2")}
    vectors[1] = vectors[0]
    assert set(retrieval.mined(heaps("aac", "xxz"), vectors, vectors)) == {("z2", "e2")}
    with pytest.raises(ValueError, match="another number of sentences"):
        retrieval.mined(heaps("ab", "xyz"), vectors, vectors)


def test_the_threshold_is_where_f1_is_best():
    candidates = {("a", "a"): 1.4, ("b", "b"): 1.2, ("c", "x"): 1.1, ("d", "d"): 0.9}
    gold = {("a", "a"), ("b", "b"), ("e", "e")}
    threshold = retrieval.tuned_threshold(candidates, gold)
    assert threshold == pytest.approx(1.15)
    assert retrieval.above(candidates, threshold) == {("a", "a"), ("b", "b")}
    assert retrieval.pair_f1(retrieval.above(candidates, threshold), gold).f1 == pytest.approx(80.0)


@given(
    st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), st.sampled_from([0.5, 1.0, 1.5])),
    st.frozensets(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), min_size=1),
)
def test_no_threshold_is_better_than_the_tuned_one(candidates, gold):
    tuned = retrieval.pair_f1(retrieval.above(candidates, retrieval.tuned_threshold(candidates, gold)), gold).f1
    others = [retrieval.pair_f1(retrieval.above(candidates, one), gold).f1 for one in (0.2, 0.7, 1.2, 2.0)]
    assert tuned >= max(others) - 1e-9


@given(st.frozensets(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))))
def test_counts_of_pairs_add_up(pairs):
    gold = {("a", "x"), ("b", "y")}
    counts = retrieval.pair_counts(pairs, gold)
    assert counts.reshape(-1, 3).sum(axis=0).tolist() == [len(pairs & gold), len(pairs), 2]
    named = retrieval.pair_counts(pairs, gold, "dcba")
    assert named.sum(axis=0).tolist() == [len(pairs & gold), len(pairs), 2]
    assert named[:, 2].tolist() == [0, 0, 1, 1]


def test_nothing_to_mine_is_nothing_mined():
    assert retrieval.margins(np.zeros((0, 4), np.float32), drawn(3, 4)) == []
    assert retrieval.tuned_threshold({}, {("a", "b")}) == 0.0
