"""What the commands on claim tables share: reading them, a judge of meanings that loads its models late, and output."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from synth.cli.options import opened
from synth.cli.output import encodable, put
from synth.diff.compare import compare
from synth.diff.delta import Delta
from synth.diff.table import Table
from synth.diff.tables.reading import RUN, read_many
from synth.errors import ConfigError
from synth.report.plain import one_line
from synth.report.wording import count, listed
from synth.report.writing import write_file

if TYPE_CHECKING:
    from synth.pipeline.parts import Parts

_PIPED_WIDTH = 120
_ENDINGS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".json": "json"}


@dataclass(frozen=True, slots=True)
class Named:
    """What the user named: one table, or a folder of them."""

    tables: tuple[Table, ...]
    folder: bool


class Tables:
    """Reads and compares tables; opens the store and the models when a table asks for them, and not before.

    Args:
        stack: Closes what was opened.
        workspace: Where the store is.
        quiet: Say nothing on standard error.
    """

    def __init__(self, stack: ExitStack, *, workspace: Path | None, quiet: bool) -> None:
        self._stack, self._workspace, self._quiet = stack, workspace, quiet
        self.judge = _LateJudge(self)

    @cached_property
    def parts(self) -> Parts:
        """The concrete parts of a run."""
        return self._stack.enter_context(opened(workspace=self._workspace, quiet=self._quiet))

    def read(self, name: str) -> Named:
        """The tables of a name.

        Raises:
            ConfigError: If there is none, or one cannot be read.
        """
        runs = self.parts.store.runs if name.startswith(RUN) and not Path(name).exists() else None
        found = read_many(name, runs=runs, on_note=lambda note: self.say(f"note: {one_line(note)}"))
        return Named(found, folder=len(found) > 1 or found[0].name != one_line(name))

    def compare(self, old: Table, new: Table, *, meaning: bool, noise: float | None) -> Delta:
        """The difference of two tables."""
        return compare(old, new, meaning=self.judge if meaning else None, noise=noise)

    def say(self, text: str) -> None:
        """A line on standard error, unless the user wants quiet."""
        if not self._quiet:
            typer.echo(encodable(text, sys.stderr.encoding), err=True)


class _LateJudge:
    """A judge of meanings that says that it is needed, and loads its models then."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._loaded = False

    def same(self, old: Sequence[str], new: Sequence[str]) -> Mapping[tuple[int, int], float]:
        """See :meth:`synth.diff.matching.meaning.MeaningJudge.same`."""
        from synth.diff.matching.meaning import EntailmentJudge

        what = "asking the language models again" if self._loaded else "loading the language models"
        self._tables.say(
            f"{count(len(old), 'old row')} and {count(len(new), 'new row')} match neither by id nor by wording;"
            f" {what} to match them by meaning (--no-meaning leaves that out)"
        )
        self._loaded = True
        return EntailmentJudge(self._tables.parts.encoder, self._tables.parts.nli).same(old, new)


def chosen_form(form: str | None, *, json: bool, out: Path | None, forms: Sequence[str]) -> str:
    """The form of the output: the one that was asked for, or what the file's ending says, or text.

    Raises:
        ConfigError: If there is no such form, or two were asked for.
    """
    if json and form not in (None, "json"):
        raise ConfigError(f"--json and --format {form} ask for two forms; leave one of them out")
    form = "json" if json else form
    if form is None:
        ending = _ENDINGS.get(out.suffix.casefold(), "text") if out else "text"
        return ending if ending in forms else "text"
    if form not in forms:
        near = get_close_matches(form.casefold(), forms, 1, 0.4)
        advice = f"did you mean {near[0]}? It takes" if near else "it takes"
        raise ConfigError(f"there is no --format {form!r}; {advice} {listed(forms, 'or')}")
    return form


def screen(*, to_file: bool) -> tuple[int, bool]:
    """How many columns the reader's terminal has, and whether it shows colours; a file has none."""
    from rich.console import Console

    console = Console()
    if to_file or not console.is_terminal:
        return (console.width if "COLUMNS" in os.environ else _PIPED_WIDTH), False
    return console.width, bool(console.color_system) and not console.no_color


def emit(text: str, form: str, out: Path | None) -> None:
    """Print a text, or write it to a file, whole or not at all.

    Raises:
        OutputError: If the file cannot be written.
    """
    if out is None:
        put(text, as_json=form == "json", nl=False)
    else:
        write_file(text, out)
