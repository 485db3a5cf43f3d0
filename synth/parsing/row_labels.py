"""Labels that stand beside their rows and not in them: in two lines, or once for several rows (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean, median

from synth.parsing.boxes import union
from synth.parsing.cells import Cell, Row

_OFF = 0.3
"""How far a label may stand from the middle of its rows, in distances between rows."""


def joined(rows: Sequence[Row]) -> list[Row]:
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


def spread(rows: Sequence[Row]) -> list[Row]:
    """Labels that stand once for several rows, at their middle, set before each of these rows.

    Such a label in the middle of two or four rows is a line of its own between them; in the middle of three it is the
    first cell of the second. The rows are parted so that every label stands at the middle of its own; where that
    cannot be, all stay as they are.
    """
    figures = [index for index, row in enumerate(rows) if sum(cell.is_value for cell in row) >= 2]
    lone = [index for index in range(figures[0], len(rows)) if _is_between(rows, index)] if figures else []
    if not lone:
        return list(rows)
    labels = [rows[index][0] for index in lone]
    left, right = min(cell.box.x0 for cell in labels), max(cell.box.x1 for cell in labels)
    own = {
        index: rows[index][0]
        for index in figures
        if not rows[index][0].is_value and rows[index][0].box.x0 < right and rows[index][0].box.x1 > left
    }
    label_of: dict[int, Cell] = {}
    for part in _parts(rows, figures, lone):
        inside = sorted([*(own[at] for at in part if at in own), *_among(labels, rows, part)], key=_middle)
        blocks = _blocks([_middle_of(rows[at]) for at in part], [_middle(cell) for cell in inside])
        if blocks is None:
            return list(rows)
        for cell, block in zip(inside, blocks, strict=True):
            label_of.update((part[at], cell) for at in block)
    made = []
    for index, row in enumerate(rows):
        if index not in lone:
            made.append((label_of[index], *row) if index in label_of and index not in own else row)
    return made


def filled(column: Sequence[str]) -> tuple[str, ...]:
    """A column of labels that stand at the middle of an odd number of rows, each written in all of its rows.

    Args:
        column: Its cells from top to bottom, empty where a label stands once for several rows.

    Returns:
        The labels; the column as it is where one cannot stand at the middle of its own. Labels at the top of their
        rows look like that as well: which rows they name cannot be told from labels whose first row was lost.
    """
    made: list[str] = []
    for at, cell in enumerate(column):
        if cell:
            if len(made) > at:
                return tuple(column)  # inside the rows of the label before
            made += [cell] * (2 * (at - len(made)) + 1)
    return tuple(made) if len(made) == len(column) else tuple(column)


def _is_between(rows: Sequence[Row], index: int) -> bool:
    """Whether a row is a label alone that overlaps the lines around it in height."""
    row = rows[index]
    if len(row) != 1 or row[0].is_value:
        return False
    before = max((cell.box.y1 for cell in rows[index - 1]), default=0.0) if index else 0.0
    after = min(cell.box.y0 for cell in rows[index + 1]) if index + 1 < len(rows) else float("inf")
    return row[0].box.y0 < before - 1 or row[0].box.y1 > after + 1


def _parts(rows: Sequence[Row], figures: Sequence[int], lone: Sequence[int]) -> list[list[int]]:
    """Rows of figures that no other line parts: a heading of a group ends every label's rows."""
    parts: list[list[int]] = [[figures[0]]]
    for before, index in pairwise(figures):
        if all(at in lone for at in range(before + 1, index)):
            parts[-1].append(index)
        else:
            parts.append([index])
    return parts


def _among(labels: Sequence[Cell], rows: Sequence[Row], part: Sequence[int]) -> list[Cell]:
    top, bottom = _middle_of(rows[part[0]]), _middle_of(rows[part[-1]])
    return [cell for cell in labels if top <= _middle(cell) <= bottom]


def _blocks(heights: Sequence[float], middles: Sequence[float]) -> list[range] | None:
    """Which rows belong to each label, from top to bottom; None where no parting puts every label at its middle."""
    if not middles:
        return []
    pitch = median([below - above for above, below in pairwise(heights)]) if len(heights) > 1 else 1.0
    blocks: list[range] = []
    start = 0
    for middle in middles:
        ends = range(start + 1, len(heights) + 1)
        end = min(ends, key=lambda end: abs(mean(heights[start:end]) - middle), default=start)
        if end == start or abs(mean(heights[start:end]) - middle) > _OFF * pitch:
            return None
        blocks.append(range(start, end))
        start = end
    return blocks if start == len(heights) else None


def _middle(cell: Cell) -> float:
    return (cell.box.y0 + cell.box.y1) / 2


def _middle_of(row: Row) -> float:
    return mean(_middle(cell) for cell in row)
