from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import numpy as np
import pytest

from synth.errors import ModelError
from synth.pipeline.cached import CachedEncoder, CachedNli
from synth.pipeline.parts import Parts
from synth.settings import Settings
from synth.store.store import Store
from tests.pipeline.fakes import OverlapNli, WordEncoder


@pytest.fixture
def store(tmp_path):
    with Store(f"sqlite:///{(tmp_path / 'a.sqlite').as_posix()}") as store:
        yield store


def test_a_text_is_embedded_once_and_comes_back_the_same(store):
    encoder = WordEncoder()
    first = CachedEncoder(encoder, store.vectors).encode(["a cat", "a dog", "a cat"])
    second = CachedEncoder(encoder, store.vectors).encode(["a dog", "a cat"])
    assert sorted(encoder.texts) == ["a cat", "a dog"]
    np.testing.assert_array_equal(first[[1, 0]], second)
    np.testing.assert_array_equal(first[0], first[2])


def test_what_comes_from_the_store_equals_what_was_computed(store):
    encoder = WordEncoder()
    texts = [f"word{number} of many words" for number in range(300)]
    fresh = CachedEncoder(encoder, store.vectors).encode(texts)
    np.testing.assert_array_equal(CachedEncoder(encoder, store.vectors).encode(texts), fresh)
    assert len(encoder.texts) == 300


def test_nothing_to_embed_is_an_empty_table(store):
    assert CachedEncoder(WordEncoder(), store.vectors).encode([]).shape == (0, 384)


def test_a_pair_is_scored_once_and_the_model_loads_only_for_new_ones(store):
    model, loads = OverlapNli(), []

    def load() -> OverlapNli:
        loads.append(1)
        return model

    pairs = [("cats sleep", "cats sleep"), ("cats sleep", "dogs bark")]
    done: list[int] = []
    first = CachedNli("m", load, store.logits, on_progress=done.append).logits([*pairs, pairs[0]])
    second = CachedNli("m", load, store.logits).logits(pairs)
    assert len(model.pairs) == 2 and len(loads) == 1
    assert sum(done) == 2
    np.testing.assert_array_equal(first[:2], second)
    assert CachedNli("m", load, store.logits).logits([]).shape == (0, 3)
    CachedNli("another model", load, store.logits).logits(pairs)
    assert len(loads) == 2


def test_a_model_that_several_threads_ask_for_is_loaded_once(store):
    loads = []

    def load() -> OverlapNli:
        time.sleep(0.05)
        loads.append(1)
        return OverlapNli()

    nli = CachedNli("m", load, store.logits)
    threads = [threading.Thread(target=nli.load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    nli.logits([("cats sleep", "cats sleep")])
    assert len(loads) == 1


@pytest.mark.parametrize("error", [ModelError("the weights are damaged"), MemoryError("damaged")])
def test_a_model_that_fails_ahead_of_time_is_told_of_when_it_is_needed(store, tmp_path, error):
    parts = Parts(Settings.read(workspace=tmp_path / "workspace"))

    def fail() -> OverlapNli:
        raise error

    parts.__dict__["_minilm"] = SimpleNamespace(load=lambda: None)
    parts.__dict__["nli"] = CachedNli("m", fail, store.logits)
    parts.preload()
    parts.preload()
    parts.close()
    with pytest.raises(type(error), match="damaged"):
        parts.nli.logits([("a", "b")])
