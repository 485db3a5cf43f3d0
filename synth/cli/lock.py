"""``synth lock`` and ``synth verify-lock``: what a report rests on, and whether it comes out again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth.cli.options import Json, Quiet, Verifier, Workspace, opened
from synth.cli.output import put

DIFFERS = 10
"""Exit code where a result is not what was asked for, without anything having failed."""
Reports = Annotated[list[Path], typer.Argument(metavar="REPORT...", help="Folders of reports.", show_default=False)]


def lock(reports: Reports, verifier: Verifier = None, workspace: Workspace = None, quiet: Quiet = False) -> None:
    """Write down what a report rests on: papers and the hashes of their PDFs, models, settings, versions."""
    from synth.pipeline.lock import check_lockable
    from synth.pipeline.lock import lock as write

    for folder in reports:
        check_lockable(folder)
    with opened(workspace=workspace, quiet=quiet, verifier=verifier) as parts:
        for folder in reports:
            typer.echo(f"locked {write(folder, parts)}")


def verify_lock(
    reports: Reports,
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make locked reports anew, with nothing taken from earlier work, and say whether the bytes come out.

    The search is not repeated: the papers are those of the lock. Exit code 10 if a file differs.
    """
    from synth.cli.show_standing import lock_json, lock_text
    from synth.pipeline.lock import check_locked
    from synth.pipeline.lock import verify_lock as verify

    for folder in reports:
        check_locked(folder)
    with opened(workspace=workspace, quiet=quiet, verifier=verifier) as parts:
        verified = [verify(folder, parts) for folder in reports]
    put(lock_json(verified) if json else lock_text(verified), as_json=json)
    if not all(one.identical for one in verified):
        raise typer.Exit(DIFFERS)
