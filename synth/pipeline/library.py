"""The reader's own library: papers from PDF files or arXiv, read and kept in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from synth.errors import ConfigError, DocumentError
from synth.pipeline.gather import given_papers, held_papers, offline_papers
from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.pipeline.reading import Read, keep, read_all, read_held, read_whole, stored_document
from synth.sources.files import is_there
from synth.sources.ids import file_stem, parse_arxiv_id
from synth.text import holds_surrogates
from synth.types import Document, Paper, Passage, RetrievedPaper, Role, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one paper that was to be added."""

    name: str
    """As the user named it."""
    paper: Paper | None
    n_sentences: int = 0
    trouble: str = ""
    """Why it could not be read, or what a reader should know of the reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """What claims can be checked against."""

    papers: tuple[Paper, ...]
    """Those that could be read."""
    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = ()
    """Which papers are left out, or in by their abstracts alone, and why."""


def add(names: Sequence[str], parts: Parts) -> tuple[Added, ...]:
    """Read papers into the store. One that cannot be read costs itself only.

    Args:
        names: PDF files, folders of PDFs, and arXiv ids.
        parts: The concrete parts.

    Raises:
        ConfigError: If a name is neither a file, a folder nor an arXiv id.
        SourceError: If arXiv does not answer.
    """
    paths = [Path(name) for name in names if is_there(Path(name))]
    ids = [_arxiv_id(name) for name in names if not is_there(Path(name))]
    return (*_add_files(paths, parts), *_add_from_arxiv(ids, parts))


def find(name: str, parts: Parts) -> Paper:
    """The stored paper of this id, given whole, without its version, or by its beginning.

    Raises:
        ConfigError: If there is none, or more than one.
    """
    readable = name.strip() and not holds_surrogates(name)
    found = parts.store.papers.matching(name.strip()) if readable else ()
    if len(found) > 1:
        found = tuple(one for one in found if one == name) or found
    if len(found) != 1:
        many = f"{len(found)} papers ({', '.join(found[:4])})" if found else "no paper"
        raise ConfigError(f"{name!r} names {many} of the library; `synth library list` shows the ids")
    paper = parts.store.papers.paper(found[0])
    assert paper is not None
    return paper


def library_passages(parts: Parts, *, offline: bool) -> Library:
    """The papers of the library with their passages; the embedded digests as well if ``offline``.

    A paper that only another version of the reader has read is read again from what is on this machine.

    Raises:
        StoreError: If the store cannot be used.
    """
    if offline:
        papers, bodies = offline_papers(ReportOptions(offline=True), parts)
    else:
        papers, bodies = held_papers(parts), {}
    parts.progress.step("Reading the library", len(papers))
    read: list[tuple[Paper, Read]] = []
    for paper in papers:
        read.append((paper, read_held(paper, bodies, parts)))
        parts.progress.advance()
    return Library(
        papers=tuple(paper for paper, one in read if one.document),
        passages=tuple(passage for _, one in read for passage in one.passages),
        notes=_lacking(read),
    )


def document_of(paper: Paper, parts: Parts) -> Document | None:
    """What was read of a stored paper."""
    read = stored_document(paper, parts)
    return read[0] if read else None


def _lacking(read: Sequence[tuple[Paper, Read]]) -> tuple[str, ...]:
    """What a reader must know of the papers that could not be read whole, one line for each reason."""
    lacking: dict[tuple[str, str], list[str]] = {}
    for paper, one in read:
        if one.document is None:
            lacking.setdefault(("left out", one.reason), []).append(paper.id)
        elif not one.complete:
            lacking.setdefault(("read from the abstract alone", one.reason), []).append(paper.id)
    return tuple(
        f"{len(ids)} of the library's {len(read)} papers {'was' if len(ids) == 1 else 'were'} {what}: {reason};"
        f" `synth library add` reads anew: {', '.join(ids)}"
        for (what, reason), ids in lacking.items()
    )


def _add_files(paths: Sequence[Path], parts: Parts) -> list[Added]:
    papers = given_papers(paths, parts)
    parts.progress.step("Reading the PDFs", len(papers))
    added = []
    for paper in papers:
        added.append(_add_file(paper, parts))
        parts.progress.advance()
    return added


def _add_file(paper: Paper, parts: Parts) -> Added:
    name = Path(paper.path or "").name
    try:
        read = stored_document(paper, parts)
        document = read[0] if read else read_whole(Path(paper.path or ""), paper)
        passages = read[1] if read else keep(paper, document, parts)
    except DocumentError as error:
        return Added(name=name, paper=None, trouble=str(error))
    parts.encoder.encode([passage.text for passage in passages])
    return Added(name=name, paper=paper, n_sentences=len(document.sentences), trouble="; ".join(document.notes))


def _add_from_arxiv(ids: Sequence[str], parts: Parts) -> list[Added]:
    if not ids:
        return []
    parts.progress.step("Asking arXiv for the records")
    found = parts.source.lookup(ids)
    retrieved = [
        RetrievedPaper(paper=paper, role=Role.USED, reason="asked for", relevance=1.0) for paper in found.papers
    ]
    reading = read_all(retrieved, {}, parts)
    added = [
        Added(
            name=one.paper.id,
            paper=one.paper if one.role is Role.USED else None,
            n_sentences=one.n_sentences,
            trouble="; ".join(one.notes) if one.role is Role.USED else one.reason,
        )
        for one in reading.papers
    ]
    return added + [Added(name=name, paper=None, trouble=reason) for name, reason in found.missing.items()]


def _arxiv_id(name: str) -> str:
    try:
        return parse_arxiv_id(name)
    except ConfigError as error:
        raise ConfigError(f"{name!r} is neither a file, a folder nor an arXiv id: {error}") from error


def remove(paper: Paper, parts: Parts) -> None:
    """Take a paper out of the store, with its downloaded PDF.

    Raises:
        StoreError: If the store cannot be written.
    """
    parts.store.papers.remove(paper.id)
    if paper.source is Source.ARXIV:
        (parts.pdf_folder / f"{file_stem(paper.id)}.pdf").unlink(missing_ok=True)
