"""``synth diff`` and ``synth overlap``: what changed between claim tables, and what they share."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth.cli.options import Json, Quiet, Workspace

if TYPE_CHECKING:
    from synth.diff.delta import Delta

FAILED = 10
"""Exit code when something of ``--fail-on`` happened."""

_PLACES = "A report folder, claims.csv, report.json, report card, REVISION:PATH, run:KEY, or a folder of reports."
_TABLE_FORMS = ("text", "markdown", "html", "json")
_OVERLAP_FORMS = ("text", "markdown", "json")


def diff(
    old: Annotated[str, typer.Argument(help=f"The table as it was. {_PLACES}", show_default=False)],
    new: Annotated[str, typer.Argument(help="The table as it is, named in the same ways.", show_default=False)],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="text, markdown (for a comment), html (a page, side by side) or json. [default: by --out, or text]",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    out: Annotated[
        Path | None, typer.Option(help="Write it to this file, instead of printing it.", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="In the text, list what is unchanged as well.")] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(
            help=f"Exit with {FAILED} if any of this happened: removed, label, confidence, evidence, reworded, added,"
            " papers, answer, score; joined by commas.",
            show_default=False,
        ),
    ] = None,
    noise: Annotated[
        float | None,
        typer.Option(
            help="A confidence counts as changed when it moved by more than this."
            " [default: the tables' calibration error]",
            show_default=False,
        ),
    ] = None,
    meaning: Annotated[
        bool,
        typer.Option(
            "--meaning/--no-meaning",
            help="Match what is left over on both sides by meaning, which loads the language models.",
        ),
    ] = True,
    workspace: Workspace = None,
    quiet: Quiet = False,
) -> None:
    """Show what changed between two claim tables, or between two folders of reports.

    Claims are matched by id, then by wording, then by meaning: removed, added, reworded, with another label, another
    confidence or other evidence. Exit code 0 whether or not anything changed, 10 if something of --fail-on happened.
    """
    from synth.cli.tables import Tables, chosen_form, emit
    from synth.diff.shown.gate import gate
    from synth.diff.tables.folders import paired

    form = chosen_form(form, json=json, out=out, forms=_TABLE_FORMS)
    watched = gate(fail_on)
    with ExitStack() as stack:
        tables = Tables(stack, workspace=workspace, quiet=quiet)
        olds, news = tables.read(old), tables.read(new)
        pairing = paired(olds.tables, news.tables)
        deltas = [tables.compare(one, other, meaning=meaning, noise=noise) for one, other in pairing.pairs]
        only = [one.name for one in pairing.only_old], [one.name for one in pairing.only_new]
    folders = olds.folder or news.folder
    emit(_rendered(form, deltas, only, folders=folders, everything=everything, to_file=out is not None), form, out)
    _judge(watched, deltas, only)


def overlap(
    tables: Annotated[list[str], typer.Argument(help=f"Tables, or folders of them. {_PLACES}", show_default=False)],
    form: Annotated[
        str | None,
        typer.Option("--format", help="text, markdown or json. [default: by --out, or text]", show_default=False),
    ] = None,
    json: Json = False,
    out: Annotated[
        Path | None, typer.Option(help="Write it to this file, instead of printing it.", show_default=False)
    ] = None,
    meaning: Annotated[
        bool,
        typer.Option("--meaning/--no-meaning", help="Match by meaning as well, which loads the language models."),
    ] = False,
    workspace: Workspace = None,
    quiet: Quiet = False,
) -> None:
    """Show which claims several tables share: a matrix of every two of them, and the claims that recur."""
    from functools import partial

    from synth.cli.tables import Tables, chosen_form, emit
    from synth.diff.matching.pairs import match
    from synth.diff.overlap import overlap as find_overlap
    from synth.diff.overlap import overlap_json, overlap_markdown, overlap_text
    from synth.diff.shown.export import text_of
    from synth.errors import ConfigError

    form = chosen_form(form, json=json, out=out, forms=_OVERLAP_FORMS)
    with ExitStack() as stack:
        reader = Tables(stack, workspace=workspace, quiet=quiet)
        found = [table for name in tables for table in reader.read(name).tables]
        if len(found) < 2:
            raise ConfigError("there is one table only; name two or more, or a folder of reports")
        shared = find_overlap(found, partial(match, judge=reader.judge if meaning else None))
    shapes = {"text": overlap_text, "markdown": overlap_markdown}
    emit(shapes[form](shared) if form in shapes else text_of(overlap_json(shared)), form, out)


def _rendered(
    form: str,
    deltas: list[Delta],
    only: tuple[list[str], list[str]],
    *,
    folders: bool,
    everything: bool,
    to_file: bool,
) -> str:
    """The differences in the form that was asked for."""
    if form == "markdown":
        from synth.diff.shown.markdown import delta_markdown, reports_markdown

        return reports_markdown(deltas, *only) if folders else delta_markdown(deltas[0])
    if form == "html":
        from synth.diff.shown.html import delta_html, reports_html

        return reports_html(deltas, *only) if folders else delta_html(deltas[0])
    if form == "json":
        from synth.diff.shown.export import delta_json, reports_json

        return reports_json(deltas, *only) if folders else delta_json(deltas[0])
    from synth.cli.tables import screen
    from synth.diff.shown.terminal import delta_text, reports_text

    width, colour = screen(to_file=to_file)
    if folders:
        return reports_text(deltas, *only, width=width, colour=colour, everything=everything)
    return delta_text(deltas[0], width=width, colour=colour, everything=everything)


def _judge(watched: tuple[str, ...], deltas: list[Delta], only: tuple[list[str], list[str]]) -> None:
    """Ends the program with its own exit code if something happened that must not."""
    from synth.diff.shown.gate import happened

    found = happened(watched, deltas, gone=len(only[0]), come=len(only[1]))
    if found:
        words, said = zip(*found, strict=True)
        typer.echo(f"failed on {', '.join(said)} (--fail-on {','.join(words)})", err=True)
        raise typer.Exit(FAILED)
