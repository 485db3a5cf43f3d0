"""Which wordings mean the same, with models made up for the purpose."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from synth.diff.matching import meaning
from synth.diff.matching.meaning import EntailmentJudge, candidates, comparable, entailment


class Words:
    """An encoder by a few words' counts."""

    signature = "words"
    vocabulary = ("lakes", "freeze", "ponds", "snow", "falls", "ice")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.array([[text.lower().count(word) + 0.01 for word in self.vocabulary] for text in texts])
        counts = counts.reshape(len(texts), len(self.vocabulary))
        vectors: NDArray[np.float32] = (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)
        return vectors


class Entails:
    """A model that knows what entails what; all else is neutral."""

    signature = "entails"
    stated = ""

    def __init__(self, *known: tuple[str, str]) -> None:
        self.known = set(known)
        self.asked: list[tuple[str, str]] = []

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        self.asked += pairs
        return np.array([[2.0, 0.0, -2.0] if pair in self.known else [-2.0, 2.0, 0.0] for pair in pairs])


A, B, C = "Lakes freeze early.", "Early on, lakes freeze over.", "Snow falls late."


def test_both_directions_are_needed() -> None:
    both = EntailmentJudge(Words(), Entails((A, B), (B, A))).same([A], [C, B])
    assert both == {(0, 1): pytest.approx(0.866813)}  # e^2 / (e^2 + 1 + e^-2)
    assert EntailmentJudge(Words(), Entails((A, B))).same([A], [B]) == {}
    assert EntailmentJudge(Words(), Entails((B, A))).same([A], [B]) == {}


def test_what_is_far_is_not_asked_about() -> None:
    nli = Entails((A, C), (C, A))
    assert EntailmentJudge(Words(), nli).same([A], [C]) == {}
    assert nli.asked == []


def test_other_figures_are_never_one_meaning() -> None:
    nli = Entails()
    old, new = "Lakes freeze by 8.1 degrees.", "Lakes freeze by 8.7 degrees."
    nli.known = {(old, new), (new, old)}
    assert EntailmentJudge(Words(), nli, close=0.0, entailed=0.0).same([old], [new]) == {}


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Lakes freeze in nine days.", "Within 9 days, lakes freeze.", True),
        ("From 5 to 8 days.", "From 8 to 5 days.", False),
        ("Lakes freeze.", "Lakes do not freeze.", False),
        ("There, Larkspur freezes.", "There, Tessera freezes.", False),
        ("Lakes freeze.", "Lakes freeze by 3 degrees.", False),
    ],
)
def test_comparable(one: str, other: str, may: bool) -> None:
    assert comparable(one, other) is may


def test_nothing_given() -> None:
    assert EntailmentJudge(Words(), Entails()).same([], [A]) == {}
    assert EntailmentJudge(Words(), Entails()).same([A], []) == {}


@given(
    st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), max_size=6),
    st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), max_size=6),
    st.integers(1, 3),
)
def test_candidates_are_among_the_nearest_of_either_side(a: list[list[int]], b: list[list[int]], nearest: int) -> None:
    old, new = (np.array(rows, dtype=np.float32).reshape(-1, 3) for rows in (a, b))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meaning, "_ROWS", 2)  # several slices
        found = candidates(old, new, nearest, 1.0)
        assert candidates(new, old, nearest, 1.0) == tuple(sorted((j, i) for i, j in found))
    products = old @ new.T
    expected = {
        (i, j)
        for i in range(len(a))
        for j in range(len(b))
        if products[i, j] >= 1
        and min((products[i] > products[i, j]).sum(), (products[:, j] > products[i, j]).sum()) < nearest
    }
    assert set(found) == expected


def test_entailment_is_the_softmax() -> None:
    assert entailment(np.array([[0.0, 0.0, 0.0], [1000.0, 0.0, 0.0]])) == (0.333333, 1.0)
