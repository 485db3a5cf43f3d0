"""Locks and refreshed papers as a reader sees them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from synth.cli.show_standing import lock_json, lock_text, refreshed_json, refreshed_text
from synth.pipeline.batch import Done
from synth.pipeline.lock import Rebuilt
from synth.pipeline.refresh import Cited, Refreshed
from synth.types import Stale

DAY = dt.date(2026, 5, 4)
STALE = (
    Stale(paper_id="2101.00001v1", newest="2101.00001v3", withdrawn=False, seen=DAY),
    Stale(paper_id="2102.00002v1", newest=None, withdrawn=True, seen=DAY, comment="withdrawn: Table 2 is wrong"),
)
FOUND = Refreshed(
    n_papers=12,
    reports=(
        Cited(folder=Path("reports/a"), question="Q?", stale=STALE, claims=(2, 5)),
        Cited(folder=Path("reports/b"), question="R?", stale=(), claims=()),
    ),
    missing={"2103.00003": "arXiv has no such paper"},
    unreadable=("reports/c/report.json: this is no JSON",),
)
MADE = (
    Done(place="reports/a", question="Q?", outcome="regenerated", folder=Path("reports/a")),
    Done(place="reports/b", question="R?", outcome="failed", folder=Path("reports/b"), reason="no", exit_code=3),
)
SAME = Rebuilt(folder=Path("reports/a"), identical=True, differing=(), changes=())
OTHER = Rebuilt(
    folder=Path("reports/b"),
    identical=False,
    differing=("report.md", "report.json"),
    changes=("models.verifier: a@1 when it was locked, a@2 now",),
    fields=("claims", "answer"),
)


def test_every_paper_that_changed_is_told_with_its_reports_and_claims():
    assert refreshed_text(FOUND, MADE).splitlines() == [
        "12 cited papers asked after, 1 of 2 reports with papers that have changed.",
        "reports/a: claims 2 and 5 on",
        "  2101.00001v1  now 2101.00001v3",
        "  2102.00002v1  withdrawn; withdrawn: Table 2 is wrong",
        "not found: 2103.00003: arXiv has no such paper",
        "not read: reports/c/report.json: this is no JSON",
        "regenerated: reports/a",
        "failed: reports/b: no",
    ]


def test_the_same_as_data():
    data = json.loads(refreshed_json(FOUND, MADE))
    assert data["reports"][0]["stale"][0]["newest"] == "2101.00001v3"
    assert [(one["outcome"], one["reason"]) for one in data["made"]] == [("regenerated", ""), ("failed", "no")]


def test_a_lock_says_identical_or_what_differs():
    assert lock_text([SAME, OTHER]).splitlines() == [
        "reports/a: byte-identical",
        "reports/b: differs in report.md and report.json",
        "  report.json came out otherwise in: claims, answer",
        "  models.verifier: a@1 when it was locked, a@2 now",
    ]
    assert [one["identical"] for one in json.loads(lock_json([SAME, OTHER]))["reports"]] == [True, False]
