"""The audit as text for a terminal. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from synth.experiment import view
from synth.experiment.findings import Audit, Result
from synth.experiment.lines import Group as Gathered
from synth.experiment.lines import Line
from synth.report.plain import one_line

_STYLES = {
    Result.DIFFERS: "red",
    Result.NO_SOURCE: "yellow",
    Result.WITHIN: "",
    Result.RECOMPUTED: "green",
    Result.DERIVED: "cyan",
    Result.PUBLISHED: "dim",
}


_WIDE = 100
"""Columns from which on results have words over their counts, and differences columns of their own."""


def audit_text(
    found: Audit,
    written: Sequence[Path] = (),
    *,
    width: int = 120,
    colour: bool = False,
    everything: bool = False,
) -> str:
    """The audit: counts by table, what needs a look, the PDFs' tables, the cautions.

    Args:
        found: The audit.
        written: Files of the card, to be named at the end.
        width: Columns to fill.
        colour: Whether the reader's terminal shows colours; without, no control code is written.
        everything: List every number.
    """
    out = io.StringIO()
    console = Console(
        file=out, width=max(width, 60), force_terminal=colour, no_color=not colour, highlight=False, emoji=False
    )
    every = view.lines(found)
    console.print(Text(view.summary(found), "bold"))
    console.print()
    console.print(_groups(view.groups(found), wide=width >= _WIDE))
    shown = every if everything else view.worth_a_look(every)
    if shown:
        console.print(Text("Every number" if everything else "What needs a look", "bold"))
        console.print(_numbers(shown, wide=width >= _WIDE))
    for part in _rest(found, written):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _groups(groups: Sequence[Gathered], *, wide: bool) -> RenderableType:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    grid.add_column("Numbers of", overflow="fold")
    for result in Result:
        head = f"{view.SIGNS[result]} {result.value}" if wide else view.SIGNS[result]
        grid.add_column(head, justify="right", max_width=11)
    for group in groups:
        counts = [group.count(result) for result in Result]
        grid.add_row(Text(one_line(group.name)), *(Text(f"{number:,}" if number else "") for number in counts))
    legend = "; ".join(f"{view.SIGNS[result]} {result.value}" for result in Result)
    return grid if wide else Group(grid, Text(f"{legend}.\n", "dim"))


def _numbers(lines: Sequence[Line], *, wide: bool) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    grid.add_column("")
    grid.add_column("Number", ratio=1, overflow="fold")
    for name in ("Published", "Recomputed", *(("Difference", "Tolerance") if wide else ())):
        grid.add_column(name, justify="right", no_wrap=True)
    for line in lines:
        style = _STYLES[line.result]
        words = Text(one_line(line.id)).append(f"\n{one_line(line.what)}", "dim")
        if line.note:
            words.append(f"\n{one_line(line.note)}", "dim")
        figures = [line.published, line.recomputed, *((line.difference, line.tolerance) if wide else ())]
        grid.add_row(Text(view.SIGNS[line.result], style), words, *(Text(one) for one in figures))
    return grid


def _rest(found: Audit, written: Sequence[Path]) -> Iterator[RenderableType]:
    if found.tables:
        tables = [Text("Against the PDFs", "bold")]
        for one in found.tables:
            tables.append(Text(f"  {one_line(one.table)}: {one_line(view.table_said(one))}"))
            tables.extend(Text(f"    {one_line(line)}", "red") for line in view.cells_apart(one))
        yield Group(*tables, "")
    if found.cautions:
        cautions = [Text("Not to be mixed", "bold")]
        for warned in found.cautions:
            cautions.append(Text(f"  ! {one_line(warned.caution.title)}", "yellow"))
            cautions.extend(
                Text(f"      {one_line(name)}: {said}") for name, said in view.caution_values(warned, found)
            )
        yield Group(*cautions, "")
    for name, said in (("Differs unexpectedly", found.unexpected), ("No longer holds", found.stale)):
        if said:
            yield Group(Text(name, "bold red"), *(Text(f"  {one_line(line)}") for line in said), "")
    if found.notes:
        yield Group(*(Text(f"Note: {one_line(note)}") for note in found.notes))
    if written:
        yield Group(*(Text(f"  {one_line(str(path))}", overflow="fold") for path in written))
