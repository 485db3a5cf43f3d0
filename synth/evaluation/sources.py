"""Where labelled data comes from: files of pairs, folders of sets, gold files and reports with their passages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from synth.errors import EvaluationError
from synth.evaluation.labelled import LabelledPair, read_labelled
from synth.evaluation.scifact import as_pairs, read_scifact
from synth.report.export import report_from_json
from synth.resources import data_path
from synth.text import sentences
from synth.training.gold import GoldClaim, read_gold
from synth.training.gold_sets import digest_passages, passages_of
from synth.training.own import held_out, read_claims
from synth.types import Label, Passage, Report

Papers = Mapping[str, Sequence[Passage]]


def labelled_pairs(place: Path) -> tuple[LabelledPair, ...]:
    """The labelled pairs of a file or of a folder.

    Args:
        place: A file of pairs; a folder of SciFact (its claims with their cited abstracts); or a folder with
            ``claims.jsonl.xz``, of which the papers that are kept from training are taken, with whole abstracts.

    Raises:
        EvaluationError: It is none of these, or will not do.
    """
    if not place.is_dir():
        return read_labelled(place)
    if (place / "corpus.jsonl").is_file():
        return as_pairs(*read_scifact(place)[1:])
    kept = [claim for claim in read_claims(place) if held_out(claim.paper)]
    if not kept:
        raise EvaluationError(f"{place} holds neither SciFact's files nor claims.jsonl.xz with held-out papers")
    return tuple(LabelledPair(one.id, sentences(one.abstract), one.claim, one.label.value) for one in kept)


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
