"""Fine-tuning on English, and predictions for every language; the model itself is not kept."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.errors import ConfigError
from synth.experiment.kinds import TaggedSentence, TextPair
from synth.experiment.learning.finetuning import Task, Tuned
from synth.experiment.learning.finetuning import finetune as tune
from synth.experiment.learning.predicting import predict_answers, predict_pairs, predict_tags
from synth.experiment.protocol import material
from synth.experiment.protocol.names import CLEAN
from synth.experiment.protocol.place import Place, Work
from synth.experiment.protocol.running import Surroundings
from synth.experiment.protocol.stages import Stage
from synth.experiment.protocol.storing import save_arrays
from synth.experiment.protocol.work.evaluating import PREDICTIONS, key
from synth.experiment.protocol.work.preparing import NEAR, clear, encoder_of, progress
from synth.experiment.protocol.work.training import loop_config, read_training
from synth.experiment.sets.noise import augment, change_case, drop_accents, typos

_TRAINED = 0.6
"""Share of a stage that training takes, about."""


def finetune(stage: Stage, work: Work, place: Place, around: Surroundings, share: Callable[[float], None]) -> None:
    """Fine-tune an encoder on a target and predict every task, language and condition."""
    choices = stage.choices
    training, target = read_training(choices), choices["target"]
    kept = place.folder(stage.inputs["material"])
    examples: Sequence[Any] = material.draw(
        material.target_examples(around.data, target, kept), training.examples, target
    )
    if "robust" in choices:
        near = near_words(place.folder(stage.inputs["neighbours"]))
        examples = augmented(examples, choices["robust"]["copies"], near, choices["seed"])
    config = loop_config(training, len(examples))
    encoder, pieces = encoder_of(stage, place)
    task = Task(kind=material.FORM_OF[target], examples=examples, labels=material.LABELS_OF.get(target, ()))
    checkpoints = work.folder / "checkpoint"
    tuned = tune(encoder, pieces, {target: task}, config, choices["seed"], checkpoints, progress(share, 0.0, _TRAINED))
    save_arrays(_predictions(stage, tuned, around.data, share), work.folder / PREDICTIONS)
    clear(checkpoints)
    work.facts.update(steps=config.steps, examples=len(examples))


def _predictions(
    stage: Stage, tuned: Tuned, data: Path, share: Callable[[float], None]
) -> dict[str, NDArray[np.generic]]:
    choices = stage.choices
    asked = [
        (condition, task, language, tested)
        for task in choices["tasks"]
        for language, tested in material.tests(data, task, choices["examples"]).items()
        for condition in choices["conditions"]
    ]
    found = {}
    for number, (condition, task, language, tested) in enumerate(asked, start=1):
        inputs = noisy(tested, condition, choices.get("rate", 0.0), f"{task} {language}")
        found[key(condition, task, language)] = _predicted(tuned, choices["target"], inputs)
        share(_TRAINED + (1 - _TRAINED) * number / len(asked))
    return found


def _predicted(tuned: Tuned, target: str, examples: Sequence[Any]) -> NDArray[np.generic]:
    form = material.FORM_OF[target]
    if form == material.PAIRS:
        return np.asarray(predict_pairs(tuned, examples, target).argmax(axis=1), dtype=np.int8)
    if form == material.TAGS:
        place = {tag: number for number, tag in enumerate(material.LABELS_OF[target])}
        tags = predict_tags(tuned, examples, target)
        return np.array([place[tag] for row in tags for tag in row], dtype=np.int8)
    numbered = material.numbered(examples)
    answers = predict_answers(tuned, numbered, target)
    return np.array([answers[one.id] for one in numbered])


def noisy(examples: Sequence[Any], condition: str, rate: float, name: str) -> Sequence[Any]:
    """Examples with noise in their input; labels stay.

    Args:
        examples: Pairs or tagged sentences.
        condition: ``clean``, ``typos``, ``accents`` or ``case``.
        rate: Share of words with a typing error.
        name: Of the set, from which the errors are drawn.
    """
    if condition == CLEAN:
        return examples
    rng = random.Random(zlib.crc32(f"{condition} {name}".encode()))
    change: Callable[[str], str] = {
        "typos": lambda text: typos(text, rate, rng),
        "accents": drop_accents,
        "case": change_case,
    }[condition]
    return [_changed(one, change) for one in examples]


def _changed(example: TextPair | TaggedSentence, change: Callable[[str], str]) -> TextPair | TaggedSentence:
    if isinstance(example, TextPair):
        return replace(example, first=change(example.first), second=change(example.second))
    return replace(example, words=tuple(change(word) or word for word in example.words))


def near_words(folder: Path) -> dict[str, tuple[str, ...]]:
    """The neighbours of words that a stage has left.

    Raises:
        ConfigError: They are absent or damaged.
    """
    try:
        found = json.loads((folder / NEAR).read_text(encoding="utf-8"))
        return {str(word): tuple(others) for word, others in found.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise ConfigError(f"{folder / NEAR} is absent or damaged ({error}): run anew with --fresh") from None


def augmented(examples: Sequence[TextPair], copies: int, near: dict[str, tuple[str, ...]], seed: int) -> list[TextPair]:
    """The pairs, and perturbed copies of each.

    Args:
        examples: Pairs.
        copies: Of each.
        near: Neighbours of words.
        seed: Of the draws.
    """
    rng = random.Random(seed)
    return [made for one in examples for made in (one, *(augment(one, rng, near) for _ in range(copies)))]
