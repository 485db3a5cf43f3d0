"""``synth review``: a person decides claim by claim; what several people decided; gold from it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from synth.cli.options import Json, Workspace
from synth.cli.output import put

if TYPE_CHECKING:
    from synth.store.store import Store

FIRST = "start"


class ReviewGroup(TyperGroup):
    """``synth review REPORT`` means ``synth review start REPORT``; the other words are commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the first command's name where a report stands."""
        help_names = ctx.help_option_names
        if args and args[0] not in self.commands and args[0] not in help_names:
            args = [FIRST, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=ReviewGroup,
    help=(
        "Decide claim by claim: synth review REPORT. Accept, reject, correct the label, comment, undo; then see"
        " how far reviewers agree, and export gold for synth calibrate."
    ),
    epilog="synth review REPORT is short for synth review start REPORT; a folder named like a command is ./show.",
    subcommand_metavar="REPORT | COMMAND [ARGS]...",
    no_args_is_help=True,
)
Report = Annotated[
    Path, typer.Argument(metavar="REPORT", help="A report's folder, or its report.json.", show_default=False)
]
Reports = Annotated[
    list[Path],
    typer.Argument(metavar="REPORT...", help="Folders of reports, or their report.json files.", show_default=False),
]


@app.command(FIRST)
def start(
    report: Report,
    reviewer: Annotated[
        str | None,
        typer.Option(help="Your name. [default: SYNTH_REVIEWER, else git's user.name]", show_default=False),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(help="Ask only these claims: verified, unverified, undecided, or a label.", show_default=False),
    ] = None,
    restart: Annotated[bool, typer.Option("--restart", help="Ask decided claims as well, from the first on.")] = False,
    workspace: Workspace = None,
) -> None:
    """Review a report claim by claim, with quotes and their context.

    Every decision is stored at once; the next run goes on at the first claim that is open. Decisions hold as long as
    claim, label and evidence stay the same; a claim that changed is asked again. At the end the report's files are
    written with the decisions.
    """
    from rich.console import Console

    from synth.pipeline.review import Surroundings, desk_for, read_report, write_reviewed
    from synth.report.plain import one_line
    from synth.report.wording import count
    from synth.review.screen import summary_line
    from synth.review.session import run

    console = Console(highlight=False)
    found = read_report(report)
    name = _reviewer(reviewer)
    with _store(workspace) as store:
        desk = desk_for(found.report, name, store, only=only, restart=restart)
        console.print(one_line(found.report.title), style="bold", markup=False)
        again = f", {desk.n_to_ask_again} to be asked again" if desk.n_to_ask_again else ""
        total = count(len(found.report.claims), "claim")
        console.print(f"{total}, {desk.n_decided} decided by {name}{again}.", markup=False)
        try:
            if found.report.claims:
                run(desk, _lines(), console.print, Surroundings(found.report, store))
        except KeyboardInterrupt:  # ends a review as q does: what was decided is stored
            console.print()
        console.print(summary_line(desk), markup=False)
        written = write_reviewed(found.file, store)
    if written:
        console.print("Written again with the decisions:", markup=False)
    for path in written:
        console.print(f"  {path}", markup=False, soft_wrap=True)


@app.command()
def show(report: Report, workspace: Workspace = None, json: Json = False) -> None:
    """List the decisions on a report: which hold, which must be made again and why."""
    from synth.pipeline.review import read_report, review_of
    from synth.review.listing import as_json, decisions_data, decisions_text

    found = read_report(report).report
    with _store(workspace) as store:
        review = review_of(found, store)
    put(as_json(decisions_data(found, review)) if json else decisions_text(found, review), as_json=json)


@app.command()
def agreement(reports: Reports, workspace: Workspace = None, json: Json = False) -> None:
    """Say how far reviewers agree: Cohen's kappa of each pair, Krippendorff's alpha, and what they disagree on."""
    from synth.pipeline.review import read_report, reviewed_rows
    from synth.review.agreement import agreement as measure
    from synth.review.agreement import rated
    from synth.review.listing import agreement_data, agreement_text, as_json

    read = [read_report(place).report for place in reports]
    with _store(workspace) as store:
        rows = [one for _, seen in reviewed_rows(read, store) for one in seen]
    measured = measure(rated(rows))
    put(as_json(agreement_data(measured)) if json else agreement_text(measured), as_json=json)


@app.command()
def export(
    reports: Reports,
    out: Annotated[
        Path | None, typer.Option(help="File to write. [default: standard output]", show_default=False)
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Turn decisions into gold claims, JSONL, for `synth calibrate --gold`.

    The right label is that of the majority. Claims about embedded digests go to a file of their own, digests_NAME,
    as calibrate wants it.
    """
    from synth.pipeline.review import read_report, reviewed_rows
    from synth.review.gold import gold, gold_lines
    from synth.review.gold_files import told, write_gold

    read = [read_report(place).report for place in reports]
    with _store(workspace) as store:
        found = gold(reviewed_rows(read, store))
    if out is None:
        put(gold_lines((*found.papers, *found.digests)), as_json=True, nl=False)
        written: tuple[Path, ...] = ()
    else:
        written = write_gold(found, out)
    typer.echo("\n".join(told(found, written)), err=True)


@contextmanager
def _store(workspace: Path | None) -> Iterator[Store]:
    """The store alone: no model and no connection is needed here."""
    from synth.settings import Settings
    from synth.store.store import Store

    with Store(Settings.read(workspace=workspace).database) as store:
        yield store


def _reviewer(given: str | None) -> str:
    """The reviewer's name: the option, the environment, git.

    Raises:
        ConfigError: If there is none, or it cannot be used.
    """
    from synth.errors import ConfigError
    from synth.review.naming import checked_name

    name = given if given is not None else os.environ.get("SYNTH_REVIEWER") or _git_name()
    if name is None:
        raise ConfigError(
            "whose decisions are these? Give your name with --reviewer NAME, in SYNTH_REVIEWER, or to git"
            " (git config --global user.name NAME)"
        )
    return checked_name(name)


def _git_name() -> str | None:
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, encoding="utf-8", timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return asked.stdout.strip() or None


def _lines() -> Callable[[str], str | None]:
    """Asks for lines of standard input, None at its end."""
    typed = sys.stdin.isatty()
    if typed:
        with suppress(ImportError):
            import readline  # noqa: F401  # a comment can be edited while it is typed
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a broken byte must not cost the session

    def ask(prompt: str) -> str | None:
        try:
            line = input(prompt)
        except EOFError:
            line = None
        if line is None or not typed:
            typer.echo()  # nobody has pressed Enter
        return line

    return ask
