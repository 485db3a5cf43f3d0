"""A paper that is held under two ids is read once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from synth.pipeline.gather import held_papers
from synth.pipeline.parts import Parts
from synth.store.papers import Holding
from synth.types import Paper, ReadFrom, Source

TITLE = "XTREME: A Massively Multilingual Benchmark"


def holding(name: str, source: Source, read_from: ReadFrom, title: str = TITLE) -> Holding:
    paper = Paper(id=name, title=title, authors=(), abstract="", published=None, source=source)
    return Holding(paper=paper, read_from=read_from, n_pages=1, n_sentences=1, n_passages=1)


FILE = holding("file:0123456789ab", Source.FILE, ReadFrom.PDF)
WHOLE = holding("2003.11080v5", Source.ARXIV, ReadFrom.PDF)
ABSTRACT = holding("2003.11080v5", Source.ARXIV, ReadFrom.ABSTRACT)
OTHER = holding("2104.07412v1", Source.ARXIV, ReadFrom.ABSTRACT, "XTREME-R: Towards More Challenging Evaluation")


@pytest.mark.parametrize(
    ("held", "kept"),
    [
        ([FILE, WHOLE, OTHER], [WHOLE, OTHER]),
        ([WHOLE, FILE, OTHER], [WHOLE, OTHER]),
        ([FILE, ABSTRACT, OTHER], [FILE, OTHER]),
        ([OTHER, FILE], [OTHER, FILE]),
        ([], []),
    ],
)
def test_of_one_paper_what_was_read_whole_is_kept(held: list[Holding], kept: list[Holding]) -> None:
    parts: Any = SimpleNamespace(store=SimpleNamespace(papers=SimpleNamespace(holdings=lambda: held)))
    assert held_papers(cast(Parts, parts)) == tuple(one.paper for one in kept)
