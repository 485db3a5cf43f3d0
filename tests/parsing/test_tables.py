from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from synth.parsing.lines import Line
from synth.parsing.pages import Page, Word
from synth.parsing.tables import tables_of
from synth.types import Box

CAPTION = "Table 3: Scores of all models."
GRID = (
    ("Model", "en", "de", "sw"),
    ("Small", "70.1", "65.2", "50.3"),
    ("Large", "72.6", "68.0", "55.1"),
)


def _words(rows: Sequence[Sequence[str]], top: float, step: float = 60) -> list[Word]:
    words = []
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            x = 80 + step * place
            for token in cell.split():
                words.append(Word(Box(x, top + 12 * number, x + 4.5 * len(token), top + 12 * number + 9), token))
                x += 4.5 * len(token) + 2.5
    return words


def _line(y: float) -> Line:
    return Line(1, 0, 72, 540, Box(80, y, 300, y + 10), (), CAPTION, 10.0, 0)


def _page(words: Sequence[Word]) -> Page:
    return Page(1, 612, 792, (), words=tuple(words))


@pytest.mark.parametrize(("top", "caption"), [(100, 145), (120, 100)])
def test_a_table_above_or_below_its_caption(top: float, caption: float) -> None:
    (table,) = tables_of([_page(_words(GRID, top))], [(CAPTION, [_line(caption)])])
    assert table.header == GRID[0]
    assert table.rows == GRID[1:]
    assert (table.caption, table.page) == (CAPTION, 1)
    assert table.box is not None


def test_rows_carry_the_name_of_their_group() -> None:
    rows = (
        GRID[0],
        ("Zero-shot transfer of models",),
        *GRID[1:],
        ("Translated data for training",),
        ("Small", "-", "66.0", "-"),
    )
    (table,) = tables_of([_page(_words(rows, 120))], [(CAPTION, [_line(100)])])
    assert table.header == ("", *GRID[0])
    assert [row[:2] for row in table.rows] == [
        ("Zero-shot transfer of models", "Small"),
        ("Zero-shot transfer of models", "Large"),
        ("Translated data for training", "Small"),
    ]


def test_pairs_stay_in_their_cell_and_neighbours_part() -> None:
    rows = (("Model", "XQuAD", "MLQA"), ("Small", "64.5 / 49.4", "61.4 (0.2)"), ("Large", "76.6 / 60.8", "71.6 (0.1)"))
    (table,) = tables_of([_page(_words(rows, 120, 90))], [(CAPTION, [_line(100)])])
    assert table.rows == rows[1:]


def test_a_table_whose_columns_are_named_anew_is_two() -> None:
    second = (("Model", "fr", "ru", "zh"), ("Small", "1.1", "2.2", "3.3"), ("Large", "4.4", "5.5", "6.6"))
    made = tables_of([_page(_words((*GRID, *second), 120))], [(CAPTION, [_line(100)])])
    assert [table.header for table in made] == [GRID[0], second[0]]


@pytest.mark.parametrize(
    "rows",
    [
        (GRID[0], GRID[1]),  # one row is no table
        (("Model", "Example"), ("Small", "a text"), ("Large", "another")),  # no figures
        (("1", "70.1"), ("2", "72.6")),  # figures without a word
    ],
)
def test_doubtful_tables_are_left_out(rows: Sequence[Sequence[str]]) -> None:
    assert tables_of([_page(_words(rows, 120))], [(CAPTION, [_line(100)])]) == ()


@pytest.mark.parametrize(
    "rows",
    [
        (GRID[0], GRID[1], ("Large", "72.6")),  # ragged
        (("Model", "en"), GRID[1][:3], GRID[2][:3]),  # a column without a name
    ],
)
def test_of_a_doubtful_table_the_rows_are_kept_without_names(rows: Sequence[Sequence[str]]) -> None:
    (table,) = tables_of([_page(_words(rows, 120))], [(CAPTION, [_line(100)])])
    assert set(table.header) == {""}
    assert [tuple(cell for cell in row if cell) for row in table.rows] == [
        (" ".join(rows[0]), *rows[1]),
        (" ".join(rows[0]), *rows[2]),
    ]


def test_one_column_of_figures_is_a_table() -> None:
    rows = (("Model", "score"), ("Small", "70.1"), ("Large", "72.6"))
    (table,) = tables_of([_page(_words(rows, 120))], [(CAPTION, [_line(100)])])
    assert (table.header, table.rows) == (rows[0], rows[1:])


def test_rows_of_one_figure_follow_their_group() -> None:
    rows = (
        ("Model", "score"),
        ("Zero-shot transfer",),
        ("Small", "70.1"),
        ("Translated",),
        ("Large", "72.6"),
        ("Huge", "75.0"),
    )
    (table,) = tables_of([_page(_words(rows, 120))], [(CAPTION, [_line(100)])])
    assert table.header == ("", *rows[0])
    assert table.rows == (
        ("Zero-shot transfer", "Small", "70.1"),
        ("Translated", "Large", "72.6"),
        ("Translated", "Huge", "75.0"),
    )


