"""Recipe of the check-worthiness scorer that ships in ``data/models/claims``.

``python -m synth.training.roles SENTENCES OUT --cache FOLDER`` embeds the capped mixture of
:mod:`synth.training.role_data`, fits one linear classifier a head (no set labels every head), measures each on
documents that none of them saw, and saves the weights with a manifest that says what they were made of. Fitting needs
scikit-learn, running numpy alone.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from synth.claims.features import NAMES, design, place_columns, surface_features, terms
from synth.claims.scorer import MANIFEST, ROLES, VOCABULARY, WEIGHTS
from synth.retrieval.dense import Encoder, MiniLmEncoder
from synth.signature import file_sha256
from synth.training.role_data import SEED, RoleSentence, embedded, read_sentences
from synth.training.role_scores import best_threshold, by_document

PENALTY = 0.1
"""Inverse strength of the L2 penalty; 0.05 and 0.2 scored within half a point of it."""
MAX_TERMS, MIN_COUNT = 2500, 8
FOLDS = 4
_UPF = {
    "motivation_background": "background",
    "motivation_problem": "background",
    "proposal": "objective",
    "proposal_implementation": "method",
    "means": "method",
    "result": "result",
    "result_means": "result",
    "observation": "result",
    "conclusion": "result",
}
_KEYWORDS = {"claim": ("finding",), "contribution": ("proposal", "first_person"), "result": ("finding", "comparison")}


def claim_label(sentence: RoleSentence) -> str | None:
    """The label of the claim head, or None where the sentence's set says nothing of claims."""
    if sentence.set != "detecting_scientific_claim":
        return None
    return "claim" if sentence.claim else "other"


def contribution_label(sentence: RoleSentence) -> str | None:
    """The label of the contribution head (ncg)."""
    return None if sentence.set != "ncg" else "contribution" if sentence.claim else "other"


def role_label(sentence: RoleSentence) -> str | None:
    """The label of the role head: csabstruct's own, and those of other sets that mean one of them."""
    if sentence.set == "csabstruct":
        return sentence.role
    if sentence.set == "mulms_az":
        parts = frozenset(sentence.role.split("|"))
        if "Results" in parts or "Conclusion" in parts:
            return None if "Background" in parts else "result"
        return "background" if "Background" in parts else "method" if "Experiment" in parts else None
    return _UPF.get(sentence.role) if sentence.set == "sciarg_upf_cl" else None


Labeller = Callable[[RoleSentence], str | None]
_HEADS: dict[str, tuple[Labeller, tuple[str, ...], str]] = {
    "claim": (claim_label, ("other", "claim"), "detecting_scientific_claim"),
    "contribution": (contribution_label, ("other", "contribution"), "ncg"),
    "role": (role_label, ROLES, "csabstruct"),
}
"""Label, classes and measuring set of each head."""


def vocabulary_of(texts: Sequence[str]) -> tuple[str, ...]:
    """The most frequent words and word pairs, in alphabetical order."""
    counts = Counter(term for text in texts for term in set(terms(text)))
    kept = sorted((term for term in counts if counts[term] >= MIN_COUNT), key=lambda term: (-counts[term], term))
    return tuple(sorted(kept[:MAX_TERMS]))


def fit(sentences: Sequence[RoleSentence], embeddings: NDArray[np.float32], out: Path) -> dict[str, Any]:
    """Fits, measures and saves all heads; gives the manifest.

    Raises:
        OSError: If ``out`` cannot be written.
    """
    train = [row for row, sentence in enumerate(sentences) if not sentence.dev]
    vocabulary = vocabulary_of([sentences[row].text for row in train])
    columns = {term: column for column, term in enumerate(vocabulary)}
    texts = [sentence.text for sentence in sentences]
    place = np.array([sentence.place for sentence in sentences])
    placed = design(texts, embeddings, place_columns(place), columns)
    alone = design(texts, embeddings, place_columns(np.full(len(texts), np.nan)), columns)
    weights: dict[str, NDArray[np.float32]] = {}
    scores: dict[str, Any] = {}
    for head, (label, classes, measuring) in _HEADS.items():
        labels = np.array([label(sentence) or "" for sentence in sentences])
        rows = np.array([row for row in train if labels[row]])
        dev = np.array([row for row, sentence in enumerate(sentences) if sentence.dev and sentence.set == measuring])
        weight = np.array([sentences[row].weight if head == "contribution" else 1.0 for row in rows])
        both = _Both(placed[rows], alone[rows], labels[rows], weight, classes)
        weights[f"{head}.weight"], weights[f"{head}.bias"] = both.fitted()
        folds = [f"{sentences[row].set}/{sentences[row].doc}" for row in rows]
        documents = [sentences[row].doc for row in dev]
        thresholds = both.thresholds(folds) if len(classes) == 2 else (0.0, 0.0)
        measured = {
            mode: _scores(_found(inputs[dev], weights, head, classes, threshold), labels[dev], documents, classes)
            for mode, inputs, threshold in (
                ("with_place", placed, thresholds[0]),
                ("without_place", alone, thresholds[1]),
            )
        }
        baselines = _baselines([texts[row] for row in dev], labels[dev], documents, classes)
        scores[head] = {"measured_on": measuring, "thresholds": thresholds, "baselines": baselines} | measured
    return _saved(out, sentences, vocabulary, weights, scores)


