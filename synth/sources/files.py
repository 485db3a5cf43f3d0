"""Papers from PDF files on this machine."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from synth.errors import ConfigError
from synth.signature import file_sha256
from synth.text import collapse
from synth.types import Paper, Source

_SEPARATORS = re.compile(r"[_\s]+|(?<=[^\W\d_])-(?=[^\W\d_])")


def papers_in(paths: Path | Iterable[Path]) -> tuple[Paper, ...]:
    """The PDFs at the given places, folders searched all the way down: each content once, ordered by path.

    A paper's id is ``file:`` and 12 hex digits of the file's SHA-256, even where the file's name is an arXiv id:
    a name proves nothing. The title is taken from the file's name until the file is read, which also
    tells what arXiv's stamp proves.

    Raises:
        ConfigError: If a place does not exist or cannot be read, a file is no ``.pdf``, or a folder holds no PDF.
    """
    places = [paths] if isinstance(paths, Path) else list(paths)
    found: dict[str, Paper] = {}
    for place in places:
        for path in _pdfs(place):
            paper = _paper(path)
            found.setdefault(paper.id, paper)
    return tuple(found.values())


def file_id(path: Path) -> str:
    """The id of the paper in a file: ``file:`` and 12 hex digits of its SHA-256.

    Raises:
        OSError: If it cannot be read.
    """
    return f"file:{file_sha256(path)[:12]}"


def is_there(place: Path) -> bool:
    """Whether there is something at a place; a name longer than the system's longest names nothing."""
    try:
        return place.exists()
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG  # what must not be looked at is there


def _pdfs(place: Path) -> list[Path]:
    try:
        if not place.is_dir():
            return _single(place)
        files = sorted(_files(place))
    except OSError as error:
        raise ConfigError(
            f"{place} cannot be read ({error.strerror}); name a folder that can be", path=str(place)
        ) from error
    pdfs = [path for path in files if path.suffix.casefold() == ".pdf"]
    if not pdfs:
        raise ConfigError(
            f"{place} holds {len(files):,} files, none of them a .pdf; name a folder of PDFs", path=str(place)
        )
    return pdfs


def _single(place: Path) -> list[Path]:
    if not place.exists():
        raise ConfigError(f"{place} does not exist; name a PDF or a folder of PDFs", path=str(place))
    if place.suffix.casefold() != ".pdf":
        raise ConfigError(f"{place} is no .pdf; name a PDF or a folder of PDFs", path=str(place))
    return [place]


def _files(folder: Path) -> Iterator[Path]:
    """Files under a folder, hidden ones left out; an unreadable subfolder is an error, not a gap."""
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():  # a link may lead back up
            yield from _files(path)
        elif path.is_file():
            yield path


def _paper(path: Path) -> Paper:
    try:
        identifier = file_id(path)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}); mend its rights or leave it out") from error
    return Paper(
        id=identifier,
        title=_title(path.stem),
        authors=(),
        abstract="",
        published=None,
        source=Source.FILE,
        path=str(path),
    )


def _title(stem: str) -> str:
    """A readable name: underscores and hyphens between words become spaces, an id stays as it is."""
    return collapse(_SEPARATORS.sub(" ", stem)) or stem
