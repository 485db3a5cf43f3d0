"""Lines of running matter grouped to blocks, each of one kind (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from synth.parsing.kinds import STOP, Kind, gap_above, goes_on, has_mark, is_second_line, kinds_of, starts_caption
from synth.parsing.lines import CAPTION, Line, body_size
from synth.parsing.sections import Heading

_BULLET = re.compile(r"^(?:[•◦▪■●–‣∗⋆▶►✓]|-\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s)")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together."""

    kind: Kind
    lines: tuple[Line, ...]
    heading: Heading | None = None


def blocks_in_order(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of a document in reading order."""
    body = body_size(lines)
    leading = _usual_gap(lines, body)
    kinds = kinds_of(lines, body, leading)
    blocks: list[Block] = []
    current: list[Line] = []
    current_kind: Kind | None = None

    def close() -> None:
        if current and current_kind is not None:
            blocks.append(Block(current_kind, tuple(current)))
        current.clear()

    for index, line in enumerate(lines):
        kind, heading = kinds[index]
        before = lines[index - 1] if index else None
        if heading is not None:
            close()
            if _continues_heading(blocks, before, line, heading):
                blocks[-1] = _longer_heading(blocks[-1], line)
            else:
                blocks.append(Block(Kind.HEADING, (line,), heading))
            current_kind = None
            continue
        if kind is not current_kind or before is None or not current or _breaks(current, line, kind, leading):
            close()
            current_kind = kind
        current.append(line)
    close()
    return tuple(blocks)


def _continues_heading(blocks: Sequence[Block], before: Line | None, line: Line, heading: Heading) -> bool:
    """Whether a heading is the second line of the one before it."""
    if not blocks or before is None or blocks[-1].kind is not Kind.HEADING or heading.number or heading.is_known:
        return False
    first = blocks[-1].heading
    known = first is None or first.is_known
    return before is blocks[-1].lines[-1] and not known and is_second_line(before, line)


def _longer_heading(block: Block, line: Line) -> Block:
    assert block.heading is not None
    name = f"{block.heading.name} {line.text}".replace("- ", "-")
    return replace(block, lines=(*block.lines, line), heading=replace(block.heading, name=name))


def _usual_gap(lines: Sequence[Line], body: float) -> float:
    """Space between two lines of running text, in points."""
    gaps = [
        round(b.box.y0 - a.box.y1, 1)
        for a, b in pairwise(lines)
        if a.region == b.region
        and abs(a.size - body) < 0.7
        and abs(b.size - body) < 0.7
        and len(a.text) > 30
        and len(b.text) > 20
    ]
    gaps = [gap for gap in gaps if -3 < gap < 2.5 * body]
    return median(gaps) if gaps else 0.35 * body


def _breaks(current: Sequence[Line], line: Line, kind: Kind, leading: float) -> bool:
    """Whether a line of the same kind starts a new block."""
    before = current[-1]
    if kind in (Kind.TABULAR, Kind.FORMULA):
        return before.region != line.region
    if kind is Kind.CAPTION:
        return bool(CAPTION.match(line.text)) and starts_caption(line, before, Kind.CAPTION, leading)
    if kind is Kind.FOOTNOTE:
        return before.region != line.region or has_mark(line, line.size / 0.9)
    if before.region != line.region or not (goes_on(before, line, leading) or _is_odd_sized_end(before, line, leading)):
        return True
    if _BULLET.match(line.text):
        return True
    ended = before.text.endswith(STOP) or before.box.x1 < line.right - 2.5 * line.size
    indented = (
        line.box.x0 > before.box.x0 + 0.6 * line.size
        and len(current) > 1
        and abs(before.box.x0 - current[-2].box.x0) < 2
    )
    if indented and ended:
        return True
    return before.box.x1 < before.left + 0.6 * (before.right - before.left) and before.text.endswith((".", "?", "!"))


def _is_odd_sized_end(before: Line, line: Line, leading: float) -> bool:
    """Whether a line differs in its main size only because most of it is code, small capitals or symbols."""
    if gap_above(before, line) > leading + 0.4 * max(before.size, line.size):
        return False
    sizes = Counter(span.size for span in line.spans if span.text.strip())
    return any(abs(size - before.size) < 0.6 for size in sizes) or any(
        abs(span.size - line.size) < 0.6 for span in before.spans if span.text.strip()
    )
