"""Every report that a reports folder or the store knows, as orders to make it again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from synth.errors import ConfigError
from synth.pipeline.batch_file import Order, Refused
from synth.pipeline.gather import is_given
from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.question import check_question
from synth.report.export import report_from_json
from synth.store.runs import Run
from synth.text import normalise, slug
from synth.types import Paper, Report


def known_reports(folder: Path, parts: Parts, *, date: dt.date | None = None) -> tuple[Order | Refused, ...]:
    """The reports below a folder, and those whose questions only the store has; each folder once, in order of its name.

    A report is made again under the options that it names itself; one of schema version 1, which names none, under
    the defaults.

    Args:
        folder: A folder of report folders; it need not exist.
        parts: The store, and the places of local PDFs.
        date: The date line of all; None leaves it to each.
    """
    found: dict[Path, Order | Refused] = {}
    for path in sorted(folder.glob("*/report.json")) if folder.is_dir() else []:
        found[path.parent] = _of_folder(path, parts)
    questions = {normalise(one.question) for one in found.values()}
    runs = [run for run in parts.store.runs.runs() if normalise(run.question) not in questions]
    stored = {folder / slug(run.question): run for run in runs}  # oldest first: the latest stands
    for place in stored.keys() - found.keys():
        found[place] = _of_run(stored[place], place, parts)
    ordered = [found[place] for place in sorted(found)]
    return tuple(replace(one, date=date) if isinstance(one, Order) else one for one in ordered)


def options_of(report: Report, parts: Parts) -> ReportOptions:
    """The options under which a report was made.

    Raises:
        ConfigError: If it rests on PDFs that were given to it and are not where they were read.
    """
    asked = report.asked
    given = [one.paper for one in report.papers if is_given(one)] if asked is None or asked.n_pdfs else []
    pdfs = tuple(sorted(local_pdf(paper, parts) for paper in given))
    if asked is None:
        return ReportOptions(offline=report.offline, pdfs=pdfs)
    return ReportOptions(
        n_papers=asked.n_papers,
        n_claims=asked.n_claims,
        offline=asked.offline,
        pdfs=pdfs,
        since=asked.since,
        until=asked.until,
        categories=asked.categories,
    )


def local_pdf(paper: Paper, parts: Parts) -> Path:
    """Where a local PDF lies.

    Raises:
        ConfigError: If it is not where it was read.
    """
    known = parts.store.papers.paper(paper.id)
    if known is None or known.path is None or not Path(known.path).is_file():
        raise ConfigError(
            f"it rests on a local PDF, {paper.id} ({paper.title}), that is not where it was read;"
            " name it in a file of questions, with pdfs:"
        )
    return Path(known.path)


def _of_folder(path: Path, parts: Parts) -> Order | Refused:
    place = str(path.parent)
    try:
        report = report_from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, RecursionError, ConfigError) as error:
        return Refused(place=place, question="", reason=f"{path}: {error}")
    return _order(report, place, path.parent, parts)


def _of_run(run: Run, folder: Path, parts: Parts) -> Order | Refused:
    try:
        return _order(report_from_json(run.report), "the store", folder, parts)
    except ConfigError as error:
        return Refused(place="the store", question=run.question, reason=str(error))


def _order(report: Report, place: str, folder: Path, parts: Parts) -> Order | Refused:
    try:
        question, options = check_question(report.question), options_of(report, parts)
    except ConfigError as error:
        return Refused(place=place, question=report.question, reason=str(error))
    return Order(place=place, question=question, options=options, folder=folder)
