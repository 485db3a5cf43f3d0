"""Folders of reports, on the disk or in a revision: which file holds the table, and which table goes with which."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from synth.diff.table import Table
from synth.errors import ConfigError
from synth.report.plain import one_line
from synth.text import normalise

LIMIT = 64 * 2**20
"""Bytes of the largest file that is read: some 40,000 claims with their evidence."""
REPORTS = ("report.json", "claims.csv")
"""The files of a report that hold its table, the better one first."""
_CARD_ENDINGS = (".txt", ".md")
_ENDING = re.compile(r"\.(?:txt|md|csv|tsv|json)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that can be read, wherever it is."""

    name: str
    """For the reader of an error."""
    read: Callable[[], bytes]
    """Gives at most :data:`LIMIT` bytes; ConfigError for a larger file or one that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder that can be listed, wherever it is. Hidden files and folders are left out; all is in order of name."""

    name: str
    files: dict[str, File]
    folders: dict[str, Callable[[], Folder]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """The tables of two folders side by side."""

    pairs: tuple[tuple[Table, Table], ...]
    """Old and new, in the order of the new tables' names."""
    only_old: tuple[Table, ...]
    only_new: tuple[Table, ...]


def paired(old: Sequence[Table], new: Sequence[Table]) -> Pairing:
    """Tables on the same question go together; where one does not tell its question, the last part of the name counts.

    One table here and one there are a pair whatever they are on. The order of the tables does not count.
    """
    olds, news = sorted(old, key=_order), sorted(new, key=_order)
    pairs: list[tuple[Table, Table]] = []
    if len(olds) == len(news) == 1:
        pairs, olds, news = [(olds[0], news[0])], [], []
    for agree in (_same_question_and_name, _same_question, _same_name):
        for one in list(olds):
            other = next((other for other in news if agree(one, other)), None)
            if other is not None:
                pairs.append((one, other))
                olds.remove(one)
                news.remove(other)
    pairs.sort(key=lambda pair: (_order(pair[1]), _order(pair[0])))
    return Pairing(pairs=tuple(pairs), only_old=tuple(olds), only_new=tuple(news))


def last_part(name: str) -> str:
    """What names a table among others: its folder's or its file's name, without what all of them share.

    ``main:reports/x/claims.csv``, ``reports/x/`` and ``x.txt`` all give ``x``.
    """
    parts = [part for part in re.split(r"[/\\:]", name) if part]
    if len(parts) > 1 and parts[-1].casefold() in REPORTS:
        parts.pop()
    return _ENDING.sub("", parts[-1]) if parts else ""


def _order(table: Table) -> tuple[str, str, str]:
    return last_part(table.name), table.name, table.question or ""


def _same_question(one: Table, other: Table) -> bool:
    return bool(one.question and other.question) and normalise(one.question or "") == normalise(other.question or "")


def _same_question_and_name(one: Table, other: Table) -> bool:
    return _same_question(one, other) and last_part(one.name) == last_part(other.name)


def _same_name(one: Table, other: Table) -> bool:
    return not (one.question and other.question) and last_part(one.name) == last_part(other.name)


def report_file(folder: Folder) -> File | None:
    """The file of a report folder that holds its table: report.json, else claims.csv."""
    return next((folder.files[name] for name in REPORTS if name in folder.files), None)


def card_files(folder: Folder, is_card: Callable[[File], bool]) -> tuple[File, ...]:
    """The files of a folder that are report cards."""
    texts = (file for name, file in folder.files.items() if name.casefold().endswith(_CARD_ENDINGS))
    return tuple(file for file in texts if is_card(file))


def on_disk(path: Path, name: str) -> File | Folder | None:
    """What stands at a path; None where nothing does.

    Args:
        path: Where to look.
        name: What the user calls it.

    Raises:
        ConfigError: If the place may not be looked at.
    """
    try:
        path.stat()
        if path.is_dir():
            return _folder(path, name)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL):
            return None
        raise _refused(name, error) from error
    return File(name=one_line(name), read=partial(_bytes, path, name))


def too_large(name: str, size: int | None) -> ConfigError:
    """The error for a file over :data:`LIMIT`; its size is None where it tells none."""
    shown = f"over {LIMIT // 2**20}" if size is None else f"{size / 2**20:,.1f}"
    return ConfigError(
        f"{one_line(name)} has {shown} MB, and files up to {LIMIT // 2**20} MB are read; is this a claim table?"
    )


def below(folder: str, name: str) -> str:
    """The name of something in a folder (or in the root of a revision)."""
    return f"{folder}{'' if folder.endswith(('/', os.sep, ':')) else '/'}{name}"


def _folder(path: Path, name: str) -> Folder:
    files: dict[str, File] = {}
    folders: dict[str, Callable[[], Folder]] = {}
    for entry in sorted(path.iterdir()):
        inner = below(name, entry.name)
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            folders[entry.name] = partial(_listed, entry, inner)
        elif entry.is_file():
            files[entry.name] = File(name=one_line(inner), read=partial(_bytes, entry, inner))
    return Folder(name=one_line(name), files=files, folders=folders)


def _listed(path: Path, name: str) -> Folder:
    try:
        return _folder(path, name)
    except OSError as error:
        raise _refused(name, error) from error


def _bytes(path: Path, name: str) -> bytes:
    """All of a file. One that does not tell its size (a pipe) is read up to the limit."""
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise too_large(name, size)
        with path.open("rb") as file:
            body = file.read(LIMIT + 1)
    except OSError as error:
        raise _refused(name, error) from error
    if len(body) > LIMIT:
        raise too_large(name, None)
    return body


def _refused(name: str, error: OSError) -> ConfigError:
    return ConfigError(f"{one_line(name)} cannot be read: {error.strerror or error}; check its rights")
