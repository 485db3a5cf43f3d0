"""A claim's difference, average, order or count, computed again from the rows of a table (pure).

No result is better than a wrong one: every reading of the claim that the table allows must come to the same,
and whatever the claim names besides must be found with the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from synth.types import Claim, NumberCheck, Passage, ScoredPassage
from synth.verification.numbers.compare import check_quantity
from synth.verification.numbers.extract import read
from synth.verification.numbers.quantity import Quantity
from synth.verification.tables.forms import Result, compute
from synth.verification.tables.grid import Grid, Row
from synth.verification.tables.mentions import Mention, columns_named, is_covered, mentions
from synth.verification.tables.statement import Form, Statement, says_lower_is_better, statement_of

_ROWS = {Form.ORDER: 2, Form.COUNT: 2, Form.AVERAGE: 1, Form.EXTREME: 1}
"""How many rows a claim of each form names."""


@dataclass(frozen=True, slots=True)
class Recomputation:
    """What a table says of a claim, and the sum behind it."""

    check: NumberCheck
    """``AGREE`` or ``DISAGREE``."""
    passage_ids: tuple[str, ...]
    """The rows that it was computed from, sorted."""
    text: str
    """One line for the reader: ``79.2 − 65.4 = 13.8 (Table 2, rows XLM-R Large and mBERT, column XNLI)``."""
    others: tuple[Quantity, ...] = ()
    """Numbers that the claim states besides; the sum says nothing of them."""
    stated: bool = True
    """Whether the claim states the figure that was computed, and not just an order."""


def recompute(claim: str, grid: Grid) -> Recomputation | None:
    """What the rows of a table give for a claim.

    Args:
        claim: The claim's text.
        grid: One table.

    Returns:
        None where the claim states nothing that could be computed, does not name rows and columns of this table
        beyond doubt, or comes so close that rounding may explain the rest.
    """
    return _read(claim, grid).found


@dataclass(frozen=True, slots=True)
class _Reading:
    """A claim read against one table."""

    speaks: bool
    """Whether the table has the rows and the columns that the claim names, whatever comes of them."""
    found: Recomputation | None = None


def _read(claim: str, grid: Grid) -> _Reading:
    statement = statement_of(claim)
    named = mentions(claim, grid) if statement else None
    if statement is None or not named or len(named) != _ROWS[statement.form]:
        return _Reading(speaks=False)
    scope = _columns(statement, grid, columns_named(claim, grid, named))
    if scope is None:
        return _Reading(speaks=False)
    results = list(_results(statement, grid, named, scope))
    checks = {result.check for result in results}
    told = {(result.text, tuple(sorted(row.passage_id for row in result.rows))) for result in results}
    check = checks.pop() if len(checks) == 1 else None
    if check is None or (check is NumberCheck.DISAGREE and len(told) > 1):
        return _Reading(speaks=True)
    text, ids = min(told)
    return _Reading(True, Recomputation(check, ids, text, statement.others, statement.quantity is not None))


def recompute_any(claim: str, grids: Iterable[Grid]) -> tuple[Recomputation, ...]:
    """What several tables give for a claim.

    A paper that has two tables of the same systems and columns measures two things: a figure that comes out of one
    is borne out, a figure that does not, or an order, may be the other's, and nothing follows.

    Args:
        claim: The claim's text.
        grids: Tables in any order, of one paper or several.
    """
    papers: dict[str, list[_Reading]] = {}
    for grid in grids:
        papers.setdefault(grid.paper_id, []).append(_read(claim, grid))
    kept: list[Recomputation] = []
    for readings in papers.values():
        speaking = [one for one in readings if one.speaks]
        found = [one.found for one in speaking if one.found is not None]
        agreeing = [one for one in found if one.check is NumberCheck.AGREE]
        if agreeing and (agreeing[0].stated or len(agreeing) == len(speaking)):
            kept += agreeing
        elif not agreeing and len(found) == len(speaking) == 1:
            kept += found
    right = [one for one in kept if one.check is NumberCheck.AGREE]
    return tuple(sorted(right or kept, key=lambda one: (one.passage_ids, one.text)))


def _results(statement: Statement, grid: Grid, named: Sequence[Mention], columns: tuple[str, ...]) -> Iterator[Result]:
    measured = f"{grid.caption} {statement.text} {' '.join(columns)}"
    unclear = statement.valued and says_lower_is_better(measured)
    for rows in _rows(named, columns):
        if unclear or not is_covered(statement.text, grid, rows, columns, named):
            yield Result(None, rows, "")
        else:
            yield from compute(statement, grid, named, rows, columns)


def _rows(named: Sequence[Mention], columns: Sequence[str]) -> list[tuple[Row, ...]]:
    """The ways to take the named rows: two of one group, and rows that have a value, where there are such."""
    ways = list(product(*(one.rows for one in named)))
    together = [rows for rows in ways if len({row.group for row in rows}) == 1] or ways
    filled = [rows for rows in together if all(row.cells.get(name) for row in rows for name in columns)]
    return [rows for rows in filled or together if len({row.passage_id for row in rows}) == len(rows)]


def _columns(statement: Statement, grid: Grid, named: Sequence[str]) -> tuple[str, ...] | None:
    """The columns that a statement is about; none named and an average asked for: the average's own, or all."""
    if statement.form is Form.COUNT:
        return None if named or grid.doubled else grid.scores
    if len(named) == 1:
        return tuple(named)
    if named or not statement.averaged or grid.doubled:
        return None
    if len(grid.averages) == 1:
        return grid.averages if statement.of in (None, len(grid.scores)) else None
    if grid.averages or not grid.whole or statement.of != len(grid.scores):
        return None
    return grid.scores


