from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.retrieval.index import DEPTH, ROWS, PassageIndex
from synth.types import Passage, PassageKind, SectionRole

TEXTS = (
    "Transfer to Urdu improves by 2 points.",
    "Transfer to French improves.",
    "The encoder has twelve layers.",
    "Table 1: Urdu 61.3",
    "Nothing in common at all.",
)
ALL = range(len(TEXTS))


def passage(number: int, text: str, kind: PassageKind = PassageKind.PROSE) -> Passage:
    return Passage(
        id=f"P1#{number:04d}",
        paper_id="P1",
        kind=kind,
        section="1 Results",
        role=SectionRole.RESULTS,
        page=1,
        start=number * 100,
        end=number * 100 + len(text),
        text=text,
    )


def index(order=ALL) -> PassageIndex:
    vectors = np.eye(len(TEXTS))
    kinds = {3: PassageKind.TABLE_ROW}
    passages = [passage(at, TEXTS[at], kinds.get(at, PassageKind.PROSE)) for at in order]
    return PassageIndex(passages, vectors[list(order)])


def test_words_and_meaning_both_count():
    run = index().search("transfer to Urdu", np.array([0, 0.2, 0.9, 0, 0]), k=5)
    assert [line.passage_id for line in run[:3]] == ["P1#0000", "P1#0002", "P1#0001"]  # by words, by meaning, by both
    assert run[0].score >= run[1].score
    assert len(run) == 5


def test_table_rows_compete():
    run = index().search("Urdu", np.array([0, 0, 0, 1.0, 0]), k=1)
    assert run[0].passage_id == "P1#0003"
    assert run[0].dense == 1.0
    assert run[0].sparse > 0


def test_a_table_fills_no_run():
    text = "Urdu transfer"
    rows = [replace(passage(at, text, PassageKind.TABLE_ROW), start=7, end=9) for at in range(6)]
    other = replace(passage(7, text, PassageKind.TABLE_ROW), start=20, end=22)
    prose = [passage(at, text) for at in (8, 9, 10)]
    passages = [*rows, other, *prose]
    run = PassageIndex(passages, np.eye(len(passages))).search(text, np.ones(len(passages)) / 10, k=20)
    found = [line.passage_id for line in run]
    assert sum(one.id in found for one in rows) == ROWS
    assert {one.id for one in (other, *prose)} < set(found)


def test_tables_at_one_place_of_two_papers_are_two_tables():
    text = "Urdu transfer"
    first = [replace(passage(at, text, PassageKind.TABLE_ROW), start=7, end=9) for at in range(4)]
    second = [replace(one, id=one.id.replace("P1", "P2"), paper_id="P2") for one in first]
    run = PassageIndex([*first, *second], np.eye(8)).search(text, np.ones(8) / 8**0.5, k=20)
    assert [line.passage_id[:2] for line in run] == ["P1"] * ROWS + ["P2"] * ROWS


def test_each_run_is_read_so_far_down_and_of_equals_the_first_ids_are_in_it():
    alike = [passage(at, "Nothing in common.") for at in reversed(range(DEPTH + 5))]
    run = PassageIndex(alike, np.ones((len(alike), 2)) / 2**0.5).search("Urdu", np.array([1.0, 0.0]), k=2 * DEPTH)
    assert [line.passage_id for line in run] == [f"P1#{at:04d}" for at in range(DEPTH)]


def test_a_query_without_a_common_word_is_found_by_meaning_alone():
    run = index().search("unheard", np.array([0.1, 0.2, 0.9, 0.3, 0.0]), k=2)
    assert [(line.passage_id, line.score, line.sparse) for line in run] == [
        ("P1#0002", 0.5, 0.0),
        ("P1#0003", pytest.approx(1 / 6), 0.0),
    ]


def test_a_similarity_is_at_most_one_and_its_last_digits_turn_no_ranking():
    twins = [passage(at, "Nothing in common.") for at in range(3)]
    run = PassageIndex(twins, np.array([[0.9, 0.0], [0.9 + 1e-9, 0.0], [1.0001, 0.0]])).search(
        "Urdu", np.array([1.0, 0.0]), k=3
    )
    assert [(line.passage_id, line.dense) for line in run] == [("P1#0002", 1.0), ("P1#0000", 0.9), ("P1#0001", 0.9)]


def test_more_passages_stand_behind_the_run_whatever_their_rank():
    met: list[str] = []

    def more(run):
        met.extend(line.passage_id for line in run)
        return ("P1#0004", "P1#0003")

    vector = np.array([0, 0.2, 0.9, 0, 0])
    run = index().search("transfer to Urdu", vector, k=2, more=more)
    assert met == [line.passage_id for line in run[:2]]
    assert [line.passage_id for line in run[2:]] == ["P1#0004", "P1#0003"]
    assert run[:2] == index().search("transfer to Urdu", vector, k=2)
    whole = {line.passage_id: line for line in index().search("transfer to Urdu", vector, k=9)}
    assert run[2:] == (whole["P1#0004"], whole["P1#0003"])  # with the scores that they have in it
    with pytest.raises(KeyError):
        index().search("transfer to Urdu", vector, k=2, more=lambda run: ("P9#0001",))


def test_excluded_passages_are_not_ranked():
    run = index().search("transfer to Urdu", np.ones(5) / 5**0.5, k=9, exclude=lambda it: it.id == "P1#0000")
    assert len(run) == 4
    assert "P1#0000" not in {line.passage_id for line in run}


@given(st.permutations(range(len(TEXTS))))
def test_the_order_of_the_passages_does_not_matter(order):
    query = np.array([0.5, 0.5, 0.5, 0.5, 0])
    assert index(order).search("Urdu transfer", query, k=4) == index().search("Urdu transfer", query, k=4)


@pytest.mark.parametrize("k", [0, 3])
def test_an_empty_collection_finds_nothing(k):
    assert PassageIndex([], np.zeros((0, 5))).search("Urdu", np.zeros(5), k=k) == ()


def test_mismatched_input_is_refused():
    with pytest.raises(ValueError, match="1 passages, but 2 embeddings"):
        PassageIndex([passage(0, "a")], np.eye(2))
    with pytest.raises(ValueError, match="share an id"):
        PassageIndex([passage(0, "a"), passage(0, "b")], np.eye(2))
