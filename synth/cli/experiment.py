"""``synth experiment``: published numbers recomputed, and the protocol behind them run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth.cli.options import Json, Quiet, Workspace
from synth.errors import Interrupted

FAILED = 10
"""Exit code when a number differs that is not marked as a known conflict."""

LACKING = 3
"""Exit code when a set that was asked for could not be had, as when a source does not answer."""

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


@app.command("run")
def run(
    scale: Annotated[
        str, typer.Option(help="smoke (minutes, shows that it runs), mini (two CPU cores) or full (a GPU and weights).")
    ],
    data: Annotated[Path, typer.Option(help="Folder of the unpacked data sets, one folder each.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder of the run. [default: experiments/SCALE in the workspace]", show_default=False),
    ] = None,
    seeds: Annotated[
        int | None, typer.Option(help="Runs of every arm. [default: as the scale has it]", show_default=False)
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="Name or folder of a pre-trained encoder in Hugging Face form, instead of one made here."
            " [default: xlm-roberta-large at full scale]",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(help="Only these tasks, such as xnli,tatoeba. [default: all]", show_default=False),
    ] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Say what it would take: stages, steps, time, disk. Starts nothing.")
    ] = False,
    partial: Annotated[bool, typer.Option("--partial", help="Go on with the sets that are there.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start anew, over an older run in the same folder.")] = False,
    json: Json = False,
    workspace: Workspace = None,
    quiet: Quiet = False,
) -> None:
    """Run the protocol: intermediate training or none, fine-tuning on English, tests on all languages, effects.

    What is finished is kept: a run that was stopped goes on where it was, and gives the results of one that was not.
    They go to results.json in the run's folder. docs/EXPERIMENT.md says which data sets are needed, and what came out.
    """
    from synth.cli.experiment_view import Shown, plan_text, results_text
    from synth.cli.tables import emit, screen
    from synth.experiment.protocol.configs import read_config
    from synth.experiment.protocol.runs import Order, prepare
    from synth.experiment.protocol.runs import run as carry_through
    from synth.experiment.protocol.work.doing import carry_out
    from synth.settings import Settings

    config = read_config(scale, seeds=seeds, model=model)
    tasks = tuple(part.strip() for part in (only or "").split(",") if part.strip())
    order = Order(scale=scale, config=config, data=data, partial=partial, only=tasks)
    prepared = prepare(order)
    width, _ = screen(to_file=False)
    if plan:
        from synth.experiment.protocol.planning import planned

        found = planned(prepared)
        emit(found.as_json() if json else plan_text(found, width=width), "json" if json else "text", None)
        return
    folder = out or Settings.read(workspace=workspace).workspace / "experiments" / scale
    try:
        with Shown(quiet=quiet) as progress:
            results = carry_through(prepared, folder, carry_out=carry_out, fresh=fresh, progress=progress)
    except KeyboardInterrupt:
        raise Interrupted("interrupted; finished stages are kept, and the same command goes on with the rest") from None
    if json:
        emit((folder / "results.json").read_text(encoding="utf-8"), "json", None)
    else:
        emit(results_text(results, folder, width=width), "text", None)


@app.command("fetch")
def fetch(
    data: Annotated[Path, typer.Option(help="Folder that the sets are written to, one folder each.")],
    only: Annotated[
        str | None,
        typer.Option(help="Only these sets, such as xnli,squad-train. [default: all]", show_default=False),
    ] = None,
    place: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Folder of the same data sets as parquet files, such as google/xtreme/XNLI/test.parquet, instead of"
            " the Hugging Face Hub.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Fetch the sets that `run` needs by their names on the Hugging Face Hub, and write them as it reads them.

    Needs the extra `experiment`. What the folder holds whole is left alone: a fetch that was stopped goes on where it
    was. Exit code 0 if the folder holds all that were asked for in the end, otherwise 3.
    """
    from synth.cli.fetch_view import fetched_json, fetched_text, told
    from synth.cli.progress import shown
    from synth.cli.tables import emit
    from synth.experiment.sets.hub.catalogue import chosen
    from synth.experiment.sets.hub.fetching import fetch as fetch_sets
    from synth.experiment.sets.hub.loading import loader

    names, load = chosen(only), loader(place)
    try:
        with shown(quiet=quiet) as progress:
            found = fetch_sets(data, names, load, told(progress))
    except KeyboardInterrupt:
        raise Interrupted("interrupted; what is written is kept, and the same command goes on with the rest") from None
    emit(fetched_json(found) if json else fetched_text(found), "json" if json else "text", None)
    if found.lacking:
        from synth.report.wording import count

        typer.echo(f"failed on {count(len(found.lacking), 'set')}", err=True)
        raise typer.Exit(LACKING)


@app.command("report")
def report(
    results: Annotated[
        list[Path] | None,
        typer.Option(
            "--results",
            help="File of results. May be given more than once. [default: those that come with the program, and those"
            " of the workspace's runs]",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write experiment.md, experiment.html and the plots into this folder as well.", show_default=False
        ),
    ] = None,
    json: Json = False,
    workspace: Workspace = None,
) -> None:
    """Show what runs found: published, recomputed and rerun side by side, with answers in words and plots.

    Plots need matplotlib, which comes with the extra `plots`; without it the card says that they are left out.
    """
    from synth.cli.tables import emit, screen
    from synth.experiment.audit import audit as examine
    from synth.experiment.published import read_published, shipped
    from synth.experiment.rerun_card.card import run_cards
    from synth.experiment.rerun_card.export import card_json
    from synth.experiment.rerun_card.finding import find_results
    from synth.experiment.rerun_card.pages import write_pages
    from synth.experiment.rerun_card.terminal import card_text
    from synth.report.files import check_folder
    from synth.resources import data_path
    from synth.settings import Settings

    if out is not None:
        check_folder(out)
    runs = find_results(
        results or (), shipped=data_path("experiments"), workspace=Settings.read(workspace=workspace).workspace
    )
    audited = examine(read_published(shipped()))
    cards = run_cards(runs, audited)
    written = write_pages(runs, audited, out) if out is not None else ()
    if json:
        emit(card_json(cards), "json", None)
    else:
        width, colour = screen(to_file=False)
        emit(card_text(cards, written, width=width, colour=colour), "text", None)
