"""Claims of full papers, with the passages that the program reads for them, to be judged for training.

``python benchmarks/judged_claims.py FOLDER --data DATA --data DATA`` lays the full papers of ``sentences.jsonl.xz``
(in one of the data folders) in collections of about eleven papers of one task, takes up to 22 claims a paper as a
report would, retrieves and reads their passages, and writes two files a collection: ``NNN.jsonl``, where everything
stands, and ``NNN.txt``, a draw of claims as their judge sees them. A judge answers in ``NNN.out``, one line a claim:
its number, its key, and a letter a passage (S it says the whole, P a part, N neither, R the opposite); JUNK behind it
where the claim is no statement outside its paper, TWO where two passages together say the whole. Collections that are
there are kept.

``python benchmarks/judged_claims.py FOLDER --fold OUT`` makes ``OUT/judged_claims.jsonl`` of the answers: places and
judgements, no text.

Papers that the gold or the library is about are measured on, and left out (``metadata.jsonl.xz``, in one of the data
folders, tells their titles); so are junk claims. What the judge sees depends on the verifier that ships, for surer
claims are drawn more often.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from synth.claims.drafts import drafts
from synth.claims.select import select
from synth.errors import ConfigError
from synth.parsing.passages import passages as passages_of
from synth.pipeline.checking import check
from synth.pipeline.parts import Parts
from synth.settings import Settings
from synth.sources.merge import squeezed
from synth.training.fulltexts import FullText, read_full_texts
from synth.training.passages import Place
from synth.types import ReadFrom, RetrievedPaper, Role
from synth.verification.features import features

DATA = Path(__file__).resolve().parents[1] / "data"
SEED = 8
SIZE = 11
"""Papers in a collection, about."""
CLAIMS = 22
"""Claims asked for of each paper."""
SURE, UNSURE = 0.45, 0.08
"""A claim at least as likely supported as SURE is drawn first, one below UNSURE never."""
DRAWN_SURE, DRAWN_UNSURE = 80, 28
"""Claims of each kind that a judge gets of one collection, at most."""
JUDGEMENTS = {"S": "whole", "P": "part", "N": "neither", "R": "against"}
_MIXED = "What do experiments show?"


def collections(texts: dict[str, FullText], measured: set[str]) -> list[tuple[str, list[FullText]]]:
    """A question and its papers, in an order of their own; tasks with fewer than five papers are put together."""
    groups: dict[str, list[FullText]] = {}
    for key, text in texts.items():
        if squeezed(text.paper.title) not in measured:
            name, _, doc = key.partition(":")
            groups.setdefault(doc.split("/")[0] if "/" in doc else name, []).append(text)
    few = [text for name in sorted(groups) if len(groups[name]) < 5 for text in groups[name]]
    groups = {name: found for name, found in groups.items() if len(found) >= 5} | {"small": few}
    rng = random.Random(SEED)
    made = []
    for name in sorted(groups):
        papers = list(groups[name])
        rng.shuffle(papers)
        parts = max(1, round(len(papers) / SIZE))
        task = name.replace("_", " ")
        question = _MIXED if name in ("small", "mulms_az") else f"What is known about {task}?"
        made += [(question, papers[part::parts]) for part in range(parts)]
    rng.shuffle(made)
    return made


def measured_titles(folders: Sequence[Path]) -> set[str]:
    """Titles of the papers that the gold or the library is about, as far as the records at hand know them."""
    named = {path.stem for path in (DATA / "library").glob("*.md")}
    for path in (DATA / "gold").glob("*.json*"):
        named |= set(re.findall(r"\d{4}\.\d{4,5}", path.read_text(encoding="utf-8")))
    records = [path for folder in folders if (path := folder / "metadata.jsonl.xz").is_file()]
    if not records:
        sys.exit("no data folder has a metadata.jsonl.xz, which tells the titles of the papers that are measured on")
    titles = set()
    for path in records:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            titles |= {squeezed(row["title"]) for row in map(json.loads, lines) if row["id"] in named}
    return titles


def rows_of(question: str, papers: Sequence[FullText], parts: Parts) -> Iterator[dict[str, Any]]:
    """The claims of a collection with their passages, as a report of it would read them."""
    by_id = {one.paper.id: one for one in papers}
    used = [
        RetrievedPaper(paper=one.paper, role=Role.USED, reason="", relevance=1.0, read_from=ReadFrom.PDF)
        for one in papers
    ]
    documents = {one.paper.id: one.document for one in papers}
    drafted = {one.paper.id: drafts(one.document, one.paper) for one in papers}
    found = [passage for one in papers for passage in passages_of(one.document)]
    passages = {one.id: one for one in found}
    embedding = parts.encoder.encode([question])[0]
    claims = select(question, embedding, used, documents, drafted, parts.encoder, parts.scorer, n=CLAIMS * len(papers))
    evidence = check(claims, found, parts).evidence
    calibrators = parts.calibrators
    if calibrators is None:
        raise ConfigError("the verifier has no calibrators: run synth calibrate first")
    for claim in claims:
        own = tuple(sorted((piece for piece in evidence if piece.claim_id == claim.id), key=lambda piece: piece.rank))
        if not own:
            continue
        row = np.array([features(claim, own, passages)])
        origin = claim.origins[0]
        yield {
            "key": claim.id,
            "claim": claim.text,
            "origin": origin.paper_id,
            "sentence": by_id[origin.paper_id].number_at(origin.start),
            "supported": round(float(calibrators.stated.probabilities(row)[0][0]), 4),
            "passages": [
                {
                    "place": written(by_id[one.paper_id].place(one.start, one.end)),
                    "paper": one.paper_id,
                    "text": one.text,
                }
                for one in (passages[piece.passage_id] for piece in own)
            ],
        }


def written(place: Place) -> str:
    """A place as a row names it."""
    return f"{place.set}:{place.doc}:{place.first}-{place.last}"


def for_the_judge(rows: Sequence[dict[str, Any]], seed: int) -> str:
    """A draw of claims with their passages, without what was made of them."""
    rng = random.Random(seed)
    sure = [row for row in rows if row["supported"] > SURE]
    unsure = [row for row in rows if UNSURE < row["supported"] <= SURE]
    rng.shuffle(sure)
    rng.shuffle(unsure)
    drawn = sure[:DRAWN_SURE] + unsure[:DRAWN_UNSURE]
    rng.shuffle(drawn)
    text = ""
    for number, row in enumerate(drawn):
        text += f"=== {number} {row['key']}  (claim of {row['origin']})\nCLAIM: {row['claim']}\n"
        text += "".join(f"P{at} [{one['paper']}] {one['text']}\n" for at, one in enumerate(row["passages"])) + "\n"
    return text


def make(data: Sequence[Path], out: Path, workspace: Path) -> None:
    """Write the collections that are not there yet."""
    out.mkdir(parents=True, exist_ok=True)
    parts = Parts(Settings.read(workspace=workspace, database_url=""))
    for number, (question, papers) in enumerate(collections(read_full_texts(data), measured_titles(data))):
        path = out / f"{number:03d}.jsonl"
        if path.exists():
            continue
        rows = list(rows_of(question, papers, parts))
        path.with_suffix(".txt").write_text(for_the_judge(rows, number), encoding="utf-8")
        body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        path.write_text(body, encoding="utf-8")
        print(f"collection {number}: {len(papers)} papers, {len(rows)} claims", flush=True)
    parts.close()


def fold(folder: Path, out: Path) -> None:
    """Write the answers as places and judgements."""
    kept: dict[str, dict[str, Any]] = {}
    letters: Counter[str] = Counter()
    junk = 0
    for path in sorted(folder.glob("*.out")):
        rows = {row["key"]: row for row in map(json.loads, path.with_suffix(".jsonl").read_text("utf-8").splitlines())}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            words = line.split()
            row = rows.get(words[1]) if len(words) > 2 else None
            if row is None or len(words[2]) != len(row["passages"]) or set(words[2]) - set(JUDGEMENTS):
                sys.exit(f"{path.name}, line {number}: expected NUMBER KEY LETTERS, a letter a passage; found {line!r}")
            if "JUNK" in words[3:]:
                junk += 1
                continue
            letters.update(words[2])
            places = [one["place"] for one in row["passages"]]
            kept[row["key"]] = {
                "id": f"J-{row['key']}",
                "sentence": f"{row['origin']}:{row['sentence']}-{row['sentence']}",
                "passages": [[place, JUDGEMENTS[one]] for place, one in zip(places, words[2], strict=True)],
                **({"two": True} if "TWO" in words[3:] else {}),
            }
    body = "".join(json.dumps(row) + "\n" for _, row in sorted(kept.items()))
    (out / "judged_claims.jsonl").write_text(body, encoding="utf-8")
    print(f"{len(kept)} claims, {junk} junk; passages: {dict(sorted(letters.items()))}")


def main() -> None:
    """Make what is to be judged, or fold the answers."""
    arguments = argparse.ArgumentParser(description="Claims of full papers, to be judged for training.")
    arguments.add_argument("folder", type=Path, help="where the collections and their answers stand")
    arguments.add_argument("--data", type=Path, action="append", default=[], help="a data folder; may be repeated")
    arguments.add_argument("--workspace", type=Path, help="keeps embeddings and logits between runs")
    arguments.add_argument("--fold", type=Path, metavar="OUT", help="write OUT/judged_claims.jsonl of the answers")
    asked = arguments.parse_args()
    if asked.fold:
        fold(asked.folder, asked.fold)
        return
    with tempfile.TemporaryDirectory() as scratch:
        make(asked.data, asked.folder, asked.workspace or Path(scratch))


if __name__ == "__main__":
    main()
