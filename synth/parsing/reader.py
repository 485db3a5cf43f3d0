"""Reads PDFs in a child process, so that a hostile file costs itself and nothing else."""

from __future__ import annotations

import dataclasses
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from synth.errors import DocumentError, NoTextLayer, UnreadablePdf
from synth.parsing.document import build_document
from synth.parsing.identity import FrontMatter, check_identity, front_matter
from synth.parsing.pages import Page, page_from_json
from synth.types import Document, Paper, SectionRole, Source

__all__ = ["READER", "FrontMatter", "Limits", "check_identity", "read_front_matter", "read_pages", "read_pdf"]

_CHILD = Path(__file__).with_name("child.py")
_LEAST_CHARS = 40
"""A page with fewer letters than this, on average, is a picture with a stamp on it."""

READER = f"reader-4+pymupdf-{version('pymupdf')}"
"""Version of the reading, part of every key under which something read is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one PDF may cost."""

    seconds: float = 60.0
    """Wall-clock time of the child process, all pages together."""
    cpu_seconds: int = 60
    memory: int = 2_000_000_000
    """Address space of the child process, in bytes."""
    pages: int = 200
    """Pages behind this one are left unread, and a note says so."""
    file_bytes: int = 100_000_000
    lost_pages: int = 3
    """How many pages may bring the child down before the file is given up."""


def read_pdf(path: Path, paper: Paper, limits: Limits | None = None) -> Document:
    """The document of a paper's PDF.

    Args:
        path: The PDF on this machine.
        paper: What the PDF should be; papers of source ``file`` are taken as they are.
        limits: What the reading may cost.

    Raises:
        UnreadablePdf: If the file is damaged, locked, too large, brought the child down, or set so that no
            document comes of its pages; ``passing`` where time or memory ran out, or the child was killed.
        NoTextLayer: If the pages hold pictures only.
        WrongPaper: If the PDF carries neither the id nor the title that was asked for.
    """
    try:
        with _at_its_own_cost(path):
            pages, notes = read_pages(path, limits or Limits())
            check_identity(pages, paper)
            return build_document(pages, paper, notes)
    except DocumentError as error:
        error.facts.setdefault("paper_id", paper.id)
        raise


@contextmanager
def _at_its_own_cost(path: Path) -> Iterator[None]:
    """Whatever a page is set like, it costs this file alone."""
    try:
        yield
    except (DocumentError, MemoryError):
        raise
    except Exception as error:
        raise _unreadable(
            path, f"its pages are set in a way that cannot be followed ({type(error).__name__})"
        ) from error


def read_front_matter(path: Path, limits: Limits | None = None) -> FrontMatter:
    """Title, authors, abstract and arXiv's stamp as the first pages of a PDF give them.

    Raises:
        UnreadablePdf: If the file is damaged, locked, too large, or brought the child down.
        NoTextLayer: If the first page holds no text.
    """
    limits = limits or Limits()
    head, pages, _ = _read(path, 1, 2, limits)
    if not any(page.fragments for page in pages):
        raise NoTextLayer(
            f"{path.name}: no text on its first pages, only pictures; run OCR on it first", path=str(path)
        )
    return dataclasses.replace(front_matter(pages, str(head.get("title", ""))), abstract=_abstract(path, pages))


def _abstract(path: Path, pages: Sequence[Page]) -> str:
    """What stands under "Abstract" on the first pages; empty where that cannot be told."""
    nobody = Paper(id="file:0", title="", authors=(), abstract="", published=None, source=Source.FILE)
    try:
        with _at_its_own_cost(path):
            document = build_document(pages, nobody)
    except DocumentError:
        return ""  # the title is worth having; reading the whole file will say what is wrong with it
    return " ".join(one.text for one in document.sentences if one.role is SectionRole.ABSTRACT)


def read_pages(path: Path, limits: Limits) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """The pages of a PDF, and a note for each thing that was lost.

    Raises:
        UnreadablePdf: If the file is damaged, locked, too large, or brought the child down.
        NoTextLayer: If the pages hold pictures only.
    """
    head, pages, notes = _read(path, 1, limits.pages, limits)
    count = int(head["pages"])
    if count > limits.pages:
        notes = (*notes, f"only the first {limits.pages} of {count} pages were read")
    letters = sum(character.isalpha() for page in pages for character in page.text)
    if letters < _LEAST_CHARS * min(max(len(pages), 1), 5):
        raise NoTextLayer(
            f"{path.name}: {count} page{'s' * (count > 1)} with hardly any text ({letters} letters), so pictures "
            "of pages; run OCR on it first",
            path=str(path),
        )
    return pages, notes


