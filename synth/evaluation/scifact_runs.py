"""``synth evaluate scifact``: oracle abstracts, retrieval, and the open way over the whole corpus."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.evaluation.bootstrap import intervals
from synth.evaluation.pairs import blind, scores
from synth.evaluation.premises import Reading, View, read
from synth.evaluation.ranking import ndcg, recall
from synth.evaluation.scifact import (
    CONTRADICT,
    MOST_SENTENCES,
    SUPPORT,
    Finding,
    ScifactAbstract,
    ScifactClaim,
    as_pairs,
    counts,
    f1_scores,
)
from synth.evaluation.texts import CLASSES, TextCalibrator
from synth.retrieval.dense import Encoder
from synth.retrieval.fusion import blend
from synth.retrieval.sparse import Bm25
from synth.verification.nli import NliModel

READ = 5
"""Abstracts that are read for a claim in the open way; ten gave no better F1 on 150 of the training claims."""
DEPTH = 100
"""How far down a run is kept."""
BEARS, PER_RANK = 0.75, 2.0
"""Log-odds that an abstract says anything of a claim from which it is named as evidence, after twice the logarithm of
its rank was taken off."""
REFUTES = 0.35
"""Log-odds of refuting against supporting from which it is said to refute: the probabilities are fitted with as many
refuted claims as supported ones, but an abstract that bears on a claim supports it in two of three cases. This and the
two above were chosen for the best F1 on 350 of the training claims."""
BESIDE = 1.0
"""A further sentence belongs to the rationale where its odds are this near, in nats, to the best sentence's."""


