"""A published table against the one in the paper's PDF, cell by cell, rows and columns found by their names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from synth.experiment.numbers import Column, PublishedTable, TableRow
from synth.types import Table

_NUMBER = re.compile(r"(?:Table|TABLE|T ABLE|Tab\.)\s*(?P<number>[A-Z]?\.?\d+)")
_WORD = re.compile(r"[^\W_]+(?:[-.'][^\W_]+)*|\+")
_CELL = re.compile(r"(?:-|-?\d[\d,]*(?:\.\d+)?)(?:/(?:-|-?\d[\d,]*(?:\.\d+)?))*")
_MARKS = "†‡*∗§¶"


class CellState(StrEnum):
    """How a published cell stands to the printed one."""

    SAME = "same"
    DIFFERS = "differs"
    NOT_FOUND = "not found"
    """The reading of the PDF has no such row or column: a gap of the reading, not of the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCheck:
    """One cell."""

    row: str
    column: str
    published: str
    printed: str | None
    state: CellState
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCheck:
    """One table."""

    table: str
    """Id of the published table."""
    name: str
    page: int | None
    """Where the PDF has it; None where the reading found no such table."""
    cells: tuple[CellCheck, ...]
    beside: tuple[str, ...] = ()
    """Rows and columns of the PDF that the published file leaves out."""

    def count(self, state: CellState) -> int:
        """How many cells stand so."""
        return sum(one.state is state for one in self.cells)

    @property
    def whole(self) -> bool:
        """Whether every cell is the same, and the PDF's table has no other row or column."""
        return bool(self.cells) and not self.beside and all(one.state is CellState.SAME for one in self.cells)


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed row: the words before its figures, and its cells by column."""

    labels: tuple[str, ...]
    cells: tuple[str, ...]
    part: int


def compare_table(published: PublishedTable, tables: Sequence[Table]) -> TableCheck:
    """Every cell of a published table against the tables that a PDF's reader found.

    A table that is broken into parts under one caption is one table.

    Args:
        published: What the paper should print.
        tables: All tables of the document.
    """
    wanted = _number(published.name)
    parts = [table for table in tables if wanted and _number(table.caption) == wanted]
    if not parts:
        reason = f"the reading of the PDF has no {published.name}"
        cells = [_missing(row, column, cell, reason) for row, column, cell in _cells(published)]
        return TableCheck(table=published.id, name=published.name, page=None, cells=tuple(cells))
    lines = [line for place, part in enumerate(parts) for line in _lines(part, place)]
    columns = {one.id: _column(one.printed, parts) for one in published.columns}
    rows = {one.id: _row(one, lines) for one in published.rows}
    checks = []
    for row, column, cell in _cells(published):
        places, found = columns[column.id], rows[row.id]
        if isinstance(places, str) or isinstance(found, str):
            checks.append(_missing(row, column, cell, places if isinstance(places, str) else str(found)))
        else:
            checks.append(_check(row, column, cell, places, found))
    return TableCheck(
        table=published.id,
        name=published.name,
        page=parts[0].page,
        cells=tuple(checks),
        beside=tuple(_beside(parts, lines, columns.values(), rows.values())),
    )


def _cells(published: PublishedTable) -> list[tuple[TableRow, Column, str]]:
    return [
        (row, column, cell) for row in published.rows for column, cell in zip(published.columns, row.cells, strict=True)
    ]


def _missing(row: TableRow, column: Column, cell: str, reason: str) -> CellCheck:
    return CellCheck(
        row=row.id, column=column.id, published=cell, printed=None, state=CellState.NOT_FOUND, reason=reason
    )


def _check(row: TableRow, column: Column, cell: str, place: tuple[int, int], found: Sequence[_Line]) -> CellCheck:
    part, index = place
    line = next((one for one in found if one.part == part), None)
    if line is None:
        return _missing(row, column, cell, f"the part of the table with column “{column.printed}” lacks this row")
    printed = plain_cell(line.cells[index])
    if column.reversed:
        printed = "/".join(reversed(printed.split("/")))
    state = CellState.SAME if printed == plain_cell(cell) else CellState.DIFFERS
    return CellCheck(row=row.id, column=column.id, published=cell, printed=printed, state=state)


def plain_cell(text: str) -> str:
    """A cell without spaces and footnote marks, its dashes and minus signs all as hyphens."""
    return re.sub(r"[−–—]", "-", "".join(text.split())).strip(_MARKS)


def _number(text: str) -> str:
    match = _NUMBER.match(text)
    return match["number"] if match else ""


def _lines(table: Table, part: int) -> list[_Line]:
    """The rows of a table; what stands before the first figure names a row."""
    found = []
    for row in table.rows:
        first = next((place for place, cell in enumerate(row) if _CELL.fullmatch(plain_cell(cell))), len(row))
        found.append(_Line(tuple(row[:first]), tuple(row), part))
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.strip(_MARKS + " ").casefold()))


def _column(printed: str, parts: Sequence[Table]) -> tuple[int, int] | str:
    """Part and index of the column with a name; where its group's name is read with it, the words must stand in it."""
    wanted = _words(printed)
    heads = [(part, index, _words(head)) for part, table in enumerate(parts) for index, head in enumerate(table.header)]
    exact = [(part, index) for part, index, words in heads if words == wanted]
    within = [(part, index) for part, index, words in heads if wanted and _holds(words, wanted)]
    for found in (exact, within):
        if len(found) == 1:
            return found[0]
        if found:
            return f"{len(found)} columns of the PDF's table are named “{printed}”"
    return f"no column of the PDF's table is named “{printed}”"


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    size = len(wanted)
    return any(tuple(words[start : start + size]) == tuple(wanted) for start in range(len(words) - size + 1))


def _row(row: TableRow, lines: Sequence[_Line]) -> list[_Line] | str:
    """The lines of a row, one a part; the reason where there is none or it cannot be told."""
    name, group = _words(row.printed), _words(row.group)
    found = [
        line
        for line in lines
        if any(_words(label) == name for label in line.labels)
        and (not group or any(_words(label)[: len(group)] == group for label in line.labels))
    ]
    if not found:
        return f"no row of the PDF's table is named “{row.printed}”" + (f" under “{row.group}”" if group else "")
    if len({line.part for line in found}) != len(found):
        return f"several rows of the PDF's table are named “{row.printed}”"
    return found


def _beside(
    parts: Sequence[Table],
    lines: Sequence[_Line],
    columns: Iterable[tuple[int, int] | str],
    rows: Iterable[list[_Line] | str],
) -> list[str]:
    """Rows and columns of figures that no published one was found for."""
    taken = {one for one in columns if not isinstance(one, str)}
    known = {id(line) for found in rows if not isinstance(found, str) for line in found}
    beside = [
        f"column “{head}”"
        for part, table in enumerate(parts)
        for index, head in enumerate(table.header)
        if (part, index) not in taken and any(line.part == part and index >= len(line.labels) for line in lines)
    ]
    return beside + [f"row “{' / '.join(filter(None, line.labels))}”" for line in lines if id(line) not in known]
