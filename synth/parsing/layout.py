"""From scattered fragments to lines in reading order: columns, bands, running heads (pure).

A page is cut into *regions*: full-width stretches and the columns between them, in the order in which
they are read. Within a region, fragments on one baseline make one line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from synth.parsing.mend import mend_line, spans_text
from synth.parsing.pages import Fragment, Page, Span
from synth.types import Box

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_PROSE_WORD = re.compile(r"[^\W\d_]{2,}")
_IMPRINT = re.compile(
    r"(?i)published as a conference paper|under review as a|preprint\b.{0,40}under review|^preprint\.?$|"
    r"^proceedings of |c\s?⃝|©|copyright|permission to make digital|creative commons|all rights reserved|"
    r"^accepted (?:as|at|for|to) |^\(?to appear in|^https?://doi\.org/\S+$|^\d+(?:st|nd|rd|th) conference on "
)
CAPTION = re.compile(
    r"^\s*(?:Figure|Fig\.?|FIGURE|FIG\.|Table|TABLE|Tab\.|T ABLE|F IGURE|Algorithm|Listing)\s*"
    r"(?:[A-Z]?\.?\d{1,3}(?:\.\d{1,2})?[a-z]?|[IVXL]{1,6})(?P<mark>\s?[:.|]|\s?[—–-](?=\s)|$|(?=\s+[A-Z]))"
)
"""How a caption starts; ``mark`` is what parts the number from the words."""
_MARGIN = 0.11
"""Share of the page's height at its top and bottom where heads and page numbers stand."""


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


def lines_in_order(pages: Sequence[Page]) -> tuple[Line, ...]:
    """Every line of running matter in reading order, without heads, page numbers and line numbers."""
    furniture = _running_heads(pages)
    lines: list[Line] = []
    region = 0
    for page in pages:
        kept = [f for index, f in enumerate(page.fragments) if (page.number, index) not in furniture]
        for group in regions(_without_line_numbers(kept), page):
            for part in _captions_apart(group):
                lines.extend(_lines(part, page, region))
                region += 1
    return tuple(lines)


def body_size(lines: Sequence[Line]) -> float:
    """The font size of most of the text, in points."""
    weights: Counter[float] = Counter()
    for line in lines:
        letters = sum(map(str.isalpha, line.text))
        if len(line.text) > 25 and len(line.fragments) <= 2 and letters > 0.7 * len(line.text):
            weights[round(line.size * 2) / 2] += len(line.text)
    return max(weights, key=lambda size: (weights[size], size), default=10.0)


def regions(fragments: Sequence[Fragment], page: Page) -> list[list[Fragment]]:
    """Fragments in groups that are read one after the other."""
    gutter = _gutter(fragments, page)
    if gutter is None:
        return [list(fragments)] if fragments else []
    wide, left, right = _sides(fragments, gutter)
    groups: list[list[Fragment]] = []
    stretches = _stretches(wide)
    tops = [min(f.box.y0 for f in stretch) for stretch in stretches] + [float("inf")]
    above = float("-inf")
    for index, top in enumerate(tops):
        for side in (left, right):
            group = [f for f in side if above <= _middle(f) < top]
            if group:
                groups.append(group)
        if index < len(stretches):
            groups.append(stretches[index])
        above = top
    return groups


def _captions_apart(group: list[Fragment]) -> list[list[Fragment]]:
    """The fragments of a region, the captions of figures that stand side by side in groups of their own."""
    starts = [f for f in group if CAPTION.match(f.text)]
    for one in starts:
        beside = sorted((f for f in starts if _overlap(f.box, one.box) > 0.7), key=lambda f: f.box.x0)
        if len(beside) < 2 and not _is_wrapped(one, group):
            continue
        edges = [f.box.x0 - 3 for f in beside[1:]] + [float("inf")]
        parts: list[list[Fragment]] = [[] for _ in beside]
        bottom = max(f.box.y1 for f in beside)
        rest: list[Fragment] = []
        for fragment in sorted(group, key=lambda f: (f.box.y0, f.box.x0)):
            column = next((i for i, edge in enumerate(edges) if fragment.box.x0 < edge), len(edges) - 1)
            below = one.box.y0 - 2 <= fragment.box.y0 < bottom + 0.9 * one.size and abs(fragment.size - one.size) < 0.8
            if below and fragment.box.x1 < edges[column] + 2 and fragment.box.x0 > beside[column].box.x0 - 3:
                parts[column].append(fragment)
                bottom = max(bottom, fragment.box.y1)
            else:
                rest.append(fragment)
        return [*_captions_apart(rest), *parts] if rest else parts
    return [group] if group else []


def _is_wrapped(caption: Fragment, group: Sequence[Fragment]) -> bool:
    """Whether text stands on the left of a caption, as it does where a figure is set into the text."""
    return any(_overlap(f.box, caption.box) > 0.5 and f.box.x1 < caption.box.x0 and len(f.text) > 20 for f in group)


def _middle(fragment: Fragment) -> float:
    return (fragment.box.y0 + fragment.box.y1) / 2


def _is_prose(fragment: Fragment, page: Page) -> bool:
    width = fragment.box.x1 - fragment.box.x0
    return width > 0.2 * page.width and len(_PROSE_WORD.findall(fragment.text)) >= 3


