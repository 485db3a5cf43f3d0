"""A small arXiv on loopback whose faults are scripted request by request."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

ATOM = "application/atom+xml; charset=utf-8"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass
class Answer:
    """What one request gets; ``how`` names a fault of the wire."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/plain"
    headers: dict[str, str] = field(default_factory=dict)
    how: str = "whole"
    """``whole``, ``truncate`` (half the body), ``reset`` (no answer), ``hang`` (silence), ``flood`` (no length)."""
    seconds: float = 0.0


def entry(identifier: str, title: str = "A title", abstract: str = "An abstract.", **more: Any) -> str:
    """One entry, in the order of arXiv's own feed."""
    pdf = f'<link href="https://arxiv.org/pdf/{identifier}" rel="related" type="application/pdf" title="pdf"/>'
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in more.get("authors", ["Ada Example"]))
    comment = f"<arxiv:comment>{escape(more['comment'])}</arxiv:comment>" if "comment" in more else ""
    published = "" if more.get("undated") else f"<published>{more.get('published', '2020-05-26T10:00:00Z')}</published>"
    categories = "".join(f'<category term="{name}"/>' for name in more.get("categories", ["cs.CL"]))
    return (
        f"<entry><id>http://arxiv.org/abs/{identifier}</id><title>{escape(title)}</title>"
        f"<updated>{more.get('updated', '2020-06-01T10:00:00Z')}</updated>{'' if more.get('no_pdf') else pdf}"
        f"<summary>{escape(abstract)}</summary>{categories}{published}{comment}"
        f'<arxiv:primary_category term="{more.get("categories", ["cs.CL"])[0]}"/>{authors}</entry>'
    )


def feed(*entries: str, total: int | None = None, start: int = 0) -> bytes:
    """A feed of arXiv's shape."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"'
        ' xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id><title>arXiv Query: x</title>'
        f"<updated>2026-01-01T00:00:00Z</updated><opensearch:itemsPerPage>{len(entries)}</opensearch:itemsPerPage>"
        f"<opensearch:totalResults>{len(entries) if total is None else total}</opensearch:totalResults>"
        f"<opensearch:startIndex>{start}</opensearch:startIndex>{''.join(entries)}</feed>\n"
    ).encode()


def error_feed(reason: str) -> bytes:
    """The feed in which arXiv tells of an error."""
    return feed(
        "<entry><id>https://arxiv.org/api/errors#reason</id><title>Error</title><updated>2026-01-01T00:00:00Z</updated>"
        f"<summary>{escape(reason)}</summary><author><name>arXiv api core</name></author></entry>"
    )


def atom(*entries: str, total: int | None = None) -> Answer:
    return Answer(body=feed(*entries, total=total), kind=ATOM)


class Fake(ThreadingHTTPServer):
    """Answers with the scripted answers in order; the last one stays."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: list[Answer] = [Answer()]
        self.paths: list[str] = []
        self.agents: list[str] = []
        self.connections = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answers(self, *answers: Answer) -> None:
        self.script = list(answers)

    def queries(self) -> Sequence[dict[str, list[str]]]:
        return [parse_qs(urlsplit(path).query) for path in self.paths]

    def get_request(self) -> Any:
        request = super().get_request()
        self.connections += 1
        return request

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves in the middle is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Fake

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        self.server.agents.append(self.headers.get("User-Agent", ""))
        answer = self.server.script.pop(0) if len(self.server.script) > 1 else self.server.script[0]
        if answer.how in {"reset", "hang"}:
            time.sleep(answer.seconds)
            self.close_connection = True
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        if answer.how == "flood":
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // 2] if answer.how == "truncate" else answer.body)
        self.close_connection = answer.how in {"truncate", "flood"}


@contextmanager
def serving() -> Iterator[Fake]:
    server = Fake()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