def test_rows_without_names_follow_their_group() -> None:
    rows = (
        ("Model", "en", "de", "sw"),
        ("Zero-shot",),
        ("Small", "70.1"),
        ("Translated",),
        ("Large", "72.6", "68.0", "55.1"),
        ("Huge", "75.0"),
    )
    (table,) = tables_of([_page(_words(rows, 120))], [(CAPTION, [_line(100)])])
    assert [row[:3] for row in table.rows] == [
        ("Model en de sw", "Zero-shot", "Small"),
        ("Model en de sw", "Translated", "Large"),
        ("Model en de sw", "Translated", "Huge"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (("Size", "en", "de"), ("100", "13.4", "15.7"), ("300", "23.2", "29.2")),  # a size names a row
        (("Top-k", "3", "4", "5"), ("Small", "13.4", "15.7", "16.0"), ("Large", "23.2", "29.2", "29.9")),  # a column
        (("Words", "24M", "49M", "98M"), ("100", "13.4", "15.7", "16.0"), ("300", "23.2", "29.2", "29.9")),  # both
        (("Model", "en", "de"), ("Small", "70.1 (69.0, 71.2)", "65.2 (64.1,66.3)"), ("Large", "72.6 (1)", "68.0 (2)")),
    ],
)
def test_numbers_name_rows_and_columns_and_intervals_stay_whole(rows: Sequence[Sequence[str]]) -> None:
    (table,) = tables_of([_page(_words(rows, 120, 100))], [(CAPTION, [_line(100)])])
    assert (table.header, table.rows) == (rows[0], rows[1:])


def test_numbers_that_do_not_rise_name_no_column() -> None:
    rows = (("Small", "70.1", "65.2", "50.3"), ("Large", "72.6", "68.0", "55.1"))
    (table,) = tables_of([_page(_words(rows, 120))], [(CAPTION, [_line(100)])])
    assert set(table.header) == {""}


def _labelled(
    labels: Sequence[tuple[str, float]], methods: Sequence[str], names: Sequence[str] = ("en", "de")
) -> list[Word]:
    """Two figures behind each method, under a header; labels of several rows to the left, at heights of their own."""
    words = _words((("Method", *names), *((name, "70.1", "65.2") for name in methods)), 120)
    words = [word._replace(box=Box(word.box.x0 + 90, word.box.y0, word.box.x1 + 90, word.box.y1)) for word in words]
    beside = [Word(Box(80, 120 + 12 * row, 80 + 4.5 * len(name), 129 + 12 * row), name) for name, row in labels]
    return [*words, Word(Box(80, 120, 102.5, 129), "Model"), *beside]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([("XLM", 1.5), ("BERT", 3.5)], ["XLM", "XLM", "BERT", "BERT"]),
        ([("XLM", 2), ("BERT", 4)], ["XLM", "XLM", "XLM", "BERT"]),
        ([("XLM", 1.5), ("BERT", 3), ("T5", 4)], ["XLM", "XLM", "BERT", "T5"]),
        ([("XLM", 2.5)], ["XLM", "XLM", "XLM", "XLM"]),
    ],
)
def test_a_label_at_the_middle_of_its_rows_stands_in_each(labels, expected) -> None:
    words = _labelled(labels, ["direct", "trained", "tuned", "raw"])
    (table,) = tables_of([_page(words)], [(CAPTION, [_line(100)])])
    assert table.header == ("Model", "Method", "en", "de")
    assert [row[0] for row in table.rows] == expected


@pytest.mark.parametrize("labels", [[("XLM", 1.5), ("BERT", 4.5)], [("XLM", 3.5)], [("XLM", 1), ("BERT", 2.5)]])
def test_labels_that_part_no_rows_evenly_name_none(labels) -> None:
    words = _labelled(labels, ["direct", "trained", "tuned", "raw", "plain"])
    (table,) = tables_of([_page(words)], [(CAPTION, [_line(100)])])
    assert set(table.header) == {""}


def test_columns_of_one_name_have_none() -> None:
    words = _labelled([("XLM", 1.5), ("BERT", 3.5)], ["direct", "trained", "tuned", "raw"], ("F1", "F1"))
    (table,) = tables_of([_page(words)], [(CAPTION, [_line(100)])])
    assert set(table.header) == {""}, "the line that tells them apart was not read"


def test_a_label_inside_its_rows_stands_in_each_where_the_first_cell_is_empty() -> None:
    words = _labelled([("XLM", 2), ("BERT", 5)], ["direct", "trained", "tuned"] * 2)
    (table,) = tables_of([_page(words)], [(CAPTION, [_line(100)])])
    assert [row[0] for row in table.rows] == ["XLM"] * 3 + ["BERT"] * 3


def test_decimals_without_a_zero_are_figures() -> None:
    rows = (GRID[0], ("Small", ".70", ".65", ".50"), ("Large", ".72", ".68", ".55"))
    (table,) = tables_of([_page(_words(rows, 120))], [(CAPTION, [_line(100)])])
    assert (table.header, table.rows) == (rows[0], rows[1:])


def test_a_table_may_bear_a_roman_number() -> None:
    caption = "TABLE IV: Scores of all models."
    (table,) = tables_of([_page(_words(GRID, 120))], [(caption, [_line(100)])])
    assert table.header == GRID[0]


def test_a_clean_table_keeps_its_rows_from_a_doubtful_one_beside_it() -> None:
    doubtful = (("Model", "score"), ("Tiny", "1.5"), ("Giant", "2.5"))
    words = [*_words(GRID, 120), *_words(doubtful, 190)]
    captions = [(CAPTION, [_line(100)]), ("Table 4: Scores of others.", [_line(235)])]
    clean, loose = tables_of([_page(words)], captions)
    assert clean.rows == GRID[1:]
    assert loose.rows == doubtful[1:]


def test_running_text_above_a_table_is_no_header() -> None:
    text = ("Here the running text of the column comes to its end before the table starts.",)
    (table,) = tables_of([_page(_words((text, *GRID), 88))], [(CAPTION, [_line(145)])])
    assert table.header == GRID[0]


def test_captions_of_figures_have_no_table() -> None:
    line = replace(_line(100), text="Figure 3: Scores of all models.")
    assert tables_of([_page(_words(GRID, 120))], [(line.text, [line])]) == ()
