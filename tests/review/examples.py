"""Reports under review: made-up claims, and the changes that a regenerated report may bring."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable

from synth.review.decisions import Seen, entry_on, seen
from synth.store.reviews import Act, Entry
from synth.types import CheckedClaim, Label, Report
from tests.report.example import example

DAY = dt.datetime(2026, 7, 8, 9, 30)


class Notebook:
    """Keeps acts as the store does: numbered, appended."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._minutes = itertools.count()

    def save(self, entry: Entry) -> Entry:
        self.entries.append(dataclasses.replace(entry, id=len(self.entries) + 1))
        return self.entries[-1]

    def now(self) -> dt.datetime:
        return DAY + dt.timedelta(minutes=next(self._minutes))

    def act(
        self, one: Seen, reviewer: str = "Ann", act: Act = Act.ACCEPT, label: Label | None = None, comment: str = ""
    ) -> Entry:
        return self.save(entry_on(one, reviewer, act, self.now(), label=label, comment=comment))


def rows(report: Report | None = None) -> tuple[Seen, ...]:
    return seen(report or example())


def changed(report: Report, number: int, change: Callable[[CheckedClaim], CheckedClaim]) -> Report:
    """The report with one row made another."""
    claims = tuple(change(row) if row.number == number else row for row in report.claims)
    return dataclasses.replace(report, claims=claims)


def with_label(label: Label) -> Callable[[CheckedClaim], CheckedClaim]:
    return lambda row: dataclasses.replace(row, verdict=dataclasses.replace(row.verdict, label=label))


def with_text(text: str) -> Callable[[CheckedClaim], CheckedClaim]:
    return lambda row: dataclasses.replace(row, claim=dataclasses.replace(row.claim, text=text))


def with_confidence(confidence: float) -> Callable[[CheckedClaim], CheckedClaim]:
    return lambda row: dataclasses.replace(row, verdict=dataclasses.replace(row.verdict, confidence=confidence))


def without_evidence(row: CheckedClaim) -> CheckedClaim:
    return dataclasses.replace(row, verdict=dataclasses.replace(row.verdict, evidence=()))
