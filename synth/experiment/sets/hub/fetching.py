"""Sets by name into a data folder: what is there stays, what is lacking is written file by file, each in one step."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from synth.errors import OutputError, SourceError
from synth.experiment.sets.hub.catalogue import is_there, items, unnamed
from synth.experiment.sets.hub.loading import Loader
from synth.experiment.sets.hub.sources import Item

Tell = Callable[[str, int, int], None]
"""Told of a set how many of its items are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A set that could not be had."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a folder holds now of the sets that were asked for."""

    folder: Path
    there: tuple[str, ...]
    """Held whole before."""
    written: tuple[str, ...]
    lacking: tuple[Lacking, ...]


def fetch(folder: Path, names: Sequence[str], load: Loader, tell: Tell = lambda name, done, of: None) -> Fetched:
    """Write the sets that a folder lacks; a set that cannot be had does not keep back the others.

    Args:
        folder: The data folder; made where it is absent.
        names: Some of :data:`~synth.experiment.sets.hub.catalogue.NAMES`.
        load: Gives the rows of a source.
        tell: Told how it goes on.

    Returns:
        Which sets were there, were written, or could not be had, and why.

    Raises:
        ConfigError: The library that reads them is not there.
        OutputError: The folder cannot be written.
    """
    there, written, lacking = [], [], []
    for name in names:
        reason = unnamed(name)
        if is_there(folder, name):
            there.append(name)
        elif reason:
            lacking.append(Lacking(name, reason))
        else:
            try:
                _write_set(folder, name, load, tell)
            except SourceError as error:
                lacking.append(Lacking(name, str(error)))
            else:
                written.append(name)
    return Fetched(folder, tuple(there), tuple(written), tuple(lacking))


def _write_set(folder: Path, name: str, load: Loader, tell: Tell) -> None:
    wanted = items(name)
    for done, item in enumerate(wanted):
        tell(name, done, len(wanted))
        if not all((folder / file).is_file() for file in item.files):
            _write_item(folder, item, load)
    tell(name, len(wanted), len(wanted))


def _write_item(folder: Path, item: Item, load: Loader) -> None:
    texts = item.convert([load(source) for source in item.sources])
    for file in item.files:
        _write(folder / file, texts[file])


def _write(path: Path, text: str) -> None:
    # one name for the unfinished file, so that fetches that are killed leave one of it at most
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("w", encoding="utf-8", newline="") as handle:
                handle.write(text)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"cannot write {path} ({error.strerror or error}): make room or name another --data; what is there is kept",
            path=str(path),
        ) from None
