"""A claim is searched as worded, read without the title of a paper, and never against where it was taken from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from synth.types import Passage, ScoredPassage
from synth.verification.evidence import DEPTH, DEPTH_ASKED
from synth.verification.weighing import weigh
from tests.verification.made import claim, origin, passage

PASSAGES = {
    one.id: one for one in (passage(f"P1#{at:04d}", f"Transfer number {at} works.", start=100 * at) for at in range(9))
}


class Everything:
    """Finds all passages in order, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def search(
        self,
        text: str,
        embedding: NDArray[np.floating],
        *,
        k: int,
        exclude: Callable[[Passage], bool] | None = None,
        more: Callable[[Sequence[ScoredPassage]], Sequence[str]] | None = None,
    ) -> tuple[ScoredPassage, ...]:
        self.asked.append((text, k))
        left = [name for name, one in PASSAGES.items() if exclude is None or not exclude(one)]
        return tuple(ScoredPassage(passage_id=name, score=1.0, sparse=1.0, dense=0.5) for name in left[:k])


class Neutral:
    """Sees nothing anywhere, and keeps what it read."""

    signature, stated = "neutral@1", ""

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        self.read += pairs
        return np.tile([0.0, 5.0, 0.0], (len(pairs), 1))


def test_each_kind_of_claim_is_weighed_in_its_own_way():
    asked = claim("The paper “On the Transfer of Models” transfers.")
    stated = claim("Transfer number 3 works.", origins=[origin("P1", start=300, end=310)])
    index, nli, found = Everything(), Neutral(), []
    weighed = weigh([asked, stated], np.zeros((2, 4)), PASSAGES, index, nli, on_found=lambda: found.append(1))
    assert index.asked == [(asked.text, DEPTH_ASKED), (stated.text, DEPTH)]
    (read, evidence), (same, rest) = weighed
    assert read.text == "The paper transfers."
    assert same is stated
    assert {hypothesis for _, hypothesis in nli.read} == {read.text, stated.text}
    assert [piece.passage_id for piece in evidence] == list(PASSAGES)[:DEPTH_ASKED]
    assert "P1#0003" not in {piece.passage_id for piece in rest}
    assert len(rest) == DEPTH
    assert len(found) == 2


def test_nothing_to_weigh():
    assert weigh([], np.zeros((0, 4)), PASSAGES, Everything(), Neutral()) == ()
    ((_, evidence),) = weigh([claim("Transfer works well.")], np.zeros((1, 4)), {}, _Nothing(), Neutral())
    assert evidence == ()


class _Nothing(Everything):
    def search(self, *args: object, **options: object) -> tuple[ScoredPassage, ...]:
        return ()
