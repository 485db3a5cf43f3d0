"""The commands and their names. Imports nothing heavy: ``synth --help`` answers at once."""

from __future__ import annotations

from typing import Annotated

import typer

from synth import __version__
from synth.cli import (
    batch,
    calibrate,
    diff,
    doctor,
    evaluate,
    experiment,
    library,
    lock,
    refresh,
    report,
    review,
    search,
    train,
    verify,
)

app = typer.Typer(
    name="synth",
    help=(
        "Is that so, and who says it? Synth finds arXiv papers on a research question, reads them, takes out their"
        " claims, checks every claim against passages of all the papers, and writes a report card in which every"
        " line leads to a page. No language-model service, no key, no fee."
    ),
    epilog="Start with: synth report --offline “How does …?”. More: docs/ in the project, or COMMAND --help.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("report")(report.report)
app.command("batch")(batch.batch)
app.command("refresh")(refresh.refresh)
app.command("watch")(refresh.watch)
app.command("diff")(diff.diff)
app.command("overlap")(diff.overlap)
app.command("lock")(lock.lock)
app.command("verify-lock")(lock.verify_lock)
app.add_typer(review.app, name="review")
app.command("search")(search.search)
app.command("verify")(verify.verify)
app.add_typer(library.app, name="library")
app.command("doctor")(doctor.doctor)
app.command("calibrate")(calibrate.calibrate)
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(experiment.app, name="experiment")
app.add_typer(train.app, name="train")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"synth {__version__}")
        raise typer.Exit


@app.callback()
def synth(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """The options of the program itself."""
