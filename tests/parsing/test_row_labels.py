"""A label that stands once for an odd number of rows is written in each of them, or nowhere new."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.parsing.row_labels import filled


@given(st.lists(st.integers(0, 4), max_size=6))
def test_labels_at_the_middle_fill_their_rows(arms):
    blocks = [[""] * arm + [f"label {at}"] + [""] * arm for at, arm in enumerate(arms)]
    column = [cell for block in blocks for cell in block]
    assert filled(column) == tuple(f"label {at}" for at, arm in enumerate(arms) for _ in range(2 * arm + 1))


@pytest.mark.parametrize(
    "column",
    [
        ["", ""],
        ["XLM", "", "", "BERT", ""],  # at the top of its rows, or the middle of lost ones
        ["", "", "XLM", "", "BERT", ""],  # a label inside the rows of another
        ["", "XLM", "", ""],  # rows left over
    ],
)
def test_labels_that_cannot_stand_at_the_middle_stay_where_they_are(column):
    assert filled(column) == tuple(column)
