"""Cited papers asked after: newer versions and withdrawals, marked in the store and in the reports."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from synth.errors import ConfigError
from synth.pipeline.batch import Done, carry_out, failed
from synth.pipeline.batch_file import Order
from synth.pipeline.delivery import as_it_stands
from synth.pipeline.found import find, keep, kept_search, taken_from
from synth.pipeline.known import options_of
from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.pipeline.review import read_report
from synth.report.files import write_report
from synth.report.standing import rests_on, stale_papers
from synth.sources.ids import base_id
from synth.sources.withdrawal import is_withdrawn
from synth.types import Paper, Report, RetrievedPaper, Role, Source, Stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A report whose papers were asked after."""

    folder: Path
    question: str
    stale: tuple[Stale, ...]
    claims: tuple[int, ...]
    """Numbers of the claims that rest on a stale paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What arXiv says of the papers that reports cite."""

    n_papers: int
    """How many were asked after."""
    reports: tuple[Cited, ...]
    """Every report, stale or not, in order of folder."""
    missing: Mapping[str, str]
    """Papers that arXiv does not give any more, with the reason."""
    unreadable: tuple[str, ...] = ()
    """Report folders that could not be read, with the reason."""
    newest: Mapping[str, Paper] = dataclasses.field(default_factory=dict)
    """The newest record of each paper, by its id without version."""


def refresh(reports: Path, parts: Parts) -> Refreshed:
    """Ask arXiv after all cited papers of the reports below a folder, and mark what has changed.

    The store keeps the answer; every report that rests on a changed paper is written again with the marks, and loses
    marks that hold no more.

    Raises:
        SourceError: If arXiv does not answer; nothing is marked then.
        OutputError: If a report cannot be written.
    """
    found, unreadable = _reports(reports)
    cited = sorted({one.id for report in found.values() for one in _cited(report)})
    bases = sorted({base_id(one) for one in cited})
    parts.progress.step("Asking arXiv after the cited papers", len(bases))
    lookup = parts.source.lookup(bases)
    newest = {base_id(paper.id): paper for paper in lookup.papers}
    today = parts.store.now().date()
    stale = [
        one
        for identifier in cited
        if (now := newest.get(base_id(identifier))) and (one := _stale(identifier, now, today))
    ]
    parts.store.staleness.save([one for one in cited if base_id(one) in newest], stale)
    rows = []
    for folder, report in found.items():
        marked = as_it_stands(report, parts)
        if marked != report:
            write_report(marked, folder)
        rows.append(_row(folder, marked))
    return Refreshed(
        n_papers=len(bases),
        reports=tuple(rows),
        missing=dict(sorted(lookup.missing.items())),
        unreadable=unreadable,
        newest=newest,
    )


def regenerate(refreshed: Refreshed, parts: Parts) -> tuple[Done, ...]:
    """Make the stale reports again, on the newest versions and without what was withdrawn.

    Nothing else is searched for: only what touches a changed paper is read and checked anew. A report that cannot be
    made costs no other.
    """
    return tuple(_again(one, refreshed.newest, parts) for one in refreshed.reports if one.stale)


def _again(one: Cited, newest: Mapping[str, Paper], parts: Parts) -> Done:
    order = Order(place=str(one.folder), question=one.question, options=ReportOptions(), folder=one.folder)
    try:
        report = read_report(one.folder).report
        order = dataclasses.replace(order, options=options_of(report, parts))
        kept = kept_search(one.question, order.options, parts) is not None
        found = find(one.question, order.options, parts) if kept else taken_from(report, parts.store.now())
        papers = tuple(_renewed(row, one.stale, newest) for row in found.gathered.papers)
        gathered = dataclasses.replace(found.gathered, papers=papers)
        keep(one.question, order.options, gathered, parts, made=found.made)
    except Exception as error:  # noqa: BLE001  # as in carry_out
        return failed(order, error)
    return carry_out(order, parts)


def _renewed(row: RetrievedPaper, stale: Sequence[Stale], newest: Mapping[str, Paper]) -> RetrievedPaper:
    """A row with the newest version of its paper; a withdrawn one is screened out, a digest stays what it is."""
    mark = next((one for one in stale if one.paper_id == row.paper.id), None)
    if mark is None or row.paper.source is not Source.ARXIV:
        return row
    if mark.withdrawn:
        comment = f": {mark.comment}" if mark.comment else ""
        return dataclasses.replace(row, role=Role.SCREENED_OUT, reason=f"withdrawn from arXiv{comment}")
    return dataclasses.replace(row, paper=newest[base_id(row.paper.id)])


def _reports(folder: Path) -> tuple[dict[Path, Report], tuple[str, ...]]:
    if not folder.is_dir():
        raise ConfigError(f"{folder} is no folder; name the folder of the reports with --reports")
    found: dict[Path, Report] = {}
    unreadable = []
    for path in sorted(folder.glob("*/report.json")):
        try:
            found[path.parent] = read_report(path).report
        except ConfigError as error:
            unreadable.append(str(error))
    return found, tuple(unreadable)


def _cited(report: Report) -> tuple[Paper, ...]:
    return tuple(one.paper for one in report.papers if one.role is Role.USED and one.paper.source is not Source.FILE)


def _stale(cited: str, now: Paper, today: dt.date) -> Stale | None:
    withdrawn = is_withdrawn(now)
    newer = now.id if now.id != cited else None
    if newer is None and not withdrawn:
        return None
    return Stale(paper_id=cited, newest=newer, withdrawn=withdrawn, seen=today, comment=now.comment)


def _row(folder: Path, report: Report) -> Cited:
    papers = stale_papers(report)
    numbers = tuple(row.number for row in report.claims if rests_on(row, papers))
    return Cited(folder=folder, question=report.question, stale=report.stale, claims=numbers)
