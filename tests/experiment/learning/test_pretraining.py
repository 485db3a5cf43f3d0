from __future__ import annotations

import numpy as np
import pytest

from synth.errors import ConfigError
from synth.experiment.learning.batches import IGNORED
from synth.experiment.learning.corpus import balanced, encode_corpus
from synth.experiment.learning.pretraining import Batches, Mixture
from synth.experiment.learning.tokenizer import specials
from tests.experiment.learning import small


def batches(tokenizer, mixture: Mixture, texts=small.TEXTS, pairs=small.PAIRS, tokens: int = 200) -> Batches:
    corpus = encode_corpus(tokenizer, texts, pairs, 24)
    return Batches(corpus, tokenizer, mixture, tokens=tokens, max_length=24, seed=1)


def test_a_batch_is_a_function_of_its_step(tokenizer):
    forward, other = batches(tokenizer, Mixture(pool=4)), batches(tokenizer, Mixture(pool=4))
    made = [forward(step) for step in range(9)]
    for step in (8, 0, 5):
        for name, array in other(step).arrays.items():
            np.testing.assert_array_equal(array, made[step].arrays[name])


def test_one_sub_word_in_seven_is_hidden_and_no_special_one(tokenizer):
    ids = specials(tokenizer)
    source = batches(tokenizer, Mixture(pool=4), tokens=800)
    hidden, seen, masked = 0, 0, 0
    for step in range(20):
        arrays = source(step).arrays
        chosen = arrays["target"] != IGNORED
        assert not np.isin(arrays["target"][chosen], [ids.start, ids.pad, ids.end]).any()
        assert (arrays["mask"][chosen] == 1).all()
        hidden, seen = hidden + chosen.sum(), seen + (arrays["mask"] == 1).sum()
        masked += (arrays["ids"][chosen] == ids.mask).sum()
    assert 0.09 < hidden / seen < 0.15
    assert 0.75 < masked / hidden < 0.85


@pytest.mark.parametrize(("share", "low", "high"), [(0.0, 0.0, 0.0), (0.5, 0.4, 0.6), (1.0, 1.0, 1.0)])
def test_the_share_of_translations_is_kept(tokenizer, share, low, high):
    ids = specials(tokenizer)
    source = batches(tokenizer, Mixture(translation=share, joined=0, pool=4), tokens=800)
    paired = total = 0
    for step in range(8):
        arrays = source(step).arrays
        unhidden = np.where(arrays["target"] == IGNORED, arrays["ids"], arrays["target"])
        both = (unhidden == ids.end).sum(axis=1) == 3
        sizes = arrays["mask"].sum(axis=1)
        paired, total = paired + sizes[both].sum(), total + sizes.sum()
    assert low <= paired / total <= high


def test_a_translation_counts_its_places_from_the_start(tokenizer):
    source = batches(tokenizer, Mixture(translation=1.0, pool=2))
    arrays = source(0).arrays
    for positions, mask in zip(arrays["positions"], arrays["mask"], strict=True):
        held = positions[mask == 1]
        assert held[0] == 2 and (held == 2).sum() == 2
        assert set(np.diff(held)[np.diff(held) != 1]) == {2 - held[: np.flatnonzero(held == 2)[1]].max()}


def test_batches_are_of_about_the_same_size(tokenizer):
    source = batches(tokenizer, Mixture(pool=8), tokens=400)
    sizes = [int(source(step).arrays["mask"].sum()) for step in range(16)]
    assert min(sizes) > 300 and max(sizes) < 500
    padded = [source(step).arrays["mask"].mean() for step in range(16)]
    assert np.mean(padded) > 0.85


def test_a_long_text_is_cut(tokenizer):
    source = batches(tokenizer, Mixture(pool=1), {"en": ["fox " * 200]}, {"xx": [("kuca " * 99, "house " * 99)]})
    assert source(0).arrays["ids"].shape[1] <= 24


@pytest.mark.parametrize(("texts", "pairs"), [(small.TEXTS, {}), ({}, small.PAIRS)])
def test_one_kind_of_text_is_enough(tokenizer, texts, pairs):
    assert batches(tokenizer, Mixture(pool=2), texts, pairs)(3).weight() > 0


@pytest.mark.parametrize("texts", [{}, {"en": []}, {"en": [""]}])
def test_no_text_is_refused(tokenizer, texts):
    with pytest.raises(ConfigError, match="no text"):
        encode_corpus(tokenizer, texts, {}, 24)


def test_a_large_language_is_held_down():
    texts = {"en": [f"a{i}" for i in range(900)], "xx": [f"b{i}" for i in range(100)], "yy": []}
    for exponent, expected in ((1.0, 20), (0.5, 50), (0.0, 100)):
        made = balanced(texts, 200, exponent, 0)
        assert sum(text.startswith("b") for text in made) == expected
    assert balanced(texts, 200, 0.5, 0) == balanced(texts, 200, 0.5, 0) != balanced(texts, 200, 0.5, 1)
