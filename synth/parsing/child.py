"""The only import of PyMuPDF: one PDF in, one JSON line a page out.

Runs as a script in a process of its own, because PyMuPDF can crash, hang or eat memory on hostile
files. It imports nothing of the project and starts with ``python -I child.py PDF FIRST LAST BYTES CPU``::

    {"pages": 12, "title": ""}                                  the head
    {"n": 1, "w": 612.0, "h": 792.0, "lines": [...]}            a page
    {"n": 2, "lost": "RuntimeError: ..."}                       a page that could not be read
    {"end": true}                                               nothing is missing
    {"error": "needs a password"}                               in place of all of these

A line of a page is ``[x0, y0, x1, y1, dx, dy, block, spans]``, a span
``[text, size, flags, font, x0, baseline, x1]``; lengths in points from the top left corner of the page as
it is shown. Pages with the caption of a table also carry ``words``: ``[x0, y0, x1, y1, text]``.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_TABLE = re.compile(r"(?m)^\s*T(?:able|ABLE|\s?ABLE)\s+(?:\d|[IVX])")
_MAX_CHARS = 8_000_000
"""No paper holds as much text; beyond it a page only fills memory."""


def _limit(memory: int, cpu_seconds: int) -> None:
    """Caps the process's memory and processor time, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows has none; the parent's clock still holds
        return
    for kind, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu_seconds), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):  # a lower limit is set already
            continue


def _round(value: float) -> float:
    return round(float(value), 1)


def _page(page: Any, pymupdf: Any) -> dict[str, Any]:
    """The text of one page with its geometry, turned as the page is shown."""
    turn = page.rotation_matrix
    flags = pymupdf.TEXTFLAGS_DICT & ~pymupdf.TEXT_PRESERVE_IMAGES
    text_page = page.get_textpage(flags=flags)
    lines: list[list[Any]] = []
    for number, block in enumerate(page.get_text("dict", textpage=text_page)["blocks"]):
        for line in block.get("lines", ()):
            box = pymupdf.Rect(line["bbox"]) * turn
            dx, dy = line["dir"]
            direction = pymupdf.Point(dx, dy) * pymupdf.Matrix(turn.a, turn.b, turn.c, turn.d, 0, 0)
            spans = _joined(
                [
                    span["text"],
                    _round(span["size"]),
                    span["flags"],
                    span["font"],
                    *map(_round, pymupdf.Point(span["origin"]) * turn),
                    _round((pymupdf.Rect(span["bbox"]) * turn).x1),
                ]
                for span in line["spans"]
            )
            lines.append([*map(_round, box), _round(direction.x), _round(direction.y), number, spans])
    found: dict[str, Any] = {
        "n": page.number + 1,
        "w": _round(page.rect.width),
        "h": _round(page.rect.height),
        "lines": lines,
    }
    if any(_TABLE.match("".join(span[0] for span in line[7])) for line in lines):
        words = page.get_text("words", textpage=text_page)
        found["words"] = [[*map(_round, pymupdf.Rect(word[:4]) * turn), word[4]] for word in words]
    return found


def _joined(spans: Iterable[list[Any]]) -> list[list[Any]]:
    """Spans with neighbours of one style made one; a lone space takes the style of what stands before it."""
    joined: list[list[Any]] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before is not None and (span[0].isspace() or span[1:4] == before[1:4]):
            before[0] += span[0]
            before[6] = span[6]
        else:
            joined.append(span)
    return joined


def read(path: str, first: int, last: int) -> Iterator[dict[str, Any]]:
    """The head, the pages ``first`` to ``last`` (from 1) and the end, or one error."""
    for extra in ("pymupdf.layout", "pymupdf4llm"):
        sys.modules.setdefault(extra, None)  # type: ignore[arg-type]  # kept out: seven tenths of a second at each start
    pymupdf: Any = importlib.import_module("pymupdf")
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    failures = (RuntimeError, ValueError, OSError, pymupdf.mupdf.FzErrorBase)
    try:
        document = pymupdf.open(path, filetype="pdf")
        if document.needs_pass:
            yield {"error": "it is locked with a password"}
            return
        count = document.page_count
        title = str((document.metadata or {}).get("title") or "")
    except failures as error:
        yield {"error": f"it cannot be opened as a PDF ({_first_line(error)})"}
        return
    if not count:
        yield {"error": "it holds no page"}
        return
    yield {"pages": count, "title": title[:500]}
    chars = 0
    for index in range(first - 1, min(last, count)):
        try:
            page = _page(document[index], pymupdf)
        except (*failures, IndexError, TypeError, AttributeError) as error:
            page = {"n": index + 1, "lost": _first_line(error)}
        chars += sum(len(span[0]) for line in page.get("lines", ()) for span in line[7])
        if chars > _MAX_CHARS:
            page = {"n": index + 1, "lost": "more text than any paper holds"}
        yield page
    yield {"end": True}


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def main(arguments: list[str]) -> int:
    """Writes the JSON lines to standard output."""
    path, first, last, memory, cpu_seconds = arguments
    _limit(int(memory), int(cpu_seconds))
    out = sys.stdout.buffer
    try:
        for item in read(str(Path(path)), int(first), int(last)):
            out.write(json.dumps(item, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
            out.flush()
    except MemoryError:
        return 75  # the parent says what that means; there is no memory left to say it here
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
