from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.evaluation.ranking import ndcg, recall

QRELS = {"q": {"a": 1, "b": 1, "c": 0}, "unjudged": {"z": 0}}


def test_ndcg_by_hand() -> None:
    ideal = 1 + 1 / math.log2(3)
    assert ndcg(QRELS, {"q": ["x", "a", "y", "b"]}, 10) == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)
    assert ndcg(QRELS, {"q": ["a", "b"]}, 10) == 1.0
    assert ndcg(QRELS, {}, 10) == 0.0


def test_ndcg_agrees_with_scikit_learn() -> None:
    from sklearn.metrics import ndcg_score

    gains = {"a": 1, "b": 0, "c": 1, "d": 0, "e": 1}
    run = ["b", "c", "a", "d", "e"]
    reference = ndcg_score([[gains[name] for name in run]], [[5, 4, 3, 2, 1]], k=4)
    assert ndcg({"q": gains}, {"q": run}, 4) == pytest.approx(reference)


def test_recall_counts_relevant_documents_only() -> None:
    assert recall(QRELS, {"q": ["c", "a", "x", "b"]}, 2) == 0.5
    assert recall(QRELS, {"q": ["a", "b"]}, 2) == 1.0


names = st.permutations(list("abcdefgh"))


@given(names, st.integers(1, 8))
def test_scores_lie_between_nought_and_one_and_grow_with_a_better_first(run: list[str], k: int) -> None:
    better = ["a", *(name for name in run if name != "a")]
    for score in (ndcg, recall):
        assert 0 <= score(QRELS, {"q": run}, k) <= score(QRELS, {"q": better}, k) <= 1
