"""Pairs from claims written on abstracts: each claim against windows of its own and of other abstracts."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from synth.jsonl import json_lines
from synth.training.contrast import change_number, flip_direction
from synth.training.neighbours import Neighbours
from synth.training.pairs import Pair, PairLabel, nearest, sentences, share

OWN_LICENCE = "own; abstracts CC0"
HELD_OUT = 0.1
"""Share of the papers whose claims are kept for measuring."""


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """One claim on one text, with its label."""

    id: str
    paper: str
    abstract: str
    """The text: an abstract, or a passage of a full paper."""
    claim: str
    label: PairLabel
    licence: str = OWN_LICENCE


def read_claims(folder: Path) -> list[OwnClaim]:
    """Claims of a folder's ``claims.jsonl.xz``; an empty list where it has none.

    Args:
        folder: The data folder.
    """
    path = folder / "claims.jsonl.xz"
    if not path.is_file():
        return []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        OwnClaim(r["id"], r["paper"], " ".join(r["abstract"].split()), r["claim"], PairLabel(r["label"])) for r in rows
    ]


def read_written(folders: Sequence[Path]) -> list[OwnClaim]:
    """Claims of the folders' ``claims.jsonl``, which name their abstracts by arXiv id instead of holding them.

    Args:
        folders: Data folders; one of them holds the abstracts (``metadata.jsonl.xz``). Claims whose abstract is
            in none of them are left out.
    """
    rows: list[dict[str, str]] = []
    for folder in folders:
        path = folder / "claims.jsonl"
        if path.is_file():
            rows += map(json.loads, json_lines(path.read_text(encoding="utf-8")))
    texts = _abstracts(folders, {row["paper"] for row in rows})
    return [
        OwnClaim(row["id"], row["paper"], texts[row["paper"]], row["claim"], PairLabel(row["label"]))
        for row in rows
        if row["paper"] in texts
    ]


def _abstracts(folders: Sequence[Path], wanted: set[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for folder in folders if wanted else ():
        path = folder / "metadata.jsonl.xz"
        if path.is_file():
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                for row in map(json.loads, lines):
                    if row["id"] in wanted:
                        found[row["id"]] = " ".join(row["abstract"].split())
    return found


def held_out(paper: str) -> bool:
    """Whether a paper's claims are kept for measuring: decided by the paper's id alone."""
    return share(f"claims:{paper}") < HELD_OUT


def measured_claims(claims: Sequence[OwnClaim], name: str = "own_claims") -> list[Pair]:
    """Held-out claims against the three sentences of their abstract nearest to them."""
    return [_pair(c.abstract, c, 3, c.label, name) for c in claims if held_out(c.paper)]


def written_pairs(
    claims: Sequence[OwnClaim], seed: int, name: str = "written_claims", whole: float = 0.2
) -> list[Pair]:
    """Training pairs of claims that were written in close triples, less those of held-out papers.

    The triples differ in one detail, so the claims break the style by themselves; each meets two windows of
    its own text, some the whole of it; one in four the sentences of it that are farthest, one in
    seven the nearest window of a like text (both neutral: most retrieved passages decide nothing).

    Args:
        claims: All claims; held-out ones are left out here.
        seed: Seed of the draws.
        name: Name of the set in the pairs.
        whole: Share of the claims that meet the whole of their text as well.
    """
    kept = [c for c in claims if not held_out(c.paper)]
    if not kept:
        return []
    rng = np.random.default_rng(seed)
    abstracts = sorted({(c.paper, c.abstract) for c in kept})
    index = Neighbours([text for _, text in abstracts])
    pairs: list[Pair] = []
    for claim in kept:
        draw = rng.random(3)
        sizes = (3, int(rng.choice([2, 4])), *([99] if draw[0] < whole else []))
        pairs += [_pair(claim.abstract, claim, size, claim.label, name) for size in sizes]
        like = [i for i in index.nearest(claim.claim, 4) if abstracts[i][0] != claim.paper] if draw[1] < 0.15 else []
        if like:
            other = abstracts[like[0]][1]
            pairs.append(_pair(other, claim, 3, PairLabel.NEUTRAL, f"{name}_elsewhere"))
        if draw[2] < 0.25:
            pairs += _far(claim, f"{name}_far")
    return pairs


def own_pairs(claims: Sequence[OwnClaim], seed: int) -> list[Pair]:
    """Training pairs of all claims that are not held out.

    Every claim meets its abstract's nearest two, three and four sentences; a third of them the whole
    abstract; half of them the nearest window of a like paper, a quarter of them the sentences of their own abstract
    that are farthest from them (both neutral). Entailed claims with one detail changed are contradicted.

    Args:
        claims: All claims; held-out ones are left out here.
        seed: Seed of the draws.
    """
    kept = [c for c in claims if not held_out(c.paper)]
    if not kept:
        return []
    rng = np.random.default_rng(seed)
    abstracts = sorted({(c.paper, c.abstract) for c in kept})
    index = Neighbours([text for _, text in abstracts])
    papers = [paper for paper, _ in abstracts]
    pairs: list[Pair] = []
    for claim in kept:
        pairs += [_pair(claim.abstract, claim, size, claim.label, "own_claims") for size in (2, 3, 3, 4)]
        draw = rng.random(4)
        if draw[0] < 0.33:
            pairs.append(_pair(claim.abstract, claim, 99, claim.label, "own_claims_whole"))
        if draw[1] < 0.5:
            like = [i for i in index.nearest(claim.claim, 6) if papers[i] != claim.paper]
            other = abstracts[like[int(rng.integers(len(like)))]][1]
            pairs.append(_pair(other, claim, int(rng.integers(2, 4)), PairLabel.NEUTRAL, "own_claims_elsewhere"))
        if draw[2] < 0.25:
            pairs += _far(claim)
        if claim.label is PairLabel.ENTAILMENT and draw[3] < 0.6:
            pairs += _changed(claim, rng)
    return pairs


def _pair(text: str, claim: OwnClaim, size: int, label: PairLabel, name: str) -> Pair:
    window = " ".join(nearest(sentences(text), claim.claim, size))
    return Pair(window, claim.claim, label, name, claim.licence, claim.paper)


def _far(claim: OwnClaim, name: str = "own_claims_far") -> list[Pair]:
    parts = sentences(claim.abstract)
    near = set(nearest(parts, claim.claim, 3))
    rest = [part for part in parts if part not in near]
    if len(rest) < 2:
        return []
    window = " ".join(nearest(rest, claim.claim, 3))
    return [Pair(window, claim.claim, PairLabel.NEUTRAL, name, claim.licence, claim.paper)]


def _changed(claim: OwnClaim, rng: np.random.Generator) -> list[Pair]:
    for change in (change_number, flip_direction):
        text = change(claim.claim, rng)
        if text:
            window = " ".join(nearest(sentences(claim.abstract), claim.claim, 3))
            return [Pair(window, text, PairLabel.CONTRADICTION, "own_claims_changed", OWN_LICENCE, claim.paper)]
    return []
