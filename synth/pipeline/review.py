"""Reviews joined: a report from its folder, the decisions from the store, and both written together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from synth.errors import ConfigError
from synth.parsing.passages import passages
from synth.parsing.plain import read_digest
from synth.parsing.serialise import document_from_json
from synth.report.export import report_from_json
from synth.report.files import write_report
from synth.resources import data_path
from synth.review.carrying import Carried, carried, with_notes
from synth.review.decisions import Seen, seen
from synth.review.desk import Desk
from synth.sources.digests import read_library
from synth.store.store import Store
from synth.text import collapse, normalise
from synth.types import Document, Origin, Paper, Passage, ReadFrom, Report

NAME = "report.json"
MAX_BYTES = 200_000_000
NEAREST = 3
"""Passages shown for a claim without evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A report as it was read from the disk."""

    report: Report
    file: Path


def read_report(place: Path) -> Named:
    """The report in a folder, or in a ``report.json``.

    Raises:
        ConfigError: If there is none, or it is damaged, too large or of a newer version.
    """
    file = place / NAME if place.is_dir() else place
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{file} has more than {MAX_BYTES // 10**6} MB; expected a report.json that synth wrote")
        report = report_from_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(
            f"{place} holds no report ({error.strerror}); expected a folder that synth report wrote, or its {NAME}"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file} is no UTF-8 text; expected a report.json that synth wrote") from error
    except RecursionError as error:
        raise ConfigError(f"{file} is nested too deeply; expected a report.json that synth wrote") from error
    except ConfigError as error:
        raise ConfigError(f"{file}: {error}") from error
    known = {passage.id for passage in report.passages}
    named = [piece.passage_id for row in report.claims for piece in row.verdict.evidence]
    if absent := next((name for name in named if name not in known), None):
        raise ConfigError(f"{file}: the evidence names the passage {absent}, which is not there; the file is damaged")
    return Named(report=report, file=file)


def with_reviews(report: Report, store: Store, *, earlier: Report | None = None) -> Report:
    """The report with every decision that holds for it: on the same claim, with the same label and evidence.

    One query; where nobody has decided anything, the very same report comes back.

    Args:
        report: As it was made, or as it was read.
        store: Where the decisions are.
        earlier: The report that stands where this one is to be written: what colleagues decided in it, and the store
            does not know of, goes over to the rows that are the same.

    Raises:
        StoreError: If the store cannot be read.
    """
    return with_notes(report, store.reviews.of(normalise(report.question)), earlier=earlier)


def review_of(report: Report, store: Store) -> Carried:
    """What holds, what is overtaken and what is gone of all decisions on a report."""
    return carried(report, store.reviews.of(normalise(report.question)))


def reviewed_rows(reports: Sequence[Report], store: Store) -> tuple[tuple[Report, tuple[Seen, ...]], ...]:
    """Reports with their rows as reviewers left them."""
    return tuple((report, seen(with_reviews(report, store))) for report in reports)


def desk_for(report: Report, reviewer: str, store: Store, *, only: str | None = None, restart: bool = False) -> Desk:
    """A reviewer before a report, with all that was decided before; every act is stored at once.

    Raises:
        ConfigError: If ``only`` names no group of claims.
        StoreError: If the store cannot be used.
    """
    stored = store.reviews.of(normalise(report.question))
    return Desk(report, reviewer, stored, save=store.reviews.add, now=store.now, only=only, restart=restart)


def write_reviewed(file: Path, store: Store) -> tuple[Path, ...]:
    """Write a report's files again with the decisions that hold; nothing where they are in it already.

    The report is read anew: whoever made it again meanwhile keeps what was made.

    Raises:
        ConfigError: If the report is not there any more, or damaged.
        OutputError: If the files cannot be written.
    """
    found = read_report(file).report
    now = with_reviews(found, store)
    return () if now is found else write_report(now, file.parent)


class Surroundings:
    """What a report does not show of its papers, as far as the store has read them or the digests are at hand."""

    def __init__(self, report: Report, store: Store) -> None:
        self._store = store
        self._weighed = store.reviews.weighed(report.question, report.signature)
        self._digests = {one.paper.id for one in report.papers if one.read_from is ReadFrom.DIGEST}
        self._read: dict[str, tuple[Document, dict[str, Passage]] | None] = {}

    def around(self, place: Passage | Origin) -> tuple[str, str]:
        """The sentence before a place and the one behind it, within its section; empty where they are not known."""
        read = self._paper(place.paper_id)
        words = place.text if isinstance(place, Passage) else place.verbatim
        if read is None or collapse(read[0].text[place.start : place.end]) != collapse(words):
            return "", ""  # not read, or read by another version
        near = [one for one in read[0].sentences if one.section == place.section]
        before = [one.text for one in near if one.end <= place.start]
        after = [one.text for one in near if one.start >= place.end]
        return (before[-1] if before else ""), (after[0] if after else "")

    def nearest(self, claim_id: str) -> tuple[Passage, ...]:
        """The first passages that were weighed for a claim."""
        found = []
        for passage_id in self._weighed.get(claim_id, ()):
            read = self._paper(passage_id.partition("#")[0])
            if read and passage_id in read[1]:
                found.append(read[1][passage_id])
        return tuple(found[:NEAREST])

    def _paper(self, paper_id: str) -> tuple[Document, dict[str, Passage]] | None:
        if paper_id not in self._read:
            found = self._digest(paper_id) if paper_id in self._digests else self._stored(paper_id)
            self._read[paper_id] = (found[0], {passage.id: passage for passage in found[1]}) if found else None
        return self._read[paper_id]

    def _stored(self, paper_id: str) -> tuple[Document, tuple[Passage, ...]] | None:
        key = self._store.papers.document_key(paper_id)
        found = self._store.papers.document(key) if key else None
        with suppress(ValueError):  # a document of another version: the report's own quotes must do
            return (document_from_json(found[0]), found[1]) if found else None
        return None

    def _digest(self, paper_id: str) -> tuple[Document, tuple[Passage, ...]] | None:
        paper, body = self._library.get(paper_id, (None, ""))
        if paper is None:
            return None
        document = read_digest(paper, body)
        return document, passages(document)

    @cached_property
    def _library(self) -> dict[str, tuple[Paper, str]]:
        return {paper.id: (paper, body) for paper, body in read_library(data_path("library"))}
