"""Rows of cells to columns with names (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from synth.parsing.boxes import union
from synth.parsing.cells import VALUE, Cell, Row, has_figure
from synth.parsing.row_labels import filled, joined, spread
from synth.types import Box

CAPTION_WORD = re.compile(r"^(?:Figure|Fig\.|FIGURE|Table|TABLE|Algorithm)$")
_NUMBER = re.compile(r"^[-−–+±(]*\.?\d")
_SIZE = re.compile(r"^(\d+(?:\.\d+)?)[kKMB%]?$")
_LONGEST_CELL = 90

Grid = tuple[tuple[str, ...], tuple[tuple[str, ...], ...], Box]
"""Header, rows and box."""


def grids_of(found: Sequence[Row], *, lenient: bool = False) -> tuple[Grid, ...]:
    """The grids of a table, one for each header; none where rows and columns are not clean.

    Args:
        found: What stands on one side of a caption, from top to bottom.
        lenient: Whether tables count in which one column alone holds figures, numbers name the rows or the
            columns, or a label stands once for several rows.
    """
    rows = spread(joined(found)) if lenient else joined(found)
    shape = _shape(rows, lenient=lenient)
    bodies = [index for index, row in enumerate(rows) if shape.is_body(row)]
    if len(bodies) < 2:
        return ()
    while shape.labelled and len(bodies) > 2 and not _has_label(rows[bodies[0]]):
        bodies = bodies[1:]  # years or sizes above the columns belong to the header
    edges = _columns([rows[index] for index in bodies])
    if len(edges) < shape.fewest + 1:
        return ()
    starts = [index for index in range(bodies[0], bodies[-1]) if _is_header(rows[index], edges)]
    grids: list[Grid] = []
    bounds = [0, *starts, bodies[-1] + 1]
    for start, end in pairwise(bounds):
        grid = _grid(rows[start:end], edges, shape)
        if grid is None:
            return ()
        grids.append(grid)
    return tuple(grids)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a row of figures looks like in a table."""

    fewest: int
    """Figures in a row, at least."""
    labelled: bool
    """Whether words name the rows; otherwise their first number does."""
    lenient: bool

    def is_body(self, row: Row) -> bool:
        figures = sum(cell.is_value for cell in row)
        return figures >= self.fewest and (self.fewest > 1 or (_has_label(row) and any(map(has_figure, row))))

    def starts(self, row: Row) -> bool:
        return self.is_body(row) and (_has_label(row) or not self.labelled)


def _shape(rows: Sequence[Row], *, lenient: bool) -> _Shape:
    wide = [row for row in rows if sum(cell.is_value for cell in row) >= 2]
    if not lenient:
        return _Shape(2, labelled=True, lenient=False)
    if len(wide) < 2:
        return _Shape(1, labelled=True, lenient=True)
    return _Shape(2, labelled=any(map(_has_label, wide)), lenient=True)


def _is_header(row: Row, edges: Sequence[tuple[float, float]]) -> bool:
    """Whether a row within a table names its columns anew."""
    return len(row) >= max(2, 0.5 * len(edges)) and not any(cell.is_value for cell in row)


def _grid(rows: Sequence[Row], edges: Sequence[tuple[float, float]], shape: _Shape) -> Grid | None:
    first = next((index for index, row in enumerate(rows) if shape.starts(row)), None)
    if first is None:
        return None
    if first and len(rows[first - 1]) == 1:
        alone = rows[first - 1][0].text
        named = shape.lenient and _header(rows[: first - 1], edges) is not None
        if len(alone.split()) > (1 if named else 2):
            first -= 1  # the name of a group of rows
    header = _header(rows[:first], edges)
    if header is None and shape.lenient and _counts_up(rows[first]):
        first += 1  # sizes or settings that name the columns
        header = _header(rows[:first], edges)
    body = _body(rows[first:], edges, shape.fewest)
    if body is None or header is None or not (shape.labelled or header[0]):
        return None
    if shape.lenient and (not all(header[1:]) or len(set(header)) < len(header)):
        return None  # what tells these columns apart was not read
    body = _with_labels(body)
    grouped = any(row[0] for row in body)
    made = tuple(row if grouped else row[1:] for row in body)
    if not _is_clean(tuple(row[1:] for row in body)) or _is_doubled(header, body):
        return None
    names = ("", *header) if grouped else header
    return names, made, union([cell.box for row in rows for cell in row])


def _counts_up(row: Row) -> bool:
    """Whether the numbers of a row rise from left to right, as sizes and settings do above the columns they name."""
    sizes = [_SIZE.match(cell.text) for cell in row if cell.is_value]
    values = [float(size[1]) for size in sizes if size]
    return len(values) == len(sizes) >= 3 and all(one < other for one, other in pairwise(values))


