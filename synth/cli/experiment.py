"""``synth experiment``: published numbers, recomputed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth.cli.options import Json, Quiet, Workspace

FAILED = 10
"""Exit code when a number differs that is not marked as a known conflict."""

app = typer.Typer(
    name="experiment",
    help="Do the numbers that reports quote follow from what was published?",
    no_args_is_help=True,
)


@app.callback()
def _group() -> None:
    """Do the numbers that reports quote follow from what was published?"""


@app.command("audit")
def audit(
    pdfs: Annotated[
        list[Path] | None,
        typer.Option(
            "--pdf",
            help="Compare the published tables with this paper's, or with those of the papers in this folder. May be"
            " given more than once. Papers in the workspace are compared without being named.",
            show_default=False,
        ),
    ] = None,
    published: Annotated[
        Path | None,
        typer.Option(
            help="File of published numbers. [default: the one on XTREME that comes with the program]",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="List every number, not only what needs a look.")] = False,
    json: Json = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Write audit.md and audit.html into this folder as well.", show_default=False),
    ] = None,
    workspace: Workspace = None,
    quiet: Quiet = False,
) -> None:
    """Recompute the published numbers of XTREME and of the papers on it, and check where each comes from.

    Each number is recomputed, within tolerance, different, or has no source at hand. Exit code 0 unless a number
    differs that is not marked as a known conflict: then 10.
    """
    from synth.cli.tables import emit, screen
    from synth.experiment.audit import audit as examine
    from synth.experiment.card import write_card
    from synth.experiment.export import audit_json
    from synth.experiment.papers import read_papers
    from synth.experiment.published import read_published, shipped
    from synth.experiment.terminal import audit_text
    from synth.report.files import check_folder
    from synth.settings import Settings

    if out is not None:
        check_folder(out)
    numbers = read_published(published or shipped())
    reading = read_papers(
        pdfs or (),
        numbers,
        kept=Settings.read(workspace=workspace).workspace / "pdf",
        say=(lambda _: None) if quiet else (lambda line: typer.echo(line, err=True)),
    )
    found = examine(numbers, reading.papers, reading.notes)
    written = write_card(found, out) if out is not None else ()
    if json:
        emit(audit_json(found), "json", None)
    else:
        width, colour = screen(to_file=False)
        emit(audit_text(found, written, width=width, colour=colour, everything=everything), "text", None)
    if found.unexpected:
        from synth.report.wording import count

        typer.echo(f"failed on {count(len(found.unexpected), 'unexpected difference')}", err=True)
        raise typer.Exit(FAILED)
