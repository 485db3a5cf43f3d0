"""A claim is searched as worded, read without the title of a paper, and never against where it was taken from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from synth.retrieval.index import PassageIndex
from synth.types import Passage
from synth.verification.evidence import DEPTH, DEPTH_ASKED
from synth.verification.weighing import weigh
from tests.verification.made import claim, origin, passage

PASSAGES = {
    one.id: one for one in (passage(f"P1#{at:04d}", f"Transfer number {at} works.", start=100 * at) for at in range(9))
}


class Neutral:
    """Sees nothing anywhere, and keeps what it read."""

    signature, stated = "neutral@1", ""

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        self.read += pairs
        return np.tile([0.0, 5.0, 0.0], (len(pairs), 1))


def index(passages: Sequence[Passage]) -> PassageIndex:
    return PassageIndex(passages, np.ones((len(passages), 4)) / 2)


def test_each_kind_of_claim_is_weighed_in_its_own_way(monkeypatch):
    asked = claim("The paper “On the Transfer of Models” transfers.")
    stated = claim("Transfer number 3 works.", origins=[origin("P1", start=300, end=310, verbatim="Ours works.")])
    searched: list[tuple[str, int]] = []
    search = PassageIndex.search

    def recorded(self, text, embedding, *, k, **options):
        searched.append((text, k))
        return search(self, text, embedding, k=k, **options)

    monkeypatch.setattr(PassageIndex, "search", recorded)
    nli, found = Neutral(), []
    vectors = np.ones((2, 4)) / 2
    weighed = weigh(
        [asked, stated], vectors, PASSAGES, index([*PASSAGES.values()]), nli, on_found=lambda: found.append(1)
    )
    assert searched == [(asked.text, DEPTH_ASKED), (stated.text, DEPTH)]
    (read, evidence), (same, rest) = weighed
    assert read.text == "The paper transfers."
    assert same == stated
    assert {hypothesis for _, hypothesis in nli.read} == {read.text, "Ours works."}
    assert len(evidence) == DEPTH_ASKED
    assert "P1#0003" not in {piece.passage_id for piece in rest}
    assert len(rest) == DEPTH
    assert len(found) == 2


def test_what_a_paper_did_is_weighed_against_its_own_passages_alone():
    elsewhere = [passage(f"P2#{at:04d}", f"We transfer model number {at}.") for at in range(9)]
    collection = {**PASSAGES, **{one.id: one for one in elsewhere}}
    places = [origin("P1", start=300, end=310)]
    did = claim("The paper “On the Transfer of Models” uses transfer number 3.", origins=places)
    held = claim("Every model number transfers well.", origins=places)
    weighed = weigh([did, held], np.ones((2, 4)) / 2, collection, index([*collection.values()]), Neutral())
    (_, of_one), (_, of_all) = weighed
    assert {piece.paper_id for piece in of_one} == {"P1"}
    assert len(of_one) == DEPTH
    assert "P2" in {piece.paper_id for piece in of_all}


def test_nothing_to_weigh():
    assert weigh([], np.zeros((0, 4)), PASSAGES, index([*PASSAGES.values()]), Neutral()) == ()
    ((_, evidence),) = weigh([claim("Transfer works well.")], np.ones((1, 4)) / 2, {}, index([]), Neutral())
    assert evidence == ()
