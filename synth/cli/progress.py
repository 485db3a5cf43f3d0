"""Progress on standard error, so that piped output stays clean."""

from __future__ import annotations

from collections.abc import Iterator
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


class Terminal:
    """A line with a bar for each step: what is being done, how far, how long is left."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def step(self, name: str, total: int | None = None) -> None:
        """Close the line of the step before, and open one."""
        self._finish()
        self._task = self._bars.add_task(name, total=total, waits="")

    def advance(self, n: int = 1) -> None:
        """Move the bar."""
        if self._task is not None:
            self._bars.update(self._task, advance=n, waits="")

    def say(self, text: str) -> None:
        """A line above the bars."""
        self._bars.console.print(text, highlight=False, markup=False)

    def wait(self, seconds: float, reason: str) -> None:
        """Say why nothing moves."""
        if self._task is not None and seconds >= 1:
            self._bars.update(self._task, waits=f"waiting {seconds:.0f} s: {reason}")

    def _finish(self) -> None:
        if self._task is None:
            return
        done = self._bars.tasks[self._task].completed
        self._bars.update(self._task, total=max(done, 1), completed=max(done, 1), waits="")
        self._bars.stop_task(self._task)

    def close(self) -> None:
        """Close the last line."""
        self._finish()


@contextmanager
def shown(*, quiet: bool) -> Iterator[Terminal]:
    """Progress for one command; nothing but warnings where standard error is no terminal."""
    console = Console(stderr=True, quiet=quiet)
    bars = Bars(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[waits]}"),
        console=console,
        disable=quiet or not console.is_terminal,
    )
    terminal = Terminal(bars)
    with bars:
        yield terminal
        terminal.close()
