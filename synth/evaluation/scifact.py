"""SciFact (Wadden et al., EMNLP 2020, arXiv:2004.14974): its files, and its official counting (pure but for reading).

The counting follows the published evaluation: an abstract is right where its label is; rationalised where
the first three predicted sentences hold one whole gold rationale as well; a sentence is right where it
belongs to a gold rationale all of whose sentences are predicted, and labelled right where its abstract is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.errors import EvaluationError
from synth.evaluation.labelled import CONTRADICTION, ENTAILMENT, NEUTRAL, LabelledPair
from synth.jsonl import json_lines

SUPPORT, CONTRADICT = "SUPPORT", "CONTRADICT"
_LABELS = {SUPPORT: ENTAILMENT, CONTRADICT: CONTRADICTION}
MOST_SENTENCES = 3
"""Predicted sentences of an abstract that count."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one abstract says of one claim."""

    label: str
    """``SUPPORT`` or ``CONTRADICT``."""
    rationales: tuple[tuple[int, ...], ...]
    """Gold: each rationale's sentences. Predicted: one, best sentence first."""


@dataclass(frozen=True, slots=True)
class ScifactClaim:
    """A claim with its gold evidence by abstract."""

    id: str
    text: str
    cited: tuple[str, ...]
    evidence: Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class ScifactAbstract:
    """An abstract of the corpus."""

    id: str
    title: str
    sentences: tuple[str, ...]


def read_scifact(folder: Path) -> tuple[str, tuple[ScifactClaim, ...], dict[str, ScifactAbstract]]:
    """The claims and the corpus of a folder.

    Args:
        folder: Holds ``corpus.jsonl`` and ``claims_dev.jsonl`` or else ``claims_train.jsonl``.

    Returns:
        Name of the claims' file, claims, abstracts by id.

    Raises:
        EvaluationError: A file is absent or a line is not as published; the line is named.
    """
    for name in ("claims_dev.jsonl", "claims_train.jsonl"):
        if (folder / name).is_file():
            claims = tuple(_claim(row, where) for row, where in _lines(folder / name))
            corpus = {one.id: one for one in (_abstract(row, where) for row, where in _lines(folder / "corpus.jsonl"))}
            absent = sorted({cited for claim in claims for cited in claim.cited} - set(corpus))
            if absent:
                raise EvaluationError(f"{name} cites abstracts that are not in corpus.jsonl: {', '.join(absent[:5])}")
            return name, claims, corpus
    raise EvaluationError(f"{folder} holds neither claims_dev.jsonl nor claims_train.jsonl, SciFact's published files")


def as_pairs(claims: Sequence[ScifactClaim], corpus: Mapping[str, ScifactAbstract]) -> tuple[LabelledPair, ...]:
    """Each claim with each abstract that it cites; without evidence in it the label is neutral."""
    return tuple(
        LabelledPair(
            id=f"{claim.id}/{cited}",
            premise=corpus[cited].sentences,
            claim=claim.text,
            label=_LABELS[claim.evidence[cited].label] if cited in claim.evidence else NEUTRAL,
        )
        for claim in claims
        for cited in claim.cited
    )


def _lines(path: Path) -> list[tuple[dict[str, Any], str]]:
    try:
        lines = json_lines(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path.name} cannot be read: {error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append((json.loads(line), f"{path.name}, line {number}"))
            except ValueError as error:
                raise EvaluationError(f"{path.name}, line {number}: no JSON ({error})") from error
    return found


def _claim(row: dict[str, Any], where: str) -> ScifactClaim:
    try:
        evidence = {
            str(document): Finding(parts[0]["label"], tuple(tuple(part["sentences"]) for part in parts))
            for document, parts in row["evidence"].items()
            if parts
        }
        return ScifactClaim(str(row["id"]), row["claim"], tuple(map(str, row["cited_doc_ids"])), evidence)
    except (KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(f"{where}: {error} is not as published (id, claim, evidence, cited_doc_ids)") from error


def _abstract(row: dict[str, Any], where: str) -> ScifactAbstract:
    try:
        return ScifactAbstract(str(row["doc_id"]), row["title"], tuple(row["abstract"]))
    except (KeyError, TypeError) as error:
        raise EvaluationError(f"{where}: {error} is not as published (doc_id, title, abstract)") from error


Counts = NDArray[np.float64]
"""Shape ``(len(COLUMNS),)``; counts add up over claims."""
COLUMNS = (
    "abstracts",
    "abstracts_gold",
    "abstracts_labelled",
    "abstracts_rationalised",
    "sentences",
    "sentences_gold",
    "sentences_selected",
    "sentences_labelled",
)


def counts(claim: ScifactClaim, predicted: Mapping[str, Finding]) -> Counts:
    """What the official scorer counts for one claim.

    Args:
        claim: The claim with its gold evidence.
        predicted: Finding of each abstract that is said to bear on it.
    """
    row = dict.fromkeys(COLUMNS, 0)
    row["abstracts"] = len(predicted)
    row["abstracts_gold"] = len(claim.evidence)
    row["sentences_gold"] = sum(len(part) for gold in claim.evidence.values() for part in gold.rationales)
    for document, found in predicted.items():
        chosen = found.rationales[0] if found.rationales else ()
        row["sentences"] += len(chosen)
        gold = claim.evidence.get(document)
        if gold is None:
            continue
        labelled = found.label == gold.label
        held = [set(part) for part in gold.rationales]
        row["abstracts_labelled"] += labelled
        row["abstracts_rationalised"] += labelled and any(part <= set(chosen[:MOST_SENTENCES]) for part in held)
        selected = sum(_selected(sentence, chosen, held) for sentence in chosen)
        row["sentences_selected"] += selected
        row["sentences_labelled"] += selected if labelled else 0
    return np.array([row[name] for name in COLUMNS], dtype=np.float64)


def _selected(sentence: int, chosen: Sequence[int], held: Sequence[set[int]]) -> bool:
    """The first gold rationale that holds the sentence decides, as in the official scorer."""
    for part in held:
        if sentence in part:
            return part <= set(chosen)
    return False


def f1_scores(total: Counts) -> dict[str, float]:
    """Precision, recall and F1 of the four official measures, from summed counts."""
    row = dict(zip(COLUMNS, total.tolist(), strict=True))
    found: dict[str, float] = {}
    for name, hits, unit in (
        ("abstract_label", "abstracts_labelled", "abstracts"),
        ("abstract_rationalised", "abstracts_rationalised", "abstracts"),
        ("sentence_selection", "sentences_selected", "sentences"),
        ("sentence_label", "sentences_labelled", "sentences"),
    ):
        said, gold = row[unit], row[f"{unit}_gold"]
        precision = row[hits] / said if said else 0.0
        recall = row[hits] / gold if gold else 0.0
        both = precision + recall
        found |= {
            f"{name}_precision": precision,
            f"{name}_recall": recall,
            f"{name}_f1": 2 * precision * recall / both if both else 0.0,
        }
    return found
