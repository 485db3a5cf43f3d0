"""The papers of a question, from the store where the search was done before: arXiv is asked once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from synth.pipeline.gather import PER_QUERY, Gathered, gather
from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.report.coding import decode, encode
from synth.resources import data_path
from synth.signature import content_key, source_signature
from synth.sources.digests import read_library
from synth.sources.files import papers_in
from synth.store.searches import Search
from synth.text import collapse
from synth.types import Paper, Report, RetrievedPaper, Source

_SEARCHED = "The papers were searched for on "


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found, and when."""

    gathered: Gathered
    digest: str
    """SHA-256 of all that was found: with the question and the models, the identity of a report."""
    made: dt.datetime
    """UTC, without a zone."""


def find(question: str, options: ReportOptions, parts: Parts, *, refresh: bool = False) -> Found:
    """The papers for a question, searched for only if the store has no such search.

    Args:
        question: A checked question.
        options: What can change the search.
        parts: The concrete parts.
        refresh: Ask again, and keep the new answer.

    Raises:
        ConfigError: If the question cannot be searched, or a folder holds no PDF.
        SourceError: If arXiv does not answer.
    """
    kept = None if refresh else kept_search(question, options, parts)
    if kept:
        return Found(gathered=_read_back(kept.body, options, parts), digest=_digest(kept.body), made=kept.made)
    parts.preload()
    gathered = gather(question, options, parts)
    return Found(gathered=gathered, digest=keep(question, options, gathered, parts), made=parts.store.now())


def kept_search(question: str, options: ReportOptions, parts: Parts) -> Search | None:
    """The search of the store for this question and these options, if there is one."""
    return parts.store.searches.find(search_key(question, options, parts))


def keep(
    question: str, options: ReportOptions, gathered: Gathered, parts: Parts, *, made: dt.datetime | None = None
) -> str:
    """Keep a search that found something; gives the digest of what it found.

    A search that found nothing is not kept: the next run asks again, as soon as arXiv's manual allows.

    Args:
        question: A checked question.
        options: What can change the search.
        gathered: What it found.
        parts: The concrete parts.
        made: When arXiv was asked, UTC; now, if None.
    """
    body = _body(gathered)
    if gathered.papers:
        key = search_key(question, options, parts)
        parts.store.searches.save(Search(key=key, question=question, made=made or parts.store.now(), body=body))
    return _digest(body)


def searched_on(day: dt.date) -> str:
    """What a reader is told of a search that is older than the report."""
    return f"{_SEARCHED}{day.isoformat()}; newer ones are not in it (--refresh asks again)."


def taken_from(report: Report, now: dt.datetime) -> Found:
    """The search behind a report, as the report tells of it.

    Args:
        report: The report.
        now: UTC, without a zone; a search is no younger, whatever date line a report was given.
    """
    told = [note for note in report.notes if note.startswith(_SEARCHED)]
    day = dt.date.fromisoformat(told[0].removeprefix(_SEARCHED)[:10]) if told else report.date
    digests = library_bodies() if any(one.paper.source is Source.DIGEST for one in report.papers) else {}
    notes = tuple(note for note in report.notes if note not in told)
    gathered = Gathered(papers=report.papers, digests=digests, queries=report.queries, notes=notes)
    made = min(now, dt.datetime.combine(day, dt.time()))
    return Found(gathered=gathered, digest=_digest(_body(gathered)), made=made)


def found_digest(search: Search) -> str:
    """The digest of what a search found, without reading it back."""
    return _digest(search.body)


def search_key(question: str, options: ReportOptions, parts: Parts) -> str:
    """The content key of all that goes into a search but arXiv's own answers.

    Raises:
        ConfigError: If a given place holds no PDF that can be read.
    """
    asked = dataclasses.replace(options, pdfs=(), n_claims=1)  # which claims are shown changes no search
    return content_key(
        "search",
        collapse(question),
        dataclasses.asdict(asked),
        sorted(paper.id for paper in papers_in(options.pdfs)),  # hashes of their bytes
        parts.library_digest if options.offline else "",
        parts.store.papers.held() if options.offline else [],
        parts.encoder.signature,
        PER_QUERY,
        source_signature(),
        "" if options.offline else parts.settings.arxiv_url,
    )


def library_bodies() -> Mapping[str, str]:
    """The bodies of all embedded digests, by paper id."""
    return {paper.id: body for paper, body in read_library(data_path("library"))}


def _body(gathered: Gathered) -> str:
    value = {"papers": encode(gathered.papers), "queries": list(gathered.queries), "notes": list(gathered.notes)}
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _read_back(body: str, options: ReportOptions, parts: Parts) -> Gathered:
    value: dict[str, Any] = json.loads(body)
    papers: tuple[RetrievedPaper, ...] = decode(tuple[RetrievedPaper, ...], value["papers"], "the kept search")
    places = {paper.id: paper.path for paper in papers_in(options.pdfs)} if options.pdfs else {}
    papers = tuple(dataclasses.replace(one, paper=_placed(one.paper, places, parts)) for one in papers)
    digests = library_bodies() if any(one.paper.source is Source.DIGEST for one in papers) else {}
    return Gathered(papers=papers, digests=digests, queries=tuple(value["queries"]), notes=tuple(value["notes"]))


def _placed(paper: Paper, places: Mapping[str, str | None], parts: Parts) -> Paper:
    """A local paper with the place of its file, which is kept out of what is written."""
    if paper.source is not Source.FILE:
        return paper
    known = parts.store.papers.paper(paper.id) if paper.id not in places else None
    return dataclasses.replace(paper, path=known.path if known else places.get(paper.id))
