from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.parsing.serialise import document_from_json, document_to_json
from synth.types import Box, Document, ReadFrom, SectionRole, Sentence, Table

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
NUMBER = st.floats(allow_nan=False, allow_infinity=False, width=32)
BOX = st.none() | st.builds(Box, NUMBER, NUMBER, NUMBER, NUMBER)
SENTENCE = st.builds(
    Sentence,
    text=TEXT,
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    page=st.integers(0, 99),
    section=TEXT,
    role=st.sampled_from(SectionRole),
    box=BOX,
    paragraph=st.integers(0, 9),
)
ROW = st.tuples(TEXT, TEXT)
TABLE = st.builds(
    Table, caption=TEXT, page=st.integers(1, 9), header=ROW, rows=st.lists(ROW, max_size=3).map(tuple), box=BOX
)
DOCUMENT = st.builds(
    Document,
    paper_id=TEXT,
    read_from=st.sampled_from(ReadFrom),
    text=TEXT,
    sentences=st.lists(SENTENCE, max_size=3).map(tuple),
    captions=st.lists(SENTENCE, max_size=2).map(tuple),
    tables=st.lists(TABLE, max_size=2).map(tuple),
    n_pages=st.integers(0, 200),
    notes=st.lists(TEXT, max_size=2).map(tuple),
)


@given(DOCUMENT)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    body = document_to_json(document)
    assert document_from_json(body) == document
    assert document_to_json(document_from_json(body)) == body
    assert "\n" not in body


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"paper_id": 1}', "not json"])
def test_what_is_no_document_is_a_value_error(body: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        document_from_json(body)