_Reading = tuple[dict[str, Any], tuple[Page, ...], tuple[str, ...]]
"""The head that the child gave, the pages, and the notes."""


def _read(path: Path, first: int, last: int, limits: Limits) -> _Reading:
    """Runs the child, again behind each page that brought it down."""
    _check_file(path, limits)
    deadline = time.monotonic() + limits.seconds
    head: dict[str, Any] = {}
    pages: list[Page] = []
    notes: list[str] = []
    crashes = 0
    following = first
    while True:
        output, failure = _run(path, following, last, limits, deadline - time.monotonic())
        items, ended = _items(output)
        for item in items:
            if "error" in item:
                raise _unreadable(path, str(item["error"]))
            if "pages" in item:
                head = item
                continue
            following = int(item["n"]) + 1
            if "lost" in item:
                notes.append(f"page {item['n']} was lost: {item['lost']}")
            else:
                pages.append(page_from_json(item))
        if ended:
            break
        crashes += 1
        if not head or failure == _OUT_OF_TIME or crashes > limits.lost_pages:
            where = f" on page {following}" if head else ""
            raise _unreadable(path, f"{failure.reason}{where}", passing=failure.passing)
        notes.append(f"page {following} was lost: {failure.reason}")
        following += 1
        if following > min(last, int(head["pages"])):
            break
    if not pages:
        why = notes[0] if notes else "no reason given"
        raise _unreadable(path, f"none of its {head['pages']} pages could be read ({why})", passing=failure.passing)
    return head, tuple(pages), tuple(notes)


class _Failure(NamedTuple):
    """Why the child did not end well."""

    reason: str
    passing: bool = False
    """Whether the machine was at fault, not the file."""


_OUT_OF_TIME = _Failure("the reading took longer than allowed", passing=True)
_FROM_OUTSIDE = frozenset({"SIGHUP", "SIGINT", "SIGKILL", "SIGTERM", "SIGXCPU"})
"""Signals that end a process from outside, or for its time; the others are its own crashes, which come again."""


def _run(path: Path, first: int, last: int, limits: Limits, seconds: float) -> tuple[bytes, _Failure]:
    """What the child wrote, and why it stopped where it did not end well."""
    command = [sys.executable, "-I", "-X", "utf8", str(_CHILD), str(path.resolve())]
    command += [str(value) for value in (first, last, limits.memory, limits.cpu_seconds)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            output, _ = process.communicate(timeout=max(seconds, 0.0))
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
            return output, _OUT_OF_TIME
        except BaseException:
            process.kill()
            raise
    return output, _failure(process.returncode)


def _failure(code: int) -> _Failure:
    if code == 75:
        return _Failure("the reading ran out of memory", passing=True)
    if code < 0:
        outside = -code in {one.value for one in signal.Signals if one.name in _FROM_OUTSIDE}
        return _Failure(f"the reading broke down (signal {-code})", passing=outside)
    return _Failure(f"the reading broke down (exit status {code})")


def _items(output: bytes) -> tuple[list[dict[str, Any]], bool]:
    """The whole lines that the child wrote, and whether it came to its end."""
    items: list[dict[str, Any]] = []
    for line in output.split(b"\n"):
        if not line.endswith(b"}"):
            continue
        try:
            items.append(json.loads(line))
        except ValueError:  # the line was being written when the child was stopped
            continue
    ended = bool(items) and (items[-1].get("end") is True or "error" in items[-1])
    return [item for item in items if "end" not in item], ended


def _check_file(path: Path, limits: Limits) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError as error:
        raise _unreadable(path, f"it cannot be opened ({error.strerror or error})") from error
    if size > limits.file_bytes:
        raise _unreadable(path, f"it has {size:,} bytes, more than the {limits.file_bytes:,} allowed")
    if b"%PDF" not in start:
        kind = "an HTML page" if b"<html" in start.lower() or b"<!doctype" in start.lower() else "no PDF"
        raise _unreadable(path, "it is empty" if not size else f"it is {kind} (no %PDF mark at its start)")


def _unreadable(path: Path, reason: str, *, passing: bool = False) -> UnreadablePdf:
    reason = reason.replace(str(path), path.name)  # a report shows it, and no report names places of this machine
    advice = "run again" if passing else "get the file again, or read the paper from its abstract"
    return UnreadablePdf(f"{path.name} cannot be read: {reason}; {advice}", path=str(path), passing=passing)
