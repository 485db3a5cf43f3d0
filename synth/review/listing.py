"""Decisions and agreement as text for a reader and as JSON for a program. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from synth.report.plain import one_line
from synth.report.wording import LABELS, count, mark
from synth.review.agreement import WRONG, Agreement, Rated
from synth.review.carrying import Carried, Overtaken
from synth.review.decisions import Seen
from synth.review.screen import decision_line
from synth.store.reviews import Act, Entry
from synth.types import Label, Report


def decisions_text(report: Report, found: Carried) -> str:
    """Every decision on a report: those that hold, those to be asked again, those on claims that are gone."""
    lines = [f"{one_line(report.title)}: {_counted(found)}"]
    for one, holding in zip(found.rows, found.holding, strict=True):
        again = [item for item in found.overtaken if item.number == one.row.number]
        if holding or again:
            lines.append(f"{one.row.number:3}  {mark(one.row.verdict)} {LABELS[one.row.verdict.label]}: {_claim(one)}")
        lines += [f"     {decision_line(entry)}" for entry in holding]
        lines += [f"     {decision_line(item.entry)} (to be asked again: {one_line(item.reason)})" for item in again]
    if found.gone:
        lines.append("Decisions on claims that the table does not have any more:")
        lines += [f"     {decision_line(entry)}; the claim was: {one_line(entry.claim)}" for entry in found.gone]
    return "\n".join(lines)


def decisions_data(report: Report, found: Carried) -> dict[str, Any]:
    """The same, for JSON."""
    return {
        "title": report.title,
        "question": report.question,
        "claims": [
            {
                "number": one.row.number,
                "id": one.row.claim.id,
                "claim": one.row.claim.text,
                "label": one.row.verdict.label.value,
                "decisions": [_entry(entry) for entry in holding],
                "ask_again": [_again(item) for item in found.overtaken if item.number == one.row.number],
            }
            for one, holding in zip(found.rows, found.holding, strict=True)
        ],
        "gone": [{"claim": entry.claim, **_entry(entry)} for entry in found.gone],
    }


def agreement_text(found: Agreement) -> str:
    """Kappa of every pair, alpha over all, and what they disagree on."""
    lines = [f"{count(len(found.reviewers), 'reviewer')}, {count(found.n, 'claim')} decided by two or more."]
    for pair in found.pairs:
        first, second = map(one_line, pair.reviewers)  # of a colleague's file, so not checked
        lines.append(
            f"  {first} and {second}: Cohen's kappa {_value(pair.kappa, pair.n)}"
            f" (n = {pair.n}, the same label on {pair.agreed})"
        )
    lines.append(f"Krippendorff's alpha over all: {_value(found.alpha, found.n)} (n = {found.n})")
    if found.disputed:
        lines.append(f"They disagree on {count(len(found.disputed), 'claim')}:")
    for one in found.disputed:
        lines.append(f"  {one_line(one.claim)}")
        lines.append(f"     the table says {_label(one.shown)}; {'; '.join(_ratings(one))}")
    return "\n".join(lines)


def agreement_data(found: Agreement) -> dict[str, Any]:
    """The same, for JSON."""
    body = asdict(found)
    body["disputed"] = [{**asdict(one), "ratings": dict(one.ratings)} for one in found.disputed]
    return body


def as_json(value: object) -> str:
    """Indented JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


def _counted(found: Carried) -> str:
    decided = sum(any(entry.act is not Act.SKIP for entry in holding) for holding in found.holding)
    reviewers = {entry.reviewer for holding in found.holding for entry in holding if entry.act is not Act.SKIP}
    again = len({item.number for item in found.overtaken})
    said = f"{decided} of {count(len(found.rows), 'claim')} decided by {count(len(reviewers), 'reviewer')}"
    return f"{said}; {again} to be asked again" if again else said


def _claim(one: Seen) -> str:
    return one_line(one.row.claim.text)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "reviewer": entry.reviewer,
        "decision": entry.act.value,
        "label": entry.label.value if entry.label else None,
        "comment": entry.comment,
        "made": entry.made.isoformat(timespec="seconds"),
    }


def _again(item: Overtaken) -> dict[str, Any]:
    return {**_entry(item.entry), "reason": item.reason}


def _value(value: float | None, n: int) -> str:
    if value is not None:
        return f"{round(value, 3) + 0.0:.3f}"  # no -0.000
    return "not defined, all ratings are one label" if n else "not defined, no claim in common"


def _label(name: str) -> str:
    return "wrong, without another label" if name == WRONG else LABELS[Label(name)]


def _ratings(one: Rated) -> Sequence[str]:
    return [f"{one_line(reviewer)}: {_label(rating)}" for reviewer, rating in one.ratings]
