"""A paper held under two ids is read once; arXiv's stamp tells whose a given PDF is; categories narrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from synth.parsing.reader import read_pdf
from synth.pipeline.gather import gather, given_papers, held_papers, offline_papers
from synth.pipeline.options import report_options
from synth.pipeline.parts import Parts
from synth.pipeline.reading import keep
from synth.sources.files import papers_in
from synth.store.papers import Holding
from synth.types import ARXIV_PDFS, Paper, ReadFrom, Source
from tests.parsing.conftest import LEFT, Press

TITLE = "XTREME: A Massively Multilingual Benchmark"


def holding(name: str, source: Source, read_from: ReadFrom, title: str = TITLE) -> Holding:
    paper = Paper(id=name, title=title, authors=(), abstract="", published=None, source=source)
    return Holding(paper=paper, read_from=read_from, n_pages=1, n_sentences=1, n_passages=1)


FILE = holding("file:0123456789ab", Source.FILE, ReadFrom.PDF)
WHOLE = holding("2003.11080v5", Source.ARXIV, ReadFrom.PDF)
ABSTRACT = holding("2003.11080v5", Source.ARXIV, ReadFrom.ABSTRACT)
STAMPED = replace(FILE, paper=replace(FILE.paper, title="Its older title", pdf_url=f"{ARXIV_PDFS}2003.11080v1"))
OTHER = holding("2104.07412v1", Source.ARXIV, ReadFrom.ABSTRACT, "XTREME-R: Towards More Challenging Evaluation")


@pytest.mark.parametrize(
    ("held", "kept"),
    [
        ([FILE, WHOLE, OTHER], [WHOLE, OTHER]),
        ([WHOLE, FILE, OTHER], [WHOLE, OTHER]),
        ([FILE, ABSTRACT, OTHER], [FILE, OTHER]),
        ([STAMPED, ABSTRACT, OTHER], [STAMPED, OTHER]),
        ([STAMPED, WHOLE, OTHER], [WHOLE, OTHER]),
        ([OTHER, FILE], [OTHER, FILE]),
        ([], []),
    ],
)
def test_of_one_paper_what_was_read_whole_is_kept(held: list[Holding], kept: list[Holding]) -> None:
    parts: Any = SimpleNamespace(store=SimpleNamespace(papers=SimpleNamespace(holdings=lambda: held)))
    assert held_papers(cast(Parts, parts)) == tuple(one.paper for one in kept)


@pytest.mark.parametrize("bound", [{"since": "2019"}, {"until": "2021"}])
def test_a_paper_without_a_date_fits_no_span_of_days(bound: dict[str, Any]) -> None:
    parts: Any = SimpleNamespace(store=SimpleNamespace(papers=SimpleNamespace(holdings=lambda: [FILE])))
    assert FILE.paper in offline_papers(report_options(offline=True), cast(Parts, parts))[0]
    assert FILE.paper not in offline_papers(report_options(offline=True, **bound), cast(Parts, parts))[0]


def pdf(place: Path, stamp: str = "", line: str = "") -> Path:
    """A page with a title, a stamp in its margin and a line in its running text."""
    press = Press().new_page().put(120, 80, "A Study of Small and Large Models", 16, bold=True)
    if stamp:
        press.put(32, 560, stamp, 20, rotate=90)
    press.column(120, 180, (*LEFT, line))
    return press.save(place)


@pytest.mark.parametrize(
    ("stamp", "address", "published", "updated", "category"),
    [
        ("arXiv:1906.01502v1  [cs.CL]  4 Jun 2019", "1906.01502v1", (2019, 6, 4), (2019, 6, 4), "cs.CL"),
        ("arXiv:2005.00396v3  [cs.CL]  8 Feb 2021", "2005.00396v3", (2020, 5, 1), (2021, 2, 8), "cs.CL"),
        ("arXiv:hep-th/9711200v3  22 Jan 1998", "hep-th/9711200v3", (1997, 11, 1), (1998, 1, 22), "hep-th"),
        ("arXiv:math/0309136v1  [math.GT]  8 Sep 2003", "math/0309136v1", (2003, 9, 8), (2003, 9, 8), "math.GT"),
    ],
)
def test_a_stamp_dates_a_given_pdf(
    parts: Parts,
    tmp_path: Path,
    stamp: str,
    address: str,
    published: tuple[int, int, int],
    updated: tuple[int, int, int],
    category: str,
) -> None:
    (plain,) = papers_in(pdf(tmp_path / "mine.pdf", stamp))
    (paper,) = given_papers([tmp_path], parts)
    assert (paper.id, paper.source, paper.path) == (plain.id, Source.FILE, plain.path)
    assert (paper.title, paper.arxiv_id) == ("A Study of Small and Large Models", address)
    assert (paper.published, paper.updated) == (dt.date(*published), dt.date(*updated))
    assert (paper.categories, paper.pdf_url) == ((category,), f"https://arxiv.org/pdf/{address}")


def test_the_library_knows_the_authors_of_a_given_pdf(parts: Parts, tmp_path: Path) -> None:
    pdf(tmp_path / "mine.pdf", "arXiv:1906.01502v1  [cs.CL]  4 Jun 2019")
    found = gather("How multilingual is BERT?", report_options(offline=True, pdfs=[tmp_path]), parts).papers
    (one,) = [row.paper for row in found if row.paper.source is Source.FILE]
    assert (one.title, one.authors[0], len(one.authors)) == ("How Multilingual is Multilingual BERT?", "Telmo Pires", 3)
    assert one.arxiv_id == "1906.01502v1"
    assert not [row for row in found if row.paper.id.startswith("1906.01502")], "its digest is no second paper"


@pytest.mark.parametrize(
    ("stamp", "line"),
    [
        ("", ""),
        ("", "arXiv:1906.01502v1 [cs.CL] 4 Jun 2019"),
        ("", "An earlier version is arXiv:1502.01710."),
        ("arXiv:1913.01502v1  [cs.CL]  4 Jun 2019", ""),
        ("1906.01502v1", ""),
    ],
)
def test_nothing_else_dates_a_given_pdf(parts: Parts, tmp_path: Path, stamp: str, line: str) -> None:
    (plain,) = papers_in(pdf(tmp_path / "1906.01502v1.pdf", stamp, line))
    (paper,) = given_papers([tmp_path], parts)
    assert paper == replace(plain, title="A Study of Small and Large Models")


def test_a_title_all_in_capitals_is_set_in_small_letters_and_the_abstract_is_kept(parts: Parts, tmp_path: Path) -> None:
    press = Press().new_page().put(120, 80, "A STUDY OF BERT AND LARGE MODELS", 16, bold=True)
    press.put(140, 140, "Abstract", 11, bold=True).column(120, 160, ("We compare two models of speech.",))
    press.put(120, 200, "1   Introduction", 12, bold=True).column(120, 220, LEFT)
    (paper,) = given_papers([press.save(tmp_path / "caps.pdf")], parts)
    assert paper.title == "A Study of BERT and Large Models"
    assert paper.abstract == "We compare two models of speech."


def test_a_paper_that_was_kept_without_its_stamp_gains_it(make_parts: Callable[[], Parts], tmp_path: Path) -> None:
    path = pdf(tmp_path / "mine.pdf", "arXiv:1906.01502v1  [cs.CL]  4 Jun 2019")
    old = replace(papers_in(path)[0], title="The title that was read then")
    parts = make_parts()
    keep(old, read_pdf(path, old), parts)
    assert held_papers(parts) == (old,)
    (paper,) = given_papers([path], parts)
    assert (paper.title, paper.year, paper.arxiv_id) == ("A Study of Small and Large Models", 2019, "1906.01502v1")
    assert held_papers(parts) == (paper,)
    moved = path.rename(tmp_path / "moved.pdf")
    assert given_papers([moved], make_parts()) == (replace(paper, path=str(moved)),)


def test_categories_fit_however_they_are_typed(parts: Parts) -> None:
    def fit(categories: str | None) -> set[str]:
        return {one.id for one in offline_papers(report_options(offline=True, categories=categories), parts)[0]}

    assert set() < fit("cs.cl") == fit("cs.CL") <= fit("cs.*") <= fit(None)
