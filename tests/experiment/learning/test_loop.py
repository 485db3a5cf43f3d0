from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import ConfigError, ModelError
from synth.experiment.learning import loop, pretraining
from synth.experiment.learning.batches import Batch
from synth.experiment.learning.loop import LoopConfig, fit, rate
from synth.experiment.learning.pretraining import Mixture, encode_corpus, pretrain
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
    (tmp_path / "state.safetensors").write_bytes(b"no checkpoint")
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


def test_a_batch_that_memory_does_not_hold_names_one_that_it_holds(tokenizer, encoder, monkeypatch):
    import torch

    from synth.experiment.learning.heads import Network, word_network

    loss = Network.loss

    def limited(self, batch, head):
        if len(batch["ids"]) > 3:
            raise torch.OutOfMemoryError("out of memory")
        return loss(self, batch, head)

    monkeypatch.setattr(Network, "loss", limited)
    ids = np.full((10, 5), 7)
    batch = Batch("words", {"ids": ids, "mask": np.ones_like(ids), "types": ids * 0, "target": ids})
    network = word_network(encoder, 0, "words")
    config = LoopConfig(steps=1, batch=10, max_length=24)
    with pytest.raises(ModelError, match="batch of 10; 2 fits: set batch = 2 and accumulate = 5"):
        fit(network, lambda step: batch, config, seed=0)

    def never(self, batch, head):
        raise torch.OutOfMemoryError("out of memory")

    monkeypatch.setattr(Network, "loss", never)
    with pytest.raises(ModelError, match="nor a single example"):
        fit(network, lambda step: batch, config, seed=0)


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


def test_the_head_is_called_as_pretraining_calls_it():
    assert pretraining.HEAD == "words"
