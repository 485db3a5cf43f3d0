"""Documents cut to passages: windows of sentences, captions, table rows (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from synth.parsing.boxes import union
from synth.text import collapse
from synth.types import Box, Document, Passage, PassageKind, Sentence, Table

WINDOW, STRIDE = 3, 2
"""Sentences in a passage, and from the start of one to the start of the next."""
MOST_WORDS = 130
"""A window gives up sentences at its end until it holds no more words than this."""


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in reading order: prose, then captions, then table rows.

    Each window lies within one section, and together they hold every sentence. The text of a table's row
    is made of its cells (``Table 2: caption | header: value | …``); its offsets are those of the caption.
    """
    made: list[Passage] = []
    for kind, sentences, text in (*_prose(document), *_captions(document), *_rows(document)):
        first, last = sentences[0], sentences[-1]
        made.append(
            Passage(
                id=f"{document.paper_id}#{len(made) + 1:04d}",
                paper_id=document.paper_id,
                kind=kind,
                section=first.section,
                role=first.role,
                page=first.page,
                start=first.start,
                end=last.end,
                text=text,
                box=_box(sentences),
            )
        )
    return tuple(made)


def _prose(document: Document) -> Iterator[tuple[PassageKind, Sequence[Sentence], str]]:
    for _, group in groupby(document.sentences, key=lambda sentence: (sentence.section, sentence.role)):
        for window in windows(tuple(group)):
            yield PassageKind.PROSE, window, collapse(document.text[window[0].start : window[-1].end])


def windows(sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """Windows over the sentences of one section; no sentence is left out."""
    start = 0
    while start < len(sentences):
        end = min(start + WINDOW, len(sentences))
        while end - start > 1 and sum(len(s.text.split()) for s in sentences[start:end]) > MOST_WORDS:
            end -= 1
        yield sentences[start:end]
        if end == len(sentences):
            return
        start = min(start + STRIDE, max(end - (WINDOW - STRIDE), start + 1)) if end - start < WINDOW else start + STRIDE


def _captions(document: Document) -> Iterator[tuple[PassageKind, Sequence[Sentence], str]]:
    for caption in document.captions:
        yield PassageKind.CAPTION, (caption,), collapse(caption.text)


def _rows(document: Document) -> Iterator[tuple[PassageKind, Sequence[Sentence], str]]:
    by_text = {(caption.text, caption.page): caption for caption in document.captions}
    for table in document.tables:
        caption = by_text.get((table.caption, table.page))
        if caption is None:
            continue
        for row in table.rows:
            place = caption if table.box is None else _at(caption, table.box)
            yield PassageKind.TABLE_ROW, (place,), row_text(table, row)


def _at(caption: Sentence, box: Box) -> Sentence:
    return Sentence(
        text=caption.text,
        start=caption.start,
        end=caption.end,
        page=caption.page,
        section=caption.section,
        role=caption.role,
        box=box,
        paragraph=caption.paragraph,
    )


def row_text(table: Table, row: Sequence[str]) -> str:
    """A row in words: the caption, then each cell behind the name of its column."""
    cells = [f"{name}: {value}" if name else value for name, value in zip(table.header, row, strict=True) if value]
    return collapse(" | ".join([table.caption, *cells]))


def _box(sentences: Sequence[Sentence]) -> Box | None:
    """The box of the sentences that stand on the first one's page."""
    boxes = [s.box for s in sentences if s.box is not None and s.page == sentences[0].page]
    return union(boxes) if boxes else None
