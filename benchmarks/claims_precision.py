"""Precision at 30 of the claim selection, from judgements in ``data/gold/claims_precision.jsonl``.

``python benchmarks/claims_precision.py PDF_FOLDER METADATA`` reads the papers again, selects again, and
looks every selected claim up among the judgements by its id. A claim that nobody judged counts as wrong, so that a
changed selection cannot pass on old judgements. The questions stand in ``data/gold/claims_questions.json``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import lzma
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from synth.claims.drafts import drafts
from synth.claims.scorer import Scorer
from synth.claims.select import select
from synth.errors import DocumentError
from synth.parsing.reader import read_pdf
from synth.resources import data_path
from synth.retrieval.dense import MiniLmEncoder
from synth.sources.screening import screen
from synth.types import Claim, Document, Paper, Source

N = 30
QUESTIONS = data_path("gold", "claims_questions.json")
JUDGEMENTS = data_path("gold", "claims_precision.jsonl")


def papers_by_id(pdfs: Path, metadata: Path) -> dict[str, Paper]:
    """The records of the PDFs in a folder with an ``index.jsonl``, by arXiv id without version."""
    index = {row["id"]: row for row in _lines((pdfs / "index.jsonl").read_text(encoding="utf-8").splitlines())}
    with lzma.open(metadata, "rt", encoding="utf-8") as lines:
        records = {row["id"].partition("v")[0]: row for row in _lines(lines)}
    return {name: _paper(name, row, records.get(name)) for name, row in index.items()}


def _lines(lines: Any) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, lines)


def _paper(name: str, row: dict[str, Any], record: dict[str, Any] | None) -> Paper:
    record = record or {}
    published = record.get("published")
    return Paper(
        id=name + row["version"],
        title=record.get("title", row["title"]),
        authors=tuple(record.get("authors", ())),
        abstract=record.get("abstract", ""),
        published=dt.date.fromisoformat(published[:10]) if published else None,
        source=Source.ARXIV,
    )


def selected(
    question: str, papers: Sequence[Paper], pdfs: Path, encoder: MiniLmEncoder, scorer: Scorer
) -> tuple[tuple[Claim, ...], dict[str, Document]]:
    """The claims of one question, and the documents that they come from."""
    documents = {}
    for paper in papers:
        try:
            documents[paper.id] = read_pdf(pdfs / f"{paper.id.partition('v')[0]}.pdf", paper)
        except DocumentError as error:
            print(error, file=sys.stderr)
    row = encoder.encode([question])[0]
    retrieved = screen(question, (), encoder, keep=0, given=[paper for paper in papers if paper.id in documents])
    drafted = {paper.id: drafts(documents[paper.id], paper) for paper in papers if paper.id in documents}
    return select(question, row, retrieved, documents, drafted, encoder, scorer, n=N), documents


def main() -> None:
    """Prints precision at 30 of each question and of each set."""
    parser = argparse.ArgumentParser(description="Precision at 30 of the claim selection.")
    parser.add_argument("pdfs", type=Path, help="folder of PDFs with an index.jsonl")
    parser.add_argument("metadata", type=Path, help="metadata.jsonl.xz")
    parser.add_argument("--set", default="final", help="questions of this set: final (default) or development")
    parser.add_argument("--show", action="store_true", help="print every claim, for judging")
    given = parser.parse_args()
    papers = papers_by_id(given.pdfs, given.metadata)
    judged = {
        (row["question"], row["claim"]): bool(row["fit"])
        for row in _lines(JUDGEMENTS.read_text(encoding="utf-8").splitlines() if JUDGEMENTS.exists() else ())
    }
    encoder, scorer = MiniLmEncoder(threads=1), Scorer()
    right = total = missing = 0
    for entry in json.loads(QUESTIONS.read_text(encoding="utf-8")):
        if entry["set"] != given.set:
            continue
        claims, _ = selected(entry["question"], [papers[name] for name in entry["papers"]], given.pdfs, encoder, scorer)
        fit = [judged.get((entry["id"], claim.id)) for claim in claims]
        if given.show:
            for claim, verdict in zip(claims, fit, strict=True):
                place = claim.origins[0]
                scores = f"{claim.worthiness:.2f} {claim.relevance:.2f} {verdict}"
                print(f"{entry['id']} {claim.id} {place.paper_id} p{place.page} [{place.section}] {scores}")
                print(f"    {claim.text}\n    < {place.verbatim}")
        print(f"{entry['id']}: {sum(v is True for v in fit)}/{len(claims)} fit, {fit.count(None)} not judged")
        right, total, missing = right + fit.count(True), total + len(claims), missing + fit.count(None)
    print(f"precision at {N}, set {given.set}: {right / max(1, total):.3f} ({right}/{total}; {missing} not judged)")


if __name__ == "__main__":
    main()
