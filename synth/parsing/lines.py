"""Fragments of a region joined to lines (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from synth.parsing.boxes import overlap, union
from synth.parsing.mend import mend_line, spans_text
from synth.parsing.pages import Fragment, Span
from synth.types import Box

CAPTION = re.compile(
    r"^\s*(?:Figure|Fig\.?|FIGURE|FIG\.|Table|TABLE|Tab\.|T ABLE|F IGURE|Algorithm|Listing)\s*"
    r"(?:[A-Z]?\.?\d{1,3}(?:\.\d{1,2})?[a-z]?|[IVXL]{1,6})(?P<mark>\s?[:.|]|\s?[—–-](?=\s)|$|(?=\s+[A-Z]))"
)
"""How a caption starts; ``mark`` is what parts the number from the words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a region, its fragments from left to right."""

    page: int
    region: int
    """Number of the region in the document, in reading order."""
    left: float
    """Left edge of the region's text."""
    right: float
    """Right edge of the region's text."""
    box: Box
    fragments: tuple[Fragment, ...]
    text: str
    """Mended as a line: spaces and ligatures, not yet the hyphen at its end."""
    size: float
    block: int

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of all fragments."""
        return tuple(span for fragment in self.fragments for span in fragment.spans)


def body_size(lines: Sequence[Line]) -> float:
    """The font size of most of the text, in points."""
    weights: Counter[float] = Counter()
    for line in lines:
        letters = sum(map(str.isalpha, line.text))
        if len(line.text) > 25 and len(line.fragments) <= 2 and letters > 0.7 * len(line.text):
            weights[round(line.size * 2) / 2] += len(line.text)
    return max(weights, key=lambda size: (weights[size], size), default=10.0)


def lines_of(fragments: Sequence[Fragment], page: int, region: int) -> list[Line]:
    """Fragments of a region joined to lines, from top to bottom."""
    rows: list[list[Fragment]] = []
    boxes: list[Box] = []
    for fragment in sorted(fragments, key=lambda f: (round(f.box.y1, 0), f.box.x0)):
        place = _row_of(fragment, rows, boxes)
        if place is None:
            rows.append([fragment])
            boxes.append(fragment.box)
        else:
            rows[place].append(fragment)
            boxes[place] = union([boxes[place], fragment.box])
    if not rows:
        return []
    left, right = _edges(boxes)
    lines = [_line(row, page, region, left, right) for row in rows]
    return sorted(lines, key=lambda line: (line.box.y1, line.box.x0))


def _row_of(fragment: Fragment, rows: Sequence[Sequence[Fragment]], boxes: Sequence[Box]) -> int | None:
    for index in range(len(rows) - 1, max(-1, len(rows) - 7), -1):
        if overlap(boxes[index], fragment.box) < 0.55:
            continue
        if _is_label(fragment, rows[index]):
            continue
        clash = any(min(f.box.x1, fragment.box.x1) - max(f.box.x0, fragment.box.x0) > 3 for f in rows[index])
        if not clash:
            return index
    return None


def _is_label(fragment: Fragment, row: Sequence[Fragment]) -> bool:
    """Whether a fragment is set apart from a row in place and size: a label of a figure beside the text."""
    nearest = min(row, key=lambda f: max(f.box.x0 - fragment.box.x1, fragment.box.x0 - f.box.x1))
    gap = max(nearest.box.x0 - fragment.box.x1, fragment.box.x0 - nearest.box.x1)
    sizes = [max(span.size for span in one.spans) for one in (nearest, fragment)]  # small capitals start large
    return gap > 0.8 * max(sizes) and min(sizes) < 0.75 * max(sizes)


def _edges(boxes: Sequence[Box]) -> tuple[float, float]:
    """The edges at which most of the text starts and ends, by the widest lines."""
    widest = max(box.x1 - box.x0 for box in boxes)
    full = [box for box in boxes if box.x1 - box.x0 >= 0.75 * widest]  # tiny text has a width of 0
    ends = Counter(round(box.x1 / 3) for box in full)
    usual = max(ends, key=lambda end: (ends[end], end))
    return median(box.x0 for box in full), max(box.x1 for box in full if round(box.x1 / 3) == usual)


def _line(row: Sequence[Fragment], page: int, region: int, left: float, right: float) -> Line:
    ordered = tuple(sorted(row, key=lambda f: f.box.x0))
    pieces = [spans_text(ordered[0].spans)]
    for before, fragment in pairwise(ordered):
        gap = fragment.box.x0 - before.box.x1
        pieces.append("" if gap < 0.12 * fragment.size and not pieces[-1].endswith(" ") else " ")
        pieces.append(spans_text(fragment.spans))
    main = max(ordered, key=lambda f: len(f.text))
    spans = [span for f in ordered for span in f.spans]
    sizes: Counter[float] = Counter()
    for span in spans:
        sizes[span.size] += len(span.text.strip())
    size = max(sizes, key=lambda s: (sizes[s], s))
    box = union([f.box for f in ordered])
    return Line(page, region, left, right, box, ordered, mend_line("".join(pieces)).strip(), size, main.block)
