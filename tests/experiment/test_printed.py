from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.numbers import PublishedTable
from synth.experiment.printed import CellState, compare_table, plain_cell
from synth.experiment.published import parse_published
from synth.types import Table
from tests.experiment.examples import TOML

PUBLISHED = parse_published(TOML, "f.toml").tables[0]
HEADER = ("Model", "Avg", "Fruit with stones Apples Acc.", "Fruit with stones Pears F1 / EM")
ROWS = (("Small", "60.0", "70.0", "60.0 / 40.0"), ("Large†", "70.1", "80.0", "70.0 / 50.3"))


def table(header=HEADER, rows=ROWS, caption="Table 1. Fruit.") -> Table:
    return Table(caption=caption, page=3, header=header, rows=rows)


def states(published: PublishedTable, *tables: Table) -> dict[tuple[str, str], CellState]:
    return {(one.row, one.column): one.state for one in compare_table(published, tables).cells}


def test_a_table_is_compared_by_the_names_of_its_rows_and_columns():
    found = compare_table(PUBLISHED, [table(caption="Table 11: Others"), table()])
    assert found.whole and found.page == 3 and found.count(CellState.SAME) == 6


@given(st.permutations(range(1, 4)), st.permutations(range(2)))
def test_the_order_of_rows_and_columns_does_not_matter(columns, rows):
    order = [0, *columns]
    turned = table(tuple(HEADER[one] for one in order), tuple(tuple(ROWS[r][one] for one in order) for r in rows))
    assert compare_table(PUBLISHED, [turned]).whole


@given(st.integers(0, 1), st.integers(1, 3))
def test_one_other_cell_is_found_and_no_more(row, column):
    rows = [list(one) for one in ROWS]
    rows[row][column] = rows[row][column].replace("0", "1")
    found = compare_table(PUBLISHED, [table(rows=tuple(map(tuple, rows)))])
    (apart,) = [one for one in found.cells if one.state is not CellState.SAME]
    assert apart.state is CellState.DIFFERS and apart.printed == plain_cell(rows[row][column])
    assert not found.whole


def test_a_group_tells_rows_of_one_name_apart():
    doubled = tuple(("First trees", *one) for one in ROWS) + tuple(
        ("Second trees (of the hill)", one[0], "1.0", "1.0", "1.0 / 1.0") for one in ROWS
    )
    wide = table(("", *HEADER), doubled)
    ambiguous = compare_table(PUBLISHED, [wide])
    assert ambiguous.count(CellState.NOT_FOUND) == 6
    assert "several rows" in ambiguous.cells[0].reason
    grouped = replace(PUBLISHED, rows=tuple(replace(row, group="First") for row in PUBLISHED.rows))
    found = compare_table(grouped, [wide])
    assert found.count(CellState.SAME) == 6
    assert len(found.beside) == 2 and "Second trees" in found.beside[0]


def test_a_table_in_two_parts_is_one():
    left = table(HEADER[:2], tuple(one[:2] for one in ROWS))
    right = table((HEADER[0], *HEADER[2:]), tuple((one[0], *one[2:]) for one in ROWS))
    assert compare_table(PUBLISHED, [left, right]).whole


def test_dashes_spaces_and_marks_are_no_difference():
    assert plain_cell("90.1 / –") == "90.1/-"
    assert plain_cell("−4.1†") == "-4.1"


@given(st.text(max_size=20))
def test_a_plain_cell_stays_plain(text):
    assert plain_cell(plain_cell(text)) == plain_cell(text)


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ((), "has no Table 1"),
        ((table(caption="Table 2. Fruit."),), "has no Table 1"),
        ((table(("Model", "Mean", *HEADER[2:])),), "no column of the PDF's table is named “Avg”"),
        ((table(("Model", "Avg", "Avg", "Avg")),), "3 columns of the PDF's table are named “Avg”"),
        ((table(rows=(ROWS[0], ("Huge", *ROWS[1][1:]))),), "no row of the PDF's table is named “Large”"),
    ],
)
def test_what_is_not_found_is_said_exactly(tables, reason):
    found = compare_table(PUBLISHED, tables)
    assert found.count(CellState.NOT_FOUND) and not found.count(CellState.DIFFERS)
    assert any(reason in one.reason for one in found.cells)
    assert not found.whole


def test_a_column_printed_the_other_way_round():
    columns = tuple(replace(one, reversed=len(one.metrics) > 1) for one in PUBLISHED.columns)
    turned = table(rows=tuple((*one[:3], " / ".join(reversed(one[3].split(" / ")))) for one in ROWS))
    assert compare_table(replace(PUBLISHED, columns=columns), [turned]).whole
    assert compare_table(PUBLISHED, [turned]).count(CellState.DIFFERS) == 2
