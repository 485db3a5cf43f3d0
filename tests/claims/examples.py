"""Small hand-made papers, documents and encoders for the tests of the claims."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from synth.text import content_words
from synth.types import Document, Paper, ReadFrom, RetrievedPaper, Role, SectionRole, Sentence, Source


def paper(*authors: str, id: str = "2001.00001v1", title: str = "Aligned Words", year: int | None = 2020) -> Paper:
    return Paper(
        id=id,
        title=title,
        authors=authors,
        abstract="",
        published=dt.date(year, 1, 2) if year else None,
        source=Source.ARXIV,
    )


THREE = paper("Ada Moreno", "Bo Lind", "Cy Ode")
TWO = paper("Ada Moreno", "Bo Lind")
ONE = paper("Ada Moreno")
NOBODY = paper()


def document(
    *texts: str,
    paper_id: str = "2001.00001v1",
    role: SectionRole = SectionRole.RESULTS,
    section: str = "4 Results",
    read_from: ReadFrom = ReadFrom.PDF,
) -> Document:
    """A document of one paragraph."""
    body = " ".join(texts)
    sentences, at = [], 0
    for text in texts:
        sentences.append(
            Sentence(text=text, start=at, end=at + len(text), page=3, section=section, role=role, paragraph=1)
        )
        at += len(text) + 1
    return Document(paper_id=paper_id, read_from=read_from, text=body, sentences=tuple(sentences), n_pages=9)


def used(record: Paper, relevance: float, role: Role = Role.USED) -> RetrievedPaper:
    return RetrievedPaper(paper=record, role=role, reason="near the question", relevance=relevance)


class WordEncoder:
    """Bags of hashed words: texts that share words are near; no model."""

    signature = "words@test"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen.extend(texts)
        rows = np.zeros((len(texts), 384), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in content_words(text):
                rows[row, int(hashlib.sha256(word.encode()).hexdigest(), 16) % 384] += 1.0
            rows[row] /= max(float(np.linalg.norm(rows[row])), 1e-9)
        return rows
