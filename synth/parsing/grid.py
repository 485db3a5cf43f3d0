"""Words to rows and columns (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from synth.parsing.boxes import union
from synth.parsing.mend import mend_line
from synth.parsing.pages import Word
from synth.types import Box

_VALUE = re.compile(r"^[-−–+±~<>≤≥$(\[]*\.?\d[\d.,:/×x^%±\-−–+()\[\]kKMB†‡*∗]*[a-z%]?$|^[-–—−✓✗✘×/±|]$|^(?:n/?a|N/?A)$")
_PLAIN_NUMBER = re.compile(r"^[-−–]?(?:\d[\d,]*\.?\d*|\.\d+)%?$")
_NUMBER = re.compile(r"^[-−–+±(]*\.?\d")
CAPTION_WORD = re.compile(r"^(?:Figure|Fig\.|FIGURE|Table|TABLE|Algorithm)$")
_LONGEST_CELL = 90


@dataclass(frozen=True)
class Cell:
    """Words of a row that stand close together; what follows from them is found once, for it is asked for often."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        """Where the words stand."""
        return union([word.box for word in self.words])

    @cached_property
    def text(self) -> str:
        """The words, mended."""
        return mend_line(" ".join(word.text for word in self.words)).strip()

    @cached_property
    def is_value(self) -> bool:
        """Whether the cell holds a number or the sign for none."""
        return all(_VALUE.match(token) for token in self.text.split())


def has_figure(cell: Cell) -> bool:
    """Whether a cell holds a number and nothing but numbers and signs."""
    return cell.is_value and any(char.isdigit() for char in cell.text)


Row = tuple[Cell, ...]
Grid = tuple[tuple[str, ...], tuple[tuple[str, ...], ...], Box]
"""Header, rows and box."""


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Words in rows from top to bottom, each row in cells."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.box.y0 + w.box.y1) / 2, w.box.x0)):
        centre = (word.box.y0 + word.box.y1) / 2
        height = word.box.y1 - word.box.y0
        if groups and centre - median((w.box.y0 + w.box.y1) / 2 for w in groups[-1]) < 0.35 * height:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_cells(sorted(group, key=lambda w: w.box.x0)) for group in groups]


def _cells(words: Sequence[Word]) -> Row:
    height = median(word.box.y1 - word.box.y0 for word in words)
    groups: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.box.x0 - before.box.x1 > 0.55 * height or _are_two_values(before.text, word.text):
            groups.append([word])
        else:
            groups[-1].append(word)
    return tuple(Cell(tuple(group)) for group in groups)


def _are_two_values(before: str, after: str) -> bool:
    """Whether two neighbours are figures of two columns, and not "84.2 (1.1)" or "61 / 44"."""
    return bool(_PLAIN_NUMBER.match(before) and _PLAIN_NUMBER.match(after))


def grids_of(found: Sequence[Row]) -> tuple[Grid, ...]:
    """The grids of a table, one for each header; none where rows and columns are not clean."""
    rows = _with_labels(found)
    bodies = [index for index, row in enumerate(rows) if sum(cell.is_value for cell in row) >= 2]
    if len(bodies) < 2:
        return ()
    while len(bodies) > 2 and not _has_label(rows[bodies[0]]):
        bodies = bodies[1:]  # years or sizes above the columns belong to the header
    edges = _columns([rows[index] for index in bodies])
    if len(edges) < 3:
        return ()
    starts = [index for index in range(bodies[0], bodies[-1]) if _is_header(rows[index], edges)]
    grids: list[Grid] = []
    bounds = [0, *starts, bodies[-1] + 1]
    for start, end in pairwise(bounds):
        grid = _grid(rows[start:end], edges)
        if grid is None:
            return ()
        grids.append(grid)
    return tuple(grids)


def _is_header(row: Row, edges: Sequence[tuple[float, float]]) -> bool:
    """Whether a row within a table names its columns anew."""
    return len(row) >= 0.5 * len(edges) and not any(cell.is_value for cell in row)


def _grid(rows: Sequence[Row], edges: Sequence[tuple[float, float]]) -> Grid | None:
    first = next((i for i, row in enumerate(rows) if sum(cell.is_value for cell in row) >= 2 and _has_label(row)), None)
    if first is None:
        return None
    if first and len(rows[first - 1]) == 1 and len(rows[first - 1][0].text.split()) > 2:
        first -= 1  # the name of a group of rows
    body = _body(rows[first:], edges)
    header = _header(rows[:first], edges)
    if body is None or header is None:
        return None
    grouped = any(row[0] for row in body)
    made = tuple(row if grouped else row[1:] for row in body)
    if not _is_clean(tuple(row[1:] for row in body)) or _is_doubled(header, body):
        return None
    names = ("", *header) if grouped else header
    return names, made, union([cell.box for row in rows for cell in row])


def _with_labels(rows: Sequence[Row]) -> list[Row]:
    """Labels set in two lines beside their row of figures joined to it."""
    made: list[Row] = []
    loose: list[Cell] = []
    for row in rows:
        before = made[-1] if made else None
        if len(row) == 1 and not row[0].is_value and before is not None and _beside(row[0], before):
            first = before[0]
            if not first.is_value and first in loose:
                made[-1] = (Cell((*first.words, *row[0].words)), *before[1:])
                continue
        if before is not None and len(before) == 1 and len(row) > 2 and row[0].is_value and _beside(before[0], row):
            loose.append(before[0])
            made[-1] = (before[0], *row)
            continue
        made.append(row)
    return made


def _beside(label: Cell, row: Row) -> bool:
    """Whether a label overlaps a row in height and stands left of its figures."""
    figures = [cell for cell in row if cell.is_value]
    if not figures:
        return False
    box = union([cell.box for cell in figures])
    return min(box.y1, label.box.y1) - max(box.y0, label.box.y0) > 0.5 and label.box.x1 < box.x0


def _is_doubled(header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a column without a name holds words: the labels of a second table beside the first."""
    return any(
        not name and any(row[place + 1] and not _VALUE.match(row[place + 1].split()[0]) for row in body)
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


def _body(rows: Sequence[Row], edges: Sequence[tuple[float, float]]) -> tuple[tuple[str, ...], ...] | None:
    """Rows by column, the name of their group in front; None where a cell has no column of its own."""
    group = ""
    made: list[tuple[str, ...]] = []
    bottom = float("-inf")
    for index, row in enumerate(rows):
        box = union([cell.box for cell in row])
        values = sum(cell.is_value for cell in row)
        if values < 2 and len(row) == 1:
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
    values = [cell for cell in filled if all(_VALUE.match(token) for token in cell.split())]
    whole = [re.sub(r"\s*[/±|]\s*|\s+(?=\()", "/", cell) for cell in values]
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
