"""Results as text for a reader and as JSON for a program. Pure: values in, text out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from synth.pipeline.doctor import Check
from synth.pipeline.gather import Gathered
from synth.pipeline.library import Added
from synth.pipeline.verify import Verified
from synth.report.export import claims_csv
from synth.report.wording import LABELS, count, mark
from synth.store.papers import Holding
from synth.types import (
    CheckedClaim,
    Document,
    Evidence,
    Label,
    Paper,
    Passage,
    Report,
    RetrievedPaper,
    Role,
    Stance,
    Verdict,
)
from synth.verification.calibration import Calibrator, Calibrators

EVEN = 0.5
"""Below this confidence a label is more likely wrong than right, though each of the others is likelier wrong still."""


def report_summary(report: Report, written: Sequence[Path], *, from_store: bool) -> str:
    """What a reader wants to know when the report is there."""
    used = sum(one.role is Role.USED for one in report.papers)
    verified = sum(row.verdict.verified for row in report.claims)
    lines = [
        report.title,
        report.answer.summary,
        f"{count(len(report.papers), 'paper')} retrieved, {used} read; {count(len(report.claims), 'claim')},"
        f" {verified} verified; quality {report.quality:.1f}/10.",
    ]
    if from_store:
        lines.append("Nothing has changed since this report was made, so it came from the store; --refresh asks again.")
    return "\n".join([*lines, *(f"  {path}" for path in written)])


def search_text(gathered: Gathered) -> str:
    """The ranked papers, two lines each."""
    lines = [f"Asked: {query}" for query in gathered.queries]
    lines += [f"Note: {note}" for note in gathered.notes]
    for number, one in enumerate(gathered.papers, start=1):
        lines.append(f"{number:3}  {_role(one)}  {one.paper.id}  {one.paper.title} ({_by(one.paper)})")
        lines.append(f"     {one.reason}")
    if not gathered.papers:
        lines.append("No paper was found; try other words, or fewer of them.")
    return "\n".join(lines)


def search_json(gathered: Gathered) -> str:
    """The ranked papers as JSON."""
    return as_json({"queries": gathered.queries, "notes": gathered.notes, "papers": gathered.papers})


def verified_text(verified: Verified) -> str:
    """Each claim with its label, the reason and the quotes."""
    passages = {one.id: one for one in verified.passages}
    papers = {one.id: one for one in verified.papers}
    blocks = [_verdict_text(row, passages, papers) for row in verified.claims]
    if verified.calibration is None:
        blocks.append("No calibrator fits this verifier, so no confidence is given and nothing gets a check mark.")
    return "\n\n".join(blocks)


def verified_json(verified: Verified) -> str:
    """The verdicts as JSON."""
    return as_json(
        {
            "claims": verified.claims,
            "passages": verified.passages,
            "n_papers": len(verified.papers),
            "calibration": verified.calibration,
            "calibration_short": verified.calibration_short,
            "notes": verified.notes,
        }
    )


def verified_csv(verified: Verified) -> str:
    """The verdicts in the columns of a report's claims.csv."""
    return claims_csv(verified)


def added_text(added: Sequence[Added]) -> str:
    """One line for each paper that was to be added."""
    return "\n".join(
        f"added    {one.paper.id}  {one.paper.title}  ({count(one.n_sentences, 'sentence')})"
        + (f"\n         {one.trouble}" if one.trouble else "")
        if one.paper
        else f"skipped  {one.name}: {one.trouble}"
        for one in added
    )


def added_json(added: Sequence[Added]) -> str:
    """What became of each paper, as JSON."""
    return as_json({"papers": added})


def holdings_text(holdings: Sequence[Holding]) -> str:
    """One line for each paper of the library."""
    if not holdings:
        return "The library is empty; `synth library add` reads PDFs and arXiv papers into it."
    return "\n".join(
        f"{one.paper.id}  {one.paper.title} ({_by(one.paper)}); from its {one.read_from.value},"
        f" {count(one.n_passages, 'passage')}"
        for one in holdings
    )


def holdings_json(holdings: Sequence[Holding]) -> str:
    """The library as JSON."""
    return as_json({"papers": holdings})


def paper_text(paper: Paper, document: Document | None) -> str:
    """A paper's record, and its sections with their length."""
    lines = [paper.title, f"{paper.id}, {_by(paper)}"]
    if paper.abstract:
        lines += ["", paper.abstract]
    if document is None:
        return "\n".join([*lines, "", "Not read by this version yet; `synth library add` reads it again."])
    sections: dict[str, int] = {}
    for sentence in document.sentences:
        sections[sentence.section] = sections.get(sentence.section, 0) + 1
    pages = f", {count(document.n_pages, 'page')}" if document.n_pages else ""
    tables = count(len(document.tables), "table")
    lines += ["", f"Read from its {document.read_from.value}{pages}, {tables}:"]
    lines += [f"  {name or '(no heading)'}: {count(n, 'sentence')}" for name, n in sections.items()]
    return "\n".join([*lines, *(f"Note: {note}" for note in document.notes)])


def paper_json(paper: Paper, document: Document | None) -> str:
    """A paper's record and what was read of it, as JSON."""
    return as_json({"paper": paper, "document": document})


def stats_text(counts: Mapping[str, int], place: str) -> str:
    """How many rows of each kind the store holds."""
    return "\n".join([place, *(f"{number:10,}  {name}" for name, number in counts.items())])