def _gutter(fragments: Sequence[Fragment], page: Page) -> float | None:
    """Where two columns of prose part; None for a page of one column."""
    prose = sorted((f for f in fragments if _is_prose(f, page)), key=lambda f: f.box.y0)
    gaps: list[float] = []
    lefts: list[float] = []
    rights: list[float] = []
    for index, one in enumerate(prose):
        for other in prose[index + 1 :]:
            if other.box.y0 > one.box.y1:
                break
            first, second = sorted((one, other), key=lambda f: f.box.x0)
            if second.box.x0 - first.box.x1 >= 0.4 * first.size and 0.25 < second.box.x0 / page.width < 0.75:
                gaps.append((first.box.x1 + second.box.x0) / 2)
                lefts.append(first.box.x1)
                rights.append(second.box.x0)
    if len(gaps) < 4:
        columns = _one_sided(prose, page)
        return page.width / 2 if columns else None
    right = Counter(round(x / 4) for x in rights).most_common(1)[0][0] * 4
    near = [(x1, x0) for x1, x0 in zip(lefts, rights, strict=True) if abs(x0 - right) <= 12]
    if len(near) < 4:
        return None
    places = sorted({round((x1 + x0) / 2, 1) for x1, x0 in near})
    crossing = [sum(f.box.x0 < x - 2 and f.box.x1 > x + 2 for f in prose) for x in places]
    best = [x for x, count in zip(places, crossing, strict=True) if count == min(crossing)]
    return best[len(best) // 2]


def _one_sided(prose: Sequence[Fragment], page: Page) -> bool:
    """Whether prose stands on one half only, so that a figure or table may fill the other column."""
    if len(prose) < 6:
        return False
    middle = page.width / 2
    crossing = sum(f.box.x0 < middle - 8 and f.box.x1 > middle + 8 for f in prose)
    return crossing < 0.25 * len(prose)


def _sides(fragments: Sequence[Fragment], gutter: float) -> tuple[list[Fragment], list[Fragment], list[Fragment]]:
    """Fragments that cross the gutter, and those left and right of it."""
    crossing = [f for f in fragments if f.box.x0 < gutter - 5 and f.box.x1 > gutter + 5]
    others = [f for f in fragments if not (f.box.x0 < gutter - 5 and f.box.x1 > gutter + 5)]
    wide: list[Fragment] = []
    left: list[Fragment] = []
    right: list[Fragment] = []
    for fragment in crossing:
        beside = [
            f for f in others if _overlap(f.box, fragment.box) > 0.5 and len(f.text) > 20 and f.block != fragment.block
        ]
        reach = min(gutter - fragment.box.x0, fragment.box.x1 - gutter)
        if beside and reach < 0.2 * (fragment.box.x1 - fragment.box.x0):
            (left if gutter - fragment.box.x0 > fragment.box.x1 - gutter else right).append(fragment)
        else:
            wide.append(fragment)
    for fragment in others:
        if _belongs_to_wide(fragment, wide):
            wide.append(fragment)
        else:
            (left if (fragment.box.x0 + fragment.box.x1) / 2 < gutter else right).append(fragment)
    return wide, left, right


def _overlap(one: Box, other: Box) -> float:
    """Share of the lower box's height that both cover."""
    height = min(one.y1 - one.y0, other.y1 - other.y0)
    return (min(one.y1, other.y1) - max(one.y0, other.y0)) / height if height > 0 else 0.0


def _belongs_to_wide(fragment: Fragment, wide: Sequence[Fragment]) -> bool:
    """Whether a short fragment is a part or the last line of the full-width text above or beside it."""
    for line in wide:
        same = abs(line.size - fragment.size) < 0.6
        if same and _overlap(line.box, fragment.box) > 0.6:
            return True
        gap = fragment.box.y0 - line.box.y1
        if (
            same
            and -1 < gap < 0.45 * line.size
            and abs(fragment.box.x0 - line.box.x0) < 3
            and line.block == fragment.block
        ):
            return True
        if same and -1 < gap < 0.3 * line.size and abs(fragment.box.x0 - line.box.x0) < 2 and len(line.text) > 60:
            return True
    return False


def _stretches(wide: Sequence[Fragment]) -> list[list[Fragment]]:
    """Full-width fragments in groups with nothing but a little space between them."""
    groups: list[list[Fragment]] = []
    bottom = float("-inf")
    for fragment in sorted(wide, key=lambda f: (f.box.y0, f.box.x0)):
        if groups and fragment.box.y0 < bottom + 0.8 * max(fragment.size, 6):
            groups[-1].append(fragment)
        else:
            groups.append([fragment])
        bottom = max(bottom, fragment.box.y1)
    return groups


def _lines(fragments: Sequence[Fragment], page: Page, region: int) -> list[Line]:
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
    lines = [_line(row, page.number, region, left, right) for row in rows]
    return sorted(lines, key=lambda line: (line.box.y1, line.box.x0))


def _row_of(fragment: Fragment, rows: Sequence[Sequence[Fragment]], boxes: Sequence[Box]) -> int | None:
    for index in range(len(rows) - 1, max(-1, len(rows) - 7), -1):
        if _overlap(boxes[index], fragment.box) < 0.55:
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
    large, small = max(nearest.size, fragment.size), min(nearest.size, fragment.size)
    return gap > 0.8 * large and small < 0.8 * large


def _edges(boxes: Sequence[Box]) -> tuple[float, float]:
    """The edges at which most of the text starts and ends, by the widest lines."""
    widest = max(box.x1 - box.x0 for box in boxes)
    full = [box for box in boxes if box.x1 - box.x0 > 0.75 * widest]
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


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all boxes."""
    return Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))


def _running_heads(pages: Sequence[Page]) -> set[tuple[int, int]]:
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


def _without_line_numbers(fragments: Sequence[Fragment]) -> list[Fragment]:
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
