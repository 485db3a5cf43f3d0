"""Documents that are no PDF: abstracts and digests (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from synth.parsing.sections import role_of
from synth.text import collapse, plain, sentence_spans
from synth.types import Document, Paper, ReadFrom, SectionRole, Sentence

_HEADING = re.compile(r"^#{2,6}\s+(.+?)\s*#*$")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,2}[.)])\s+")
_MARKS = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")


def read_abstract(paper: Paper) -> Document:
    """The document of a paper of which only the abstract is at hand; its page is 0."""
    body = plain(paper.abstract)
    notes = ("no PDF: abstract only",) if body else ("no PDF, and no abstract either",)
    return _document(paper.id, ReadFrom.ABSTRACT, [("Abstract", [body])] if body else [], notes)


def read_digest(paper: Paper, body: str) -> Document:
    """The document of a digest: sections from its ``## `` headings, paragraphs and list items between them."""
    sections: list[tuple[str, list[str]]] = []
    block: list[str] = []
    current: tuple[str, list[str]] = ("Digest", [])

    def close() -> None:
        text = collapse(_MARKS.sub(r"\2", " ".join(block)))
        block.clear()
        if text:
            current[1].append(text)

    for line in body.splitlines():
        heading = _HEADING.match(line)
        if heading or not line.strip() or _ITEM.match(line) or line.startswith("# "):
            close()
        if heading:
            if current[1]:
                sections.append(current)
            current = (collapse(heading[1]), [])
        elif line.strip() and not line.startswith("# "):
            block.append(_ITEM.sub("", line).strip())
    close()
    if current[1]:
        sections.append(current)
    return _document(paper.id, ReadFrom.DIGEST, sections, ())


def _document(
    paper_id: str, read_from: ReadFrom, sections: Sequence[tuple[str, Sequence[str]]], notes: tuple[str, ...]
) -> Document:
    text = ""
    sentences: list[Sentence] = []
    number = 0
    for name, paragraphs in sections:
        role = role_of(name) or SectionRole.OTHER
        for paragraph in paragraphs:
            text += "\n\n" if text else ""
            for start, end in sentence_spans(paragraph):
                offset = len(text)
                sentences.append(
                    Sentence(
                        text=paragraph[start:end],
                        start=offset + start,
                        end=offset + end,
                        page=0,
                        section=name,
                        role=role,
                        paragraph=number,
                    )
                )
            text += paragraph
            number += 1
    return Document(paper_id=paper_id, read_from=read_from, text=text, sentences=tuple(sentences), notes=notes)
