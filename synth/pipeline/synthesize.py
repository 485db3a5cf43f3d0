"""One report, from the question to all that a template sees."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass

from synth import __version__
from synth.claims.select import select
from synth.pipeline.checking import Checked, check
from synth.pipeline.found import Found, find, searched_on
from synth.pipeline.gather import Gathered, is_given
from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.pipeline.reading import Reading, read_all
from synth.question import check_question, phrases, title_of
from synth.report.answer import answer
from synth.report.compose import abstract
from synth.report.coverage import facets
from synth.report.export import report_from_json, report_to_json
from synth.report.quality import overall, redated, reviews
from synth.retrieval.fusion import NAME
from synth.signature import code_signature, content_key, signature_line
from synth.store.runs import Run
from synth.text import collapse
from synth.types import Asked, Report, Role, Source
from synth.verification.evidence import DEPTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A report, and whether the store had it."""

    report: Report
    key: str | None
    """The run's content key; None where a passing fault kept the run from being stored."""
    from_store: bool


def make_report(
    question: str, options: ReportOptions, parts: Parts, *, date: dt.date | None = None, refresh: bool = False
) -> Made:
    """Make the report on a question, or take it from the store if nothing that went into it has changed.

    Args:
        question: One research question.
        options: What can change the report's content.
        parts: The concrete parts.
        date: The report's date line; today, or the day of the stored run, if None.
        refresh: Ask arXiv again even if the store has the report.

    Raises:
        ConfigError: If the question cannot be used.
        SourceError: If arXiv does not answer.
        ModelError: If a model is missing or damaged.
        StoreError: If the store cannot be used.
    """
    question = check_question(question)
    found = find(question, options, parts, refresh=refresh)
    key = run_key(question, options, found.digest, parts)
    stored = parts.store.runs.find(key)
    if stored:
        report = _as_of(date or stored.made.date(), report_from_json(stored.report), found)
        return Made(report=report, key=key, from_store=True)
    now = parts.store.now()
    report, checked, complete = synthesise(question, options, found.gathered, parts, now.date())
    if complete:
        run = Run(
            key=key,
            question=question,
            made=now,
            signature=report.signature,
            report=report_to_json(report),
        )
        parts.store.runs.save(run, settings=settings_json(options), checked=checked.claims, evidence=checked.evidence)
    report = _as_of(date or now.date(), report, found)
    return Made(report=report, key=key if complete else None, from_store=False)


def synthesise(
    question: str, options: ReportOptions, gathered: Gathered, parts: Parts, date: dt.date
) -> tuple[Report, Checked, bool]:
    """The way from papers to the report: read, choose claims, check, compose. Nothing is searched for.

    Returns:
        The report, what was checked, and whether everything could be read (False after a passing fault).
    """
    reading = read_all(gathered.papers, gathered.digests, parts, offline=options.offline)
    parts.progress.step("Choosing the claims")
    claims = select(
        question,
        parts.encoder.encode([question])[0],
        [one for one in reading.papers if one.paper.id in reading.documents],
        reading.documents,
        reading.drafts,
        parts.encoder,
        parts.scorer,
        n=options.n_claims,
    )
    checked = check(claims, reading.passages, parts)
    return compose(question, options, gathered, reading, checked, parts, date), checked, reading.complete


def compose(
    question: str,
    options: ReportOptions,
    gathered: Gathered,
    reading: Reading,
    checked: Checked,
    parts: Parts,
    date: dt.date,
) -> Report:
    """All that a template sees, from what the steps found. Touches nothing but the calibrator's summary."""
    titles = {one.paper.id: one.paper.title for one in reading.papers if one.role is Role.USED}
    parts_of_question = facets(question, phrases(question), reading.documents, titles=titles)
    found = answer(question, parts_of_question, checked.claims, reading.papers)
    scores = reviews(found.facets, checked.claims, reading.papers, date)
    local = bool(reading.papers) and all(one.paper.source is not Source.ARXIV for one in reading.papers)
    return Report(
        question=question,
        title=title_of(question),
        date=date,
        setting=_setting(options, parts),
        offline=options.offline or local,
        abstract=abstract(question, checked.claims, reading.papers, found),
        answer=found,
        papers=reading.papers,
        claims=checked.claims,
        passages=checked.quoted(reading.passages),
        reviews=scores,
        quality=overall(scores),
        calibration=parts.calibrators.stated.summary if parts.calibrators else None,
        signature=signature_line(_choices(parts)),
        queries=gathered.queries,
        notes=gathered.notes,
        asked=Asked(
            n_papers=options.n_papers,
            n_claims=options.n_claims,
            offline=options.offline,
            risk=parts.settings.risk,
            n_pdfs=sum(map(is_given, gathered.papers)),
            since=options.since,
            until=options.until,
            categories=options.categories,
        ),
    )


def run_key(question: str, options: ReportOptions, found: str, parts: Parts) -> str:
    """The content key of all that goes into a report: the same key, the same report.

    Args:
        question: A checked question.
        options: The options.
        found: Digest of what the search found, papers with their versions.
        parts: Models, calibrator, risk.
    """
    # "US" and "us" ask for different things, so capitals count
    return content_key("run", collapse(question), settings_json(options), found, _choices(parts), parts.settings.risk)


def _as_of(day: dt.date, report: Report, found: Found) -> Report:
    """A report on a day; a reader is told where its search is older. What is stored holds neither, for any day asks."""
    report = redated(report, day)
    offline = report.asked is not None and report.asked.offline
    if offline or found.made.date() >= day:
        return report
    return dataclasses.replace(report, notes=(*report.notes, searched_on(found.made.date())))


def _choices(parts: Parts) -> dict[str, object]:
    return {
        "code": code_signature(),
        "sparse": "bm25plus",
        "dense": parts.encoder.signature,
        "fuse": NAME,
        "depth": DEPTH,
        "claims": parts.scorer.signature,
        "nli": parts.nli.signature,
        "cal": parts.calibrator_key,
        "facts": parts.facts_key,
    }


def _setting(options: ReportOptions, parts: Parts) -> str:
    if options.offline:
        where = "offline, on the embedded library of digests and the papers read before"
    else:
        where = "on papers from arXiv"
    files = " and local PDFs" if options.pdfs else ""
    return f"Synth {__version__}, {where}{files}; verifier {parts.nli.signature.partition('@')[0]}"


def settings_json(options: ReportOptions) -> str:
    """The options as JSON, without local PDFs: their bytes are in the key of the search, their places nowhere."""
    values = dataclasses.asdict(options)
    del values["pdfs"]
    return json.dumps(values, sort_keys=True, default=str)
