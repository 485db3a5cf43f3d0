"""The effects: differences between arms, with intervals, beside what was published. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from synth.experiment.findings import Audit
from synth.experiment.protocol.bootstrap import Replicated, average, interval, replicate
from synth.experiment.protocol.expected import Expected, expected
from synth.experiment.protocol.names import (
    ALL_TASKS,
    BASE,
    CLEAN,
    EVERY_LANGUAGE,
    GROWTH_ARM,
    GROWTH_TARGET,
    INTERMEDIATE,
    NOISES,
    NONE,
    ROBUST,
    ROBUST_TARGETS,
)
from synth.experiment.protocol.outcomes import Measured, Setting
from synth.experiment.results import Effect, Outcome


@dataclass(frozen=True, slots=True)
class _Question:
    """One difference to be looked at."""

    id: str
    task: str
    treatment: str
    baseline: str
    difference: Replicated


def effects(
    measured: Measured, audited: Audit, *, seeds: int, resamples: int, growth: Sequence[str] = ()
) -> tuple[Effect, ...]:
    """All effects that a run bears on.

    Args:
        measured: Outcomes of every model, example by example.
        audited: The audit of the published numbers.
        seeds: How many seeds the run has.
        resamples: Draws of the bootstrap.
        growth: Sizes of encoders, smallest first.

    Returns:
        The effects in a fixed order: arms, robust training, noise, size.
    """
    table = _Table(measured, seeds, resamples)
    questions = (*_arms(table), *_robust(table), *_noise(table), *_growth(table, growth))
    by_seed = measured.get(Setting(NONE), {})
    whole = set(ALL_TASKS) <= {cell.task for cells in by_seed.values() for cell in cells}
    return tuple(_judged(one, audited, seeds, whole=whole) for one in questions)


class _Table:
    """Replicated scores by setting and task, each made once."""

    def __init__(self, measured: Measured, seeds: int, resamples: int) -> None:
        self._measured, self._seeds, self._resamples = measured, seeds, resamples
        self._made: dict[tuple[Setting, str], Replicated | None] = {}

    def of(self, setting: Setting, task: str) -> Replicated | None:
        key = (setting, task)
        if key not in self._made:
            by_seed = self._measured.get(setting, {})
            rows = [by_seed[seed] for seed in sorted(by_seed) if any(cell.task == task for cell in by_seed[seed])]
            self._made[key] = (
                replicate(task, rows, seeds=self._seeds, resamples=self._resamples)
                if len(rows) in (1, self._seeds)
                else None
            )
        return self._made[key]

    def difference(self, treated: Setting, baseline: Setting, task: str) -> Replicated | None:
        one, other = self.of(treated, task), self.of(baseline, task)
        return one.minus(other) if one and other else None


def _arms(table: _Table) -> Iterator[_Question]:
    base = Setting(NONE)
    gains = {
        (arm, task): gain
        for arm in INTERMEDIATE
        for task in (*ALL_TASKS, EVERY_LANGUAGE)
        if (gain := table.difference(Setting(arm), base, task))
    }
    arms = [arm for arm in INTERMEDIATE if any(arm == one for one, _ in gains)]
    tasks = [task for task in ALL_TASKS if all((arm, task) in gains for arm in arms)]
    if not arms or not tasks:
        return
    overall = {arm: average([gains[arm, task] for task in tasks]) for arm in arms}
    for arm in arms:
        for task in (*ALL_TASKS, EVERY_LANGUAGE):
            if (arm, task) in gains:
                yield _Question(f"{arm}/{task}", task, arm, NONE, gains[arm, task])
        yield _Question(f"{arm}/all", "all", arm, NONE, overall[arm])
    if len(arms) > 1:
        for task in tasks:
            mean = average([gains[arm, task] for arm in arms])
            yield _Question(f"intermediate/{task}", task, "intermediate", NONE, mean)
        yield _Question("intermediate/all", "all", "intermediate", NONE, average(list(overall.values())))
    single = [overall[arm] for arm in arms if arm != "multi"]
    if "multi" in overall and single:
        yield _Question("multi-single/all", "all", "multi", "single", overall["multi"].minus(average(single)))


def _robust(table: _Table) -> Iterator[_Question]:
    for task in ROBUST_TARGETS:
        if gain := table.difference(Setting(ROBUST), Setting(NONE), task):
            yield _Question(f"robust/{task}", task, ROBUST, NONE, gain)


def _noise(table: _Table) -> Iterator[_Question]:
    for noise in NOISES:
        for task in ALL_TASKS:
            if loss := table.difference(Setting(NONE, BASE, noise), Setting(NONE), task):
                yield _Question(f"noise-{noise}/{task}", task, noise, CLEAN, loss)


def _growth(table: _Table, sizes: Sequence[str]) -> Iterator[_Question]:
    """The gain of each size, and that of the largest minus that of the smallest."""
    for task in (GROWTH_TARGET, "tatoeba"):
        gains = {
            size: gain
            for size in sizes
            if (gain := table.difference(Setting(GROWTH_ARM, size), Setting(NONE, size), task))
        }
        for size, gain in gains.items():
            if size != BASE:
                treatment = f"{GROWTH_ARM}-{size}"
                yield _Question(f"{treatment}/{task}", task, treatment, f"{NONE}-{size}", gain)
        if len(gains) > 1:
            smallest, *_, largest = gains
            yield _Question(f"size/{task}", task, "size", smallest, gains[largest].minus(gains[smallest]))


def _judged(question: _Question, audited: Audit, seeds: int, *, whole: bool) -> Effect:
    """Beside what was published; a mean over some of the nine tasks has no published counterpart."""
    found = interval(question.difference)
    known = expected(question.id, audited) if whole or question.task != "all" else Expected()
    return Effect(
        id=question.id,
        task=question.task,
        treatment=question.treatment,
        baseline=question.baseline,
        difference=round(found.difference, 4),
        low=round(found.low, 4),
        high=round(found.high, 4),
        p=round(found.p, 6),
        seeds=seeds,
        published=known.difference,
        published_sign=known.sign,
        source=known.source,
        outcome=_outcome(found.low, found.high, known.sign),
        by_language=tuple(
            (language, round(float(value), 4))
            for language, value in zip(
                question.difference.languages, question.difference.scores.mean(axis=0), strict=True
            )
            if language
        ),
    )


def _outcome(low: float, high: float, sign: int) -> Outcome:
    if sign == 0 or low <= 0 <= high:
        return Outcome.UNRESOLVED
    return Outcome.SAME if (low > 0) == (sign > 0) else Outcome.OPPOSITE
