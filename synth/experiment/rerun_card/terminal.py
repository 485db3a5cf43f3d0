"""The card as text for a terminal. Pure."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from synth.experiment.rerun_card.card import RunCard
from synth.experiment.rerun_card.comparing import Section
from synth.report.plain import one_line


def card_text(cards: Sequence[RunCard], written: Sequence[Path] = (), *, width: int = 120, colour: bool = False) -> str:
    """The card: what was run, answers, effects beside published numbers.

    Args:
        cards: The runs.
        written: Files of the card, to be named at the end.
        width: Columns to fill.
        colour: Whether the reader's terminal shows colours; without, no control code is written.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, 60),
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for card in cards:
        console.print(Text(f"{one_line(card.title)}: {card.summary}", "bold"))
        console.print(card.limits)
        console.print()
        for name, value in card.facts:
            console.print(f"{name}: {one_line(value)}")
        for one in card.answers:
            console.print()
            console.print(Text.assemble((one.question, "bold"), f" {one.says.value}."))
            console.print(one_line(one.text))
        for section in card.sections:
            console.print()
            console.print(_effects(section))
        if card.absent:
            console.print(f"Absent sets, whose tasks were left out: {', '.join(map(one_line, card.absent))}.")
        console.print()
    if written:
        console.print(f"Written to {written[0].parent}: {', '.join(path.name for path in written)}", soft_wrap=True)
    else:
        console.print("Scores, notes and plots come with the card: --out DIR")
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _effects(section: Section) -> Grid:
    grid = Grid(
        title=Text(one_line(section.title), "bold"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    grid.add_column("task", overflow="fold")
    for head in ("published", "rerun", "95% interval", "p"):
        grid.add_column(head, justify="right", no_wrap=True)
    grid.add_column("outcome", overflow="fold")
    grid.add_column("recomputed", overflow="fold", ratio=1)
    for row in section.rows:
        grid.add_row(
            one_line(row.name), row.published, row.difference, row.interval, row.p, row.outcome, row.recomputed
        )
    return grid
