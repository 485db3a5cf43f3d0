"""What a page carries beside its text: running heads, page numbers, imprints, line numbers (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from synth.parsing.mend import mend_line
from synth.parsing.pages import Fragment, Page

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_IMPRINT = re.compile(
    r"(?i)published as a conference paper|under review as a|preprint\b.{0,40}under review|^preprint\.?$|"
    r"^proceedings of |c\s?⃝|©|copyright|permission to make digital|creative commons|all rights reserved|"
    r"^accepted (?:as|at|for|to) |^\(?to appear in|^https?://doi\.org/\S+$|^\d+(?:st|nd|rd|th) conference on "
)
_MARGIN = 0.11
"""Share of the page's height at its top and bottom where heads and page numbers stand."""


def running_heads(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Page and index of each fragment that is a running head, a page number or an imprint."""
    found: set[tuple[int, int]] = set()
    repeats: Counter[str] = Counter()
    edges: list[tuple[int, int, Fragment, str, bool]] = []
    for page in pages:
        keys = set()
        for index, fragment in enumerate(page.fragments):
            top, bottom = fragment.box.y1 < 0.15 * page.height, fragment.box.y0 > 0.87 * page.height
            if not (top or bottom):
                continue
            key = _DIGITS.sub("#", mend_line(fragment.text).casefold()).strip() + f"|{round(fragment.box.y0 / 6)}"
            keys.add(key)
            inner = _MARGIN * page.height < fragment.box.y0 and fragment.box.y1 < (1 - _MARGIN) * page.height
            edges.append((page.number, index, fragment, key, not inner and _outermost(fragment, page, top)))
        repeats.update(keys)
    enough = max(2, min(4, round(0.25 * len(pages))))
    for number, index, fragment, key, outermost in edges:
        text = mend_line(fragment.text).strip()
        if repeats[key] >= enough or _IMPRINT.search(text) or (outermost and _PAGE_NUMBER.match(text)):
            found.add((number, index))
    return found


def _outermost(fragment: Fragment, page: Page, top: bool) -> bool:
    """Whether nothing but other edge matter stands between the fragment and the edge of the page."""
    if top:
        return not any(f.box.y1 < fragment.box.y0 and len(f.text) > 12 for f in page.fragments)
    return not any(f.box.y0 > fragment.box.y1 and len(f.text) > 12 for f in page.fragments)


def without_line_numbers(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Without the line numbers of review copies: many small numbers above each other in a margin."""
    numbers = [f for f in fragments if re.fullmatch(r"\s*\d{1,4}\s*", f.text)]
    columns: dict[int, list[Fragment]] = {}
    for fragment in numbers:
        columns.setdefault(round(fragment.box.x1 / 4), []).append(fragment)
    prose = [f for f in fragments if len(f.text) > 25]
    dropped: set[int] = set()
    for column in columns.values():
        values = [int(f.text) for f in sorted(column, key=lambda f: f.box.y0)]
        steps = [b - a for a, b in pairwise(values)]
        if len(values) < 8 or sum(step in (1, 5) for step in steps) < 0.7 * len(steps):
            continue
        if prose and all(
            f.box.x1 < min(p.box.x0 for p in prose) or f.box.x0 > min(p.box.x1 for p in prose) for f in column
        ):
            dropped.update(id(f) for f in column)
    return [f for f in fragments if id(f) not in dropped]