def evaluate_scifact(
    claims: Sequence[ScifactClaim],
    corpus: Mapping[str, ScifactAbstract],
    nli: NliModel,
    encoder: Encoder,
    texts: TextCalibrator,
    *,
    seed: int = 0,
    on_progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """All of SciFact's scores.

    Args:
        claims: The claims.
        corpus: Every abstract by id.
        nli: The verifier.
        encoder: The encoder of the retrieval.
        texts: From the verifier's readings to probabilities.
        seed: Seed of the resamples.
        on_progress: Told what is being done.

    Returns:
        ``oracle``, ``retrieval`` and ``open`` with their scores and intervals, and ``curve`` for the plots.
    """
    on_progress(f"oracle: {sum(len(claim.cited) for claim in claims)} claims with a cited abstract")
    oracle, curve = _oracle(claims, corpus, nli, encoder, texts, seed)
    on_progress(f"retrieval: {len(claims)} claims over {len(corpus)} abstracts")
    runs = retrieve(claims, corpus, encoder)
    on_progress(f"open: reading {READ} abstracts a claim")
    readings = _read_runs(claims, corpus, runs["hybrid"], nli, encoder)
    runs["reranked"] = {claim.id: _reranked(runs["hybrid"][claim.id], readings[claim.id], texts) for claim in claims}
    on_progress("open: rationales")
    predicted = _findings(claims, corpus, readings, nli, texts)
    return {
        "n_claims": len(claims),
        "oracle": oracle,
        "retrieval": _retrieval_scores(claims, runs),
        "open": _open_scores(claims, predicted, seed),
        "curve": curve,
    }


def _oracle(
    claims: Sequence[ScifactClaim],
    corpus: Mapping[str, ScifactAbstract],
    nli: NliModel,
    encoder: Encoder,
    texts: TextCalibrator,
    seed: int,
) -> tuple[dict[str, Any], dict[str, Any]]:
    rows = as_pairs(claims, corpus)
    columns = texts.probabilities(read(nli, encoder, [(row.premise, row.claim) for row in rows]))
    truth = np.array([CLASSES.index(row.label) for row in rows], dtype=np.intp)
    groups = [row.id.partition("/")[0] for row in rows]

    def measure(at: NDArray[np.intp]) -> dict[str, float]:
        return scores(columns[at], truth[at])

    found = {name: round(value, 4) for name, value in measure(np.arange(len(rows))).items()}
    oracle = {
        "n": len(rows),
        **found,
        "intervals": intervals(measure, groups, seed),
        "claim_only": blind([row.claim for row in rows], truth, groups),
    }
    correct = columns.argmax(axis=1) == truth
    return oracle, {"confidence": columns.max(axis=1).round(4).tolist(), "correct": correct.tolist()}


def retrieve(
    claims: Sequence[ScifactClaim], corpus: Mapping[str, ScifactAbstract], encoder: Encoder
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Runs over the whole corpus: name to claim to documents.

    By BM25+, by the embedding of title and abstract (``dense``), by that of the best single sentence
    (``sentence``), and by the three blended (``hybrid``): a claim is often one sentence of an abstract on more.
    """
    ids = sorted(corpus)
    bodies = [" ".join((corpus[name].title, *corpus[name].sentences)) for name in ids]
    sparse, dense = Bm25(bodies), encoder.encode(bodies).astype(np.float64)
    parts = [corpus[name].sentences or (corpus[name].title,) for name in ids]
    starts = np.cumsum([0, *map(len, parts)])[: len(parts)]
    sentences = encoder.encode([text for part in parts for text in part])
    queries = encoder.encode([claim.text for claim in claims])
    runs: dict[str, dict[str, tuple[str, ...]]] = {"bm25": {}, "dense": {}, "sentence": {}, "hybrid": {}}
    for claim, query in zip(claims, queries, strict=True):
        scored = {
            "bm25": _top(ids, sparse.scores(claim.text)),
            "dense": _top(ids, (dense @ query.astype(np.float64)).round(6)),
            "sentence": _top(ids, np.maximum.reduceat(sentences @ query, starts).astype(np.float64).round(5)),
        }
        for name, run in scored.items():
            runs[name][claim.id] = tuple(run)
        runs["hybrid"][claim.id] = tuple(name for name, _ in blend(list(scored.values())))[:DEPTH]
    return runs


def _top(ids: Sequence[str], values: NDArray[np.float64]) -> dict[str, float]:
    best = np.argsort(-values, kind="stable")[:DEPTH]
    return {ids[at]: float(values[at]) for at in best}


def _read_runs(
    claims: Sequence[ScifactClaim],
    corpus: Mapping[str, ScifactAbstract],
    runs: Mapping[str, Sequence[str]],
    nli: NliModel,
    encoder: Encoder,
) -> dict[str, dict[str, Reading]]:
    items = [(claim, name) for claim in claims for name in runs[claim.id][:READ]]
    readings = read(nli, encoder, [(corpus[name].sentences, claim.text) for claim, name in items])
    found: dict[str, dict[str, Reading]] = {claim.id: {} for claim in claims}
    for (claim, name), reading in zip(items, readings, strict=True):
        found[claim.id][name] = reading
    return found


def _bearing(readings: Mapping[str, Reading], texts: TextCalibrator) -> dict[str, tuple[float, float]]:
    """Of each read abstract, in order of rank: log-odds that it bears on the claim, less its rank; that it refutes."""
    rows = texts.probabilities(list(readings.values()))
    return {
        name: (math.log((e + c) / n) - PER_RANK * math.log(rank), math.log(c / e))
        for rank, (name, (e, n, c)) in enumerate(zip(readings, rows.tolist(), strict=True), start=1)
    }


def _reranked(run: Sequence[str], readings: Mapping[str, Reading], texts: TextCalibrator) -> tuple[str, ...]:
    """The read part of a run by how surely each abstract bears on the claim, and the rest behind it."""
    found = _bearing(readings, texts)
    return (*sorted(found, key=lambda name: -found[name][0]), *run[READ:])


def _findings(
    claims: Sequence[ScifactClaim],
    corpus: Mapping[str, ScifactAbstract],
    readings: Mapping[str, Mapping[str, Reading]],
    nli: NliModel,
    texts: TextCalibrator,
) -> dict[str, dict[str, Finding]]:
    """The abstracts that bear on each claim, with label and rationale."""
    named: list[tuple[ScifactClaim, str, int, View]] = []
    for claim in claims:
        for name, (bears, refutes) in _bearing(readings[claim.id], texts).items():
            if bears >= BEARS:
                reading, side = readings[claim.id][name], 2 if refutes >= REFUTES else 0
                odds = reading.logits[:, side] - reading.logits[:, 1]
                named.append((claim, name, side, reading.views[int(odds.argmax())]))
    pairs = [(corpus[name].sentences[at], claim.text) for claim, name, _, view in named for at in view.places]
    logits, at = np.asarray(nli.logits(pairs)).reshape(-1, 3), 0
    found: dict[str, dict[str, Finding]] = {claim.id: {} for claim in claims}
    for claim, name, side, view in named:
        places = view.places
        part = logits[at : at + len(places)]
        at += len(places)
        odds = part[:, side] - part[:, 1]
        order = sorted(range(len(places)), key=lambda i: (-odds[i], places[i]))
        chosen = [places[i] for i in order if odds[i] >= odds.max() - BESIDE][:MOST_SENTENCES]
        found[claim.id][name] = Finding(SUPPORT if side == 0 else CONTRADICT, (tuple(chosen),))
    return found


def _retrieval_scores(
    claims: Sequence[ScifactClaim], runs: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, Any]:
    qrels = {claim.id: dict.fromkeys(claim.cited, 1) for claim in claims}
    by_run = {
        name: {
            "ndcg_at_10": round(ndcg(qrels, run, 10), 4),
            **{f"recall_at_{k}": round(recall(qrels, run, k), 4) for k in (1, 5, 10, 20, 100)},
        }
        for name, run in runs.items()
    }
    return {**by_run["hybrid"], **by_run}


def _open_scores(
    claims: Sequence[ScifactClaim], predicted: Mapping[str, Mapping[str, Finding]], seed: int
) -> dict[str, Any]:
    table = np.stack([counts(claim, predicted[claim.id]) for claim in claims])

    def measure(at: NDArray[np.intp]) -> dict[str, float]:
        return f1_scores(table[at].sum(axis=0))

    found = {name: round(value, 4) for name, value in measure(np.arange(len(claims))).items()}
    shown = intervals(measure, [claim.id for claim in claims], seed)
    return {**found, "abstracts_read": READ, "intervals": {name: shown[name] for name in shown if name.endswith("f1")}}
