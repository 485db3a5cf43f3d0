"""A run of the experiment on the terminal: its plan, how it goes on, and what came out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from synth.experiment.protocol.names import TITLES
from synth.experiment.protocol.planning import Plan
from synth.experiment.results import Effect, Results
from synth.report.wording import count

_EFFECTS = "intermediate training, robust training, noise and size"


class Shown:
    """One bar for the run with the time left, a line for each worker, and a line above them for each finished stage.

    Args:
        quiet: Show nothing.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._console = Console(stderr=True, quiet=quiet)
        self._bars = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[counts]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self._console,
            disable=quiet or not self._console.is_terminal,
        )
        self._all: TaskID | None = None
        self._workers: dict[int, TaskID] = {}
        self._stages = self._done = 0

    def __enter__(self) -> Shown:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def begin(self, stages: int, done: int, weight: float) -> None:
        """Open the bar."""
        self._stages, self._done = stages, done
        self._all = self._bars.add_task("Stages", total=max(weight, 1e-9), counts=self._counts())
        if done:
            self._say(f"{done} of {count(stages, 'stage')} are there already")

    def working(self, worker: int, label: str) -> None:
        """Say what a worker does."""
        if worker not in self._workers:
            self._workers[worker] = self._bars.add_task(label, total=None, counts="")
        self._bars.reset(self._workers[worker], description=label)

    def advanced(self, worker: int, weight: float) -> None:
        """Move the bar."""
        if self._all is not None:
            self._bars.update(self._all, advance=weight)

    def finished(self, label: str, seconds: float) -> None:
        """Count the stage."""
        self._done += 1
        if self._all is not None:
            self._bars.update(self._all, counts=self._counts())
        self._say(f"{self._done} of {self._stages}: {label} ({seconds:.0f} s)")

    def _counts(self) -> str:
        return f"{self._done}/{self._stages}"

    def _say(self, text: str) -> None:
        self._console.print(text, highlight=False, markup=False, soft_wrap=True)


def plan_text(plan: Plan, *, width: int) -> str:
    """The plan as a table.

    Args:
        plan: The plan.
        width: Columns to fill.
    """
    grid = _grid(("", "stages", "steps", "examples", "tokens", "time"))
    for row in plan.rows:
        grid.add_row(
            row.name, f"{row.stages:,}", f"{row.steps:,}", f"{row.examples:,}", _large(row.tokens), _time(row.seconds)
        )
    lines = [
        f"About {_time(plan.hours * 3600)} in all, reckoned for {plan.machine}; {_size(plan.bytes)} on disk.",
        f"Tasks: {', '.join(TITLES[task] for task in plan.tasks)}.",
    ]
    if plan.model:
        lines.append(
            f"Encoder: {plan.model}. GPU-hours follow from 6 operations a parameter and token in training, 2 in"
        )
        lines.append("testing. Data come from the folder alone; `synth experiment fetch` fills it.")
    if plan.absent:
        lines.append(f"Left out, since they are not in the folder: {', '.join(plan.absent)}.")
    return _text(
        [Text(f"Plan of the experiment at {plan.scale} scale: nothing was started", "bold"), grid, *lines], width
    )


def results_text(results: Results, folder: Path, *, width: int) -> str:
    """The effects of a run as a table.

    Args:
        results: The results.
        folder: Where they were written.
        width: Columns to fill.
    """
    grid = _grid(("effect", "difference", "95% interval", "p", "published", ""))
    for one in results.effects:
        grid.add_row(
            one.id,
            f"{one.difference:+.1f}",
            f"{one.low:+.1f} to {one.high:+.1f}",
            f"{one.p:.3f}",
            _published(one),
            one.outcome.value if one.published_sign else "",
        )
    head = (
        f"{count(len(results.effects), 'effect')} of {_EFFECTS}, at {results.scale} scale, {len(results.seeds)} seeds"
    )
    lines = [*results.notes, f"Computing time {_time(results.seconds)} on {results.hardware}."]
    if results.absent:
        lines.append(f"Left out, since they were not in the folder: {', '.join(results.absent)}.")
    return _text([Text(head, "bold"), grid, *lines, f"Written: {folder / 'results.json'}"], width)


def _published(one: Effect) -> str:
    if one.published is not None:
        return f"{one.published:+.1f}"
    return {1: "gain", -1: "loss"}.get(one.published_sign, "")


def _grid(heads: Sequence[str]) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for number, head in enumerate(heads):
        grid.add_column(head, justify="left" if number in (0, len(heads)) else "right", overflow="fold")
    return grid


def _text(parts: Sequence[Text | Table | str], width: int) -> str:
    out = io.StringIO()
    console = Console(file=out, width=max(width, 60), no_color=True, highlight=False, emoji=False, markup=False)
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _large(number: int) -> str:
    return f"{number / 1e6:,.1f} M" if number >= 1e5 else f"{number:,}"


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
