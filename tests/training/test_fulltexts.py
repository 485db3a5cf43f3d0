"""Full papers from labelled sentences: title, sections, places, and what is no sentence."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.parsing.passages import passages
from synth.training.fulltexts import full_text, read_full_texts
from synth.training.passages import Place
from synth.types import SectionRole

LINES = [
    (4, "title"),
    (5, "A Parser for Long Inputs"),
    (6, "abstract"),
    (7, "We present a parser for long inputs ."),
    (8, "Introduction"),
    (9, "Parsing long inputs is slow ."),
    (10, ", where"),
    (11, "Our parser is twice as fast as the old one ."),
    (12, "4.2 Results"),
    (13, "The gate gives 1.5 points ."),
]


def test_headings_make_sections_and_what_is_too_short_is_no_sentence() -> None:
    found = full_text("ncg", "parsing/7", LINES)
    assert found.paper.title == "A Parser for Long Inputs"
    assert [(one.section, one.text) for one in found.document.sentences] == [
        ("Abstract", "We present a parser for long inputs."),
        ("Introduction", "Parsing long inputs is slow."),
        ("Introduction", "Our parser is twice as fast as the old one."),
        ("4.2 Results", "The gate gives 1.5 points."),
    ]
    assert found.numbers == (7, 9, 11, 13)
    roles = [one.role for one in found.document.sentences]
    assert roles == [SectionRole.ABSTRACT, SectionRole.INTRODUCTION, SectionRole.INTRODUCTION, SectionRole.RESULTS]


def test_offsets_are_those_of_the_text() -> None:
    document = full_text("ncg", "parsing/7", LINES).document
    assert all(document.text[one.start : one.end] == one.text for one in document.sentences)


def test_a_paper_that_starts_with_its_title_has_its_abstract_next() -> None:
    lines = [(0, "Research Article"), (1, "Seawater Electrolysis"), (2, "Seawater is abundant on Earth .")]
    found = full_text("mulms_az", "electrolysis_04", lines)
    assert (found.paper.title, found.document.sentences[0].section) == ("Seawater Electrolysis", "Abstract")


def test_every_passage_has_a_place_and_its_place_gives_its_text() -> None:
    found = full_text("ncg", "parsing/7", LINES)
    for passage in passages(found.document):
        place = found.place(passage.start, passage.end)
        assert (place.set, place.doc) == ("ncg", "parsing/7")
        assert found.text(place.first, place.last) == passage.text
    assert found.place(found.document.sentences[1].start, found.document.sentences[2].end) == Place(
        "ncg", "parsing/7", 9, 11
    )


def test_a_span_that_is_no_sentence_has_no_place() -> None:
    found = full_text("ncg", "parsing/7", LINES)
    with pytest.raises(KeyError):
        found.place(1, found.document.sentences[0].end)
    with pytest.raises(KeyError):
        found.text(8, 9)


@given(st.permutations(LINES))
def test_the_order_of_the_lines_does_not_matter(lines: list[tuple[int, str]]) -> None:
    assert full_text("ncg", "parsing/7", lines) == full_text("ncg", "parsing/7", LINES)


def test_papers_of_other_sets_are_passed_over(tmp_path: Path) -> None:
    rows = [{"set": name, "doc": "d", "i": i, "text": text} for name in ("ncg", "abstrct") for i, text in LINES]
    with lzma.open(tmp_path / "sentences.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    assert list(read_full_texts([tmp_path, tmp_path / "absent"])) == ["ncg:d"]
    assert read_full_texts([]) == {}
