"""Intermediate training: English sets, each with a head of its own, before any target is seen."""

from __future__ import annotations

from collections.abc import Callable

from synth.experiment.learning.encoder import save_encoder
from synth.experiment.learning.finetuning import Task, finetune
from synth.experiment.protocol import material
from synth.experiment.protocol.place import Place, Work
from synth.experiment.protocol.running import Surroundings
from synth.experiment.protocol.stages import Stage
from synth.experiment.protocol.work.preparing import ENCODER, clear, encoder_of, progress
from synth.experiment.protocol.work.training import loop_config, read_training


def train(stage: Stage, work: Work, place: Place, around: Surroundings, share: Callable[[float], None]) -> None:
    """Train an encoder on the sets of an arm; the heads are thrown away, as the paper does."""
    training = read_training(stage.choices)
    kept = place.folder(stage.inputs["material"])
    tasks = {}
    for part in stage.choices["parts"]:
        examples = material.draw(material.arm_examples(around.data, part, kept), training.examples, part)
        tasks[part] = Task(kind=material.FORM_OF[part], examples=examples, labels=material.LABELS_OF.get(part, ()))
    config = loop_config(training, sum(len(task.examples) for task in tasks.values()))
    encoder, pieces = encoder_of(stage, place)
    checkpoints = work.folder / "checkpoint"
    tuned = finetune(encoder, pieces, tasks, config, stage.choices["seed"], checkpoints, progress(share))
    save_encoder(tuned.encoder, pieces, work.folder / ENCODER)
    clear(checkpoints)
    work.facts.update(steps=config.steps, examples={part: len(task.examples) for part, task in tasks.items()})
