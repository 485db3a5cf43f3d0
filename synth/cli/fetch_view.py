"""Sets fetched by name on the terminal: how it goes on, and what came."""

from __future__ import annotations

import json
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from synth.experiment.sets.hub.fetching import Fetched
from synth.report.wording import count


class Shown:
    """One bar for the set that is being fetched, and a line above it for each that is finished.

    Args:
        quiet: Show nothing.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._console = Console(stderr=True, quiet=quiet)
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(),
            console=self._console,
            disable=quiet or not self._console.is_terminal,
            transient=True,
        )
        self._bar: TaskID | None = None

    def __enter__(self) -> Shown:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def __call__(self, name: str, done: int, of: int) -> None:
        """Show how many parts of a set are done."""
        if self._bar is None:
            self._bar = self._bars.add_task(name)
        self._bars.update(self._bar, description=name, completed=done, total=of)
        if done == of:
            self._console.print(f"{name}: fetched", highlight=False, markup=False, soft_wrap=True)


def fetched_text(found: Fetched) -> str:
    """What came, what was there, and a line for each set that could not be had."""
    lines = []
    if found.written:
        lines.append(f"Written to {found.folder}: {', '.join(found.written)}.")
    if found.there:
        lines.append(f"There already: {', '.join(found.there)}.")
    if found.lacking:
        lines.append(f"Not to be had, {count(len(found.lacking), 'set')}:")
        lines += [f"  {one.name}: {one.reason}" for one in found.lacking]
    return "\n".join(lines) + "\n"


def fetched_json(found: Fetched) -> str:
    """The same for programs."""
    return (
        json.dumps(
            {
                "data": str(found.folder),
                "written": list(found.written),
                "there": list(found.there),
                "lacking": [{"name": one.name, "reason": one.reason} for one in found.lacking],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )
