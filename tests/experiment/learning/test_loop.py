from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import ConfigError, ModelError, OutputError
from synth.experiment.learning import loop
from synth.experiment.learning.batches import Batch
from synth.experiment.learning.corpus import encode_corpus
from synth.experiment.learning.loop import LoopConfig, fit, rate
from synth.experiment.learning.pretraining import Mixture, pretrain
from tests.experiment.learning import small

CONFIG = LoopConfig(steps=9, batch=4, max_length=24, checkpoint_every=3, log_every=2, learning_rate=3e-3)


def train(folder: Path | None, config: LoopConfig = CONFIG, seed: int = 1, on_progress=loop.silent) -> dict[str, bytes]:
    made = small.tokenizer()
    encoder = small.encoder(made)
    corpus = encode_corpus(made, small.TEXTS, small.PAIRS, config.max_length)
    pretrain(encoder, made, corpus, config, Mixture(pool=4), seed=seed, folder=folder, on_progress=on_progress)
    return dict(small.weights(encoder))


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return train(None)


def test_the_seed_decides_the_run(whole):
    assert train(None) == whole
    assert train(None, seed=2) != whole


@pytest.mark.parametrize("stop_at", [2, 5, 9])
def test_a_run_broken_off_and_resumed_gives_the_same_weights(whole, tmp_path, monkeypatch, stop_at):
    update = loop._Run.update

    def broken(self, batch, step):
        if step == stop_at:
            raise KeyboardInterrupt
        return update(self, batch, step)

    with monkeypatch.context() as patch:
        patch.setattr(loop._Run, "update", broken)
        if stop_at < CONFIG.steps:
            with pytest.raises(KeyboardInterrupt):
                train(tmp_path)
        else:
            train(tmp_path)
    steps: list[int] = []
    assert train(tmp_path, on_progress=lambda step, *_: steps.append(step)) == whole
    assert all(step > stop_at - stop_at % 3 for step in steps)
    assert bool(steps) == (stop_at < CONFIG.steps)


def test_a_killed_process_resumes_to_the_same_weights(whole, tmp_path):
    program = (
        "import os, pathlib, torch\n"
        "torch.set_num_threads(int(os.environ['THREADS']))\n"
        "from tests.experiment.learning import test_loop\n"
        "def stop(step, steps, loss):\n"
        "    if step == 6: os.kill(os.getpid(), 9)\n"
        "test_loop.train(pathlib.Path(os.environ['FOLDER']), on_progress=stop)\n"
    )
    import torch

    more = {"FOLDER": str(tmp_path), "THREADS": str(torch.get_num_threads())}
    done = subprocess.run([sys.executable, "-c", program], env={**os.environ, **more}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "state.safetensors").is_file()
    assert train(tmp_path) == whole


def test_a_checkpoint_of_another_config_is_refused_by_what_differs(tmp_path):
    train(tmp_path)
    with pytest.raises(ConfigError, match=r"learning_rate is 0.003 there and 0.001 here"):
        train(tmp_path, replace(CONFIG, learning_rate=1e-3))
    with pytest.raises(ConfigError, match="seed is 1 there and 5 here"):
        train(tmp_path, seed=5)


def test_how_often_it_is_told_is_no_part_of_a_run(whole, tmp_path):
    train(tmp_path)
    assert train(tmp_path, replace(CONFIG, log_every=5)) == whole


def test_a_damaged_checkpoint_is_refused(tmp_path):
    path = tmp_path / "state.safetensors"
    path.write_bytes(b"no checkpoint")
    with pytest.raises(ModelError, match="remove it to start anew"):
        train(tmp_path)
    for metadata in ({}, {"step": "two", "identity": "{}"}, {"step": "2", "identity": "7"}):
        path.write_bytes(safetensors.numpy.save({"x": np.zeros(1)}, metadata))
        with pytest.raises(ModelError, match="remove it to start anew"):
            train(tmp_path)


def test_a_loss_that_is_no_number_stops_and_keeps_the_last_checkpoint(whole, tmp_path, monkeypatch):
    gradients = loop._Run._gradients
    calls = []

    def spoilt(self, batch, size):
        calls.append(size)
        return float("nan") if len(calls) == 5 else gradients(self, batch, size)

    with monkeypatch.context() as patch:
        patch.setattr(loop._Run, "_gradients", spoilt)
        with pytest.raises(ModelError, match="loss at step 4 is nan"):
            train(tmp_path)
    assert train(tmp_path) == whole


