"""Blocks to paragraphs, joined over columns, pages and figures (pure)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from synth.parsing.blocks import Block
from synth.parsing.boxes import union
from synth.parsing.kinds import Kind, cells
from synth.parsing.lines import Line
from synth.parsing.mend import Vocabulary, join_lines
from synth.parsing.runin import numbered_lead, without_lead
from synth.parsing.sections import Heading, Outline
from synth.types import Box, SectionRole

UNHEADED = "Main text"
"""The section of papers that have no headings."""
_RUN_IN_ABSTRACT = re.compile(r"^(?:Abstract|ABSTRACT|Summary)\s*[—–:.\-]+\s*(?=[A-Z])")
_FOOTNOTE_MARK = re.compile(r"^(?:\d{1,2}(?=[A-Z“\"])|[∗*†‡§¶]+)\s*")
_TERMINAL = re.compile(r"[.?!:][\"'”’)\]]*$")
_CONTACT = re.compile(
    r"@|\b(?:equal contribution|corresponding author|work (?:was )?done|this work was)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Paragraph:
    """Running text that grows line by line, each line's place kept."""

    section: str
    role: SectionRole
    lines: list[Line] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    text: str = ""
    broken: bool = False
    """A formula stands before it, so that it may start in the middle of a sentence."""

    def add(self, line: Line, text: str, vocabulary: Vocabulary) -> None:
        """Joins a line to the end."""
        self.text = join_lines(self.text, text, vocabulary)
        self.lines.append(line)
        self.starts.append(len(self.text) - len(text.lstrip()))

    def unmark(self) -> None:
        """Takes the footnote's own mark off the start."""
        mark = _FOOTNOTE_MARK.match(self.text)
        if mark:
            self.text = self.text[mark.end() :]
            self.starts = [max(start - mark.end(), 0) for start in self.starts]

    def place(self, start: int, end: int, turned: frozenset[int]) -> tuple[int, Box | None]:
        """Page of a stretch, and the box of its lines in the region where it starts."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, end - 1) - 1, first)
        lines = self.lines[first : last + 1]
        box = union([line.box for line in lines if line.region == lines[0].region])
        return lines[0].page, None if lines[0].page in turned else box


def paragraphs_of(
    blocks: Sequence[Block], vocabulary: Vocabulary, body: float
) -> tuple[list[Paragraph], list[Paragraph]]:
    """Paragraphs in reading order with the footnotes behind them, and captions.

    Args:
        blocks: The blocks of a document in reading order.
        vocabulary: The document's words.
        body: Font size of the running text, in points.
    """
    gatherer = _Gatherer(vocabulary, body)
    if not any(block.heading and _ends_front(block.heading) for block in blocks):
        gatherer.front = False
        gatherer.outline.section = UNHEADED
        blocks = [block for block in blocks if not (block.kind is Kind.HEADING and block.lines[0].page == 1)]
    for block in blocks:
        gatherer.take(block)
    for footnote in gatherer.footnotes:
        footnote.unmark()
        footnote.section, footnote.role = "Footnotes", SectionRole.OTHER
    return gatherer.texts + gatherer.footnotes, gatherer.captions


class _Gatherer:
    """Takes the blocks one after the other and sorts their text to paragraphs, footnotes and captions."""

    def __init__(self, vocabulary: Vocabulary, body: float) -> None:
        self.vocabulary = vocabulary
        self.body = body
        self.outline = Outline()
        self.front = True
        """Title and authors are not over yet."""
        self.texts: list[Paragraph] = []
        self.footnotes: list[Paragraph] = []
        self.captions: list[Paragraph] = []
        self.waiting: Paragraph | None = None
        """The last paragraph of running text, which the next block may continue."""
        self.formula = False

    def take(self, block: Block) -> None:
        """Sorts one block."""
        if block.kind is Kind.HEADING and block.heading is not None:
            if not self.front or _ends_front(block.heading):
                self._enter(block.heading)
        elif block.kind is Kind.CAPTION:
            self.captions.append(self._paragraph(block.lines, strip=False))
        elif block.kind is Kind.FORMULA:
            if self.waiting is None or not self.waiting.text.endswith("-"):
                self.waiting, self.formula = None, True
        elif self.outline.in_references:
            return
        elif block.kind is Kind.FOOTNOTE:
            if not (block.lines[0].page == 1 and _CONTACT.search(" ".join(line.text for line in block.lines))):
                self.footnotes.append(self._paragraph(block.lines, strip=True))
        elif block.kind is Kind.PROSE and _is_text(block, self.body, self.outline.role):
            self._take_prose(block)

    def _enter(self, heading: Heading) -> None:
        self.front = False
        self.outline.enter(heading)
        self.waiting, self.formula = None, False

    def _take_prose(self, block: Block) -> None:
        cut = 0
        abstract = _RUN_IN_ABSTRACT.match(block.lines[0].text)
        numbered = numbered_lead(block.lines[0])
        if self.front and abstract:
            self._enter(Heading("", "Abstract"))
            cut = abstract.end()
        elif self.front:
            return
        elif numbered is not None:
            self._enter(numbered[0])
            cut = numbered[1]
        if self.waiting is not None and _continues(self.waiting, block.lines[0]):
            for line in block.lines:
                self.waiting.add(line, line.text, self.vocabulary)
        else:
            made = self._paragraph(block.lines, strip=not cut, cut=cut)
            made.broken = self.formula
            self.texts.append(made)
            if self.waiting is None or _TERMINAL.search(self.waiting.text) or not _is_stray(self.waiting, block):
                self.waiting = made
        self.formula = False

    def _paragraph(self, lines: Sequence[Line], *, strip: bool, cut: int = 0) -> Paragraph:
        made = Paragraph(self.outline.section, self.outline.role)
        texts = without_lead(lines) if strip else [line.text for line in lines]
        texts[0] = texts[0][cut:]
        for line, text in zip(lines, texts, strict=True):
            if text.strip():
                made.add(line, text, self.vocabulary)
        if not made.lines:
            made.lines, made.starts = [lines[0]], [0]
        return made


def _ends_front(heading: Heading) -> bool:
    """Whether title and authors are over with this heading."""
    return heading.is_known or heading.number[:1].isdigit() or heading.number == "I"


def _is_text(block: Block, body: float, role: SectionRole) -> bool:
    """Whether a block of prose is running text, and no label, code or small print of a figure."""
    size = block.lines[0].size
    spans = [span for line in block.lines for span in line.spans]
    chars = sum(len(span.text) for span in spans)
    if sum(len(span.text) for span in spans if span.mono) > 0.6 * chars:
        return False
    if role is SectionRole.ABSTRACT or size >= body - 0.8:
        return True
    column = block.lines[0].right - block.lines[0].left
    full = all(line.box.x1 - line.box.x0 > 0.85 * column for line in block.lines[:-1])
    level = all(cells(line) == 1 for line in block.lines)
    return (
        len(block.lines) >= 4
        and full
        and level
        and size >= body - 2.1
        and block.lines[-1].text.endswith((".", "?", "!"))
    )


def _is_stray(waiting: Paragraph, block: Block) -> bool:
    """Whether a block is a label or a cell on a page where an unfinished paragraph waits for its end."""
    last = waiting.lines[-1]
    small = all(line.size < last.size - 0.5 for line in block.lines)
    short = len(block.lines) <= 2 and not _TERMINAL.search(block.lines[-1].text)
    return block.lines[0].page <= last.page + 1 and (small or short)


def _continues(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line goes on with a paragraph that a column, a page or a figure interrupted."""
    before = paragraph.lines[-1]
    text = paragraph.text.rstrip()
    if _TERMINAL.search(text) or abs(before.size - line.size) > 1.1 or not text:
        return False
    if abs(before.size - line.size) > 0.5 and len(line.text) > 12 and line.size < before.size:
        return False
    width = line.box.x1 - line.box.x0
    if width < 0.6 * (line.right - line.left) and not _TERMINAL.search(line.text) and before.region != line.region:
        return False
    if line.text[:1].islower() or text.endswith("-"):
        return True
    full = before.box.x1 > before.right - 2.5 * before.size
    return full and before.region != line.region and bool(re.match(r"[\w(“\"\[]", line.text))
