"""Tables cell by cell, from the places of words near a caption (pure).

Only tables of figures under a numbered caption are taken. Where rows and columns come out clean, each cell stands
behind the name of its column; where they do not, only the rows are kept (:mod:`synth.parsing.loose`): a column
that is read wrong is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from synth.parsing.boxes import union
from synth.parsing.cells import Row, rows_of
from synth.parsing.grid import CAPTION_WORD, Grid, grids_of
from synth.parsing.lines import Line
from synth.parsing.loose import loose_grid
from synth.parsing.pages import Page
from synth.types import Box, Table

_TABLE = re.compile(r"^(?:Table|TABLE|T ABLE|Tab\.)\s*(?:[A-Z]?\.?\d|[IVX]+\b)")
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What stands on one side of a caption, if it reads as a table."""

    caption: str
    page: int
    below: bool
    grids: tuple[Grid, ...]

    @property
    def box(self) -> Box:
        """Where the rows stand."""
        return union([box for _, _, box in self.grids])


def tables_of(pages: Sequence[Page], captions: Sequence[tuple[str, Sequence[Line]]]) -> tuple[Table, ...]:
    """The tables of a document, in the order of their captions.

    Captions stand on one side of their tables throughout a paper: where both sides of a caption read
    as a table, or two captions claim the same rows, the side that is usual in the paper decides.

    Args:
        pages: The pages, with the words of those that hold a table.
        captions: Text and lines of every caption.
    """
    by_number = {page.number: page for page in pages}
    numbered = [(text, lines) for text, lines in captions if _TABLE.match(text)]
    placed = [(by_number[lines[0].page], text, lines) for text, lines in numbered if lines[0].page in by_number]
    placed = [(page, text, lines) for page, text, lines in placed if page.words]
    sides = [_candidates(page, text, lines) for page, text, lines in placed]
    alone = [found[0].below for found in sides if len(found) == 1]
    usual = 2 * sum(alone) >= len(alone)
    chosen = [max(found, key=lambda one: one.below is usual) for found in sides if found]
    clean = [one for one in chosen if one.below is usual or not _is_claimed(one, chosen)]
    others = [place for place, found in zip(placed, sides, strict=True) if not found]
    kept = [*clean, *_loose(others, clean, usual=usual if alone else None)]
    order = {(text, page.number): at for at, (page, text, _) in enumerate(placed)}
    kept.sort(key=lambda one: order[one.caption, one.page])
    return tuple(
        Table(
            caption=one.caption,
            page=one.page,
            header=header,
            rows=rows,
            box=None if by_number[one.page].turned else box,
        )
        for one in kept
        for header, rows, box in one.grids
    )


def _loose(
    places: Sequence[tuple[Page, str, Sequence[Line]]], clean: Sequence[Candidate], *, usual: bool | None
) -> list[Candidate]:
    """The rows of the other tables, on the side that is usual, or on the other one where nobody else claims them."""
    sides = [found for place in places if (found := _sides(*place, loose=True, taken=clean))]
    if usual is None:
        alone = [found[0].below for found in sides if len(found) == 1]
        usual = 2 * sum(alone) >= len(alone)
    first = [max(found, key=lambda one: one.below is usual) for found in sides]
    return [one for one in first if not _is_claimed(one, [*clean, *(two for two in first if two.below is usual)])]


def _is_claimed(one: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether another caption claims some of the same rows."""
    return any(
        other is not one
        and other.page == one.page
        and min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0) > 2
        and min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0) > 2
        for other in chosen
    )


def _candidates(page: Page, caption: str, lines: Sequence[Line]) -> list[Candidate]:
    return _sides(page, caption, lines, loose=False)


def _sides(
    page: Page, caption: str, lines: Sequence[Line], *, loose: bool, taken: Sequence[Candidate] = ()
) -> list[Candidate]:
    """What reads as a table below a caption, and above it, outside of the tables that are taken."""
    box = union([line.box for line in lines])
    left, right = _extent(page, box, lines[0])
    others = [one.box for one in taken if one.page == page.number]
    words = [
        word
        for word in page.words
        if word.box.x0 >= left - 4 and word.box.x1 <= right + 4 and not any(_is_in(word.box, one) for one in others)
    ]
    below = _near(rows_of([word for word in words if word.box.y0 >= box.y1 - 2]), box.y1, right - left)
    above = _near(rows_of([word for word in words if word.box.y1 <= box.y0 + 2])[::-1], box.y0, right - left)
    read = _loosely if loose else grids_of
    found = (
        Candidate(caption, page.number, True, read(below)),
        Candidate(caption, page.number, False, read(above[::-1])),
    )
    return [one for one in found if one.grids]


def _loosely(rows: Sequence[Row]) -> tuple[Grid, ...]:
    """The table with names of columns, if it can be read so with less caution and no row is lost; else its rows."""
    grid = loose_grid(rows)
    if grid is None:
        return ()
    named = grids_of(rows, lenient=True)
    # numbers that name the columns look like one more row where columns have no names
    n_rows = sum(len(body) + any(_NUMBER.match(name) for name in header[1:]) for header, body, _ in named)
    return named if n_rows >= len(grid[1]) else (grid,)


def _is_in(word: Box, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box.x0 < x < box.x1 and box.y0 < y < box.y1


def _extent(page: Page, box: Box, line: Line) -> tuple[float, float]:
    """Between which edges the table of a caption may stand: its column, or the whole page."""
    middle = page.width / 2
    if box.x0 < middle - 10 and box.x1 > middle + 10:
        return 0.0, page.width
    one_column = line.left < middle - 60 and line.right > middle + 60
    if one_column:
        return 0.0, page.width
    return (0.0, middle) if box.x1 <= middle + 10 else (middle - 4, page.width)


def _near(rows: Sequence[Row], edge: float, width: float) -> list[Row]:
    """The rows next to a caption, up to running text, another caption or a wide gap."""
    taken: list[Row] = []
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else ()
        heads_group = len(row) == 1 and sum(cell.is_value for cell in following) >= 3
        box = union([cell.box for cell in row])
        height = box.y1 - box.y0
        gap = min(abs(box.y0 - edge), abs(box.y1 - edge))
        if gap > (3.5 if not taken else 2.2) * max(height, 6.0) or (_is_text(row, width) and not heads_group):
            break
        taken.append(row)
        edge = box.y1 if box.y1 > edge else box.y0
    return taken


def _is_text(row: Row, width: float) -> bool:
    """Whether a row is running text or a caption, and no row of a table."""
    opening = row[0].text.split()
    if len(opening) > 2 and CAPTION_WORD.match(opening[0]):
        return True
    longest = max(row, key=lambda cell: len(cell.text))
    words = sum(token.isalpha() for token in longest.text.split())
    return len(row) <= 2 and words >= 7 and longest.box.x1 - longest.box.x0 > 0.6 * min(width, 500)
