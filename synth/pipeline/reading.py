"""From papers to documents: downloads in one thread while this one reads, all of it kept in the store."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from synth.claims.drafts import Draft, drafts, drafts_from_json, drafts_to_json
from synth.errors import (
    AccessDenied,
    DocumentError,
    NoTextLayer,
    PdfUnavailable,
    RateLimited,
    SourceError,
    UnreadablePdf,
)
from synth.parsing.passages import passages as passages_of
from synth.parsing.plain import read_abstract, read_digest
from synth.parsing.reader import READER, read_pdf
from synth.parsing.serialise import document_from_json, document_to_json
from synth.pipeline.parts import Parts
from synth.signature import claims_signature, content_key
from synth.sources.files import file_id
from synth.sources.fulltext import fetch_pdf, is_kept, pdf_path
from synth.sources.http import PoliteClient
from synth.sources.wire import Unreachable
from synth.types import Document, Paper, Passage, ReadFrom, RetrievedPaper, Role, Source

_LOST_IN_A_ROW = 2
"""After so many downloads that failed one after the other, arXiv is not asked for the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of the used papers."""

    papers: tuple[RetrievedPaper, ...]
    documents: Mapping[str, Document]
    drafts: Mapping[str, tuple[Draft, ...]]
    """What may become a claim, by paper id."""
    passages: tuple[Passage, ...]
    complete: bool
    """False where a passing fault cost something: the next run should try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read of one paper."""

    document: Document | None
    """None where nothing could be read."""
    passages: tuple[Passage, ...]
    reason: str = ""
    """Why it was not read whole, where it was not."""
    complete: bool = True
    """False where a passing fault cost something."""


def read_all(
    retrieved: Sequence[RetrievedPaper], digests: Mapping[str, str], parts: Parts, *, offline: bool = False
) -> Reading:
    """Read every used paper.

    One that has no readable PDF is read from its abstract, and says so; one without that is skipped, with
    the reason.

    Args:
        retrieved: The papers; those that are not used pass through.
        digests: Bodies of the digests among them, by paper id.
        parts: The concrete parts.
        offline: Read the PDFs that are on this machine, and ask for none.

    Raises:
        RateLimited: If arXiv refuses to go on. What was read stays in the store.
        StoreError: If the store cannot be written.
    """
    used = [one for one in retrieved if one.role is Role.USED]
    parts.progress.step("Reading the papers", len(used))
    outcome: list[RetrievedPaper] = []
    documents: dict[str, Document] = {}
    drafted: dict[str, tuple[Draft, ...]] = {}
    passages: list[Passage] = []
    complete = True
    with _pdfs([one.paper for one in used], parts, offline=offline) as pdfs:
        for one in used:
            read = _read(one.paper, digests, pdfs, parts)
            complete &= read.complete
            outcome.append(_outcome(one, read))
            if read.document:
                documents[one.paper.id] = read.document
                drafted[one.paper.id] = _drafts(one.paper, read.document, parts)
                passages.extend(read.passages)
                _embed(read.passages, drafted[one.paper.id], parts)
            parts.progress.advance()
    rest = [one for one in retrieved if one.role is not Role.USED]
    papers = [one for one in outcome if one.role is Role.USED] + rest
    papers += [one for one in outcome if one.role is Role.SKIPPED]
    return Reading(
        papers=tuple(papers), documents=documents, drafts=drafted, passages=tuple(passages), complete=complete
    )


def fetch_all(papers: Sequence[Paper], parts: Parts) -> None:
    """Get the PDFs of the papers that were not read before, for other processes to read.

    A paper that has none is read from its abstract here and now, so that nobody asks for it again; a download that
    failed for a passing reason is left to whoever reads the paper.

    Raises:
        RateLimited: If arXiv refuses to go on.
        StoreError: If the store cannot be written.
    """
    wanted = [paper for paper in papers if _needs_download(paper, parts)]
    parts.progress.step("Fetching the PDFs", len(wanted))
    with _Downloads(wanted, parts) as downloads:
        for paper in wanted:
            try:
                downloads.path(paper)
            except RateLimited:
                raise
            except DocumentError as error:
                _from_abstract(paper, str(error), parts, complete=True)
            except SourceError:
                pass
            parts.progress.advance()


def read_held(paper: Paper, digests: Mapping[str, str], parts: Parts) -> Read:
    """A paper of the library from what is on this machine; nobody is asked for anything.

    What another version of the reader has read is read again, from the PDF that was kept, else from the abstract.

    Raises:
        StoreError: If the store cannot be written.
    """
    return _read(paper, digests, _Kept(parts), parts)


def read_whole(path: Path, paper: Paper) -> Document:
    """The document of a PDF that holds at least one sentence.

    Raises:
        DocumentError: If it cannot be read, or no whole sentence was found in it.
    """
    document = read_pdf(path, paper)
    if not document.sentences:
        notes = "; ".join(document.notes) or "it is not in English, or set in pictures and formulas"
        raise NoTextLayer(f"no whole sentence was found in its PDF: {notes}", paper_id=paper.id)
    return document


def document_key(paper: Paper) -> str:
    """The key under which the store keeps a paper's document; file ids are hashes of their bytes."""
    return content_key("document", paper.id, READER)


