"""Puts a run's outcomes together: scores, effects, facts, and what a reader must know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from synth.experiment.findings import Audit
from synth.experiment.kinds import TextPair
from synth.experiment.protocol import material
from synth.experiment.protocol.bootstrap import holm
from synth.experiment.protocol.configs import Config
from synth.experiment.protocol.effects import effects
from synth.experiment.protocol.outcomes import Cell, Measured, Outcomes, Setting
from synth.experiment.protocol.place import Place
from synth.experiment.protocol.stages import Kind, Stage
from synth.experiment.protocol.storing import load_outcomes
from synth.experiment.results import Effect, Score

OUTCOMES = "outcomes.npz"


def measured(stages: Sequence[Stage], place: Place) -> Measured:
    """The outcomes of all stages that tested something.

    Raises:
        ConfigError: A stage's file is absent or damaged.
    """
    found: dict[Setting, dict[int, dict[Cell, Outcomes]]] = {}
    for stage in stages:
        if stage.kind not in (Kind.EVALUATE, Kind.RETRIEVE):
            continue
        arm, size, seed = (stage.choices[name] for name in ("arm", "size", "seed"))
        for (condition, cell), one in load_outcomes(place.folder(stage.id) / OUTCOMES).items():
            found.setdefault(Setting(arm, size, condition), {}).setdefault(seed, {})[cell] = one
    return found


def scores(outcomes: Measured) -> tuple[Score, ...]:
    """One score for every setting, seed, task, language and metric, in this order."""
    return tuple(_scores(outcomes))


def _scores(outcomes: Measured) -> Iterator[Score]:
    for setting in sorted(outcomes):
        for seed in sorted(outcomes[setting]):
            for cell, one in sorted(outcomes[setting][seed].items()):
                yield Score(
                    arm=setting.arm,
                    task=cell.task,
                    language=cell.language,
                    metric=cell.metric,
                    seed=seed,
                    value=round(one.score(), 4),
                    n=len(one),
                    size=setting.size,
                    condition=setting.condition,
                )


def judged(outcomes: Measured, audited: Audit, config: Config) -> tuple[Effect, ...]:
    """The effects of a run."""
    growth = config.growth if not config.model else ()
    return effects(outcomes, audited, seeds=config.seeds, resamples=config.resamples, growth=growth)


def facts(stages: Sequence[Stage], place: Place, found: Sequence[Effect]) -> dict[str, Any]:
    """Facts of the stages, and p-values corrected for how many effects were looked at."""
    of_stages: dict[str, Mapping[str, Any]] = {}
    for stage in stages:
        if told := place.record(stage.id).get("facts"):
            of_stages[stage.id] = told
    corrected = {name: round(p, 6) for name, p in holm({one.id: one.p for one in found}).items()}
    return {"stages": of_stages, "p_holm": corrected}


def majorities(data: Path, tasks: Sequence[str], limit: int) -> dict[str, float]:
    """What always saying the most frequent class would score on the very examples that are tested on, in percent.

    Args:
        data: The data folder.
        tasks: The tasks; those that do not classify pairs are left out.
        limit: Examples of each language at most; 0 takes all.

    Returns:
        The mean over languages, by task.
    """
    shares = {}
    for task in tasks:
        if material.FORM_OF.get(task) == material.PAIRS:
            tested = material.tests(data, task, limit).values()
            counts = [Counter(one.label for one in some if isinstance(one, TextPair)) for some in tested]
            shares[task] = round(100 * fmean(max(one.values()) / one.total() for one in counts), 4)
    return shares


def seconds(stages: Sequence[Stage], place: Place) -> float:
    """Computing time of all stages together."""
    return round(sum(float(place.record(stage.id).get("seconds", 0.0)) for stage in stages), 1)