def test_a_learning_rate_beyond_all_measure_ends_in_a_model_error(tmp_path):
    with pytest.raises(ModelError, match="below 1e"):
        train(tmp_path, replace(CONFIG, steps=60, learning_rate=1e30, clip=1e30))


def test_accumulated_passes_give_the_gradient_of_one():
    whole = train(None, replace(CONFIG, batch=8, bfloat16=False))
    parts = train(None, replace(CONFIG, batch=4, accumulate=2, bfloat16=False))
    for name, found in parts.items():
        a, b = (np.frombuffer(raw, np.float32) for raw in (found, whole[name]))
        np.testing.assert_allclose(a, b, atol=2e-4, err_msg=name)


@pytest.mark.parametrize(
    ("rows", "config", "held", "said"),
    [
        (10, {"batch": 10}, 3, "batch of 10; 2 fits: set batch = 2 and accumulate = 5"),
        (10, {"batch": 10}, 0, "batch of 10, nor a single example"),
        # pre-training has as many rows as a batch has room for: what is to be set is a share of the batch
        (20, {"batch": 8}, 5, "batch of 8; 2 fits: set batch = 2 and accumulate = 4"),
        (20, {"batch": 4, "accumulate": 2}, 5, "batch of 4; 2 fits: set batch = 2 and accumulate = 4"),
        (40, {"batch": 4}, 2, "batch of 4, nor a single example"),
        # a set smaller than the batch
        (10, {"batch": 32}, 5, "batch of 32; 16 fits: set batch = 16 and accumulate = 2"),
    ],
)
def test_a_batch_that_memory_does_not_hold_names_one_that_it_holds(encoder, monkeypatch, rows, config, held, said):
    import torch

    from synth.experiment.learning.heads import Network, word_network

    loss = Network.loss

    def limited(self, batch, head):
        if len(batch["ids"]) > held:
            raise torch.OutOfMemoryError("out of memory")
        return loss(self, batch, head)

    monkeypatch.setattr(Network, "loss", limited)
    ids = np.full((rows, 5), 7)
    batch = Batch("words", {"ids": ids, "mask": np.ones_like(ids), "types": ids * 0, "target": ids})
    with pytest.raises(ModelError, match=said):
        fit(word_network(encoder, 0, "words"), lambda step: batch, LoopConfig(steps=1, max_length=24, **config), seed=0)


@pytest.mark.parametrize("stopped", [False, True])
def test_words_are_frozen_for_one_training_alone(encoder, stopped):
    from synth.experiment.learning.heads import word_network

    ids = np.full((4, 5), 7)
    batch = Batch("words", {"ids": ids, "mask": np.ones_like(ids), "types": ids * 0, "target": ids})
    words = encoder.get_input_embeddings().weight
    before, seen = words.detach().clone(), []

    def told(*_):
        seen.append(words.requires_grad)
        if stopped:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) if stopped else nullcontext():
        config = LoopConfig(steps=2, log_every=1, freeze_words=True)
        fit(word_network(encoder, 0, "words"), lambda step: batch, config, seed=0, on_progress=told)
    assert not any(seen) and seen and words.requires_grad
    assert words.equal(before)


def test_a_checkpoint_that_a_full_disk_does_not_take_is_an_output_error(tmp_path, monkeypatch):
    import safetensors.torch

    def full(*_, **__):
        raise safetensors.SafetensorError("Error while serializing: I/O error: No space left on device (os error 28)")

    monkeypatch.setattr(safetensors.torch, "save_file", full)
    with pytest.raises(OutputError, match=r"cannot write .*state.safetensors: .*No space left .*; make room"):
        train(tmp_path)


def test_training_lowers_the_loss():
    losses: list[float] = []
    config = replace(CONFIG, steps=120, batch=8, log_every=10)
    train(None, config, on_progress=lambda step, steps, loss: losses.append(loss))
    assert losses[-1] < losses[0] - 0.5


@given(steps=st.integers(1, 500), warmup=st.floats(0, 1))
def test_the_rate_rises_to_its_peak_and_falls_to_zero(steps, warmup):
    config = LoopConfig(steps=steps, warmup=warmup, learning_rate=1.0)
    rates = [rate(step, config) for step in range(steps)]
    assert all(0 < r <= 1 for r in rates)
    peak = rates.index(max(rates))
    assert rates[: peak + 1] == sorted(rates[: peak + 1])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)


@pytest.mark.parametrize("bad", [{"steps": 0}, {"steps": 1, "batch": 0}, {"steps": 1, "pooling": "last"}])
def test_bad_choices(bad):
    with pytest.raises(ConfigError):
        LoopConfig(**bad)
