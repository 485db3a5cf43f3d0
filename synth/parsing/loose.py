"""Rows of tables whose columns do not come out clean: what stands in one line, without the names of columns (pure).

Half of the tables of papers have headers over several columns, cells in two lines, labels between rows. No figure of
such a table can be laid to a column beyond doubt, so nothing is computed with it; but which figures stand
in one line with which label is plain, and a claim that turns on one of them should meet it.
"""

from __future__ import annotations

from collections.abc import Sequence

from synth.parsing.boxes import union
from synth.parsing.cells import Row, has_figure
from synth.parsing.grid import Grid, is_no_header

MOST_ROWS = 80
_HEAD_WORDS = 30
_HEAD_ROWS = 4
_LABEL_WORDS = 12
_UNNAMED = 2
"""Figures behind a label that is a figure itself."""
_LONGEST = 40
"""Words in a row; more are running text."""


def loose_grid(rows: Sequence[Row]) -> Grid | None:
    """The rows of figures among rows of words, each behind the lines above the first and the name of its group.

    Args:
        rows: What stands on one side of a caption, from top to bottom.

    Returns:
        A grid whose columns have no names: the head, the group, the label, then the cells; None where fewer than two
        rows hold a label and a figure.
    """
    bodies = [row for row in rows if _is_body(row)][:MOST_ROWS]
    if len(bodies) < 2:
        return None
    first = rows.index(bodies[0])
    while first and len(rows[first - 1]) == 1 and len(_text(rows[first - 1]).split()) <= _LABEL_WORDS:
        first -= 1  # the name of the first group, and no column's
    name = _head(rows[:first])
    groups: list[str] = []
    made: list[tuple[str, ...]] = []
    for before, row in zip((None, *rows[first:]), rows[first:], strict=False):
        if row in bodies:
            made.append((name, " ".join(" ".join(groups).split()[:_LABEL_WORDS]), *(cell.text for cell in row)))
        elif not any(has_figure(cell) for cell in row):
            groups = [*groups, _text(row)] if before is not None and before not in bodies else [_text(row)]
    width = max(map(len, made))
    cells = tuple((*row, *[""] * (width - len(row))) for row in made)
    return ("",) * width, cells, union([cell.box for row in bodies for cell in row])


def _head(rows: Sequence[Row]) -> str:
    """The lines above the first row, as far up as they may name columns."""
    taken: list[str] = []
    for row in reversed(rows[-_HEAD_ROWS:]):
        if is_no_header(row):
            break
        taken.insert(0, _text(row))
    return " ".join(" ".join(taken).split()[:_HEAD_WORDS])


def _text(row: Row) -> str:
    return " ".join(cell.text for cell in row)


def _is_body(row: Row) -> bool:
    """Whether a row holds a label and a figure, and is no running text; a label may be a size or a setting."""
    figures = sum(has_figure(cell) for cell in row[1:])
    named = not row[0].is_value and any(char.isalpha() for char in row[0].text)
    return (
        figures >= (1 if named else _UNNAMED)
        and sum(len(cell.text.split()) for cell in row) <= _LONGEST
        and len(row[0].text.split()) <= _LABEL_WORDS
    )
