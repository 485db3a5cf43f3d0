"""The one door for claim tables: report folders, CSV, JSON, report cards, git revisions of these, stored runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from synth.diff.table import Table
from synth.diff.tables.cards import is_card, is_report, read_card
from synth.diff.tables.csv_table import csv_table, short
from synth.diff.tables.folders import File, Folder, card_files, on_disk, report_file
from synth.diff.tables.report_table import report_table
from synth.diff.tables.revisions import at_revision, split_revision
from synth.errors import ConfigError
from synth.report.plain import one_line

RUN = "run:"
"""Stands before the key of a stored run, or the beginning of one."""
_EXPECTED = "a report folder, a claims.csv, a report.json, a report card, REVISION:PATH or run:KEY"
_SHOWN = 5
_CLAIMS_HEADING = b"extracted claims"

Note = Callable[[str], None]


class StoredRun(Protocol):
    """A report of the store."""

    @property
    def key(self) -> str:
        """Content key."""

    @property
    def question(self) -> str:
        """What was asked."""

    @property
    def report(self) -> str:
        """The report as JSON."""


class RunSource(Protocol):
    """Where stored runs come from; :class:`synth.store.runs.RunShelf` is one."""

    def find(self, key: str) -> StoredRun | None:
        """The run of exactly this key."""

    def runs(self) -> Sequence[StoredRun]:
        """All runs, oldest first."""


def read_table(name: str, *, runs: RunSource | None = None, on_note: Note | None = None) -> Table:
    """The claim table of that name.

    Args:
        name: A report folder (its report.json, else its claims.csv, else the one report card in it), a claims.csv, a
            report.json, a report card (``.txt``, ``.md``), any of these at a git revision (``HEAD~1:reports/x``;
            ``:reports/x`` is what is staged), or a stored run (``run:`` and the beginning of its key). What exists as
            a path is taken as one.
        runs: The stored runs; None where no store is at hand.
        on_note: Told what the reader of the table should know: a card's counts that differ from its rows.

    Raises:
        ConfigError: If there is no such table, or it cannot be read. One line: file, line, what was expected.
    """
    return _one(_place(name, runs), name, on_note)


def read_many(name: str, *, runs: RunSource | None = None, on_note: Note | None = None) -> tuple[Table, ...]:
    """The tables of a folder of reports, in the order of their names; or the one table of that name.

    A folder that is a report itself is one table. Else every folder in it that holds a report is one, and so is every
    report card in it; other files are passed over.

    Args:
        name: As :func:`read_table` takes it, or a folder of reports or cards, also at a git revision.
        runs: The stored runs; None where no store is at hand.
        on_note: As for :func:`read_table`.

    Raises:
        ConfigError: If there is no table, or one cannot be read.
    """
    place = _place(name, runs)
    if not isinstance(place, Folder) or report_file(place):
        return (_one(place, name, on_note),)
    tables = []
    for listed in place.folders.values():
        folder = listed()
        file = report_file(folder)
        cards = () if file else card_files(folder, _holds_card)
        if file or len(cards) == 1:
            tables.append(replace(_table(file or cards[0], on_note), name=folder.name))
    tables += [_table(file, on_note) for file in card_files(place, _holds_card)]
    if not tables:
        raise ConfigError(f"{place.name} holds no claim table{_held(place)}; expected reports, or report cards")
    return tuple(sorted(tables, key=lambda table: table.name))


def _one(place: File | Folder | Table, name: str, on_note: Note | None) -> Table:
    if isinstance(place, Table):
        return place
    file = place if isinstance(place, File) else _only_file(place)
    return replace(_table(file, on_note), name=one_line(name))


def _place(name: str, runs: RunSource | None) -> File | Folder | Table:
    """What a name stands for: a path before a stored run before a revision."""
    if not name or "\0" in name:
        raise ConfigError(f"{short(name)} names no claim table; expected {_EXPECTED}")
    if found := on_disk(Path(name), name):
        return found
    if name.startswith(RUN):
        return _stored(name, runs)
    if parts := split_revision(name):
        return at_revision(*parts, name)
    if "://" in name:
        raise ConfigError(f"{one_line(name)} is an address, and only files are read; download it and name the file")
    raise ConfigError(f"{one_line(name)} is not there{_near(Path(name))}; expected {_EXPECTED}")


def _stored(name: str, runs: RunSource | None) -> Table:
    if runs is None:
        raise ConfigError(f"{one_line(name)}: no store is open; name the workspace that holds the run")
    prefix = name.removeprefix(RUN)
    exact = runs.find(prefix)
    found = [exact] if exact else [run for run in runs.runs() if run.key.startswith(prefix)]
    if len(found) == 1:
        return report_table(found[0].report, name=one_line(name))
    shown = found or list(runs.runs())
    if not shown:
        raise ConfigError(f"{one_line(name)}: the store holds no run; make a report first")
    newest = ", ".join(f"{run.key[:12]} {short(run.question)}" for run in reversed(shown[-_SHOWN:]))
    what = f"{len(found)} runs begin so, give more of the key" if found else "no run begins so"
    raise ConfigError(f"{one_line(name)}: {what}; the newest{' of them' if found else ''}: {newest}")


def _only_file(folder: Folder) -> File:
    """The one file of a folder that holds its table."""
    if file := report_file(folder):
        return file
    cards = card_files(folder, _holds_card)
    if len(cards) == 1:
        return cards[0]
    if cards:
        named = ", ".join(card.name for card in cards[:_SHOWN])
        raise ConfigError(f"{folder.name} holds {len(cards)} report cards, one table was expected; name one: {named}")
    raise ConfigError(
        f"{folder.name} holds no claim table{_held(folder)}; expected a report.json, a claims.csv or a report card"
    )


def _held(folder: Folder) -> str:
    names = [*folder.files, *(f"{name}/" for name in folder.folders)]
    more = ", …" if len(names) > _SHOWN else ""
    return f" (it holds {', '.join(one_line(name) for name in names[:_SHOWN])}{more})" if names else " (it is empty)"


def _near(path: Path) -> str:
    """Names like the one that is not there, in the deepest folder of its path that is."""
    missing = path
    while not (parent := missing.parent).is_dir() and parent != missing:
        missing = parent
    try:
        names = sorted(entry.name for entry in parent.iterdir())
    except OSError:  # an error's advice must not fail itself
        return ""
    near = get_close_matches(missing.name, names, n=3)
    return f"; near it: {', '.join(one_line(str(parent / name)) for name in near)}" if near else ""


def _holds_card(file: File) -> bool:
    """Whether a text file of a folder is a card, and not a read-me."""
    body = file.read()
    return _CLAIMS_HEADING in body.lower() and is_card(body.decode("utf-8", "replace"))


def _table(file: File, on_note: Note | None) -> Table:
    """The table of a file, by its ending, or by its content where the ending says nothing."""
    text = _decoded(file)
    if not text.strip():
        raise ConfigError(f"{file.name} is empty; expected {_EXPECTED}")
    kind = _kind(file.name, text)
    if kind == "page":
        raise ConfigError(f"{file.name} is a page for readers; name its folder, or the report.json beside it")
    if kind == "json":
        return report_table(text, name=file.name)
    if kind == "csv":
        return csv_table(text, name=file.name)
    table, notes = read_card(text, name=file.name)
    if on_note:
        for note in notes:
            on_note(note)
    return table


def _kind(name: str, text: str) -> str:
    ending = re.search(r"\.[A-Za-z]{1,8}$", name)
    known = {".csv": "csv", ".tsv": "csv", ".json": "json", ".txt": "card", ".md": "card", ".html": "page"}
    if ending and ending[0].casefold() in known:
        kind = known[ending[0].casefold()]
        return "page" if kind == "card" and is_report(text) else kind
    if is_card(text):
        return "card"
    return {"{": "json", "[": "json", "<": "page"}.get(text.lstrip()[0], "csv")


def _decoded(file: File) -> str:
    """The text of a file, which must be UTF-8, with or without a byte order mark."""
    body = file.read()
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ConfigError(f"{file.name} is UTF-16; save it as UTF-8")
    if (at := body.find(b"\0")) >= 0:
        raise ConfigError(f"{file.name}, line {_line(body, at)}: a NUL at byte {at}; this is no text file")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if body.startswith(b"\xef\xbb\xbf") else 0)
        raise ConfigError(
            f"{file.name}, line {_line(body, at)}: byte {at} (0x{body[at]:02x}) is no UTF-8; save the file as UTF-8"
        ) from error


def _line(body: bytes, at: int) -> int:
    return body.count(b"\n", 0, at) + 1
