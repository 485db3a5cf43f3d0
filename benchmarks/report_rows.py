"""Rows of judged report claims for ``synth calibrate --reports``.

``python benchmarks/report_rows.py PDFS [WORKSPACE]`` makes the reports of ``data/gold/reports_questions.json`` again
(PDFS holds their papers as ARXIVID.pdf), finds the judged claims of ``data/gold/reports.jsonl`` in their papers, and
writes ``data/gold/report_rows.jsonl``: numbers only. A claim that the program words otherwise today has no row; the
count says so. WORKSPACE, if named, keeps embeddings and logits between runs; papers that it holds are forgotten.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from synth.claims.select import select
from synth.pipeline.checking import check
from synth.pipeline.gather import gather
from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.pipeline.reading import read_all
from synth.settings import Settings
from synth.sources.ids import base_id
from synth.training.report_gold import ReportRow, write_report_rows
from synth.types import Claim, Evidence, Label, Passage
from synth.verification.aggregate import allowed
from synth.verification.calibration import CLASSES
from synth.verification.features import features
from synth.verification.reading import as_read

ALL = 100_000
GOLD = Path(__file__).resolve().parents[1] / "data" / "gold"


@dataclasses.dataclass(frozen=True)
class Weighed:
    """A claim of a report with all that was read for it."""

    claim: Claim
    paper: str
    """The paper that states it, without version."""
    evidence: tuple[Evidence, ...]
    passages: Mapping[str, Passage]

    def row(self, name: str) -> ReportRow:
        """As ``synth calibrate`` reads it; the label is filled in by the caller."""
        return ReportRow(
            id=name,
            paper=self.paper,
            label=Label.NOT_ENOUGH_INFO,
            features=tuple(round(float(x), 6) for x in features(as_read(self.claim), self.evidence, self.passages)),
            allowed=tuple(label for label in CLASSES if allowed(label, self.evidence)),
        )


def weighed(
    question: str, options: ReportOptions, parts: Parts, only: frozenset[str] | None = None
) -> tuple[Weighed, ...]:
    """The claims of one report, which stands on its own papers; or these of all that its papers hold.

    Claims off the question are taken as well: they are checked like any other.
    """
    for holding in parts.store.papers.holdings():
        parts.store.papers.remove(holding.paper.id)
    gathered = gather(question, options, parts)
    names = {
        one.paper.id: Path(one.paper.path).stem if one.paper.path and ":" in one.paper.id else base_id(one.paper.id)
        for one in gathered.papers
    }
    reading = read_all(gathered.papers, gathered.digests, parts)
    used = [one for one in reading.papers if one.paper.id in reading.documents]
    embedding = parts.encoder.encode([question])[0]
    read = reading.documents, reading.drafts
    n = options.n_claims if only is None else ALL
    claims = select(question, embedding, used, *read, parts.encoder, parts.scorer, n=n, bearing=0)
    if only is not None:
        claims = tuple(one for one in claims if one.id in only)
    checked = check(claims, reading.passages, parts)
    passages = {one.id: one for one in reading.passages}
    evidence: dict[str, list[Evidence]] = {}
    for piece in checked.evidence:
        evidence.setdefault(piece.claim_id, []).append(piece)
    return tuple(
        Weighed(claim, names[claim.origins[0].paper_id], tuple(evidence.get(claim.id, [])), passages)
        for claim in claims
    )


def once(rows: list[ReportRow]) -> list[ReportRow]:
    """One row a claim, though several reports may show it: a bound over repeats would be too kind.

    Where the judgements differ, the claim counts as not supported.
    """
    groups: dict[str, list[ReportRow]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        groups.setdefault(row.id.rpartition("-")[2], []).append(row)
    return [
        group[0]
        if len({row.label for row in group}) == 1
        else dataclasses.replace(group[0], label=Label.NOT_ENOUGH_INFO)
        for group in groups.values()
    ]


def main() -> None:
    """Write the rows and say how many judgements found their claim."""
    pdfs = Path(sys.argv[1])
    questions = json.loads((GOLD / "reports_questions.json").read_text(encoding="utf-8"))
    judgements = [json.loads(line) for line in (GOLD / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    found: list[ReportRow] = []
    with tempfile.TemporaryDirectory() as scratch:
        parts = Parts(Settings.read(workspace=Path(sys.argv[2] if len(sys.argv) > 2 else scratch), database_url=""))
        parts.__dict__["calibrators"] = None  # the rows are what the next one is fitted on
        for number, asked in enumerate(questions):
            files = tuple(pdfs / f"{name}.pdf" for name in asked["pdfs"])
            options = ReportOptions(offline=True, pdfs=files, n_papers=1 if files else 15)
            judged = frozenset(one["claim_id"] for one in judgements if one["question"] == number)
            rows = {one.claim.id: one for one in weighed(asked["question"], options, parts, judged)}
            for one in judgements:
                if one["question"] == number and one["claim_id"] in rows:
                    label = Label(one["label"].lower())
                    row = rows[one["claim_id"]].row(f"R-{number}-{one['claim_id']}")
                    found.append(dataclasses.replace(row, label=label))
            print(f"question {number}: {len(rows)} claims", flush=True)
        distinct = once(found)
        write_report_rows(GOLD / "report_rows.jsonl", distinct, parts.nli.signature)
        parts.close()
    print(f"{len(found)} of {len(judgements)} judgements found their claim; {len(distinct)} claims are distinct")


if __name__ == "__main__":
    main()
