"""Full papers from the labelled sentences of a data folder, as documents that the program can take claims from.

Some sets (``ncg``, ``mulms_az``) hold whole papers sentence by sentence, headings among them. Their authors are not
told; each paper is given a common family name, so that its claims name somebody, as those of real reports do.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from synth.parsing.sections import role_of
from synth.training.passages import Place, mend
from synth.types import Document, Paper, ReadFrom, SectionRole, Sentence, Source

SETS = ("mulms_az", "ncg")
"""Sets that hold whole papers."""

_NAMES = (
    *("Smith", "Garcia", "Kumar", "Wang", "Müller", "Rossi", "Kim", "Tanaka", "Silva", "Novak"),
    *("Cohen", "Ivanov", "Nguyen", "Johnson", "Zhang", "Patel", "Dubois", "Hansen", "Ali", "Brown"),
)
_HEADING = re.compile(r"(?:\d+(?:\.\d+)*\.?\s+)?[A-Z][\w /&,:()-]{2,70}")
_HEADING_WORDS = 9
_SENTENCE_WORDS = 3
_ABSTRACT = "Abstract"


@dataclass(frozen=True, slots=True)
class FullText:
    """A paper with its document, and where each of its sentences came from."""

    paper: Paper
    document: Document
    numbers: tuple[int, ...]
    """The number that each sentence of the document has in its set."""

    def number_at(self, start: int) -> int:
        """The number of the sentence that starts at an offset of the document.

        Raises:
            KeyError: None starts there.
        """
        for sentence, number in zip(self.document.sentences, self.numbers, strict=True):
            if sentence.start == start:
                return number
        raise KeyError(start)

    def place(self, start: int, end: int) -> Place:
        """The place of a passage.

        Args:
            start: Offset at which its first sentence starts.
            end: Offset at which its last sentence ends.

        Raises:
            KeyError: No sentence starts or ends there.
        """
        last = {sentence.end: sentence.start for sentence in self.document.sentences}
        name, _, doc = self.paper.id.partition(":")
        return Place(name, doc, self.number_at(start), self.number_at(last[end]))

    def text(self, first: int, last: int) -> str:
        """The text between two sentences of the set, both included.

        Args:
            first: Number of the first sentence.
            last: Number of the last.

        Raises:
            KeyError: The document has no such sentence.
        """
        by_number = dict(zip(self.numbers, self.document.sentences, strict=True))
        return self.document.text[by_number[first].start : by_number[last].end]


def read_full_texts(folders: Sequence[Path]) -> dict[str, FullText]:
    """The full papers of the folders' ``sentences.jsonl.xz``, by ``SET:DOCUMENT``.

    Args:
        folders: Data folders.
    """
    rows: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for folder in folders:
        path = folder / "sentences.jsonl.xz"
        if path.is_file():
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                for row in map(json.loads, lines):
                    if row["set"] in SETS:
                        rows.setdefault((row["set"], row["doc"]), []).append((row["i"], row["text"]))
    return {f"{name}:{doc}": full_text(name, doc, found) for (name, doc), found in rows.items()}


def full_text(name: str, doc: str, rows: Sequence[tuple[int, str]]) -> FullText:
    """A paper of its numbered sentences.

    Lines that look like headings start a section; what is too short for a sentence is left out.

    Args:
        name: Name of the set.
        doc: Name of the document in it.
        rows: Number and text of each line, in any order; the first are the title, or name it.
    """
    lines = [(number, mend(text)) for number, text in sorted(rows)]
    titled = lines[0][1].lower() == "title"
    before = 1 if titled or lines[0][1].startswith("Research") else 0
    title = lines[before][1]
    section = "Front" if titled else _ABSTRACT
    text, paragraph = "", -1
    sentences: list[Sentence] = []
    numbers: list[int] = []
    for number, line in lines[before + 1 :]:
        words = len(line.split())
        if line.lower() == _ABSTRACT.lower():
            section = _ABSTRACT
        elif _HEADING.fullmatch(line) and words <= _HEADING_WORDS:
            section = line
        elif words >= _SENTENCE_WORDS:
            same = bool(sentences) and sentences[-1].section == section
            paragraph += not same
            text += " " if same else "\n\n" if text else ""
            sentences.append(
                Sentence(
                    text=line,
                    start=len(text),
                    end=len(text) + len(line),
                    page=1,
                    section=section,
                    role=role_of(section) or SectionRole.OTHER,
                    paragraph=paragraph,
                )
            )
            numbers.append(number)
            text += line
    key = f"{name}:{doc}"
    family = _NAMES[int(hashlib.sha256(key.encode()).hexdigest(), 16) % len(_NAMES)]
    paper = Paper(
        id=key,
        title=title,
        authors=(f"A. {family}", "B. Lee", "C. Chen"),
        abstract="",
        published=None,
        source=Source.FILE,
    )
    document = Document(paper_id=key, read_from=ReadFrom.PDF, text=text, sentences=tuple(sentences))
    return FullText(paper, document, tuple(numbers))
