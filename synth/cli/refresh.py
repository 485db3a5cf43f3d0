"""``synth refresh`` and ``synth watch``: have the papers changed that the reports rest on?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth.cli.options import Json, Quiet, Verifier, Workspace, opened
from synth.cli.output import put

Folder = Annotated[Path, typer.Option("--reports", help="Folder of the reports.")]
Regenerate = Annotated[
    bool, typer.Option("--regenerate", help="Make the reports again that rest on a paper that has changed.")
]


def refresh(
    reports: Folder = Path("reports"),
    again: Regenerate = False,
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Ask arXiv for new versions and withdrawals of cited papers, and mark the claims that rest on them.

    With --regenerate, those reports are made again on the newest versions, without withdrawn papers; nothing else
    is searched for, and only what touches a changed paper is read and checked anew.
    """
    from synth.cli.show_standing import refreshed_json, refreshed_text
    from synth.pipeline.batch import FAILED, alone
    from synth.pipeline.refresh import refresh as ask
    from synth.pipeline.refresh import regenerate

    with (
        opened(workspace=workspace, quiet=quiet, verifier=verifier) as parts,
        alone(parts.settings.workspace, "refresh", parts),
    ):
        found = ask(reports, parts)
        made = regenerate(found, parts) if again else ()
    put(refreshed_json(found, made) if json else refreshed_text(found, made), as_json=json)
    if any(one.outcome == FAILED for one in made):
        raise typer.Exit(1)


def watch(
    reports: Folder = Path("reports"),
    every: Annotated[
        float, typer.Option("--every", min=24, help="Hours between two rounds; arXiv's records change once a day.")
    ] = 24,
    again: Regenerate = False,
    verifier: Verifier = None,
    workspace: Workspace = None,
    quiet: Quiet = False,
) -> None:
    """Refresh again and again, until Ctrl-C. A round in which arXiv does not answer is told and passed over."""
    import time

    from synth.errors import SourceError

    while True:
        try:
            refresh(reports=reports, again=again, verifier=verifier, workspace=workspace, json=False, quiet=quiet)
        except SourceError as error:
            typer.echo(f"error: {error}", err=True)
        except typer.Exit:  # a report failed, and was told of
            pass
        typer.echo(f"Next round in {every:g} hours; Ctrl-C ends.")
        time.sleep(every * 3600)
