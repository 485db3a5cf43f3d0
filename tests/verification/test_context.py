"""A passage's context is its heading and a sentence on each side."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.types import PassageKind
from synth.verification.context import Neighbours, in_context
from tests.verification.made import passage

SENTENCES = [
    f"Sentence number {name} speaks of {name} transfer."
    for name in ["one", "two", "three", "four", "five", "six", "seven"]
]


def window(number: int, first: int, last: int, *, section: str = "4 Results", paper: str = "P1"):
    """A passage of the sentences from ``first`` up to ``last``."""
    starts = [sum(len(one) + 1 for one in SENTENCES[:at]) for at in range(len(SENTENCES) + 1)]
    made = passage(f"{paper}#{number:04d}", " ".join(SENTENCES[first:last]), start=starts[first])
    return dataclasses.replace(made, section=section)


WINDOWS = [window(1, 0, 3), window(2, 2, 5), window(3, 4, 7)]


def test_a_window_gets_its_heading_and_the_nearest_sentence_of_each_neighbour():
    found = in_context(WINDOWS[1], Neighbours.of(WINDOWS))
    assert found == " ".join(["Results.", *SENTENCES[1:6]])


def test_the_ends_of_a_section_have_one_neighbour():
    neighbours = Neighbours.of(reversed(WINDOWS))
    assert in_context(WINDOWS[0], neighbours) == " ".join(["Results.", *SENTENCES[0:4]])
    assert in_context(WINDOWS[2], neighbours) == " ".join(["Results.", *SENTENCES[3:7]])


@pytest.mark.parametrize("other", [{"section": "5 Limits"}, {"paper": "P2"}])
def test_another_section_or_paper_is_no_context(other):
    stranger = window(2, 2, 5, **other)
    assert in_context(WINDOWS[0], Neighbours.of([WINDOWS[0], stranger])) == f"Results. {WINDOWS[0].text}"


@pytest.mark.parametrize("kind", [PassageKind.CAPTION, PassageKind.TABLE_ROW])
def test_captions_and_rows_get_the_heading_alone(kind):
    row = dataclasses.replace(passage("P1#0002", "Table 2: Scores. | mBERT | XNLI: 65.4"), kind=kind)
    every = [WINDOWS[0], row, dataclasses.replace(WINDOWS[1], id="P1#0003")]
    assert in_context(row, Neighbours.of(every)) == f"Results. {row.text}"
    assert SENTENCES[3] in in_context(every[0], Neighbours.of(every)), "a caption parts no text"


@pytest.mark.parametrize(
    ("section", "heading"),
    [
        ("", ""),
        ("Abstract", "Abstract. "),
        ("4.2 BUCC: Mining", "BUCC: Mining. "),
        ("A.3 Data", "Data. "),
        ("IV. Data", "Data. "),
        ("B Data", "Data. "),
        ("A new task", "A new task. "),
    ],
)
def test_the_number_of_a_heading_is_left_out(section, heading):
    one = dataclasses.replace(WINDOWS[0], section=section)
    assert in_context(one, Neighbours.of([one])) == heading + one.text


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12), st.integers(1, 3))
def test_a_passage_stands_whole_between_at_most_one_sentence_on_each_side(texts, size):
    passages = [
        passage(f"P1#{number:04d}", " ".join(texts[at : at + size]))
        for number, at in enumerate(range(0, len(texts), 2), start=1)
    ]
    for one in passages:
        heading, around = in_context(one, Neighbours.of(passages)).split(" ", 1)
        before, after = around.split(one.text, 1)
        assert heading == "Results."
        assert before.strip() in ("", *SENTENCES)
        assert after.strip() in ("", *SENTENCES)
