"""``synth report``: from the question to the report card."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth.cli.options import Categories, Json, Offline, Papers, Quiet, Risk, Since, Until, Verifier, Workspace, opened
from synth.cli.output import put


def report(
    question: Annotated[str, typer.Argument(help="One research question, in English.", show_default=False)],
    papers: Papers = 15,
    claims: Annotated[int, typer.Option("--claims", help="Claims in the table at most.")] = 30,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the report. [default: reports/ and a name from the question]",
            show_default=False,
        ),
    ] = None,
    offline: Offline = False,
    pdfs: Annotated[
        list[Path] | None,
        typer.Option(help="Read these PDFs, or the PDFs of this folder, as well. May be given more than once."),
    ] = None,
    since: Since = None,
    until: Until = None,
    categories: Categories = None,
    date: Annotated[str | None, typer.Option(help="Date line of the report. [default: today]")] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask arXiv again even if the store has this report.")
    ] = False,
    risk: Risk = None,
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write a report card on a research question.

    Finds arXiv papers, reads them, takes out their claims, checks every claim against passages of all the papers,
    and writes report.md, report.html, claims.csv and report.json. A second run on the same question asks nothing
    and recomputes nothing.
    """
    from synth.cli.show import report_summary
    from synth.pipeline.delivery import deliver
    from synth.pipeline.options import day, report_options
    from synth.pipeline.review import read_report
    from synth.question import check_question
    from synth.report.export import report_to_json
    from synth.report.files import check_folder
    from synth.text import slug

    options = report_options(
        papers=papers,
        claims=claims,
        offline=offline,
        pdfs=pdfs or (),
        since=since,
        until=until,
        categories=categories,
    )
    line = day("--date", date)
    folder = out or Path("reports") / slug(check_question(question))
    check_folder(folder)
    with opened(workspace=workspace, quiet=quiet, verifier=verifier, risk=risk, offline=offline) as parts:
        done = deliver(question, options, parts, folder, date=line, refresh=refresh)
    shown = done.report or read_report(folder).report
    if json:
        put(report_to_json(shown), as_json=True, nl=False)
    else:
        put(report_summary(shown, done.files, from_store=done.from_store))
