"""``synth library``: papers from PDF folders or arXiv, kept in the store."""

from __future__ import annotations

from typing import Annotated

import typer

from synth.cli.options import Json, Quiet, Workspace, opened
from synth.cli.output import put

app = typer.Typer(help="Keep papers: add, list, show, remove, stats.", no_args_is_help=True)
PaperId = Annotated[
    str, typer.Argument(metavar="ID", help="An id of `synth library list`; its beginning will do.", show_default=False)
]


@app.command()
def add(
    names: Annotated[
        list[str],
        typer.Argument(metavar="PATH|ARXIV_ID...", help="PDF files, folders of PDFs, arXiv ids.", show_default=False),
    ],
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read papers into the library. One that cannot be read costs itself only; exit 4 if none could."""
    from synth.cli.show import added_json, added_text
    from synth.pipeline.library import add as read

    with opened(workspace=workspace, quiet=quiet) as parts:
        added = read(names, parts)
    put(added_json(added) if json else added_text(added), as_json=json)
    if not any(one.paper for one in added):
        raise typer.Exit(4)


@app.command("list")
def list_papers(workspace: Workspace = None, json: Json = False) -> None:
    """List the papers that were read."""
    from synth.cli.show import holdings_json, holdings_text

    with opened(workspace=workspace, quiet=True) as parts:
        holdings = parts.store.papers.holdings()
    put(holdings_json(holdings) if json else holdings_text(holdings), as_json=json)


@app.command()
def show(paper: PaperId, workspace: Workspace = None, json: Json = False) -> None:
    """Show one paper: its record and what was read of it."""
    from synth.cli.show import paper_json, paper_text
    from synth.pipeline.library import document_of, find

    with opened(workspace=workspace, quiet=True) as parts:
        found = find(paper, parts)
        document = document_of(found, parts)
    put(paper_json(found, document) if json else paper_text(found, document), as_json=json)


@app.command()
def remove(paper: PaperId, workspace: Workspace = None) -> None:
    """Remove one paper from the library. Reports already written stay."""
    from synth.pipeline.library import find
    from synth.pipeline.library import remove as take_out

    with opened(workspace=workspace, quiet=True) as parts:
        found = find(paper, parts)
        take_out(found, parts)
    typer.echo(f"removed {found.id}: {found.title}")


@app.command()
def stats(workspace: Workspace = None, json: Json = False) -> None:
    """Count what the store holds."""
    from synth.cli.show import stats_json, stats_text

    with opened(workspace=workspace, quiet=True) as parts:
        counts, place = parts.store.counts(), parts.store.place
    put(stats_json(counts, place) if json else stats_text(counts, place), as_json=json)
