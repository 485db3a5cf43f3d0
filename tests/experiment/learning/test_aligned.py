from __future__ import annotations

import random
from typing import Any

import numpy as np

from synth.experiment.learning.aligned import aligned_words, start_from
from synth.experiment.learning.corpus import encode_corpus
from synth.experiment.learning.tokenizer import train_tokenizer
from tests.experiment.learning import small

ENGLISH = [f"{a}o{b}" for a in "bdfgk" for b in "lmnrt"]
FOREIGN = [f"{b}u{a}" for a in "bdfgk" for b in "lmnrt"]


def corpus() -> Any:
    rng = random.Random(3)
    drawn = [rng.choices(range(len(ENGLISH)), k=4) for _ in range(400)]
    pairs = [
        (" ".join(["ze", *(FOREIGN[i] for i in row)]), " ".join(["the", *(ENGLISH[i] for i in row)])) for row in drawn
    ]
    tokenizer = train_tokenizer([text for pair in pairs for text in pair], 420)
    return tokenizer, encode_corpus(tokenizer, {}, {"xx": pairs}, 40)


def test_translations_are_nearest_to_each_other():
    tokenizer, made = corpus()
    vectors = aligned_words(made, tokenizer.get_vocab_size(), 24, 0)
    words = [tokenizer.encode(word, add_special_tokens=False).ids for word in (*ENGLISH, *FOREIGN)]
    assert all(len(ids) == 1 for ids in words)
    found = vectors[[ids[0] for ids in words]]
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    nearest = (found[:25] @ found[25:].T).argmax(axis=1)
    assert (nearest == np.arange(25)).mean() > 0.9


def test_the_same_text_and_seed_give_the_same_vectors():
    tokenizer, made = corpus()
    size = tokenizer.get_vocab_size()
    first = aligned_words(made, size, 16, 0)
    assert (first == aligned_words(made, size, 16, 0)).all()


def test_a_width_beyond_the_text_is_filled_with_zeros(tokenizer):
    made = encode_corpus(tokenizer, {}, {"xx": [("fuks", "fox"), ("kuca", "house")]}, 24)
    vectors = aligned_words(made, tokenizer.get_vocab_size(), 30, 0)
    assert vectors.shape == (tokenizer.get_vocab_size(), 30)
    assert np.isfinite(vectors).all() and not vectors[:, 2:].any()


def test_without_pairs_nothing_is_known(encoder, tokenizer):
    vectors = aligned_words(encode_corpus(tokenizer, small.TEXTS, {}, 24), tokenizer.get_vocab_size(), 16, 0)
    assert not vectors.any()
    before = small.weights(encoder)
    start_from(encoder, vectors)
    assert small.weights(encoder) == before


def test_words_without_a_vector_keep_their_random_one(encoder, tokenizer):
    vectors = np.zeros((tokenizer.get_vocab_size(), 16), np.float32)
    vectors[300] = 0.25
    before = encoder.get_input_embeddings().weight.detach().clone()
    start_from(encoder, vectors)
    after = encoder.get_input_embeddings().weight
    assert (after[300] == 0.25).all()
    assert (after[:300] == before[:300]).all() and (after[301:] == before[301:]).all()
