"""BM25+ over the content words of passages: the only import of rank_bm25 in this room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from synth.text import content_words

DECIMALS = 6
"""Scores are rounded, so that the last bits of a sum cannot turn a ranking."""


class Bm25:
    """BM25+ with the statistics of rank_bm25's ``BM25Plus`` (k1 = 1.5, b = 0.75, δ = 1).

    ``BM25Okapi`` is not used: its negative inverse document frequencies turn small collections upside down.
    ``BM25Plus.get_scores`` adds δ for passages that lack the word as well, which cancels the lower bound that
    the variant is named for; here δ goes, as published, to the passages that hold the word, so that a passage
    without any word of the query scores exactly 0.

    Args:
        passage_texts: The collection; an empty one, or one of empty texts, scores 0 throughout.

    References:
        Lv and Zhai, CIKM 2011, doi:10.1145/2063576.2063584, equation 12.
    """

    def __init__(self, passage_texts: Sequence[str]) -> None:
        self._n = len(passage_texts)
        self._weights: dict[str, tuple[NDArray[np.intp], NDArray[np.float64]]] = {}
        tokens = [list(content_words(text)) for text in passage_texts]
        if any(tokens):  # rank_bm25 divides by the mean length
            self._weights = _weights(BM25Plus(tokens))

    def scores(self, query: str) -> NDArray[np.float64]:
        """One score a passage. Shape ``(n,)``, 0 or above; a word that the query repeats counts each time."""
        scores = np.zeros(self._n)
        for word in sorted(content_words(query)):  # one order of addition for every order of words
            if word in self._weights:
                at, weight = self._weights[word]
                scores[at] += weight
        return np.round(scores, DECIMALS)


def _weights(model: BM25Plus) -> dict[str, tuple[NDArray[np.intp], NDArray[np.float64]]]:
    """For each word the passages that hold it and what it is worth in each."""
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, frequencies in enumerate(model.doc_freqs):
        for word, frequency in frequencies.items():
            postings[word].append((at, frequency))
    lengths = np.asarray(model.doc_len, dtype=np.float64)
    norm = model.k1 * (1 - model.b + model.b * lengths / model.avgdl)
    weights: dict[str, tuple[NDArray[np.intp], NDArray[np.float64]]] = {}
    for word, rows in postings.items():
        places, counts = np.asarray(rows, dtype=np.intp).T
        saturated = counts * (model.k1 + 1) / (norm[places] + counts)
        weights[word] = places, float(model.idf[word]) * (model.delta + saturated)
    return weights