def stored_document(paper: Paper, parts: Parts) -> tuple[Document, tuple[Passage, ...]] | None:
    """The document and its passages, if this version of the reader has read the paper before."""
    found = parts.store.papers.document(document_key(paper))
    return (document_from_json(found[0]), found[1]) if found else None


def keep(paper: Paper, document: Document, parts: Parts) -> tuple[Passage, ...]:
    """Store a document; gives its passages."""
    found = passages_of(document)
    parts.store.papers.save_document(
        key=document_key(paper),
        paper=paper,
        reader=READER,
        read_from=document.read_from,
        n_pages=document.n_pages,
        n_sentences=len(document.sentences),
        body=document_to_json(document),
        passages=found,
    )
    return found


class _Pdfs(Protocol):
    """Where the PDFs of arXiv come from."""

    def path(self, paper: Paper) -> Path:
        """The file of a paper."""


class _Kept:
    """PDFs of arXiv that were fetched before."""

    def __init__(self, parts: Parts) -> None:
        self._folder = parts.pdf_folder
        self._papers = parts.store.papers

    def path(self, paper: Paper) -> Path:
        """The file of a paper.

        Raises:
            PdfUnavailable: If it is not here, and was of no use when it was asked for.
            SourceError: If it is not here.
        """
        path = pdf_path(paper, self._folder)
        if is_kept(path):
            return path
        if self._papers.read_from(paper.id) is ReadFrom.ABSTRACT:
            raise PdfUnavailable("an earlier reading found no PDF of it that could be read", paper_id=paper.id)
        raise SourceError("its PDF is not on this machine, and nothing was fetched")


class _Downloads:
    """PDFs of arXiv, fetched one after the other in a thread of their own.

    It stops asking where arXiv refuses or cannot be reached; PDFs that were fetched before are given all the same.
    The thread is a daemon: after Ctrl-C a stalled download must not keep the program alive.
    """

    def __init__(self, papers: Sequence[Paper], parts: Parts) -> None:
        self._left = threading.Event()
        self._futures: dict[str, Future[Path]] = {paper.id: Future() for paper in papers}
        if papers:  # client and folder are made here, in the thread that owns the parts
            work = (papers, parts.client, parts.pdf_folder)
            threading.Thread(target=self._fetch, args=work, name="download", daemon=True).start()

    def __enter__(self) -> _Downloads:
        return self

    def __exit__(self, *_error: object) -> None:
        self._left.set()

    def path(self, paper: Paper) -> Path:
        """The file of a paper, when it has come.

        Raises:
            PdfUnavailable: If there is none.
            SourceError: If arXiv does not answer, or did not for the papers before.
        """
        return self._futures[paper.id].result()

    def _fetch(self, papers: Sequence[Paper], client: PoliteClient, folder: Path) -> None:
        lost, stopped = 0, False
        for paper in papers:
            if self._left.is_set():
                return
            future = self._futures[paper.id]
            try:
                if stopped and not is_kept(pdf_path(paper, folder)):
                    raise SourceError("arXiv had stopped answering")
                future.set_result(fetch_pdf(client, paper, folder))
                lost = 0
            except SourceError as error:
                lost += 1
                stopped |= lost >= _LOST_IN_A_ROW or isinstance(error, (AccessDenied, RateLimited, Unreachable))
                future.set_exception(error)
            except BaseException as error:  # noqa: BLE001  # handed to the thread that waits for it
                future.set_exception(error)


