"""nDCG and recall of runs against qrels, as trec_eval and BEIR count them (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Qrels = Mapping[str, Mapping[str, int]]
"""Query to document to gain; documents that are not named are not relevant."""
Runs = Mapping[str, Sequence[str]]
"""Query to its documents, best first."""


def ndcg(qrels: Qrels, runs: Runs, k: int) -> float:
    """Mean normalised discounted cumulative gain at ``k`` over the queries that have a relevant document.

    References:
        Järvelin and Kekäläinen, ACM TOIS 2002, doi:10.1145/582415.582418; linear gains, as in trec_eval.
    """
    return _mean([_ndcg(qrels[query], runs.get(query, ()), k) for query in _judged(qrels)])


def recall(qrels: Qrels, runs: Runs, k: int) -> float:
    """Mean share of the relevant documents that are among the first ``k``."""
    shares = []
    for query in _judged(qrels):
        relevant = {name for name, gain in qrels[query].items() if gain > 0}
        shares.append(len(relevant & set(runs.get(query, ())[:k])) / len(relevant))
    return _mean(shares)


def _ndcg(gains: Mapping[str, int], run: Sequence[str], k: int) -> float:
    found = math.fsum(gains.get(name, 0) / math.log2(rank + 1) for rank, name in enumerate(run[:k], start=1))
    best = sorted(gains.values(), reverse=True)[:k]
    return found / math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(best, start=1))


def _judged(qrels: Qrels) -> list[str]:
    return sorted(query for query, gains in qrels.items() if any(gain > 0 for gain in gains.values()))


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0
