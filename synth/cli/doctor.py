"""``synth doctor``: what works on this machine."""

from __future__ import annotations

import typer

from synth.cli.options import Json, Workspace, opened
from synth.cli.output import put


def doctor(workspace: Workspace = None, json: Json = False) -> None:
    """Say what works on this machine, one line each; exit 1 if a report cannot be made."""
    from synth.cli.show import checks_json, checks_text
    from synth.pipeline.doctor import examine

    with opened(workspace=workspace, quiet=True) as parts:
        checks = examine(parts)
    put(checks_json(checks) if json else checks_text(checks), as_json=json)
    if any(not check.works and check.needed for check in checks):
        raise typer.Exit(1)
