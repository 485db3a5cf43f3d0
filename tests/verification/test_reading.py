"""Every passage is read by itself; for a reader's claim, those that speak of it in context and in one sentence too."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from synth.types import ScoredPassage
from synth.verification.context import Neighbours, in_context
from synth.verification.reading import as_read, read_runs
from tests.verification.made import claim, origin, passage

SPEAKS = passage("P1#0001", "Transfer to Urdu improves with scale.")
BEHIND = passage("P1#0002", "It does so for no other language.", start=40)
SILENT = passage("P2#0001", "The weather was fine.")
PASSAGES = {one.id: one for one in (SPEAKS, BEHIND, SILENT)}


class Reader:
    """Says of a text with the word "Urdu" that it supports, a little less for every further character."""

    signature = "reader@1"

    def __init__(self, stated: str = "") -> None:
        self.stated = stated
        self.asked: list[list[tuple[str, str]]] = []

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        self.asked.append(list(pairs))
        return np.array(
            [(5.0 - len(text) / 100, 0.0, -5.0) if "Urdu" in text else (-4.0, 2.0, -4.0) for text, _ in pairs]
        )


def run(*names: str) -> list[ScoredPassage]:
    return [ScoredPassage(passage_id=name, score=1.0, dense=0.5, sparse=0.5) for name in names]


def test_only_what_speaks_of_the_claim_is_read_again_and_the_mean_counts():
    reader, about = Reader(), claim()
    (found,) = read_runs(reader, [about], [run("P2#0001", "P1#0001")], PASSAGES)
    context = in_context(SPEAKS, Neighbours.of(PASSAGES.values()))
    assert BEHIND.text in context
    assert reader.asked == [
        [(SILENT.text, about.text), (SPEAKS.text, about.text)],
        [(context, about.text), (SPEAKS.text, about.text)],
    ]
    first, second = 5.0 - len(SPEAKS.text) / 100, 5.0 - len(context) / 100
    np.testing.assert_allclose(found, [(-4.0, 2.0, -4.0), ((2 * first + second) / 3, 0.0, -5.0)])


def test_of_several_sentences_the_nearest_is_read_alone_for_each_claim():
    both = passage("P1#0001", "Transfer to Urdu improves with scale. The Urdu corpus is small.")
    first, second = claim("Transfer improves with scale."), claim("The corpus for Urdu is small.")
    reader = Reader()
    found = read_runs(reader, [first, second], [run("P1#0001"), run("P1#0001")], {both.id: both})
    alone = ["Transfer to Urdu improves with scale.", "The Urdu corpus is small."]
    assert reader.asked[1][2:] == [(alone[0], first.text), (alone[1], second.text)]
    wide = in_context(both, Neighbours.of([both]))
    for rows, sentence in zip(found, alone, strict=True):
        assert rows[0][0] == pytest.approx(5.0 - (len(both.text) + len(wide) + len(sentence)) / 300)


def test_each_run_gets_its_own_rows_in_its_own_order():
    claims = [claim(), claim("Nothing helps."), claim("Scale helps.")]
    found = read_runs(Reader(), claims, [run("P1#0001"), [], run("P2#0001", "P1#0002")], PASSAGES)
    assert [rows.shape for rows in found] == [(1, 3), (0, 3), (2, 3)]
    assert found[0][0][0] > 0 > found[2][0][0]


def test_without_claims_or_passages_nothing_is_found():
    assert read_runs(Reader(), [], [], PASSAGES) == ()
    assert [rows.shape for rows in read_runs(Reader(), [claim()], [[]], {})] == [(0, 3)]


def test_a_papers_own_claim_stands_behind_the_mark_and_is_read_once():
    reader = Reader(stated="reported: ")
    own = claim("Scale helps.", origins=[origin("P9", verbatim="Scale helps a lot, we find.")])
    (found,) = read_runs(reader, [own], [run("P1#0001")], PASSAGES)
    assert reader.asked == [[(SPEAKS.text, "reported: Scale helps.")]]
    np.testing.assert_allclose(found, [(5.0 - len(SPEAKS.text) / 100, 0.0, -5.0)])


def test_a_paper_is_asked_in_its_own_words_and_others_in_those_of_the_report():
    reader = Reader(stated="reported: ")
    own = claim(
        "Moreno’s model helps.", origins=[origin("P1", verbatim="Our model helps."), origin("P9", verbatim="No.")]
    )
    read_runs(reader, [own], [run("P1#0001", "P2#0001")], PASSAGES)
    assert reader.asked == [
        [(SPEAKS.text, "reported: Our model helps."), (SILENT.text, "reported: Moreno’s model helps.")]
    ]


def test_what_is_read_is_told_with_the_number_of_distinct_pairs():
    told = []
    read_runs(
        Reader(),
        [claim(), claim()],
        [run("P1#0001"), run("P1#0001", "P2#0001")],
        PASSAGES,
        on_reading=lambda what, pairs: told.append((what, pairs)),
    )
    assert [pairs for _, pairs in told] == [2, 2]
    assert told[0][0] != told[1][0]


def test_where_nothing_speaks_there_is_one_reading():
    told = []
    reader = Reader()
    read_runs(reader, [claim()], [run("P2#0001")], PASSAGES, on_reading=lambda what, pairs: told.append(pairs))
    assert (len(reader.asked), told) == (1, [1])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The paper “Deep Nets for All of Us” trains on 8 words.", "The paper trains on 8 words."),
        ('Analysis in the article "Deep Nets for All" shows gains.', "Analysis in the article shows gains."),
        ("The paper calls it “transfer across languages” throughout.",) * 2,
        ("The word “typologically” occurs twice.",) * 2,
    ],
)
def test_the_title_of_a_named_paper_is_not_read(text, read):
    asked = claim(text)
    assert as_read(asked).text == read
    assert as_read(asked).id == asked.id


def test_a_papers_claim_is_read_as_its_proposition():
    stated = claim("The paper “Deep Nets for All of Us” finds that nets are deep.", origins=[origin()])
    assert as_read(stated).text == "Nets are deep."
    assert (as_read(stated).id, as_read(stated).origins) == (stated.id, stated.origins)
    asked = claim("Smith et al. find that nets are deep.")
    assert as_read(asked) == asked, "a reader may ask who found it"
