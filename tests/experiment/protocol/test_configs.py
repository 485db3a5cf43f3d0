"""Configs: those that ship hold, and a wrong line is named."""

from __future__ import annotations

from typing import Any

import pytest

from synth.errors import ConfigError
from synth.experiment.learning.loop import LoopConfig
from synth.experiment.protocol.configs import SCALES, read_config
from synth.experiment.protocol.forms import Training
from synth.experiment.protocol.work.training import loop_config
from tests.experiment.protocol.examples import TOML, config


@pytest.mark.parametrize("scale", SCALES)
def test_the_shipped_ones_are_read(scale):
    found = read_config(scale)
    assert {"none", "nli", "qa", "commonsense", "multi"} == set(found.arms)
    assert len(found.targets) == 6 and found.seeds >= (2 if scale == "smoke" else 3)
    assert found.facts()["schema"] == 1


def test_options_go_over_the_file():
    found = read_config("mini", seeds=5, model="some/where")
    assert (found.seeds, found.model, found.sized()) == (5, "some/where", ("base",))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("seeds = 2", "seeds = 0", "mine.toml, line 3: seeds expected greater than or equal to 1"),
        ("seeds = 2", 'seeds = "2"', "line 3: seeds expected a valid integer, found '2'"),
        ("seeds = 2", "sedes = 2", "seeds is missing"),
        ("resamples = 50", "resample = 50", "line 7: resample is no key of a config"),
        ('"qa"]', '"hellaswag"]', "arms: 'hellaswag' is not known"),
        ('["none", "nli", "qa"]', '["nli"]', 'lacks "none"'),
        ("heads = 2, inner = 32", "heads = 3, inner = 32", "width 16 is no multiple of heads 3"),
        (
            "[intermediate.default]\nsteps = 2",
            "[intermediate.default]\nsteps = 2\nepochs = 1.0",
            "expected one of the two",
        ),
        ("[finetuning.default]", "[finetuning.xnli]", "finetuning has neither default nor squad"),
        ("learning_rate = 1e-3", "learning_rate = 2", "learning_rate"),
        ("vocabulary = 400", "vocabulary = 4", "line 14: tokenizer.vocabulary"),
        ("width = 16", "width = 0", "line 12: sizes.base.width"),
        ("[evaluation]\nexamples = 3", "[evaluation]\nexamples = -3", "line 28: evaluation.examples"),
        ('languages = "36"', 'languages = "37"', "retrieval.languages expected '36' or 'all'"),
        ("[tokenizer]", "[tokenizer", "is no TOML"),
        ("schema = 1", "schema = 2", "line 2: schema expected 1"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, old, new, said):
    assert old in TOML
    with pytest.raises(ConfigError) as caught:
        config(tmp_path, TOML.replace(old, new, 1))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_scales_and_seeds_that_are_none():
    with pytest.raises(ConfigError, match="--scale huge is not known: choose smoke, mini or full"):
        read_config("huge")
    with pytest.raises(ConfigError, match="--seeds 0"):
        read_config("mini", seeds=0)
    with pytest.raises(ConfigError, match="--model is empty"):
        read_config("mini", model=" ")


@pytest.mark.parametrize(
    ("training", "examples", "steps"),
    [
        (Training(steps=7), 1000, 7),
        (Training(epochs=2.0, batch=4, accumulate=8), 320, 20),
        # so many are left of a larger set, or made of them: what is trained on is counted, and cut no second time
        (Training(epochs=2.0, batch=4, accumulate=8, examples=160), 320, 20),
        (Training(epochs=1.0, batch=64), 3, 1),
    ],
)
def test_how_many_steps_a_training_takes(training, examples, steps):
    assert training.updates(examples) == steps
    assert loop_config(training, examples).steps == steps


def test_every_choice_of_a_training_reaches_the_loop():
    chosen: dict[str, Any] = {
        "batch": 3,
        "accumulate": 5,
        "max_length": 17,
        "stride": 7,
        "learning_rate": 0.25,
        "warmup": 0.5,
        "pooling": "mean",
        "freeze_words": True,
    }
    assert chosen.keys() == Training.model_fields.keys() - {"steps", "epochs", "examples"}
    assert loop_config(Training(steps=999, **chosen), 10) == LoopConfig(steps=999, **chosen)
    assert loop_config(Training(steps=1000, **chosen), 10) == LoopConfig(steps=1000, checkpoint_every=250, **chosen)
