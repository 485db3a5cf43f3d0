"""From a question to the papers that will be read, with what became of every other one."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from synth.claims.mention import in_title_case
from synth.errors import ConfigError, DocumentError
from synth.parsing.reader import FrontMatter, read_front_matter
from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.resources import data_path
from synth.sources.digests import read_library
from synth.sources.files import papers_in
from synth.sources.ids import month, parse_arxiv_id, version
from synth.sources.merge import completed, merge, without_copies
from synth.sources.plan import plan, widen
from synth.sources.query import Query
from synth.sources.screening import GIVEN, screen
from synth.types import ARXIV_PDFS, Paper, ReadFrom, RetrievedPaper, Role, Source

PER_QUERY = 100
"""Records asked per query: the broad ones find the useful papers late (measured: docs/decisions/0006)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The papers of one question."""

    papers: tuple[RetrievedPaper, ...]
    """Used ones first, by relevance."""
    digests: Mapping[str, str]
    """Bodies of the digests among them, by paper id."""
    queries: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def gather(question: str, options: ReportOptions, parts: Parts) -> Gathered:
    """Find and screen the papers for a question.

    Raises:
        ConfigError: If the question cannot be searched, or a folder holds no PDF.
        SourceError: If arXiv does not answer.
    """
    given = given_papers(options.pdfs, parts)
    digests: dict[str, str] = {}
    queries: tuple[str, ...] = ()
    notes: list[str] = []
    if options.offline:
        found, digests = offline_papers(options, parts)
    else:
        found, queries, notes = _search(question, options, parts)
    if given:
        given = completed(given, [*found, *(paper for paper, _ in read_library(data_path("library")))])
    found = without_copies(found, given)
    parts.progress.step("Ranking the papers")
    screened = screen(question, found, parts.encoder, keep=max(options.n_papers, 1), given=given)
    order = {Role.USED: 0, Role.SCREENED_OUT: 1, Role.SKIPPED: 2}
    papers = sorted(screened, key=lambda one: (order[one.role], -one.relevance, one.paper.id))
    return Gathered(papers=tuple(papers), digests=digests, queries=queries, notes=tuple(notes))


def given_papers(paths: Sequence[Path], parts: Parts) -> tuple[Paper, ...]:
    """The papers of PDF files and folders, with what their first pages show: the title, and arXiv's stamp if any."""
    if not paths:
        return ()
    papers = papers_in(paths)
    parts.progress.step("Looking at the given PDFs", len(papers))
    seen = []
    for paper in papers:
        seen.append(_seen(paper, parts))
        parts.progress.advance()
    return tuple(seen)


def is_given(one: RetrievedPaper) -> bool:
    """Whether the user gave this paper as a file and it can be read; one of the library was not given."""
    return one.role is Role.USED and one.reason.startswith(GIVEN)


def held_papers(parts: Parts) -> tuple[Paper, ...]:
    """The papers of the store, each once: of one under two ids what was read whole, arXiv's if both were."""
    holdings = parts.store.papers.holdings()
    kept: list[Paper] = []
    for one in sorted(holdings, key=lambda one: (one.read_from is not ReadFrom.PDF, one.paper.source is Source.FILE)):
        kept += without_copies([one.paper], kept)
    ids = {paper.id for paper in kept}
    return tuple(one.paper for one in holdings if one.paper.id in ids)


def offline_papers(options: ReportOptions, parts: Parts) -> tuple[tuple[Paper, ...], dict[str, str]]:
    """The embedded digests and all that the store has read; a paper itself goes before its digest."""
    holdings = held_papers(parts)
    bodies = {paper.id: (paper, body) for paper, body in read_library(data_path("library"))}
    whole = [paper for paper in holdings if paper.source is not Source.DIGEST]
    digests = without_copies([paper for paper, _ in bodies.values()], whole)
    papers = merge([holdings, digests])
    fit = tuple(paper for paper in papers if _fits(paper, options))
    return fit, {paper.id: bodies[paper.id][1] for paper in digests}


def _search(
    question: str, options: ReportOptions, parts: Parts
) -> tuple[tuple[Paper, ...], tuple[str, ...], list[str]]:
    since, until, categories = options.since, options.until, options.categories
    first = plan(question, since=since, until=until, categories=categories)
    asked: list[Query] = []
    answers: list[Sequence[Paper]] = []
    parts.progress.step("Searching arXiv", len(first))

    def ask(queries: Sequence[Query]) -> None:
        for query in queries:
            if query.text not in {one.text for one in asked}:
                answers.append(parts.source.search(query.text, limit=PER_QUERY))
                asked.append(query)
            parts.progress.advance()

    ask(first)
    best = screen(question, merge(answers), parts.encoder, keep=options.n_papers)
    more = widen(question, [one.paper for one in best], since=since, until=until, categories=categories)
    if more:
        parts.progress.step("Searching arXiv with words of the first results", len(more))
        ask(more)
    papers = merge(answers)
    notes = [] if papers else ["arXiv's search found no paper for any of the queries."]
    return papers, tuple(query.text for query in asked), notes


def _fits(paper: Paper, options: ReportOptions) -> bool:
    day = paper.published
    if options.since and (day is None or day < options.since):
        return False
    if options.until and (day is None or day > options.until):
        return False
    wanted = options.categories
    return not wanted or any(
        category == name or (name.endswith(".*") and category.startswith(name[:-1]))
        for category in paper.categories
        for name in wanted
    )


def _seen(paper: Paper, parts: Parts) -> Paper:
    """A PDF's paper as the store knows it; looked at again for what was not always kept: stamp, abstract, authors."""
    known = parts.store.papers.paper(paper.id)
    if known is None:
        return _looked_at(paper)
    known = dataclasses.replace(known, path=paper.path)
    if known.arxiv_id is None or not known.abstract or not known.authors:
        found = _looked_at(paper)
        if found is not paper and found != known:
            known = found
            parts.store.papers.save_papers([known])
    return known


def _looked_at(paper: Paper) -> Paper:
    """A PDF with its own title and authors; one that cannot be read keeps its file's name, and is told of later on."""
    if paper.path is None:
        raise ConfigError(f"{paper.id} has no file")
    try:
        front = read_front_matter(Path(paper.path))
    except DocumentError:
        return paper
    title = in_title_case(front.title) or paper.title
    return _stamped(dataclasses.replace(paper, title=title, authors=front.authors, abstract=front.abstract), front)


def _stamped(paper: Paper, front: FrontMatter) -> Paper:
    """The paper with all that arXiv's stamp proves; a stamp with an id that arXiv never gave proves nothing."""
    stamp = front.stamp
    if stamp is None:
        return paper
    try:
        identifier = parse_arxiv_id(stamp.arxiv_id)
    except ConfigError:
        return paper
    first = stamp.day if version(identifier) == 1 else min(stamp.day, month(identifier))
    return dataclasses.replace(
        paper,
        published=first,
        updated=stamp.day,
        categories=(stamp.category,),
        pdf_url=f"{ARXIV_PDFS}{identifier}",
    )
