"""A small arXiv on loopback: five records about one made-up topic, four PDFs, and faults and stalls by path."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pymupdf as _pymupdf

from tests.sources.server import ATOM, entry, feed

pymupdf: Any = _pymupdf  # it carries no types
QUESTION = "Does byte-level tokenisation improve cross-lingual tagging of rare languages?"

ABSTRACTS = {
    "2101.00001v1": (
        "Bytes for Cross-Lingual Tagging",
        "We study byte-level tokenisation for cross-lingual tagging of rare languages. "
        "Byte-level tokenisation improves cross-lingual tagging accuracy by 4.2 points on twelve rare languages. "
        "The gain is largest for languages with rich morphology.",
    ),
    "2102.00002v2": (
        "Subwords Are Enough for Tagging",
        "We compare subwords and bytes for tagging. "
        "Byte-level tokenisation does not improve cross-lingual tagging of rare languages when data are large. "
        "Subword models train three times as fast as byte models.",
    ),
    "2103.00003v1": (
        "Tokenisation and Rare Languages: a Survey of Byte-Level Models",
        "This survey reviews byte-level models for rare languages. "
        "Byte-level tokenisation improves tagging of rare languages in nine of eleven reviewed studies.",
    ),
    "2104.00004v1": (
        "Byte-Level Tagging Without a Paper",
        "Byte-level tagging of rare languages needs twice the memory of subword tagging in our measurements.",
    ),
    "2105.00005v1": ("A Telescope for Faint Galaxies", "We describe the mirror of a telescope and its mount."),
}
_BODY = {
    "2101.00001v1": [
        ("1 Introduction", "Tagging of rare languages suffers from broken subwords. Bytes avoid unknown words."),
        (
            "3 Results",
            "Table 1 gives the scores. Across twelve rare languages, tagging accuracy rises by 4.2 points with "
            "byte-level tokenisation. Languages with rich morphology gain most. Training takes three times as long.",
        ),
        ("4 Conclusion", "Byte-level tokenisation helps cross-lingual tagging when data are scarce."),
    ],
    "2102.00002v2": [
        ("1 Introduction", "Subword models are fast. Byte models are slow to train and to run."),
        (
            "2 Experiments",
            "With large training data, byte-level tokenisation brings no gain in cross-lingual tagging. "
            "Subword models train three times as fast as byte models on the same hardware.",
        ),
    ],
    "2103.00003v1": [
        (
            "2 Findings",
            "Nine of eleven reviewed studies report that byte-level tokenisation improves tagging of rare languages. "
            "Two studies with large training data find no improvement from bytes.",
        ),
    ],
    "2105.00005v1": [("1 Mirror", "The mirror has a diameter of eight metres. The mount turns in two minutes.")],
}


@cache
def pdf(identifier: str, stamp: str = "") -> bytes:
    """A one-page paper with its stamp, title, abstract and sections."""
    title, abstract = ABSTRACTS[identifier]
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((30, 400), f"arXiv:{stamp or identifier}  [cs.CL]  1 Jan 2021", fontsize=14, rotate=90)
        page.insert_text((90, 80), title, fontsize=15)
        page.insert_text((90, 105), "Ada Example", fontsize=10)
        height = 140.0
        for heading, text in [("Abstract", abstract), *_BODY[identifier]]:
            page.insert_text((90, height), heading, fontsize=12, fontname="hebo")
            box = pymupdf.Rect(90, height + 8, 520, height + 90)
            page.insert_textbox(box, text, fontsize=10)
            height += 110
        return bytes(document.tobytes())


def pdf_of_words(identifier: str) -> bytes:
    """A page with its stamp and words that make no sentence."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((30, 400), f"arXiv:{identifier}  [cs.CL]  1 Jan 2021", fontsize=14, rotate=90)
        for row in range(30):
            page.insert_text((90, 80 + 20 * row), "alpha beta gamma delta epsilon zeta eta", fontsize=11)
        return bytes(document.tobytes())


class SmallArxiv(ThreadingHTTPServer):
    """Counts what it is asked; ``broken`` maps the start of a path to a status and a body, ``stalled`` names paths
    whose bodies stop half-way until the server closes."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.paths: list[str] = []
        self.broken: dict[str, tuple[int, bytes]] = {}
        self.stalled: set[str] = set()
        self.closing = threading.Event()
        self.found: tuple[str, ...] = tuple(ABSTRACTS)
        self.newer: dict[str, str] = {}
        """Versions that have replaced others since; they are found, and have the same text."""
        self.comments: dict[str, str] = {}

    @property
    def url(self) -> str:
        """Its base address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves in the middle is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SmallArxiv

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        status, body, kind = self._answer()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.path in self.server.stalled:
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.server.closing.wait(30)
            return
        self.wfile.write(body)

    def _answer(self) -> tuple[int, bytes, str]:
        for start, (status, body) in self.server.broken.items():
            if self.path.startswith(start):
                return status, body, "text/html"
        if self.path.startswith("/api/query"):
            asked = parse_qs(urlsplit(self.path).query).get("id_list", [""])[0]
            papers = [
                (one, *ABSTRACTS[one]) for one in self.server.found if one.partition("v")[0] in asked or not asked
            ]
            return 200, feed(*(self._entry(*paper) for paper in papers)), ATOM
        identifier = self.path.removeprefix("/pdf/")
        older = {new: old for old, new in self.server.newer.items()}
        if older.get(identifier, identifier) in _BODY:
            return 200, pdf(older.get(identifier, identifier), identifier), "application/pdf"
        return 404, b"<html>No PDF</html>", "text/html"

    def _entry(self, identifier: str, title: str, abstract: str) -> str:
        now = self.server.newer.get(identifier, identifier)
        comment = self.server.comments.get(now)
        return entry(now, title, abstract, comment=comment) if comment else entry(now, title, abstract)


@contextmanager
def small_arxiv() -> Iterator[SmallArxiv]:
    """Serves until the block ends."""
    server = SmallArxiv()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
