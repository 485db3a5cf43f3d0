"""From scattered fragments to lines in reading order: columns and the bands between them (pure).

A page is cut into *regions*: full-width stretches and the columns between them, in the order in which
they are read. Within a region, fragments on one baseline make one line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from synth.parsing.boxes import overlap
from synth.parsing.furniture import running_heads, without_line_numbers
from synth.parsing.lines import CAPTION, Line, lines_of
from synth.parsing.pages import Fragment, Page

_PROSE_WORD = re.compile(r"[^\W\d_]{2,}")


def lines_in_order(pages: Sequence[Page]) -> tuple[Line, ...]:
    """Every line of running matter in reading order, without heads, page numbers and line numbers."""
    furniture = running_heads(pages)
    lines: list[Line] = []
    region = 0
    for page in pages:
        kept = [f for index, f in enumerate(page.fragments) if (page.number, index) not in furniture]
        for group in regions(without_line_numbers(kept), page):
            for part in _captions_apart(group):
                lines.extend(lines_of(part, page.number, region))
                region += 1
    return tuple(lines)


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
        beside = sorted((f for f in starts if overlap(f.box, one.box) > 0.7), key=lambda f: f.box.x0)
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
        if not any(parts):  # captions set over each other: none ends before the next one starts
            continue
        return [*_captions_apart(rest), *parts] if rest else parts
    return [group] if group else []


def _is_wrapped(caption: Fragment, group: Sequence[Fragment]) -> bool:
    """Whether text stands on the left of a caption, as it does where a figure is set into the text."""
    return any(overlap(f.box, caption.box) > 0.5 and f.box.x1 < caption.box.x0 and len(f.text) > 20 for f in group)


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
            apart = second.box.x0 - first.box.x1 >= 0.4 * first.size
            if apart and 0.25 * page.width < second.box.x0 < 0.75 * page.width:
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
            f for f in others if overlap(f.box, fragment.box) > 0.5 and len(f.text) > 20 and f.block != fragment.block
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


def _belongs_to_wide(fragment: Fragment, wide: Sequence[Fragment]) -> bool:
    """Whether a short fragment is a part or the last line of the full-width text above or beside it."""
    for line in wide:
        same = abs(line.size - fragment.size) < 0.6
        if same and overlap(line.box, fragment.box) > 0.6:
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
