"""Rows of a published table to numbers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from synth.experiment.arithmetic import half_unit
from synth.experiment.forms import ColumnForm, RowForm, TableForm
from synth.experiment.numbers import About, Column, Number, PublishedTable, TableRow
from synth.experiment.places import Problem

AVERAGE = "avg"
"""Id of the column with the mean over languages."""
NONE = "-"
_FIGURE = re.compile(r"-?\d{1,6}(?:\.\d{1,9})?")


def table_of(form: TableForm, place: tuple[str | int, ...]) -> tuple[PublishedTable, tuple[Number, ...]]:
    """A table, and its numbers with ids like ``TABLE/ROW/COLUMN`` or ``TABLE/ROW/COLUMN/f1``.

    Raises:
        Problem: If a row has too many or too few cells, or a cell is no number.
    """
    columns = _columns(form, place)
    metrics = {column.id: tuple(column.metric.split("/")) for column in columns}
    numbers: list[Number] = []
    rows: list[TableRow] = []
    for key, row in form.rows.items():
        where = (*place, "rows", key)
        cells = tuple(row.cells.split())
        if len(cells) != len(columns):
            raise Problem(where, f"it has {len(cells)} cells, the table has {len(columns)} columns")
        rows.append(TableRow(id=key, printed=row.printed, group=row.group, cells=cells))
        for column, cell in zip(columns, cells, strict=True):
            numbers.extend(_numbers(form, key, row, column, cell, where))
    table = PublishedTable(
        id=form.id,
        source=form.source,
        name=form.table,
        page=form.page,
        columns=tuple(
            Column(id=one.id, printed=one.printed, metrics=metrics[one.id], reversed=one.reversed) for one in columns
        ),
        rows=tuple(rows),
        note=form.note,
    )
    return table, tuple(numbers)


def _columns(form: TableForm, place: tuple[str | int, ...]) -> list[ColumnForm]:
    columns = form.columns or [
        ColumnForm(
            id=language,
            printed=form.average if language == AVERAGE else language,
            task=form.task,
            metric=form.metric or "score",
        )
        for language in form.languages.split()
    ]
    ids = [one.id for one in columns]
    if twice := [one for one in ids if ids.count(one) > 1]:
        raise Problem((*place, "columns" if form.columns else "languages"), f"the column {twice[0]!r} is there twice")
    return columns


def _numbers(
    form: TableForm, key: str, row: RowForm, column: ColumnForm, cell: str, where: tuple[str | int, ...]
) -> Iterator[Number]:
    metrics = column.metric.split("/")
    figures = cell.split("/")
    if cell == NONE:
        return
    if len(figures) != len(metrics) or not all(one == NONE or _FIGURE.fullmatch(one) for one in figures):
        wanted = "two numbers such as 64.5/49.4" if len(metrics) > 1 else "a number such as 65.4"
        raise Problem(where, f"the cell of column {column.id!r} is {cell!r}; expected {wanted}, or - for none")
    rounding = half_unit(form.decimals)
    for metric, figure in zip(metrics, figures, strict=True):
        if figure == NONE:
            continue
        if len(figure.partition(".")[2]) > form.decimals:
            raise Problem(
                where, f"the cell of column {column.id!r} is {cell!r}; expected {form.decimals} decimals at most"
            )
        yield Number(
            id="/".join([form.id, key, column.id, *([metric.casefold()] if len(metrics) > 1 else [])]),
            value=Decimal(figure),
            unit=form.unit,
            about=About(
                task=column.task,
                model=row.model or key,
                language=column.id if form.languages and column.id != AVERAGE else "average",
                metric=metric,
                setting=row.setting or form.setting,
            ),
            half_unit=rounding,
            tolerance=rounding if form.tolerance is None else form.tolerance,
            reason=form.reason or rounded(form.decimals),
            source=form.source,
            where=f"{form.table}, page {form.page}" if form.page else form.table,
            note=form.note,
        )


def rounded(decimals: int) -> str:
    """Why a number's tolerance is half a unit of its last digit."""
    return f"printed with {decimals} decimal{'' if decimals == 1 else 's'}: half a unit of the last digit"