@dataclass(frozen=True, slots=True)
class _Both:
    """Training rows of a head, once with the place in the abstract and once without, as papers are read."""

    placed: NDArray[np.float32]
    alone: NDArray[np.float32]
    labels: NDArray[Any]
    weight: NDArray[np.float64]
    classes: tuple[str, ...]

    def fitted(self, rows: NDArray[np.bool_] | None = None) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weight ``(d, k)`` and bias ``(k,)``; one column for two classes, the second one's."""
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression

        rows = np.ones(len(self.labels), dtype=bool) if rows is None else rows
        labels = self.labels[rows] == self.classes[1] if len(self.classes) == 2 else self.labels[rows]
        model = LogisticRegression(C=PENALTY, max_iter=400)
        model.fit(
            csr_matrix(np.concatenate([self.placed[rows], self.alone[rows]])),
            np.concatenate([labels, labels]),
            sample_weight=np.tile(self.weight[rows] / 2, 2),
        )
        if len(self.classes) > 2 and tuple(model.classes_) != self.classes:
            raise ValueError(f"the training data has the roles {tuple(model.classes_)}, expected {self.classes}")
        return np.ascontiguousarray(model.coef_.T, dtype=np.float32), model.intercept_.astype(np.float32)

    def thresholds(self, documents: Sequence[str]) -> tuple[float, float]:
        """The thresholds with the best F1 over folds of training documents: with the place, and without."""
        names = {name: index for index, name in enumerate(sorted(set(documents)))}
        fold = np.array([names[document] % FOLDS for document in documents])
        scores = np.zeros((2, len(self.labels)))
        for number in range(FOLDS):
            outside = fold == number
            coefficients, bias = self.fitted(~outside)
            for mode, inputs in enumerate((self.placed, self.alone)):
                scores[mode, outside] = 1 / (1 + np.exp(-(inputs[outside] @ coefficients + bias)[:, 0]))
        gold = self.labels == self.classes[1]
        return best_threshold(gold, scores[0], self.weight), best_threshold(gold, scores[1], self.weight)


def _found(
    inputs: NDArray[np.float32],
    weights: dict[str, NDArray[np.float32]],
    head: str,
    classes: tuple[str, ...],
    threshold: float,
) -> NDArray[Any]:
    logits = inputs @ weights[f"{head}.weight"] + weights[f"{head}.bias"]
    if len(classes) > 2:
        columns = logits.argmax(axis=1)
        return np.array([classes[column] for column in columns])
    found: NDArray[Any] = np.where(1 / (1 + np.exp(-logits[:, 0])) >= threshold, classes[1], classes[0])
    return found


def _scores(
    found: NDArray[Any], gold: NDArray[Any], documents: Sequence[str], classes: tuple[str, ...]
) -> dict[str, Any]:
    if len(classes) == 2:
        return {classes[1]: by_document(gold, found, documents, classes[1], seed=SEED)}
    measured = {name: by_document(gold, found, documents, name, seed=SEED) for name in classes}
    return {"micro": by_document(gold, found, documents, None, seed=SEED)} | measured


def _baselines(
    texts: Sequence[str], gold: NDArray[Any], documents: Sequence[str], classes: tuple[str, ...]
) -> dict[str, Any]:
    """Always the most frequent class (always the positive one, where only that counts), and a list of keywords."""
    target = classes[1] if len(classes) == 2 else "result"
    surface = surface_features(texts)
    hits = surface[:, [NAMES.index(name) for name in _KEYWORDS[target]]].any(axis=1)
    keyword = np.where(hits, target, "other")
    if len(classes) == 2:
        constant = np.full(len(gold), target)
        majority = {target: by_document(gold, constant, documents, target, seed=SEED)}
    else:
        constant = np.full(len(gold), Counter(gold.tolist()).most_common(1)[0][0])
        majority = {"micro": by_document(gold, constant, documents, None, seed=SEED)}
    return {"majority": majority, "keywords": {target: by_document(gold, keyword, documents, target, seed=SEED)}}


def _saved(
    out: Path,
    sentences: Sequence[RoleSentence],
    vocabulary: Sequence[str],
    weights: dict[str, NDArray[np.float32]],
    scores: dict[str, Any],
) -> dict[str, Any]:
    out.mkdir(parents=True, exist_ok=True)
    save_file(weights, out / WEIGHTS)
    (out / VOCABULARY).write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    counts = Counter((sentence.set, sentence.licence, sentence.dev) for sentence in sentences)
    manifest = {
        "recipe": "python -m synth.training.roles",
        "encoder": MiniLmEncoder.signature,
        "seed": SEED,
        "penalty": PENALTY,
        "features": list(NAMES),
        "sha256": {name: file_sha256(out / name) for name in (WEIGHTS, VOCABULARY)},
        "data": [
            {"set": name, "licence": licence, "use": "dev" if dev else "train", "sentences": count}
            for (name, licence, dev), count in sorted(counts.items())
        ],
        "scores": scores,
    }
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


def run(sentences_path: Path, out: Path, cache: Path, encoder: Encoder) -> dict[str, Any]:
    """The whole recipe; gives the manifest.

    Raises:
        OSError: If the sentences cannot be read or ``out`` cannot be written.
    """
    sentences = read_sentences(sentences_path)
    return fit(sentences, embedded([sentence.text for sentence in sentences], encoder, cache), out)


def main(arguments: Sequence[str] | None = None) -> None:
    """The recipe on the command line."""
    parser = argparse.ArgumentParser(description="Fit the check-worthiness scorer.")
    parser.add_argument("sentences", type=Path, help="sentences.jsonl.xz")
    parser.add_argument("out", type=Path, help="folder of the weights")
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps the embeddings")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args(arguments)
    run(given.sentences, given.out, given.cache, MiniLmEncoder(threads=given.threads))


if __name__ == "__main__":
    main()
