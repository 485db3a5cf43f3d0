"""Scores predictions, example by example."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.experiment.kinds import TaggedSentence, TextPair
from synth.experiment.protocol import material
from synth.experiment.protocol.gathering import OUTCOMES
from synth.experiment.protocol.outcomes import Cell, Outcomes, of_counts, of_values
from synth.experiment.protocol.place import Place, Work
from synth.experiment.protocol.running import Surroundings
from synth.experiment.protocol.stages import Stage
from synth.experiment.protocol.storing import load_arrays, save_outcomes
from synth.experiment.scoring.accuracy import exact
from synth.experiment.scoring.answers import mlqa, squad
from synth.experiment.scoring.spans import span_counts

PREDICTIONS = "predictions.npz"


def evaluate(stage: Stage, work: Work, place: Place, around: Surroundings, share: Callable[[float], None]) -> None:
    """Score the predictions of a fine-tuned model on every task, language and condition.

    Raises:
        ConfigError: A file is damaged.
    """
    predictions = load_arrays(place.folder(stage.inputs["predictions"]) / PREDICTIONS)
    found: dict[tuple[str, Cell], Outcomes] = {}
    for task in stage.choices["tasks"]:
        for language, examples in material.tests(around.data, task, stage.choices["examples"]).items():
            for condition in stage.choices["conditions"]:
                given = predictions[key(condition, task, language)]
                for metric, outcomes in scored(task, language, examples, given).items():
                    found[condition, Cell(task, language, metric)] = outcomes
    save_outcomes(found, work.folder / OUTCOMES)


def key(condition: str, task: str, language: str) -> str:
    """Name of an array of predictions."""
    return f"{condition}|{task}|{language}"


def scored(task: str, language: str, examples: Sequence[Any], given: NDArray[Any]) -> dict[str, Outcomes]:
    """Outcomes of one language by metric.

    Args:
        task: The task.
        language: The language.
        examples: What was tested on.
        given: Predictions: label indices of pairs; tag indices of all words in a row; answers as text.
    """
    first = examples[0]
    if isinstance(first, TextPair):
        return {"accuracy": of_values(exact([int(one) for one in given], [one.label for one in examples]))}
    if isinstance(first, TaggedSentence):
        tags = material.LABELS_OF[task]
        ends = np.cumsum([len(one.words) for one in examples])[:-1]
        guessed = [[tags[int(tag)] for tag in row] for row in np.split(given, ends)]
        counts = span_counts(guessed, [one.tags for one in examples])
        return {"f1": of_counts(counts[:, 0], counts[:, 1], counts[:, 2])}
    asked = material.numbered(examples)
    answers = {one.id: str(text) for one, text in zip(asked, given, strict=True)}
    both = mlqa(answers, asked, language) if task == "mlqa" else squad(answers, asked)
    return {"f1": of_values(both.f1), "em": of_values(both.em)}
