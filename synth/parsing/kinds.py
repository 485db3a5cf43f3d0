"""What each line is: running text, heading, caption, footnote, cells of a table, formula (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from synth.parsing.lines import CAPTION, Line
from synth.parsing.sections import Heading, heading_of

_WORDS = re.compile(r"[^\W\d_]{2,}")
_NUMBER_CELL = re.compile(r"^[\s\d.,%±+\-−–—/()×xkKMB†‡*✓✗↑↓]+$")
_EQUATION_NUMBER = re.compile(r"\(\s?[A-Z]?\.?\d{1,3}(?:\.\d{1,2})?[a-z]?\s?\)$")
STOP = (".", "?", "!", ":", ".”", ".)", '."', "?”", "!”")


class Kind(Enum):
    """What a block is."""

    PROSE = auto()
    HEADING = auto()
    CAPTION = auto()
    FOOTNOTE = auto()
    TABULAR = auto()
    FORMULA = auto()


def kinds_of(lines: Sequence[Line], body: float, leading: float) -> list[tuple[Kind, Heading | None]]:
    """The kind of each line, captions and footnotes followed to their ends."""
    kinds: list[tuple[Kind, Heading | None]] = []
    footnotes = _footnote_lines(lines, body, leading)
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        after = lines[index + 1] if index + 1 < len(lines) else None
        kind_before = kinds[-1][0] if kinds else None
        captioned = kind_before is Kind.CAPTION and before is not None and goes_on(before, line, leading)
        if starts_caption(line, before, kind_before, leading) or (
            captioned and not _is_tabular(line) and not has_mark(line, line.size / 0.9)
        ):
            kinds.append((Kind.CAPTION, None))
        elif index in footnotes:
            kinds.append((Kind.FOOTNOTE, None))
        elif before is not None and kinds[-1][1] is not None and is_second_line(before, line):
            kinds.append((Kind.HEADING, heading_of(line, body, alone=False) or Heading("", line.text)))
        else:
            kinds.append(_plain_kind(line, before, after, body, leading))
    return _plausible(_absorb_cells(lines, kinds))


def _plain_kind(
    line: Line, before: Line | None, after: Line | None, body: float, leading: float
) -> tuple[Kind, Heading | None]:
    if _is_formula(line):
        return Kind.FORMULA, None
    above = gap_above(before, line)
    alone = above > leading + 0.2 * body and (
        after is None
        or after.region != line.region
        or after.box.y0 - line.box.y1 > leading + 0.12 * body
        or line.box.x1 < line.right - 4 * body
    )
    heading = heading_of(line, body, alone=alone) if cells(line) <= 2 else None
    if heading is not None and (above > leading - 0.5 or heading.number):
        return Kind.HEADING, heading
    if _is_tabular(line) and not _ends_sentence(before, line, leading):
        return Kind.TABULAR, None
    return Kind.PROSE, None


def _ends_sentence(before: Line | None, line: Line, leading: float) -> bool:
    """Whether a short line of numbers ("2011).") is the last line of a paragraph."""
    if before is None or cells(line) > 1 or before.text.endswith(STOP) or _is_tabular(before):
        return False
    full = before.box.x1 > before.right - 2.5 * before.size and len(_WORDS.findall(before.text)) >= 3
    return full and goes_on(before, line, leading) and abs(line.box.x0 - before.left) < 2 * line.size


def cells(line: Line) -> int:
    """How many groups of fragments stand apart on a line."""
    return 1 + sum(b.box.x0 - a.box.x1 > 1.0 * line.size for a, b in pairwise(line.fragments))


def _is_loose(line: Line) -> bool:
    """Whether a line of words was stretched to both edges of its column, which leaves wide spaces."""
    reaches = line.box.x1 > line.right - 3 and line.box.x0 < line.left + 2 * line.size
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(line.fragments)]
    widest = 3.0 if max(gaps) - min(gaps) < 1.5 else 2.2  # TeX stretches every space of a line alike
    if not reaches or max(gaps) > widest * line.size or sum(gaps) > 0.4 * (line.right - line.left):
        return False
    letters = sum(map(str.isalpha, line.text))
    return letters > 0.6 * len(line.text.replace(" ", "")) and len(_WORDS.findall(line.text)) >= 3


def _is_tabular(line: Line) -> bool:
    apart = cells(line)
    if apart > 1 and _is_loose(line):
        return False
    tokens = line.text.split()
    numeric = sum(bool(_NUMBER_CELL.match(token)) for token in tokens)
    if apart >= 3:
        return True
    if apart == 2:
        return numeric >= 0.4 * len(tokens)
    return len(tokens) > 0 and numeric == len(tokens)


def _is_formula(line: Line) -> bool:
    """Whether a line is displayed mathematics: more symbols than words, set in from the edges."""
    chars = sum(len(span.text.strip()) for span in line.spans)
    math = sum(len(span.text.strip()) for span in line.spans if span.math)
    words = [word for word in _WORDS.findall(line.text) if len(word) > 2]
    letters = sum(map(len, words))
    if chars and math >= 0.4 * chars and len(words) <= 4:
        return True
    centred = line.box.x0 > line.left + 1.5 * line.size
    if _EQUATION_NUMBER.search(line.text) and centred and line.box.x1 > line.right - 3 and letters < 0.6 * chars:
        return True
    return centred and "=" in line.text and letters < 0.5 * chars and math > 0


def starts_caption(line: Line, before: Line | None, kind_before: Kind | None, leading: float) -> bool:
    """Whether a line opens a caption, and does not merely begin with the name of a figure."""
    match = CAPTION.match(line.text)
    if match is None:
        return False
    apart = gap_above(before, line) > leading + 0.25 * line.size or kind_before in (
        Kind.TABULAR,
        Kind.CAPTION,
        Kind.FORMULA,
    )
    label = line.spans[0]
    styled = label.bold or label.italic
    different = before is not None and abs(before.size - line.size) > 0.6
    if match["mark"].strip() in (":", "|"):
        return apart or styled or different
    if match["mark"] or (not match["mark"] and styled):
        return (apart or different or styled) and (before is None or apart or before.text.endswith(STOP) or different)
    return False


def gap_above(before: Line | None, line: Line) -> float:
    """Space between a line and the one before it in the region, in points; infinite for the first."""
    if before is None or before.region != line.region:
        return float("inf")
    return line.box.y0 - before.box.y1


def goes_on(before: Line, line: Line, leading: float) -> bool:
    """Whether a line continues the text of the line before it in one block."""
    gap = gap_above(before, line)
    usual = leading * line.size / max(before.size, 1)
    same = abs(before.size - line.size) <= 0.7
    return same and gap <= max(usual, 0.2 * line.size) + 0.3 * line.size


def is_second_line(before: Line, line: Line) -> bool:
    """Whether a line goes on in the style of the heading right above it."""
    close = before.region == line.region and line.box.y0 - before.box.y1 < 0.7 * line.size
    if not close or abs(before.size - line.size) > 0.6 or len(line.text.split()) > 12 or cells(line) > 1:
        return False
    first, second = ({span.bold for span in one.spans if span.text.strip()} for one in (before, line))
    return (second == {True} and True in first) or (before.text.isupper() and line.text.isupper())


def _footnote_lines(lines: Sequence[Line], body: float, leading: float) -> set[int]:
    """Indices of the small lines at the bottom of a column, from the first mark on."""
    found: set[int] = set()
    index = len(lines) - 1
    while index >= 0:
        last = index
        while index > 0 and lines[index - 1].region == lines[last].region:
            index -= 1
        start = last + 1
        while start > index and lines[start - 1].size <= 0.93 * body and not _is_tabular(lines[start - 1]):
            start -= 1
        marks = [i for i in range(start, last + 1) if has_mark(lines[i], body)]
        if (marks and marks[0] > index) or (marks and lines[marks[0]].box.y0 > 400):
            found.update(range(marks[0], last + 1))
        index -= 1
    return found


def has_mark(line: Line, body: float) -> bool:
    """Whether a small line starts with the mark of a footnote."""
    first = next((span for span in line.spans if span.text.strip()), None)
    if first is None or line.size > 0.93 * body:
        return False
    text = first.text.strip()
    small = first.size < line.size - 0.9 or first.raised
    return (small and bool(re.match(r"^(?:\d{1,2}|[∗*†‡§¶♠♣♥♦⋆⋄∥#]+|[a-z])", text)) and len(text) <= 3) or (
        bool(re.match(r"^[∗*†‡§¶⋆]", text))
    )


def _absorb_cells(lines: Sequence[Line], kinds: list[tuple[Kind, Heading | None]]) -> list[tuple[Kind, Heading | None]]:
    """Short lines between or beside the rows of a table are cells of it."""
    result = list(kinds)
    for index in (*range(len(lines)), *range(len(lines) - 1, -1, -1)):
        if result[index][0] is not Kind.PROSE:
            continue
        line = lines[index]
        beside = [
            other
            for other in (index - 1, index + 1)
            if 0 <= other < len(lines)
            and result[other][0] is Kind.TABULAR
            and lines[other].region == line.region
            and abs(lines[other].size - line.size) < 1.6
            and (lines[other].box.y0 - line.box.y1 < line.size and line.box.y0 - lines[other].box.y1 < line.size)
        ]
        short = line.box.x1 - line.box.x0 < 0.6 * (line.right - line.left)
        if beside and short and not line.text.endswith(STOP) and len(line.text.split()) <= 8:
            result[index] = (Kind.TABULAR, None)
    return _sandwiched(lines, result)


def _sandwiched(lines: Sequence[Line], kinds: list[tuple[Kind, Heading | None]]) -> list[tuple[Kind, Heading | None]]:
    """A few lines of text right between two rows of a table are cells as well, whatever they say."""
    rows = [index for index, (kind, _) in enumerate(kinds) if kind is Kind.TABULAR]
    for first, second in pairwise(rows):
        above, below = lines[first], lines[second]
        between = kinds[first + 1 : second]
        near = above.page == below.page and 0 < below.box.y0 - above.box.y0 < (len(between) + 2) * 2 * above.size
        if near and 0 < len(between) <= 4 and all(kind is Kind.PROSE for kind, _ in between):
            inside = all(line.box.y1 <= below.box.y1 + 2 for line in lines[first + 1 : second])
            widths = [line.box.x1 - line.box.x0 < 0.8 * (line.right - line.left) for line in lines[first + 1 : second]]
            if inside and (all(widths) or any(line.region != above.region for line in lines[first + 1 : second])):
                kinds[first + 1 : second] = [(Kind.TABULAR, None)] * len(between)
    return kinds


def _plausible(kinds: list[tuple[Kind, Heading | None]]) -> list[tuple[Kind, Heading | None]]:
    """Numbered headings that do not count on from the one before are lines of a list."""
    top = 0
    free = False  # supplements behind the references may count from 1 again
    result = list(kinds)
    for index, (_, heading) in enumerate(kinds):
        if heading is None:
            continue
        free = free or heading.is_references
        number = heading.number.split(".")[0]
        if not number.isdigit():
            continue
        value, deeper = int(number), "." in heading.number
        if (top <= value <= top + 2 and (value > top or deeper)) or (free and value == 1):
            top = value
        elif not heading.is_known:
            result[index] = (Kind.PROSE, None)
    return result
