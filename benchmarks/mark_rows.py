"""Rows of judged check marks for ``synth calibrate --marks``.

``python benchmarks/mark_rows.py PDFS [WORKSPACE] [--open FILE]`` takes every claim that the program finds in the
papers of ``data/gold/reports_questions.json`` and of ``data/gold/marks_questions.json``, on whose papers nothing was
fitted, up to 260 for a question, and looks at those that it labels supported with a confidence of LEVEL or more. PDFS
holds the papers under their names there. Those claims that ``data/gold/marks.jsonl`` has a judgement of
become ``data/gold/mark_rows.jsonl``: numbers only. Those without one are counted, and written to FILE with their
passages, to be judged. Claims that are gold already (``reports.jsonl``) are left out.

A threshold above LEVEL may count these rows, because all claims above it were judged; the fit may not, because only
those were. They rest on the calibrators and the verifier that ship: after a change of either, run this again.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from report_rows import GOLD, Weighed, weighed

from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.settings import Settings
from synth.training.report_gold import LEVEL, ReportRow, write_mark_rows
from synth.types import Label
from synth.verification.aggregate import judge
from synth.verification.calibration import Calibrator
from synth.verification.reading import as_read

CLAIMS = 260
QUESTIONS = ("reports_questions.json", "marks_questions.json")


def _lines(name: str) -> list[dict[str, Any]]:
    path = GOLD / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def surest(found: tuple[Weighed, ...], calibrator: Calibrator) -> dict[str, tuple[Weighed, float]]:
    """The claims labelled supported with a confidence of :data:`LEVEL` or more, by id."""
    kept = {}
    for one in found:
        verdict = judge(as_read(one.claim), one.evidence, one.passages, calibrator)
        if verdict.label is Label.SUPPORTED and (verdict.confidence or 0.0) >= LEVEL:
            kept[one.claim.id] = (one, verdict.confidence or 0.0)
    return kept


def to_judge(claim_id: str, one: Weighed, confidence: float) -> dict[str, Any]:
    """A claim as its judge sees it: the passages that were read, best first, without what was made of them."""
    order = sorted(one.evidence, key=lambda piece: piece.rank)
    return {
        "key": claim_id,
        "claim": one.claim.text,
        "from": one.claim.origins[0].paper_id,
        "confidence": round(confidence, 4),
        "passages": [{"paper": piece.paper_id, "text": one.passages[piece.passage_id].text} for piece in order],
    }


def main() -> None:
    """Write the rows, and say how many claims still lack a judgement."""
    arguments = [word for word in sys.argv[1:] if word != "--open"]
    unjudged = Path(arguments.pop(sys.argv.index("--open") - 1)) if "--open" in sys.argv else None
    if not arguments:
        sys.exit("usage: python benchmarks/mark_rows.py PDFS [WORKSPACE] [--open FILE]")
    pdfs = Path(arguments[0])
    labels = {row["claim_id"]: Label(row["label"].lower()) for row in _lines("marks.jsonl")}
    gold = {row["claim_id"] for row in _lines("reports.jsonl")}
    questions = [one for name in QUESTIONS for one in json.loads((GOLD / name).read_text(encoding="utf-8"))]
    rows: dict[str, ReportRow] = {}
    lacking: dict[str, Mapping[str, Any]] = {}
    total: set[str] = set()
    with tempfile.TemporaryDirectory() as scratch:
        parts = Parts(Settings.read(workspace=Path(arguments[1] if len(arguments) > 1 else scratch), database_url=""))
        if parts.calibrators is None:
            sys.exit("the verifier has no calibrators: run synth calibrate first")
        for number, asked in enumerate(questions):
            files = tuple(pdfs / f"{name}.pdf" for name in asked["pdfs"])
            options = ReportOptions(offline=True, pdfs=files, n_papers=1 if files else 15, n_claims=CLAIMS)
            found = weighed(asked["question"], options, parts)
            total |= {one.claim.id for one in found} - gold
            for name, (one, confidence) in surest(found, parts.calibrators.stated).items():
                if name in gold:
                    continue
                if name in labels:
                    rows[name] = dataclasses.replace(one.row(f"M-{name}"), label=labels[name])
                else:
                    lacking[name] = to_judge(name, one, confidence)
            print(f"question {number}: {len(found)} claims, {len(rows) + len(lacking)} sure so far", flush=True)
        write_mark_rows(GOLD / "mark_rows.jsonl", list(rows.values()), parts.calibrators.stated)
        parts.close()
    if unjudged:
        body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lacking.values())
        unjudged.write_text(body, encoding="utf-8")
    print(f"{len(total)} claims, {len(rows)} of the sure ones judged, {len(lacking)} without a judgement")


if __name__ == "__main__":
    main()
