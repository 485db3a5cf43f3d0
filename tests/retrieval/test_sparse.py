from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.retrieval.sparse import Bm25
from synth.text import content_words

WORDS = st.lists(
    st.sampled_from(["transfer", "urdu", "model", "bert", "corpus", "score", "task", "layer"]), max_size=12
).map(" ".join)


def by_hand(texts: list[str], query: str, k1: float = 1.5, b: float = 0.75, delta: float = 1.0) -> list[float]:
    """BM25+ of Lv and Zhai (2011), written from the formula."""
    documents = [Counter(content_words(text)) for text in texts]
    lengths = [sum(document.values()) for document in documents]
    mean = sum(lengths) / len(lengths) if lengths else 0
    scores = []
    for document, length in zip(documents, lengths, strict=True):
        score = 0.0
        for word in content_words(query):
            holding = sum(word in other for other in documents)
            if document[word]:
                tf = document[word] * (k1 + 1) / (document[word] + k1 * (1 - b + b * length / mean))
                score += math.log((len(texts) + 1) / holding) * (tf + delta)
        scores.append(score)
    return scores


@given(st.lists(WORDS, max_size=7), WORDS)
def test_scores_follow_the_published_formula(texts, query):
    assert Bm25(texts).scores(query) == pytest.approx(by_hand(texts, query), abs=1e-5)


@pytest.mark.parametrize("texts", [[], [""], ["", " "], ["transfer to Urdu"], ["transfer to Urdu", "a cat"]])
def test_tiny_collections_score_every_passage(texts):
    scores = Bm25(texts).scores("transfer to Urdu")
    assert scores.shape == (len(texts),)
    assert np.isfinite(scores).all()


def test_the_best_match_leads_in_three_passages():
    texts = ["Transfer to Urdu improves.", "Transfer to French improves.", "The encoder has twelve layers."]
    scores = Bm25(texts).scores("transfer urdu")
    assert scores[0] > scores[1] > scores[2] == 0


@given(st.permutations(["transfer", "urdu", "model", "bert"]))
def test_the_order_of_the_query_does_not_matter(query):
    bm25 = Bm25(["transfer of a model", "BERT for Urdu, a model of Urdu", "corpus"])
    assert (bm25.scores(" ".join(query)) == bm25.scores("transfer urdu model bert")).all()