def recomputed_rows(
    claim: Claim, run: Sequence[ScoredPassage], passages: Mapping[str, Passage], grids: Mapping[str, Grid]
) -> dict[str, Recomputation]:
    """What came of the rows that a claim's arithmetic is about, in tables of papers that a run has met, by their ids.

    The run names the papers, not the tables: a row is mostly figures, and neither words nor meaning find it. A
    table of a paper that the claim was not taken from can bear it out; where it has other values they may be
    of other runs, and nothing follows.

    Args:
        claim: The claim.
        run: Its passages.
        passages: The passages by id, all rows of the grids among them.
        grids: The table of each row, as :func:`~synth.verification.tables.grid.grids_of` gives them.
    """
    if statement_of(claim.text) is None:
        return {}
    met = {passages[line.passage_id].paper_id for line in run}
    tables = {id(grid): grid for grid in grids.values() if grid.paper_id in met}
    own = {origin.paper_id for origin in claim.origins}
    found: dict[str, Recomputation] = {}
    for one in recompute_any(claim.text, tables.values()):
        elsewhere = bool(own) and passages[one.passage_ids[0]].paper_id not in own
        if one.check is NumberCheck.AGREE and not _has_others(claim.text, one, passages):
            continue
        if one.check is NumberCheck.AGREE or not elsewhere:
            found.update(dict.fromkeys(one.passage_ids, one))
    return found


def rows_besides(
    run: Sequence[ScoredPassage], claim: Claim, passages: Mapping[str, Passage], grids: Mapping[str, Grid]
) -> tuple[str, ...]:
    """The rows that a claim's arithmetic comes out of and that a run lacks, in order of their ids.

    Args:
        run: Passages found for the claim.
        claim: The claim.
        passages: The passages by id, all rows of the grids among them.
        grids: The table of each row.
    """
    there = {line.passage_id for line in run}
    return tuple(sorted(set(recomputed_rows(claim, run, passages, grids)) - there))


def _has_others(claim: str, one: Recomputation, passages: Mapping[str, Passage]) -> bool:
    """Whether what a claim states besides stands in one of the rows."""
    ours = read(claim)
    rows = [read(passages[name].text) for name in one.passage_ids]
    return all(
        any(check_quantity(other, ours, row) in (NumberCheck.AGREE, NumberCheck.NONE) for row in rows)
        for other in one.others
    )
