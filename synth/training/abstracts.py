"""Contrast pairs from abstracts: sentences as claims, windows of abstracts as passages.

For every sentence taken as a claim, the same wording appears with more than one label, so neither the
wording of the claim nor its overlap with the passage gives the label away:

* claim and its own window: entailment; the claim with a detail changed: contradiction (a swapped name: no entailment);
* the changed claim against a window with the same change: entailment; the true claim against it: contradiction;
* claim, changed or not, against the rest of its abstract or the nearest other abstract: neutral.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from synth.training.contrast import CHANGES, names, swap_name, third_person
from synth.training.neighbours import Neighbours
from synth.training.pairs import Pair, PairLabel, nearest, sentences, share

ARXIV_LICENCE = "CC0 (arXiv metadata)"
SCITLDR_LICENCE = "Apache-2.0"


@dataclass(frozen=True, slots=True)
class Abstract:
    """Title and abstract of one paper."""

    id: str
    title: str
    text: str


def read_abstracts(folder: Path, count: int, seed: int) -> list[Abstract]:
    """A sample of a folder's ``metadata.jsonl.xz``: computation and language first, then other computer science.

    Papers whose PDFs lie in the folder are left out: they are what the whole system is measured on.

    Args:
        folder: The data folder.
        count: How many abstracts.
        seed: Seed of the sample.
    """
    path = folder / "metadata.jsonl.xz"
    if not path.is_file():
        return []
    measured = {p.stem.split("v")[0] for p in (folder / "pdf").glob("*.pdf")}
    found: list[tuple[float, Abstract]] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            categories = row.get("categories", ())
            if row["id"] in measured or not any(c.startswith("cs.") for c in categories):
                continue
            weight = 1.0 if "cs.CL" in categories[:2] else 4.0
            order = share(f"{seed}:{row['id']}") * weight
            found.append((order, Abstract(row["id"], row["title"], " ".join(row["abstract"].split()))))
    return [abstract for _, abstract in sorted(found, key=lambda item: (item[0], item[1].id))[:count]]


def contrast_pairs(abstracts: Sequence[Abstract], seed: int, set_name: str = "arxiv_contrast") -> list[Pair]:
    """Pairs as the module's head describes, about four for each abstract.

    Args:
        abstracts: Abstracts, the near ones of which serve each other as neutral passages.
        seed: Seed of the draws.
        set_name: Name of the set in the pairs.
    """
    usable = [a for a in abstracts if len(sentences(a.text)) >= 4]
    if len(usable) < 2:
        return []
    rng = np.random.default_rng(seed)
    index = Neighbours([a.text for a in usable])
    pairs: list[Pair] = []
    for position, abstract in enumerate(usable):
        near = [i for i in index.nearest(abstract.text, 5) if i != position]
        others = [usable[i] for i in near]
        for premise, claim, label in _around(abstract, others, rng):
            if label is PairLabel.NEUTRAL and claim in premise:
                continue  # a stock sentence ("Our code is public.") that the other abstract has as well
            pairs.append(Pair(premise, claim, label, set_name, ARXIV_LICENCE, abstract.id))
    return pairs


def _around(
    abstract: Abstract, others: Sequence[Abstract], rng: np.random.Generator
) -> Iterator[tuple[str, str, PairLabel]]:
    parts = sentences(abstract.text)
    at = _informative(parts, rng)
    true, window, rest = parts[at], _window(parts, at, rng), [p for i, p in enumerate(parts) if i != at]
    pool = [name for other in others for name in names(other.text)]
    swap = rng.random() < 0.3
    changed = swap_name(true, pool, rng) if swap else _change(true, rng)
    against = PairLabel.NOT_ENTAILMENT if swap else PairLabel.CONTRADICTION
    claim = third_person(true) if rng.random() < 0.6 else true
    other = sentences(others[int(rng.integers(len(others)))].text)
    yield " ".join(window), claim, PairLabel.ENTAILMENT
    yield " ".join(nearest(rest, claim, int(rng.integers(2, 4)))), claim, PairLabel.NEUTRAL
    if changed is None:
        return
    false = third_person(changed) if claim != true else changed
    yield " ".join(window), false, against
    mirrored = " ".join(changed if part == true else part for part in window)
    if rng.random() < 0.5:
        yield mirrored, claim, against
        yield mirrored, false, PairLabel.ENTAILMENT
    yield " ".join(nearest(other, false, 3)), false if rng.random() < 0.6 else claim, PairLabel.NEUTRAL


def _change(sentence: str, rng: np.random.Generator) -> str | None:
    for i in rng.permutation(len(CHANGES)):
        changed = CHANGES[int(i)](sentence, rng)
        if changed:
            return changed
    return None


def _informative(parts: Sequence[str], rng: np.random.Generator) -> int:
    """Prefer sentences with a figure, then late ones: abstracts open with background."""
    weights = np.array([1.0 + 2.0 * any(c.isdigit() for c in p) + i / len(parts) for i, p in enumerate(parts)])
    return int(rng.choice(len(parts), p=weights / weights.sum()))


def _window(parts: Sequence[str], at: int, rng: np.random.Generator) -> list[str]:
    size = int(rng.integers(2, 4))
    start = max(0, min(at - int(rng.integers(size)), len(parts) - size))
    return list(parts[start : start + size])


def title_pairs(abstracts: Sequence[Abstract]) -> list[Pair]:
    """Titles that are whole statements, against the sentences nearest to them: true paraphrases."""
    pairs = []
    for abstract in abstracts:
        if _VERBS.isdisjoint(abstract.title.lower().split()) or any(mark in abstract.title for mark in "?:!"):
            continue
        window = " ".join(nearest(sentences(abstract.text), abstract.title, 3))
        title = abstract.title.rstrip(".") + "."
        pairs.append(Pair(window, title, PairLabel.ENTAILMENT, "arxiv_titles", ARXIV_LICENCE, abstract.id))
    return pairs


_VERB_NAMES = "is are can improves improve helps help does do cannot makes need needs learn learns"
_VERBS = frozenset(_VERB_NAMES.split())


def summary_pairs(folder: Path, seed: int) -> list[Pair]:
    """One-sentence summaries (SciTLDR; Cachola et al., 2020) against their own and another abstract.

    Args:
        folder: A folder with ``scitldr.jsonl.xz``.
        seed: Seed of the draws.
    """
    path = folder / "scitldr.jsonl.xz"
    if not path.is_file():
        return []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("split", "train") == "train" and row["tldrs"]]
    rng = np.random.default_rng(seed)
    index = Neighbours([row["abstract"] for row in rows])
    pairs: list[Pair] = []
    for position, row in enumerate(rows):
        claim = third_person(row["tldrs"][0])
        if rng.random() < 0.6:
            window, label = row["abstract"], PairLabel.ENTAILMENT
        else:
            near = [i for i in index.nearest(row["abstract"], 4) if i != position]
            window, label = rows[near[int(rng.integers(len(near)))]]["abstract"], PairLabel.NEUTRAL
        passage = " ".join(nearest(sentences(window), claim, 3))
        pairs.append(Pair(passage, claim, label, "scitldr", SCITLDR_LICENCE, row["paper_id"]))
        if label is PairLabel.ENTAILMENT and (false := _change(claim, rng)):
            pairs.append(Pair(passage, false, PairLabel.CONTRADICTION, "scitldr", SCITLDR_LICENCE, row["paper_id"]))
    return pairs
