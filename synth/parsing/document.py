"""Pages to a document: whole sentences with their places in one canonical text (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from synth.parsing.blocks import blocks_in_order
from synth.parsing.layout import lines_in_order
from synth.parsing.lines import body_size
from synth.parsing.mend import Vocabulary
from synth.parsing.pages import Page
from synth.parsing.paragraphs import Paragraph, paragraphs_of
from synth.parsing.tables import tables_of
from synth.parsing.wholeness import is_whole
from synth.text import sentence_spans
from synth.types import Document, Paper, ReadFrom, Sentence, Table

GAP = "[…]"
"""Stands in the text where a formula or a broken sentence was left out between two sentences."""


def build_document(pages: Sequence[Page], paper: Paper, notes: Iterable[str] = ()) -> Document:
    """The document of a PDF's pages."""
    lines = lines_in_order(pages)
    vocabulary = Vocabulary(line.text for line in lines)
    turned = frozenset(page.number for page in pages if page.turned)
    paragraphs, captions = paragraphs_of(blocks_in_order(lines), vocabulary, body_size(lines))
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
