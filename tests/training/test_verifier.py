from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from synth.errors import ConfigError, ModelError, OutputError
from synth.training import base, export, loop
from synth.training.loop import LoopConfig, Trainer, device_of, plan, rate
from synth.training.recipe import RecipeConfig, train_verifier, training_facts
from synth.verification.nli import load_nli
from tests.training.tiny import write_base, write_claims, write_metadata, write_sets, write_written

LOOP = LoopConfig(batch=4, pool=2, warmup=2, checkpoint_every=3, log_every=2, max_length=64, learning_rate=1e-3)
CONFIG = RecipeConfig(general_steps=4, task_steps=5, abstracts=6, loop=LOOP)


@pytest.fixture(scope="module")
def start(tmp_path_factory) -> Path:
    return write_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> list[Path]:
    root = tmp_path_factory.mktemp("data")
    made = [write_sets(root / "nli"), write_claims(root / "claims"), write_metadata(root / "arxiv")]
    return [*made, write_written(root / "written")]


@pytest.fixture(scope="module")
def trained(start, data, tmp_path_factory) -> Path:
    return train_verifier(data, tmp_path_factory.mktemp("run"), seed=3, config=CONFIG, base=start)


def _weights(folder: Path) -> bytes:
    return (folder / "model.safetensors").read_bytes()


def test_same_seed_same_weights(trained, start, data, tmp_path):
    assert _weights(train_verifier(data, tmp_path, seed=3, config=CONFIG, base=start)) == _weights(trained)


def test_another_seed_gives_other_weights(trained, start, data, tmp_path):
    assert _weights(train_verifier(data, tmp_path, seed=4, config=CONFIG, base=start)) != _weights(trained)


@pytest.mark.parametrize("stop_at", [3, 6])
def test_a_resumed_run_equals_an_uninterrupted_one(trained, start, data, tmp_path, monkeypatch, stop_at):
    whole_fit = Trainer._update

    def interrupted(self: Trainer, pairs, learning_rate):
        if self.step == stop_at + 1:
            raise KeyboardInterrupt
        return whole_fit(self, pairs, learning_rate)

    monkeypatch.setattr(Trainer, "_update", interrupted)
    with pytest.raises(KeyboardInterrupt):
        train_verifier(data, tmp_path, seed=3, config=CONFIG, base=start)
    monkeypatch.setattr(Trainer, "_update", whole_fit)
    steps: list[int] = []
    folder = train_verifier(
        data, tmp_path, seed=3, config=CONFIG, base=start, on_progress=lambda step, *_: steps.append(step)
    )
    assert min(steps) > stop_at
    assert _weights(folder) == _weights(trained)


def test_training_lowers_the_loss_and_logs_it(start, data, tmp_path):
    config = replace(CONFIG, general_steps=60, task_steps=0, loop=replace(LOOP, log_every=10, learning_rate=3e-3))
    train_verifier(data, tmp_path, seed=1, config=config, base=start)
    rows = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == [10, 20, 30, 40, 50, 60]
    assert rows[-1]["loss"] < rows[0]["loss"]


def test_a_run_with_other_choices_is_not_resumed(trained, start, data):
    with pytest.raises(ConfigError, match="another seed"):
        train_verifier(data, trained.parent, seed=5, config=CONFIG, base=start)


def test_a_fresh_start_forgets_the_older_run(start, data, tmp_path, trained):
    train_verifier(data, tmp_path, seed=9, config=CONFIG, base=start)
    folder = train_verifier(data, tmp_path, seed=3, config=CONFIG, base=start, resume=False)
    assert _weights(folder) == _weights(trained)


def test_no_data_is_an_error(start, tmp_path):
    with pytest.raises(ConfigError, match="no training data"):
        train_verifier([tmp_path], tmp_path / "out", config=CONFIG, base=start)


def test_a_loss_that_is_no_number_stops_the_run(start, data, tmp_path, monkeypatch):
    monkeypatch.setattr(Trainer, "_update", lambda self, pairs, learning_rate: float("nan"))
    with pytest.raises(ModelError, match="loss at step 0 is nan"):
        train_verifier(data, tmp_path, config=CONFIG, base=start)


def test_the_export_says_what_it_is_and_loads(trained):
    manifest = json.loads((trained / "manifest.json").read_text())
    assert manifest["labels"] == ["entailment", "neutral", "contradiction"]
    assert [phase["name"] for phase in manifest["phases"]] == ["general", "task"]
    assert manifest["phases"][0]["counts"]["lingnli"]["neutral"] > 0
    assert set(manifest["phases"][1]["licences"]) == set(manifest["phases"][1]["counts"])
    assert load_nli(trained).logits([("the cat sat", "a cat sat")]).shape == (1, 3)


