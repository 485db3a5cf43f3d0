"""Score a verifier on what it was never trained on, with bootstrap intervals and a claim-only baseline."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.jsonl import json_lines
from synth.training.export import manifest_bytes
from synth.training.general import measured_healthver, measured_mnli
from synth.training.judged import read_judged
from synth.training.own import OwnClaim, held_out, measured_claims, read_claims, read_written
from synth.training.pairs import LABELS, Pair, PairLabel, nearest
from synth.training.passages import read_passage_claims
from synth.training.readers import Files, read_files
from synth.verification.measures import expected_calibration_error, macro_f1
from synth.verification.nli import NliModel

_RESAMPLES = 1000
_ECE_BINS = 15


def measure_verifier(model: NliModel, data: Sequence[Path], *, seed: int = 0, limit: int = 2000) -> dict[str, Any]:
    """Scores of a model on every measured set that the folders hold.

    Args:
        model: The verifier.
        data: The folders that were given for training.
        seed: Seed of samples and resamples.
        limit: At most so many pairs of a set.

    Returns:
        Set to its scores (:func:`scores`); the project's own claims carry the claim-only baseline as well.
    """
    table: dict[str, Any] = {}
    for name, pairs in measured_sets(data).items():
        chosen = sample(pairs, limit, seed)
        logits = model.logits([(p.premise, p.hypothesis) for p in chosen])
        table[name] = scores(logits, chosen, seed)
    for name, claims in own_sets(data).items():
        kept = [(c.claim, c.label) for c in claims if not held_out(c.paper)]
        tested = [(c.claim, c.label) for c in claims if held_out(c.paper)]
        if kept and tested:
            table[name]["claim_only"] = claim_only(kept, tested)
    return table


def own_sets(data: Sequence[Path]) -> dict[str, list[OwnClaim]]:
    """Claims that were written for the project, by set."""
    return {
        "own_claims": [claim for folder in data for claim in read_claims(folder)],
        "written_claims": read_written(data),
        "passage_claims": read_passage_claims(data),
        "short_claims": read_passage_claims(data, "short_claims"),
    }


def measured_sets(data: Sequence[Path]) -> dict[str, list[Pair]]:
    """The pairs that are kept for measuring, by set; sets that no folder holds are absent."""
    found = {name: measured_claims(claims, name) for name, claims in own_sets(data).items()}
    found["judged_claims"] = read_judged(data, measured=True)
    for folder in data:
        if (folder / "sets.tar.xz").is_file() or (folder / "mnli").is_dir():
            files = read_files(folder)
            found["mnli_matched"] = measured_mnli(files)
            found["healthver_dev"] = measured_healthver(files)
            found["scifact_train"] = measured_scifact(files)
    return {name: pairs for name, pairs in sorted(found.items()) if pairs}


def measured_scifact(files: Files) -> list[Pair]:
    """SciFact's training claims (Wadden et al., 2020) against their rationale sentences.

    A claim without evidence meets the three sentences of its cited abstract that are nearest to it.
    The set is non-commercial: it is measured on and never trained on.
    """
    corpus = {r["doc_id"]: r for r in map(json.loads, json_lines(files.get("scifact/corpus.jsonl", "")))}
    names = {"SUPPORT": PairLabel.ENTAILMENT, "CONTRADICT": PairLabel.CONTRADICTION}
    pairs: list[Pair] = []
    for row in map(json.loads, json_lines(files.get("scifact/claims_train.jsonl", ""))):
        for document in row["cited_doc_ids"]:
            abstract = corpus[document]["abstract"]
            rationales = row["evidence"].get(str(document), [])
            label = names[rationales[0]["label"]] if rationales else PairLabel.NEUTRAL
            chosen = sorted({i for r in rationales for i in r["sentences"]})
            text = [abstract[i] for i in chosen] if rationales else nearest(abstract, row["claim"], 3)
            pairs.append(Pair(" ".join(text), row["claim"], label, "scifact_train", "CC BY-NC 2.0", str(document)))
    return pairs


def sample(pairs: Sequence[Pair], limit: int, seed: int) -> list[Pair]:
    """At most ``limit`` pairs, drawn without order."""
    order = np.random.default_rng(seed).permutation(len(pairs))[:limit]
    return [pairs[i] for i in np.sort(order)]


def scores(logits: NDArray[np.float64], pairs: Sequence[Pair], seed: int) -> dict[str, Any]:
    """Accuracy, macro-F1 and calibration error, with 95% bootstrap intervals that resample whole groups.

    Args:
        logits: Raw logits (n, 3).
        pairs: The n pairs.
        seed: Seed of the resamples.
    """
    classes = np.array([LABELS.index(p.label.value) for p in pairs], dtype=np.intp)
    predicted = logits.argmax(axis=1).astype(np.intp)
    spread = np.exp(logits - logits.max(axis=1, keepdims=True))
    confidence = (spread / spread.sum(axis=1, keepdims=True)).max(axis=1)
    groups = np.unique([p.group or str(i) for i, p in enumerate(pairs)], return_inverse=True)[1]
    members = [np.flatnonzero(groups == g) for g in range(groups.max() + 1)]
    rng = np.random.default_rng(seed)
    drawn: list[tuple[float, float]] = []
    for _ in range(_RESAMPLES):
        rows = np.concatenate([members[g] for g in rng.integers(len(members), size=len(members))])
        drawn.append((float((predicted[rows] == classes[rows]).mean()), macro_f1(predicted[rows], classes[rows])))
    low, high = np.quantile(np.array(drawn), [0.025, 0.975], axis=0)
    correct = predicted == classes
    return {
        "n": len(pairs),
        "accuracy": _rounded(correct.mean()),
        "accuracy_95": [_rounded(low[0]), _rounded(high[0])],
        "macro_f1": _rounded(macro_f1(predicted, classes)),
        "macro_f1_95": [_rounded(low[1]), _rounded(high[1])],
        "majority": _rounded(np.bincount(classes, minlength=3).max() / len(classes)),
        "ece_15": _rounded(expected_calibration_error(confidence, correct, bins=_ECE_BINS)),
        "confusion": [[int(((classes == a) & (predicted == b)).sum()) for b in range(3)] for a in range(3)],
    }


def claim_only(kept: Sequence[tuple[str, PairLabel]], tested: Sequence[tuple[str, PairLabel]]) -> dict[str, float]:
    """What the wording of the claims alone gives away: logistic regression on their words and word pairs.

    Args:
        kept: Training claims with their labels.
        tested: Measured claims with theirs.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(max_iter=1000))
    model.fit([text for text, _ in kept], [LABELS.index(label.value) for _, label in kept])
    predicted = np.asarray(model.predict([text for text, _ in tested]), dtype=np.intp)
    classes = np.array([LABELS.index(label.value) for _, label in tested], dtype=np.intp)
    return {"accuracy": _rounded((predicted == classes).mean()), "macro_f1": _rounded(macro_f1(predicted, classes))}


def add_scores(folder: Path, table: dict[str, Any]) -> None:
    """Write scores into a verifier's manifest.

    Args:
        folder: The exported folder.
        table: What :func:`measure_verifier` gave.
    """
    path = folder / "manifest.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    path.write_bytes(manifest_bytes({**facts, "scores": table}))


def _rounded(value: Any) -> float:
    return round(float(value), 4)
