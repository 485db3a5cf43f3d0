"""A report in its folder: made or taken from the store, marked with what happened since, written if it differs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from synth.errors import ConfigError, OutputError
from synth.pipeline.found import found_digest, kept_search
from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.pipeline.review import NAME, read_report, with_reviews
from synth.pipeline.synthesize import make_report, run_key
from synth.question import check_question
from synth.report.files import NAMES, write_report
from synth.resources import template_path
from synth.signature import content_key, file_sha256
from synth.text import normalise, slug
from synth.types import Report, Role, Stale


class Outcome(StrEnum):
    """What became of a report that was asked for."""

    MADE = "made"
    """There was none in its folder."""
    REGENERATED = "regenerated"
    """The folder held another one, or a damaged one."""
    UNCHANGED = "unchanged"
    """The folder held these very bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A report in its folder."""

    outcome: Outcome
    folder: Path
    report: Report | None
    """None where the folder already held it and nothing had to be read."""
    from_store: bool
    """Whether the report was computed before."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The report's files."""
        return tuple(self.folder / name for name in NAMES)


def deliver(
    question: str,
    options: ReportOptions,
    parts: Parts,
    folder: Path,
    *,
    date: dt.date | None = None,
    refresh: bool = False,
) -> Delivered:
    """Make the report on a question and write it to a folder, unless the folder holds it already.

    Nothing is computed, asked or written twice: a folder that holds the bytes that would be written is left alone,
    which takes some milliseconds.

    Args:
        question: One research question.
        options: What can change the report's content.
        parts: The concrete parts.
        folder: Where the four files go.
        date: The date line; today, or the day of the stored run, if None.
        refresh: Ask arXiv again even if the store has the report.

    Raises:
        OutputError: If the folder is named after this question and holds the report on another one.
        SynthError: Whatever :func:`synth.pipeline.synthesize.make_report` or
            :func:`synth.report.files.write_report` raises.
    """
    question = check_question(question)
    if not refresh and held(question, options, parts, folder, date):
        return Delivered(outcome=Outcome.UNCHANGED, folder=folder, report=None, from_store=True)
    check_place(question, folder)
    before = digests(folder)
    made = make_report(question, options, parts, date=date, refresh=refresh)
    report = as_it_stands(made.report, parts, earlier=_standing(folder))
    write_report(report, folder)
    after = digests(folder)
    if made.key:
        parts.store.outputs.save(_output_key(made.key, question, parts, date), after)
    outcome = Outcome.MADE if not before else Outcome.UNCHANGED if before == after else Outcome.REGENERATED
    return Delivered(outcome=outcome, folder=folder, report=report, from_store=made.from_store)


def check_place(question: str, folder: Path) -> None:
    """Makes sure, before any long work, that a folder whose name was made from a question has no other one's report.

    A folder of the user's own choosing may hold any report: it is replaced.

    Raises:
        OutputError: If it has one.
    """
    if folder.name != slug(question):
        return
    standing = _standing(folder)
    if standing and _wording(standing.question) != _wording(question):
        raise OutputError(
            f"{folder} holds the report on another question, “{standing.question}”; name another folder (--out)",
            path=str(folder),
        )


def _wording(question: str) -> str:
    """What tells two questions apart: more than the mark at the end."""
    return normalise(question).rstrip("?!. ")


def as_it_stands(report: Report, parts: Parts, *, earlier: Report | None = None) -> Report:
    """The report with what happened since it was made: reviewers' decisions, papers that changed.

    Args:
        report: As it was made.
        parts: The store.
        earlier: The report that stands in the folder: decisions in it that the store does not know go over.
    """
    used = {one.paper.id for one in report.papers if one.role is Role.USED}
    stale = tuple(one for one in parts.store.staleness.all() if one.paper_id in used)
    return with_reviews(dataclasses.replace(report, stale=stale), parts.store, earlier=earlier)


def _standing(folder: Path) -> Report | None:
    """The report that is in a folder; None where there is none, or a damaged one that is about to be replaced."""
    try:
        return read_report(folder).report if (folder / NAME).is_file() else None
    except ConfigError:
        return None


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of the report's files that are in a folder, by name."""
    return {name: file_sha256(folder / name) for name in NAMES if (folder / name).is_file()}


def held(question: str, options: ReportOptions, parts: Parts, folder: Path, date: dt.date | None) -> bool:
    """Whether the folder holds the bytes that would be written, as far as that is known without any work."""
    search = kept_search(question, options, parts)
    if search is None or not folder.is_dir():
        return False
    key = run_key(question, options, found_digest(search), parts)
    wanted = parts.store.outputs.find(_output_key(key, question, parts, date))
    return wanted is not None and wanted == digests(folder)


def _output_key(key: str, question: str, parts: Parts, date: dt.date | None) -> str:
    stale: Sequence[Stale] = parts.store.staleness.all()
    marks = [(one.paper_id, one.newest, one.withdrawn, one.comment, one.seen) for one in stale]
    return content_key(
        "output",
        key,
        date,
        templates_digest(),
        marks,
        [dataclasses.asdict(one) for one in parts.store.reviews.of(normalise(question))],
    )


@cache
def templates_digest() -> str:
    """SHA-256 over the templates and the style sheet, read once a process."""
    return content_key([(path.name, file_sha256(path)) for path in _reporttemplates_digest()])


def _reporttemplates_digest() -> list[Path]:
    return sorted(path for path in template_path().iterdir() if path.name.startswith(("report", "_")))
