"""The bytes of papers: fetched once, checked, and kept in a folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from synth.errors import AccessDenied, OutputError, PdfUnavailable, RateLimited, SourceError, UnreadablePdf
from synth.sources.feed import is_html, page_text
from synth.sources.http import PoliteClient
from synth.sources.ids import file_stem
from synth.sources.wire import NotFound, TooLarge, Unreachable
from synth.sources.withdrawal import is_withdrawn
from synth.types import Paper

MAX_BYTES = 60 << 20
_ATTEMPTS = 3
_HEAD = 1024
"""A PDF may carry other bytes before its mark; readers look this far (ISO 32000-1, note in annex H)."""
_TAIL = 16 << 10
"""The end mark stands in the last bytes; some programs append to it."""


def fetch_pdf(client: PoliteClient, paper: Paper, folder: Path) -> Path:
    """The PDF of a paper: from the folder where it lies there in full, else from its address.

    Raises:
        PdfUnavailable: If there is no PDF (404, a web page, another kind of file).
        SourceError: If it did not come whole (a stall, an empty or cut file in three attempts): later it may.
        UnreadablePdf: If it is larger than 60 MB.
        RateLimited: If arXiv keeps answering 429 or 503, or wants a pause: fetching others now cannot help.
        AccessDenied: If arXiv answers 403, or did within the hour: all requests must stop.
        Unreachable: If no connection can be made.
        OutputError: If the file cannot be written.
        ConfigError: If the paper's id is no arXiv id.
    """
    path = pdf_path(paper, folder)
    if is_kept(path):
        return path
    if not paper.pdf_url:
        raise PdfUnavailable(f"{paper.id} names no PDF", paper_id=paper.id)
    _write(path, _whole_pdf(client, paper, paper.pdf_url))
    return path


def pdf_path(paper: Paper, folder: Path) -> Path:
    """Where the PDF of a paper is kept.

    Raises:
        ConfigError: If the paper's id is no arXiv id.
    """
    return folder / f"{file_stem(paper.id)}.pdf"


def is_kept(path: Path) -> bool:
    """Whether a whole PDF lies at a path."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL))
            return b"%PDF-" in head and b"%%EOF" in file.read()
    except OSError:
        return False


def _whole_pdf(client: PoliteClient, paper: Paper, url: str) -> bytes:
    problem = ""
    for _ in range(_ATTEMPTS):
        body = _ask(client, paper, url)
        if b"%PDF-" in body[:_HEAD]:
            if b"%%EOF" in body[-_TAIL:]:
                return body
            problem = f"the PDF is cut after {len(body):,} bytes"
        elif body:
            said = f'a web page ("{page_text(body)}")' if is_html(body) else "a file that is no PDF"
            raise PdfUnavailable(f"{paper.id} has {said} where its PDF should be", paper_id=paper.id, url=url)
        else:
            problem = "the PDF has 0 bytes"
    raise SourceError(f"{paper.id}: {problem}, in {_ATTEMPTS} attempts", paper_id=paper.id, url=url)


def _ask(client: PoliteClient, paper: Paper, url: str) -> bytes:
    try:
        return client.get(url, accept="application/pdf", max_bytes=MAX_BYTES).body
    except (RateLimited, AccessDenied, Unreachable):
        raise
    except NotFound as error:
        problem = "has no PDF on arXiv"
        if is_withdrawn(paper):
            problem = f"was withdrawn and {problem}" + (f": {paper.comment}" if paper.comment else "")
        raise PdfUnavailable(f"{paper.id} {problem}", paper_id=paper.id, url=url) from error
    except TooLarge as error:
        raise UnreadablePdf(f"{paper.id} has a PDF of more than {MAX_BYTES >> 20} MB", paper_id=paper.id) from error
    except SourceError as error:
        raise SourceError(f"the PDF of {paper.id} did not come: {error}", paper_id=paper.id, url=url) from error


def _write(path: Path, body: bytes) -> None:
    """All or nothing: a file under its final name is always whole."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".part", dir=path.parent)
        part = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror}); free space or name another workspace", path=str(path)
        ) from error
