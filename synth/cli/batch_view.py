"""A batch on the terminal: how it goes on, and what became of it."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from synth.pipeline.batch import FAILED, Done
from synth.pipeline.parts import Parts
from synth.report.wording import count

_OUTCOMES = ("made", "regenerated", "unchanged", FAILED)
_SIGNS = {"made": "+", "regenerated": "~", "unchanged": "=", FAILED: "!"}
_WIDTH = 60


class TerminalBatch:
    """A bar for the reports with the time left, and a line for each worker."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._all: TaskID | None = None
        self._workers: dict[int, TaskID] = {}

    def begin(self, total: int, workers: int) -> None:
        """Open the lines."""
        self._all = self._bars.add_task("Reports", total=total)
        for number in range(workers):
            name = f"worker {number + 1}: starting" if workers > 1 else "starting"
            self._workers[number] = self._bars.add_task(name, total=None)

    def working(self, worker: int, text: str) -> None:
        """Say what a worker does."""
        if worker in self._workers:
            name = f"worker {worker + 1}: " if len(self._workers) > 1 else ""
            self._bars.update(self._workers[worker], description=name + _short(text))

    def finished(self, done: Done) -> None:
        """Move the bar; tell of a failure at once."""
        if self._all is not None:
            self._bars.update(self._all, advance=1)
        if done.outcome == FAILED:
            line = f"failed: {done.place}: {done.reason}"
            self._bars.console.print(line, highlight=False, markup=False, soft_wrap=True)


class _Steps:
    """Progress of one report, shown on the line of the only worker."""

    def __init__(self, batch: TerminalBatch, console: Console) -> None:
        self._batch = batch
        self._console = console

    def step(self, name: str, total: int | None = None) -> None:
        """Show the step."""
        self._batch.working(0, name if total is None else f"{name} ({total:,})")

    def advance(self, n: int = 1) -> None:
        """Nothing: the bar counts reports."""

    def say(self, text: str) -> None:
        """A line above the bars."""
        self._console.print(text, highlight=False, markup=False)

    def wait(self, seconds: float, reason: str) -> None:
        """Say why nothing moves."""
        if seconds >= 1:
            self._batch.working(0, reason)


@contextmanager
def shown_batch(*, quiet: bool, parts: Parts) -> Iterator[TerminalBatch]:
    """Progress of a batch on standard error; nothing but failures where that is no terminal."""
    console = Console(stderr=True, quiet=quiet)
    bars = Bars(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    )
    batch = TerminalBatch(bars)
    parts.progress = _Steps(batch, console)
    with bars:
        yield batch


def batch_json(done: Sequence[Done]) -> str:
    """What became of each row, and the counts, as JSON."""
    rows = [{**dataclasses.asdict(one), "folder": str(one.folder) if one.folder else None} for one in done]
    return json.dumps({"counts": _counts(done), "reports": rows}, ensure_ascii=False, indent=2)


def batch_table(done: Sequence[Done]) -> None:
    """Print what became of each row, and the counts: a table on a terminal, a line a row elsewhere."""
    console = Console(soft_wrap=False, highlight=False)
    if not done:
        console.print("There is no report: the folder and the store know none.", markup=False)
        return
    for line in [] if console.is_terminal else done:
        said = line.reason if line.outcome == FAILED else str(line.folder)
        console.print(f"{line.outcome:<11}  {line.question or line.place}  {said}", markup=False, soft_wrap=True)
    if console.is_terminal:
        console.print(_table(done))
    counts = _counts(done)
    said = ", ".join(f"{counts[name]:,} {name}" for name in _OUTCOMES if counts[name])
    console.print(f"{count(len(done), 'report')}: {said}.", markup=False)


def _table(done: Sequence[Done]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=True, header_style="bold")
    table.add_column("")
    table.add_column("outcome", no_wrap=True)
    table.add_column("question", overflow="fold", ratio=3)
    table.add_column("where, or why not", overflow="fold", ratio=3)
    for one in done:
        said = one.reason if one.outcome == FAILED else str(one.folder or "")
        question = one.question or f"({one.place})"
        table.add_row(_SIGNS[one.outcome], one.outcome, Text(question), Text(said))
    return table


def _counts(done: Sequence[Done]) -> dict[str, int]:
    tally = Counter(one.outcome for one in done)
    return {name: tally[name] for name in _OUTCOMES}


def _short(text: str) -> str:
    """The beginning of a text, cut at a space."""
    if len(text) <= _WIDTH:
        return text
    return text[:_WIDTH].rpartition(" ")[0] + " …"
