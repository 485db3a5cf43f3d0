"""What intermediate training and fine-tuning share: from a config's training to the loop's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synth.experiment.learning.loop import LoopConfig
from synth.experiment.protocol.forms import Training

_LONG = 1000
"""Steps from which on a training leaves checkpoints; a shorter one is begun anew."""
_CHECKPOINT_EVERY = 250
_LENGTH = {"steps", "epochs", "examples"}
"""What a config says of how long a training is, of which the loop takes the steps. All else it takes as it stands."""


def read_training(choices: Mapping[str, Any]) -> Training:
    """The training of a stage's choices."""
    return Training.model_validate(dict(choices["training"]))


def loop_config(training: Training, examples: int) -> LoopConfig:
    """The loop's choices.

    Args:
        training: The config's.
        examples: How many there are to learn from, of which epochs are counted.
    """
    steps = training.updates(examples)
    every = _CHECKPOINT_EVERY if steps >= _LONG else 0
    return LoopConfig(steps=steps, checkpoint_every=every, **training.model_dump(exclude=_LENGTH))
