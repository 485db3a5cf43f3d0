"""Blocks to a document: sections, paragraphs joined over breaks, whole sentences with their places (pure)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from synth.parsing.blocks import Block, Kind, blocks_in_order, cells
from synth.parsing.layout import Line, body_size, lines_in_order, union
from synth.parsing.mend import Vocabulary, join_lines
from synth.parsing.pages import Page
from synth.parsing.runin import numbered_lead, without_lead
from synth.parsing.sections import Heading, Outline
from synth.parsing.tables import tables_of
from synth.parsing.wholeness import is_whole
from synth.text import sentence_spans
from synth.types import Box, Document, Paper, ReadFrom, SectionRole, Sentence, Table

GAP = "[…]"
"""Stands in the text where a formula or a broken sentence was left out between two sentences."""

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


def build_document(pages: Sequence[Page], paper: Paper, notes: Iterable[str] = ()) -> Document:
    """The document of a PDF's pages."""
    lines = lines_in_order(pages)
    vocabulary = Vocabulary(line.text for line in lines)
    turned = frozenset(page.number for page in pages if page.turned)
    paragraphs, captions = _paragraphs(blocks_in_order(lines), vocabulary, body_size(lines))
    return assemble(
        paper.id,
        ReadFrom.PDF,
        paragraphs,
        captions,
        turned=turned,
        n_pages=len(pages),
        tables=tables_of(pages, [(caption.text, caption.lines) for caption in captions]),
        notes=tuple(notes),
    )


def _paragraphs(
    blocks: Sequence[Block], vocabulary: Vocabulary, body: float
) -> tuple[list[Paragraph], list[Paragraph]]:
    """Paragraphs in reading order with footnotes behind them, and captions."""
    outline = Outline()
    first = next((i for i, block in enumerate(blocks) if block.heading and _ends_front(block.heading)), None)
    front = first is not None
    if not front:
        outline.section = UNHEADED
        blocks = [block for block in blocks if not (block.kind is Kind.HEADING and block.lines[0].page == 1)]
    texts: list[Paragraph] = []
    footnotes: list[Paragraph] = []
    captions: list[Paragraph] = []
    open_paragraph: Paragraph | None = None
    formula = False
    for block in blocks:
        if block.kind is Kind.HEADING and block.heading is not None:
            if front and not _ends_front(block.heading):
                continue
            front = False
            outline.enter(block.heading)
            open_paragraph, formula = None, False
        elif block.kind is Kind.CAPTION:
            captions.append(_paragraph(block.lines, outline, vocabulary, strip=False))
        elif block.kind is Kind.FORMULA:
            if open_paragraph is None or not open_paragraph.text.endswith("-"):
                open_paragraph, formula = None, True
        elif outline.in_references:
            continue
        elif block.kind is Kind.FOOTNOTE:
            if not (block.lines[0].page == 1 and _CONTACT.search(" ".join(line.text for line in block.lines))):
                footnotes.append(_paragraph(block.lines, outline, vocabulary, strip=True))
        elif block.kind is Kind.PROSE and _is_text(block, body, outline.role):
            abstract = _RUN_IN_ABSTRACT.match(block.lines[0].text)
            if front and abstract:
                front = False
                outline.enter(Heading("", "Abstract"))
            if front:
                continue
            numbered = numbered_lead(block.lines[0])
            if numbered is not None:
                outline.enter(numbered[0])
                open_paragraph, formula = None, False
            if open_paragraph is not None and _continues(open_paragraph, block.lines[0]):
                for line in block.lines:
                    open_paragraph.add(line, line.text, vocabulary)
            else:
                cut = abstract.end() if abstract else numbered[1] if numbered else 0
                made = _paragraph(block.lines, outline, vocabulary, strip=not cut, cut=cut)
                made.broken = formula
                texts.append(made)
                if (
                    open_paragraph is None
                    or _TERMINAL.search(open_paragraph.text)
                    or not _is_stray(open_paragraph, block)
                ):
                    open_paragraph = made
            formula = False
    for footnote in footnotes:
        footnote.unmark()
        footnote.section, footnote.role = "Footnotes", SectionRole.OTHER
    return texts + footnotes, captions


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


def _paragraph(
    lines: Sequence[Line], outline: Outline, vocabulary: Vocabulary, *, strip: bool, cut: int = 0
) -> Paragraph:
    made = Paragraph(outline.section, outline.role)
    texts = without_lead(lines) if strip else [line.text for line in lines]
    if cut:
        texts[0] = texts[0][cut:]
    for line, text in zip(lines, texts, strict=True):
        if text.strip():
            made.add(line, text, vocabulary)
    if not made.lines:
        made.lines, made.starts = [lines[0]], [0]
    return made


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


def assemble(
    paper_id: str,
    read_from: ReadFrom,
    paragraphs: Sequence[Paragraph],
    captions: Sequence[Paragraph] = (),
    *,
    turned: frozenset[int] = frozenset(),
    n_pages: int = 0,
    tables: tuple[Table, ...] = (),
    notes: tuple[str, ...] = (),
) -> Document:
    """Whole sentences and captions laid out in one canonical text."""
    text = ""
    sentences: list[Sentence] = []
    number = 0
    for paragraph in paragraphs:
        whole: list[tuple[int, int, bool]] = []
        dropped = paragraph.broken
        for start, end in sentence_spans(paragraph.text):
            if is_whole(paragraph.text[start:end]):
                whole.append((start, end, dropped))
                dropped = False
            else:
                dropped = True
        if not whole:
            continue
        text += "\n\n" if text else ""
        for index, (start, end, gap) in enumerate(whole):
            if gap and sentences and sentences[-1].section == paragraph.section:
                text += f"{GAP} " if not index else f" {GAP} "
            elif index:
                text += " "
            body = paragraph.text[start:end]
            page, box = paragraph.place(start, end, turned)
            sentences.append(
                Sentence(
                    text=body,
                    start=len(text),
                    end=len(text) + len(body),
                    page=page,
                    section=paragraph.section,
                    role=paragraph.role,
                    box=box,
                    paragraph=number,
                )
            )
            text += body
        number += 1
    made: list[Sentence] = []
    for caption in captions:
        if len(caption.text.split()) < 4:
            continue
        text += "\n\n" if text else ""
        page, box = caption.place(0, len(caption.text), turned)
        made.append(
            Sentence(
                text=caption.text,
                start=len(text),
                end=len(text) + len(caption.text),
                page=page,
                section=caption.section,
                role=caption.role,
                box=box,
                paragraph=number,
            )
        )
        text += caption.text
        number += 1
    return Document(
        paper_id=paper_id,
        read_from=read_from,
        text=text,
        sentences=tuple(sentences),
        captions=tuple(made),
        tables=tables,
        n_pages=n_pages,
        notes=notes if sentences else (*notes, "no whole sentence was found on its pages"),
    )