def _pdfs(papers: Sequence[Paper], parts: Parts, *, offline: bool) -> AbstractContextManager[_Pdfs]:
    if offline:
        return nullcontext(_Kept(parts))
    return _Downloads([paper for paper in papers if _needs_download(paper, parts)], parts)


def _needs_download(paper: Paper, parts: Parts) -> bool:
    return paper.source is Source.ARXIV and parts.store.papers.document(document_key(paper)) is None


def _read(paper: Paper, digests: Mapping[str, str], pdfs: _Pdfs, parts: Parts) -> Read:
    if paper.source is Source.DIGEST:
        document = read_digest(paper, digests[paper.id])
        return Read(document=document, passages=passages_of(document))
    stored = stored_document(paper, parts)
    if stored:
        return Read(document=stored[0], passages=stored[1])
    try:
        path = _own_file(paper) if paper.source is Source.FILE else pdfs.path(paper)
        document = read_whole(path, paper)
    except RateLimited:
        raise
    except DocumentError as error:
        return _from_abstract(paper, str(error), parts, complete=not error.passing)
    except SourceError as error:
        return _from_abstract(paper, str(error), parts, complete=False)
    return Read(document=document, passages=keep(paper, document, parts))


def _own_file(paper: Paper) -> Path:
    """The reader's own PDF, where it is still the one that was given: its id is of its bytes.

    Raises:
        UnreadablePdf: If it is gone, or another file has taken its place.
    """
    path = Path(paper.path or paper.id)
    try:
        same = file_id(path) == paper.id
    except OSError as error:
        raise UnreadablePdf(f"{path.name} cannot be read: {error.strerror}", path=str(path)) from error
    if not same:
        raise UnreadablePdf(f"{path.name} is another file now than the one that was added", path=str(path))
    return path


def _from_abstract(paper: Paper, reason: str, parts: Parts, *, complete: bool) -> Read:
    """The abstract in place of the paper. Kept for good only where asking again cannot help.

    Of a file nothing but the file counts: its abstract was read off its own pages.
    """
    if not paper.abstract or paper.source is Source.FILE:
        return Read(document=None, passages=(), reason=reason, complete=complete)
    document = read_abstract(paper)
    document = dataclasses.replace(document, notes=(f"only the abstract was read: {reason}",))
    if not document.sentences:
        return Read(document=None, passages=(), reason=reason, complete=complete)
    passages = keep(paper, document, parts) if complete else passages_of(document)
    return Read(document=document, passages=passages, reason=reason, complete=complete)


def _outcome(one: RetrievedPaper, read: Read) -> RetrievedPaper:
    if read.document is None:
        return dataclasses.replace(one, role=Role.SKIPPED, reason=read.reason)
    return dataclasses.replace(
        one,
        read_from=read.document.read_from,
        n_pages=read.document.n_pages,
        n_sentences=len(read.document.sentences),
        notes=read.document.notes,
    )


def _drafts(paper: Paper, document: Document, parts: Parts) -> tuple[Draft, ...]:
    """What may become a claim; the store keeps it for the documents that it keeps."""
    if paper.source is Source.DIGEST:
        return drafts(document, paper)
    key, rules = document_key(paper), _rules(paper, document)
    kept = parts.store.papers.drafts(key, rules)
    if kept is not None:
        return drafts_from_json(kept, document)
    found = drafts(document, paper)
    parts.store.papers.save_drafts(key, rules, drafts_to_json(found, document))
    return found


def _rules(paper: Paper, document: Document) -> str:
    """All that decides the drafts: the code, what names the paper in a claim, and the text that was read."""
    return content_key("drafts", claims_signature(), paper.title, paper.authors, paper.published, document.text)


def _embed(passages: Sequence[Passage], drafted: Sequence[Draft], parts: Parts) -> None:
    """Embed while the next PDF is under way: the limit of arXiv leaves three seconds a paper for it."""
    texts = [passage.text for passage in passages]
    texts += [draft.sentence.text for draft in drafted]
    parts.encoder.encode(texts)
