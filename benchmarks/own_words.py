"""Whether ``synth verify`` takes papers at their own words: ``python benchmarks/own_words.py PDFS [WORKSPACE]``.

Of each paper in PDFS (ARXIVID.pdf) up to seven sentences that a report would take as claims are asked as a reader's
claims, and each once more with one detail changed (a number, a direction, a quantifier, a name). Prints how they are
labelled, as JSON. No gold holds such claims: there a true claim is worded unlike its paper and a false one like it, so
a calibrator may learn that shared words speak against a claim, and no figure on gold shows it.

WORKSPACE, if named, keeps embeddings between runs.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from synth.claims.drafts import drafts
from synth.claims.select import LEAST_WORTHINESS
from synth.evaluation.perturb import perturbed
from synth.parsing.passages import passages
from synth.parsing.reader import read_front_matter, read_pdf
from synth.pipeline.parts import Parts
from synth.settings import Settings
from synth.training.calibrate import Checked, check_gold
from synth.training.gold import GoldClaim
from synth.types import Document, Label, Paper, Source
from synth.verification.aggregate import judge
from synth.verification.calibration import Calibrator

SEED = 0
CLAIMS = 7
"""Claims of a paper, at most."""
SURE = 0.7
"""Confidences from this on are counted by themselves."""


def stated(name: str, document: Document, paper: Paper, parts: Parts) -> list[GoldClaim]:
    """Some of the claims that a paper makes, in its own words."""
    made = [draft for draft in drafts(document, paper) if draft.text]
    vectors = parts.encoder.encode([draft.sentence.text for draft in made])
    roles = [draft.sentence.role for draft in made]
    worth = parts.scorer.scores([draft.sentence.text for draft in made], vectors, roles) if made else ()
    texts = sorted(
        {draft.text for draft, score in zip(made, worth, strict=True) if score >= LEAST_WORTHINESS and draft.text}
    )
    random.Random(f"{SEED}{name}").shuffle(texts)
    return [
        GoldClaim(id=f"{name}-{at}", paper=name, claim=text, label=Label.SUPPORTED)
        for at, text in enumerate(texts[:CLAIMS])
    ]


def changed(claims: Sequence[GoldClaim]) -> list[GoldClaim]:
    """Each claim with one detail changed, where its words allow it; which detail is drawn."""
    ways: dict[str, list[GoldClaim]] = {}
    for one in perturbed(claims, SEED):
        ways.setdefault(one.original.id, []).append(one.claim)
    rng = random.Random(SEED)
    return [rng.choice(found) for _, found in sorted(ways.items())]


def collect(pdfs: Path, parts: Parts) -> tuple[Checked, ...]:
    """All the claims with their evidence."""
    papers = {}
    claims: list[GoldClaim] = []
    for path in sorted(pdfs.glob("*.pdf")):
        title = read_front_matter(path).title  # claims name their paper by it
        paper = Paper(id=path.stem, title=title, authors=(), abstract="", published=None, source=Source.FILE)
        document = read_pdf(path, paper)
        papers[path.stem] = passages(document)
        claims += stated(path.stem, document, paper, parts)
    _tell(f"{len(claims)} claims of {len(papers)} papers")
    return check_gold([*claims, *changed(claims)], papers, parts.encoder, parts.nli, on_progress=_tell)


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def counts(checked: Sequence[Checked], calibrator: Calibrator) -> Mapping[str, Any]:
    """How often each label is given, and given surely, to the claims as they stand and to the changed ones."""
    found: dict[str, Any] = {}
    for name, label in (("own words", Label.SUPPORTED), ("one detail changed", Label.REFUTED)):
        mine = [one for one in checked if one.gold.label is label]
        verdicts = [judge(one.claim, one.evidence, one.passages, calibrator) for one in mine]
        given = {verdict.label for verdict in verdicts}
        found[name] = {"n": len(mine)} | {
            one.value: {
                "n": sum(verdict.label is one for verdict in verdicts),
                "sure": sum(verdict.label is one and (verdict.confidence or 0) >= SURE for verdict in verdicts),
                "marked": sum(verdict.label is one and verdict.verified for verdict in verdicts),
            }
            for one in sorted(given)
        }
    return found


def main() -> None:
    """Ask, and print what was answered."""
    with tempfile.TemporaryDirectory() as scratch:
        parts = Parts(Settings.read(workspace=Path(sys.argv[2] if len(sys.argv) > 2 else scratch), database_url=""))
        if parts.calibrators is None:
            sys.exit("there is no calibrator for this verifier: fit one with synth calibrate")
        print(json.dumps(counts(collect(Path(sys.argv[1]), parts), parts.calibrators.asked), indent=1))
        parts.close()


if __name__ == "__main__":
    main()