def stats_json(counts: Mapping[str, int], place: str) -> str:
    """The same as JSON."""
    return as_json({"store": place, **counts})


def checks_text(checks: Sequence[Check]) -> str:
    """One line for each part of the program."""
    return "\n".join(
        f"{'ok  ' if one.works else 'FAIL' if one.needed else 'no  '}  {one.name}: {one.finding}" for one in checks
    )


def checks_json(checks: Sequence[Check]) -> str:
    """The same as JSON."""
    return as_json({"checks": checks})


def calibrated_text(found: Calibrators) -> str:
    """What a reader must know of the calibrators of a verifier."""
    measured = found.measured
    return "\n".join(
        [
            f"{found.model}, fitted on {found.n} gold claims ({found.gold})",
            f"accuracy {measured['accuracy']:.2f}, AUROC of supported {measured['auroc_supported']:.2f},"
            f" ECE {measured['ece']:.3f}, each measured on papers left out",
            f"Claims that papers state ({found.stated.n} gold claims): {_promise(found.stated)}",
            f"Claims that a reader brings ({found.asked.n} gold claims): {_promise(found.asked)}",
            *([f"Short ones of these ({found.short.n} gold claims): {_promise(found.short)}"] if found.short else []),
        ]
    )


def _promise(one: Calibrator) -> str:
    summary = one.summary
    if summary.false_supported is None or summary.bound is None:
        return "no threshold keeps the wrong check marks within the risk, so none is given."
    return (
        f"a check mark needs a confidence of {summary.threshold:.2f}; {summary.false_supported:.1%} of them were"
        f" wrong (95% upper bound {summary.bound:.1%}), and {summary.recall:.0%} of the supported claims get one."
    )


def calibrated_json(found: Calibrators) -> str:
    """The same as JSON."""
    chosen = {name: one.summary for name, one in found.kinds.items()}
    return as_json({"model": found.model, "gold": found.gold, "measured": found.measured, "chosen": chosen})


def evaluated_json(found: Mapping[str, Any]) -> str:
    """Scores as JSON, nested: ``open.abstract_label_f1`` is ``abstract_label_f1`` within ``open``."""
    return as_json(found)


def evaluated_text(found: Mapping[str, Any]) -> str:
    """Scores a line each, with their intervals, and the signature that makes them again."""
    return "\n".join([*_score_lines(found, ""), "", str(found["signature"])])


def _score_lines(found: Mapping[str, Any], indent: str) -> list[str]:
    ends = found.get("intervals", {})
    lines = []
    for name, value in found.items():
        if name in ("intervals", "signature"):
            continue
        label = f"{indent}{name.replace('_', ' ')}"
        if isinstance(value, Mapping):
            lines += [label, *_score_lines(value, indent + "  ")]
        else:
            interval = f"  [{ends[name][0]:.3f}, {ends[name][1]:.3f}]" if name in ends else ""
            shown = "none" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
            lines.append(f"{label:<36} {shown}{interval}")
    return lines


def _verdict_text(row: CheckedClaim, passages: Mapping[str, Passage], papers: Mapping[str, Paper]) -> str:
    verdict = row.verdict
    confidence = "" if verdict.confidence is None else f" ({verdict.confidence:.2f})"
    label = f"leans to {LABELS[verdict.label]}" if _is_leaning(verdict) else LABELS[verdict.label]
    lines = [f"{mark(verdict)} {label}{confidence}: {row.claim.text}", f"  {verdict.reason}"]
    lines += [_evidence_text(piece, passages, papers) for piece in verdict.evidence]
    return "\n".join(lines)


def _is_leaning(verdict: Verdict) -> bool:
    """Whether a side is the likeliest of three labels and still more likely wrong than right."""
    sides = (Label.SUPPORTED, Label.REFUTED)
    return verdict.label in sides and verdict.confidence is not None and verdict.confidence < EVEN


def _evidence_text(piece: Evidence, passages: Mapping[str, Passage], papers: Mapping[str, Paper]) -> str:
    passage, paper = passages[piece.passage_id], papers[piece.paper_id]
    place = f"p. {passage.page}" if passage.page else paper.source.value
    says = {Stance.SUPPORTS: "supports", Stance.REFUTES: "refutes", Stance.NEUTRAL: "bears on it"}[piece.stance]
    lines = [f"  {says}: “{passage.text}”", f"    {_by(paper)}, {passage.section}, {place} ({paper.id})"]
    return "\n".join([*lines, *([f"    from the table: {piece.arithmetic}"] if piece.arithmetic else [])])


def _role(one: RetrievedPaper) -> str:
    return {Role.USED: "used   ", Role.SCREENED_OUT: "out    ", Role.SKIPPED: "skipped"}[one.role]


def _by(paper: Paper) -> str:
    names = [author.split()[-1] for author in paper.authors if author.split()]
    who = "no author known" if not names else names[0] if len(names) == 1 else f"{names[0]} et al."
    if len(names) == 2:
        who = f"{names[0]} and {names[1]}"
    return f"{who}, {paper.year}" if paper.year else who


def as_json(value: Any) -> str:
    """Values of the project as JSON, without the places of papers on this machine."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    """Dataclasses as objects, without the places of files on this machine."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value) if one.name != "path"}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value
