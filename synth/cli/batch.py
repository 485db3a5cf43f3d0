"""``synth batch``: many reports from a file of questions, or all that are known made again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth.cli.options import Categories, Json, Offline, Papers, Quiet, Risk, Since, Until, Verifier, Workspace, opened
from synth.cli.output import put


def batch(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="Questions with optional settings: YAML, CSV with a column question, or a question a line.",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Make every report again that the reports folder or the store knows.")
    ] = False,
    reports: Annotated[
        Path, typer.Option("--reports", help="Folder of the reports; each goes into one below, named by its question.")
    ] = Path("reports"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="Processes that read and check.")] = 1,
    papers: Papers = 15,
    claims: Annotated[int, typer.Option("--claims", help="Claims in a table at most.")] = 30,
    offline: Offline = False,
    since: Since = None,
    until: Until = None,
    categories: Categories = None,
    date: Annotated[
        str | None, typer.Option(help="Date line of the reports. [default: the day each was computed]")
    ] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask arXiv again, also for reports of the store.")] = False,
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Wait for another batch on the same workspace, or refuse.")
    ] = True,
    risk: Risk = None,
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make many reports; what has not changed is not made again.

    A row's own settings go before the options, and with --all those that a report names itself, but for --risk,
    --verifier and --date. A question that cannot be answered costs its own row only; the exit
    code is 1 if any row failed. Killed at any moment, the next run goes on and ends with the same bytes.
    """
    from synth.cli.batch_view import batch_json, batch_table, shown_batch
    from synth.errors import ConfigError
    from synth.pipeline.batch import FAILED, alone, run_batch
    from synth.pipeline.batch_file import Defaults, read_batch
    from synth.pipeline.known import known_reports
    from synth.pipeline.options import day, report_options
    from synth.pipeline.workers import run_in_processes

    if (file is None) != everything:
        raise ConfigError("name either a FILE of questions or --all; found " + ("neither" if file is None else "both"))
    given = {"papers": papers, "claims": claims, "since": since, "until": until, "categories": categories}
    report_options(
        papers=papers, claims=claims, since=since, until=until, categories=categories
    )  # told once, not a row
    defaults = Defaults(options={**given, "offline": offline}, reports=reports, date=day("--date", date))
    what = file.name if file else "--all"
    with (
        opened(workspace=workspace, quiet=quiet, verifier=verifier, risk=risk, offline=offline) as parts,
        alone(parts.settings.workspace, what, parts, wait=wait),
        shown_batch(quiet=quiet, parts=parts) as progress,
    ):
        orders = read_batch(file, defaults) if file else known_reports(reports, parts, date=defaults.date)
        workers = min(jobs, len(orders))
        if workers > 1:
            done = run_in_processes(orders, parts, jobs=workers, refresh=refresh, progress=progress)
        else:
            done = run_batch(orders, parts, refresh=refresh, progress=progress)
    if json:
        put(batch_json(done), as_json=True)
    else:
        batch_table(done)
    if any(one.outcome == FAILED for one in done):
        raise typer.Exit(1)