def _with_labels(body: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The rows with every label in all of its rows, group by group."""
    columns = list(zip(*body, strict=True))
    words = [
        place
        for place, column in enumerate(columns)
        if place and 2 * sum(map(_is_word, column)) > sum(map(bool, column))
    ]
    last = max(words, default=1)
    made: list[tuple[str, ...]] = []
    for _, rows in groupby(body, key=lambda row: row[0]):
        parts = list(zip(*rows, strict=True))
        made += zip(*(filled(part) if 0 < place <= last else part for place, part in enumerate(parts)), strict=True)
    return tuple(made)


def _is_word(cell: str) -> bool:
    return bool(cell) and not all(VALUE.match(token) for token in cell.split())


def _is_doubled(header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a column without a name holds words: the labels of a second table beside the first."""
    return any(
        not name and any(row[place + 1] and not VALUE.match(row[place + 1].split()[0]) for row in body)
        for place, name in enumerate(header)
        if place > 0
    )


def _has_label(row: Row) -> bool:
    return not row[0].is_value


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Left and right edge of each column: where the cells of the rows overlap each other."""
    spans = sorted((cell.box.x0, cell.box.x1) for row in rows for cell in row)
    merged: list[list[float]] = []
    for x0, x1 in spans:
        if merged and x0 < merged[-1][1] + 0.5:
            merged[-1][1] = max(merged[-1][1], x1)
        else:
            merged.append([x0, x1])
    return [(x0, x1) for x0, x1 in merged]


def _column_of(cell: Cell, edges: Sequence[tuple[float, float]]) -> list[int]:
    return [i for i, (x0, x1) in enumerate(edges) if min(x1, cell.box.x1) - max(x0, cell.box.x0) > 0.5]


def _body(rows: Sequence[Row], edges: Sequence[tuple[float, float]], fewest: int) -> tuple[tuple[str, ...], ...] | None:
    """Rows by column, the name of their group in front; None where a cell has no column of its own."""
    group = ""
    made: list[tuple[str, ...]] = []
    bottom = float("-inf")
    for index, row in enumerate(rows):
        box = union([cell.box for cell in row])
        values = sum(cell.is_value for cell in row)
        if values < fewest and len(row) == 1 and (fewest > 1 or 0 in _column_of(row[0], edges)):
            following = rows[index + 1] if index + 1 < len(rows) else None
            top = min(cell.box.y0 for cell in following) if following else float("inf")
            if box.y0 < bottom - 1 or box.y1 > top + 1:
                return None  # a label for several rows, set between them
            group = row[0].text
            bottom = box.y1
            continue
        if values < 1:
            return None  # a row of words: a second header, or no table of figures
        cells = [""] * len(edges)
        for cell in row:
            places = _column_of(cell, edges)
            if len(places) != 1 or cells[places[0]]:
                return None
            cells[places[0]] = cell.text
        made.append((group, *cells))
        bottom = box.y1
    return tuple(made)


def _header(rows: Sequence[Row], edges: Sequence[tuple[float, float]]) -> tuple[str, ...] | None:
    """The names of the columns, upper lines first; None where there are none."""
    names = [""] * len(edges)
    for row in reversed(rows[-4:]):
        if is_no_header(row):
            break
        added = [""] * len(edges)
        for cell in _by_column(row, edges, names):
            for place in _column_of(cell, edges) or [_nearest(cell, edges)]:
                added[place] = f"{added[place]} {cell.text}".strip()
        names = [f"{upper} {lower}".strip() for upper, lower in zip(added, names, strict=True)]
    named = sum(bool(name) for name in names[1:])
    return tuple(names) if named >= 0.6 * (len(edges) - 1) else None


def is_no_header(row: Row) -> bool:
    """Whether a row above the columns is text, a caption or a heading."""
    texts = [cell.text for cell in row]
    if any(len(text.split()) >= 7 or CAPTION_WORD.match(text.split()[0]) for text in texts if text):
        return True
    if len(row) == 2 and len(texts[0]) <= 3 and len(texts[1].split()) >= 4:
        return True  # "B Results of all models", a heading with its number
    return len(row) == 1 and (len(texts[0].split()) >= 4 or texts[0].endswith("."))


def _by_column(row: Row, edges: Sequence[tuple[float, float]], below: Sequence[str]) -> Row:
    """The cells of a header's row; those over several columns without a name of their own, word by word."""
    made: list[Cell] = []
    for cell in row:
        single = [Cell((word,)) for word in cell.words]
        places = [_column_of(one, edges) for one in single]
        apart = len(single) > 1 and all(len(p) == 1 for p in places) and len({p[0] for p in places}) == len(places)
        made.extend(single if apart and not any(below[p[0]] for p in places) else [cell])
    return tuple(made)


def _nearest(cell: Cell, edges: Sequence[tuple[float, float]]) -> int:
    centre = (cell.box.x0 + cell.box.x1) / 2
    return min(range(len(edges)), key=lambda i: abs((edges[i][0] + edges[i][1]) / 2 - centre))


def _is_clean(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most cells are filled, most are figures, and each holds one."""
    if len(rows) < 2:
        return False
    cells = [cell for row in rows for cell in row[1:]]
    filled = [cell for cell in cells if cell]
    values = [cell for cell in filled if all(VALUE.match(token) for token in cell.split())]
    whole = [re.sub(r"\s*[/±|,]\s*|\s+(?=\()", "/", cell) for cell in values]
    double = [cell for cell in whole if sum(bool(_NUMBER.match(token)) for token in cell.split()) > 1]
    sparse = any(sum(bool(cell) for cell in row) < 0.5 * len(row) for row in rows)
    long = any(len(cell) > _LONGEST_CELL for cell in filled)
    return (
        not sparse
        and not long
        and len(filled) >= 0.7 * len(cells)
        and len(values) >= 0.5 * len(filled)
        and len(double) <= 0.1 * len(values)
    )
