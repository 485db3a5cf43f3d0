"""The claims of a gold file or a report, with the passages that they are checked against."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from synth.errors import EvaluationError
from synth.report.export import report_from_json
from synth.resources import data_path
from synth.training.calibrate import digest_passages, passages_of
from synth.training.gold import GoldClaim, read_gold
from synth.types import Label, Passage, Report

Papers = Mapping[str, Sequence[Passage]]


def claims_and_passages(data: Path, pdfs: Path | None) -> tuple[tuple[GoldClaim, ...], Papers]:
    """Claims and passages by paper.

    Args:
        data: Gold claims (JSONL; a file named ``digests*`` is about the embedded digests), or a ``report.json``,
            whose supported claims are checked against the passages that it quotes.
        pdfs: Folder with the gold's papers as ``ARXIVID.pdf``.

    Raises:
        EvaluationError: The report holds no supported claim, or a gold file comes without its papers.
        CalibrationError: A line of the gold will not do.
        DocumentError: A PDF cannot be read.
    """
    if data.suffix == ".json":
        return _of_report(data)
    claims = read_gold(data, minimum=1)
    if data.stem.startswith("digests"):
        return claims, digest_passages(data_path("library"))
    if pdfs is None:
        raise EvaluationError(f"{data.name} is about papers; name the folder of their PDFs with --pdfs")
    papers = passages_of([claim.paper for claim in claims], pdfs)
    absent = sorted({claim.paper for claim in claims} - set(papers))
    if absent:
        raise EvaluationError(
            f"{pdfs} lacks {', '.join(f'{name}.pdf' for name in absent[:5])}, which the gold is about"
        )
    return claims, papers


def _of_report(path: Path) -> tuple[tuple[GoldClaim, ...], Papers]:
    try:
        report: Report = report_from_json(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}") from error
    supported = [row for row in report.claims if row.verdict.label is Label.SUPPORTED]
    if not supported:
        raise EvaluationError(f"{path.name} holds no supported claim that could be changed")
    papers: dict[str, list[Passage]] = {}
    for passage in report.passages:
        papers.setdefault(passage.paper_id, []).append(passage)
    claims = tuple(
        GoldClaim(row.claim.id, row.claim.text, Label.SUPPORTED, row.verdict.evidence[0].paper_id)
        for row in supported
        if row.verdict.evidence
    )
    return claims, papers