def test_a_premise_that_is_measured_is_not_trained_on(trained):
    # the collection's one held-out premise carries three of the 24 pairs
    manifest = json.loads((trained / "manifest.json").read_text())
    assert sum(manifest["phases"][0]["counts"]["lingnli"].values()) == 21


def test_weights_too_large_to_ship_are_refused(start, tmp_path, monkeypatch):
    from tokenizers import Tokenizer

    monkeypatch.setattr(export, "MAX_BYTES", 100)
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    with pytest.raises(OutputError, match="at most 100"):
        export.export_verifier(base.new_verifier(start, 0), tokenizer, tmp_path, max_length=64, facts={})


def test_damaged_starting_weights_are_refused(monkeypatch):
    monkeypatch.setattr(base, "BASE_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="expected 000000000000"):
        base.base_folder()


def test_a_device_that_is_not_there_is_refused(start, data, tmp_path, monkeypatch):
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert device_of("auto") == device_of("cpu") == "cpu"
    with pytest.raises(ConfigError, match="torch sees no GPU here"):
        train_verifier(data, tmp_path, seed=3, config=CONFIG, base=start, device="cuda")
    with pytest.raises(ConfigError, match="tpu is no device"):
        device_of("tpu")


def test_a_gpu_is_taken_where_there_is_one(monkeypatch):
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    assert [device_of(name) for name in ("auto", "cuda", "cpu")] == ["cuda", "cuda", "cpu"]


def test_the_plan_is_a_prefix_of_a_longer_one_and_covers_every_pair():
    lengths = list(range(40))
    short, long = list(plan(lengths, 5, LOOP, 1)), list(plan(lengths, 20, LOOP, 1))
    assert all((a == b).all() for a, b in zip(short, long[:5], strict=True))
    assert set(np.concatenate(long[:10])) == set(range(40))


def test_the_plan_works_with_fewer_pairs_than_a_pool():
    assert [len(batch) for batch in plan([3, 1, 2], 4, LOOP, 0)] == [4, 4, 4, 4]


def test_the_rate_rises_stays_and_falls():
    config = LoopConfig(learning_rate=1.0, warmup=10, decay=0.2)
    rates = [rate(step, 100, config) for step in range(100)]
    assert rates[0] == pytest.approx(0.1)
    assert rates[10:80] == [1.0] * 70
    assert rates[80:] == sorted(rates[80:], reverse=True)
    assert 0 < rates[-1] <= 0.05


def test_the_loss_is_cross_entropy_where_one_label_is_allowed():
    import torch

    logits = torch.tensor([[2.0, 0.5, -1.0], [0.1, 0.2, 0.3]])
    allowed = torch.tensor([[True, False, False], [False, False, True]])
    ours = loop.partial_label_loss(logits, allowed, 0.1)
    theirs = torch.nn.functional.cross_entropy(logits, torch.tensor([0, 2]), label_smoothing=0.1)
    assert float(ours) == pytest.approx(float(theirs), abs=1e-6)


def test_an_open_label_costs_nothing_when_entailment_is_ruled_out():
    import torch

    logits = torch.tensor([[-30.0, 1.0, 1.0]])
    assert float(loop.partial_label_loss(logits, torch.tensor([[False, True, True]]), 0.0)) == pytest.approx(
        0, abs=1e-6
    )


def test_a_run_goes_on_from_an_earlier_verifier_and_says_so(trained, data, tmp_path):
    config = replace(CONFIG, general_steps=0, task_steps=3)
    later = train_verifier(data, tmp_path, seed=5, config=config, base=trained)
    before = json.loads((trained / "manifest.json").read_text(encoding="utf-8"))
    after = json.loads((later / "manifest.json").read_text(encoding="utf-8"))
    assert [run["gave"] for run in after["earlier_runs"]] == [before["sha256"]["model.safetensors"]]
    assert after["earlier_runs"][0]["phases"] == before["phases"]
    assert [phase["name"] for phase in after["phases"]] == ["task"]
    assert _weights(later) != _weights(trained)


def test_a_run_from_averaged_weights_says_so_of_the_run_before(tmp_path):
    before = {"base": {"name": "b"}, "seed": 1, "loop": {}, "phases": [], "sha256": {"model.safetensors": "0f"}}
    before["averaged"] = {"with": "0e", "share_of_the_last_run": 0.5}
    (tmp_path / "manifest.json").write_text(json.dumps(before), encoding="utf-8")
    facts = training_facts(2, RecipeConfig(), [], tmp_path)
    assert facts["earlier_runs"] == [
        {"seed": 1, "loop": {}, "phases": [], "averaged": before["averaged"], "gave": "0f"}
    ]


def test_going_on_starts_from_the_earlier_weights_and_keeps_the_head(trained):
    from safetensors.torch import load_file

    model = base.new_verifier(trained, seed=9)
    saved = load_file(trained / "model.safetensors")
    for name, value in model.state_dict().items():
        assert np.array_equal(value.numpy(), saved[name].float().numpy()), name
