"""Sets fetched by name on the terminal: how it goes on, and what came."""

from __future__ import annotations

import json

from synth.cli.progress import Terminal
from synth.experiment.sets.hub.fetching import Fetched, Tell
from synth.report.wording import count


def told(progress: Terminal) -> Tell:
    """A line for each set that is being fetched, with how many of its parts are done."""

    def tell(name: str, done: int, of: int) -> None:
        if done == 0:
            progress.step(name, of)
        else:
            progress.advance()
        if done == of:
            progress.say(f"{name}: fetched")

    return tell


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
