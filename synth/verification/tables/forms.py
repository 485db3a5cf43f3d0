"""What a table can be asked: a difference, an average, who is best, on how many columns one leads (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from synth.types import NumberCheck
from synth.verification.numbers.quantity import Kind
from synth.verification.tables.fitting import fits, shown
from synth.verification.tables.grid import Grid, Number, Row, mean
from synth.verification.tables.mentions import Mention, heads_language
from synth.verification.tables.statement import Form, Share, Statement

_FRONTED = re.compile(
    r"\b(?:compared\s(?:to|with)|relative\sto|against|over|versus|unlike|than|from|replac\w+|swapping)\s(?:the\s)?$",
    re.I,
)
_JOINED = re.compile(r"^[\s,]*(?:and|or|&|/)?[\s,]*(?:the\s)?$", re.I)
_LINK = re.compile(
    r"\b(?:than|over|by|with|to|of|above|below|behind|for|against|versus|vs|upon|on|exceeds?|beats?|trails?|outperforms?|"
    r"surpasses|lags?|overtakes?|improves|leads?|outscores?|underperforms?|is|and)\b",
    re.I,
)
_LANGUAGE_NOUN = re.compile(r"^languages?$")
_COLUMN_NOUN = re.compile(r"^(?:tasks?|datasets?|benchmarks?|columns?|tests?|sets?|corpora)$")
_WITHIN_ROW = re.compile(
    r"\b(?:performs?|works?|does|is|fares?|scores?)\s(?:the\s)?"
    r"(?:best|worst|highest|lowest|weakest|strongest)\s(?:on|in|for|at)\b",
    re.I,
)
_TWO_MEASURES = re.compile(r"(\S+) / (\S+)$")


@dataclass(frozen=True, slots=True)
class Result:
    """What comes of one way to take a claim; no check where nothing does for certain."""

    check: NumberCheck | None
    rows: tuple[Row, ...]
    text: str


def compute(
    statement: Statement, grid: Grid, named: Sequence[Mention], rows: tuple[Row, ...], columns: tuple[str, ...]
) -> Iterator[Result]:
    """What the table gives for a statement on these rows and columns, one result for each number that may be meant."""
    match statement.form:
        case Form.ORDER:
            ahead = _ahead(statement, named)
            for first, second in _values(rows[0], rows[1], columns, statement.text) if ahead is not None else ():
                check = _order(statement, ahead or 0, first, second)
                yield Result(check, rows, _difference(first, second, grid, rows, columns))
            if ahead is None or not all(row.cells.get(name) for row in rows for name in columns):
                yield Result(None, rows, "")
        case Form.AVERAGE:
            yield _average(statement, grid, rows[0], columns)
        case Form.EXTREME:
            yield _extreme(statement, grid, rows[0], columns)
        case Form.COUNT:
            yield _count(statement, grid, named, rows, columns)


def _ahead(statement: Statement, named: Sequence[Mention]) -> int | None:
    """1 where the claim puts the row that it names first ahead, -1 behind; 0 for no direction; None where unclear."""
    first, second = named
    between = statement.text[first.end : second.start]
    if statement.sign == 0:
        return 0
    if _FRONTED.search(statement.text[: first.start]):
        return -statement.sign
    if _JOINED.match(between) or not _LINK.search(between):
        return None
    return statement.sign


def _values(first: Row, second: Row, columns: Sequence[str], claim: str) -> Iterator[tuple[Number, Number]]:
    """The values of two rows that a claim may compare: of one column, both numbers of a cell; or their means.

    A claim that names one of the two measures of a column ``F1 / EM`` means that number.
    """
    if len(columns) == 1:
        one, other = first.cells.get(columns[0], ()), second.cells.get(columns[0], ())
        measured = _TWO_MEASURES.search(columns[0])
        said = [bool(re.search(rf"\b{re.escape(name)}\b", claim)) for name in measured.groups()] if measured else []
        pairs = list(zip(one, other, strict=False)) if len(one) == len(other) else []
        yield from [pairs[said.index(True)]] if sum(said) == 1 and len(pairs) == 2 else pairs
        return
    means = mean(first, columns), mean(second, columns)
    if means[0] and means[1]:
        yield Number(*means[0], text=shown(*means[0])), Number(*means[1], text=shown(*means[1]))


def _order(statement: Statement, ahead: int, first: Number, second: Number) -> NumberCheck | None:
    difference, slack = first.value - second.value, first.half + second.half
    if statement.quantity is None:
        if abs(difference) < slack or difference == 0:
            return None
        return NumberCheck.AGREE if difference * ahead > 0 else NumberCheck.DISAGREE
    if ahead and difference * ahead < 0 and abs(difference) > slack:
        return NumberCheck.DISAGREE
    check = fits(statement.quantity, abs(difference), slack)
    if statement.quantity.kind is Kind.PERCENT and check is NumberCheck.DISAGREE:
        return None  # percent of the lower value, perhaps
    return check


def _average(statement: Statement, grid: Grid, row: Row, columns: tuple[str, ...]) -> Result:
    place = _place(grid, (row,), columns)
    if statement.quantity is None:
        return Result(None, (row,), "")
    if len(columns) == 1:
        cell = row.cells.get(columns[0], ())
        checks = [fits(statement.quantity, one.value, Fraction()) for one in cell]
        if NumberCheck.AGREE in checks:
            return Result(NumberCheck.AGREE, (row,), f"{_cell(cell)} ({place})")
        sure = columns == grid.averages and len(cell) == 1
        return Result(checks[0] if sure else None, (row,), f"{_cell(cell)} ({place})")
    found = mean(row, columns)
    if found is None:
        return Result(None, (row,), "")
    text = f"mean of {len(columns)} columns = {shown(*found)} ({place})"
    return Result(fits(statement.quantity, *found), (row,), text)


def _extreme(statement: Statement, grid: Grid, row: Row, columns: tuple[str, ...]) -> Result:
    """Best or worst: of the table, or of the row's group where the claim says of how many."""
    if not grid.whole or len(columns) != 1 or len(row.cells.get(columns[0], ())) != 1:
        return Result(None, (row,), "")
    (own,) = row.cells[columns[0]]
    rivals = [one for one in grid.rows if one is not row and columns[0] in one.cells]
    if statement.of is not None:
        near = [one for one in rivals if one.group == row.group]
        rivals = rivals if len(rivals) + 1 == statement.of else near
        if len(rivals) + 1 != statement.of:
            return Result(None, (row,), "")
    if any(len(one.cells[columns[0]]) != 1 for one in rivals):
        return Result(None, (row,), "")
    gaps = [statement.sign * (own.value - one.cells[columns[0]][0].value) for one in rivals]
    lost = [one for one, gap in zip(rivals, gaps, strict=True) if gap < 0]
    beyond = max(rivals, key=lambda one: (statement.sign * one.cells[columns[0]][0].value, one.label), default=None)
    if beyond is None or 0 in gaps:
        return Result(None, (row,), "")
    other = beyond.cells[columns[0]][0]
    first, second = (own, other) if (own.value > other.value) else (other, own)
    text = f"{first.text} > {second.text} ({_place(grid, (row, beyond), columns)})"
    if not lost:
        return Result(NumberCheck.AGREE, (row, beyond), text)
    same_group = any(one.group == row.group for one in lost)
    across = [one.value * statement.sign for name in grid.scores for one in row.cells.get(name, ())]
    of_the_row = bool(_WITHIN_ROW.search(statement.text)) and own.value * statement.sign >= max(across, default=0)
    return Result(NumberCheck.DISAGREE if same_group and not of_the_row else None, (row, beyond), text)


def _count(
    statement: Statement, grid: Grid, named: Sequence[Mention], rows: tuple[Row, ...], columns: tuple[str, ...]
) -> Result:
    ahead, share = _ahead(statement, named), statement.share
    if not grid.whole or not ahead or share is None or not _counts(share, columns):
        return Result(None, rows, "")
    led = 0
    for name in columns:
        pairs = [(one.value - other.value) * ahead for one, other in _values(rows[0], rows[1], (name,), "")]
        if not pairs or 0 in pairs or (min(pairs) < 0 < max(pairs)):
            return Result(None, rows, "")
        led += pairs[0] > 0
    wanted = len(columns) if share.led is None else share.led
    text = f"ahead on {led} of {len(columns)} columns ({_place(grid, rows, ())})"
    return Result(NumberCheck.AGREE if led == wanted else NumberCheck.DISAGREE, rows, text)


def _counts(share: Share, columns: Sequence[str]) -> bool:
    """Whether the columns are what a claim counts: as many, and of the kind that it names."""
    languages = all(heads_language(name) for name in columns)
    if share.of is not None and share.of != len(columns):
        return False
    if _LANGUAGE_NOUN.match(share.noun):
        return languages and len(columns) > 1
    return bool(_COLUMN_NOUN.match(share.noun)) and not languages and len(columns) > 1


def _difference(first: Number, second: Number, grid: Grid, rows: Sequence[Row], columns: Sequence[str]) -> str:
    high, low = (first, second) if first.value >= second.value else (second, first)
    ordered = rows if high is first else rows[::-1]
    gap = shown(high.value - low.value, min(high.half, low.half))
    return f"{high.text} − {low.text} = {gap} ({_place(grid, ordered, columns)})"


def _cell(cell: Sequence[Number]) -> str:
    return " / ".join(one.text for one in cell)


def _place(grid: Grid, rows: Sequence[Row], columns: Sequence[str]) -> str:
    labels = " and ".join(row.label for row in rows)
    of_rows = f"row{'s' if len(rows) > 1 else ''} {labels}"
    of_columns = f", column {columns[0]}" if len(columns) == 1 else ""
    return f"{grid.name}, {of_rows}{of_columns}"
