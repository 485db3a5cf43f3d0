"""What the plots show, taken from a run: points with error bars, cells of a map. Pure, without any drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from synth.experiment.protocol.names import INTERMEDIATE, NOISES
from synth.experiment.rerun_card.answers import main_treatment
from synth.experiment.rerun_card.scoring import CLEAN, main_size
from synth.experiment.rerun_card.words import (
    MAIN,
    OVERALL,
    arm_title,
    arms_in_order,
    in_order,
    sizes_in_order,
    task_title,
    treatment_title,
)
from synth.experiment.results import Effect, Results

_TATOEBA = "tatoeba"


@dataclass(frozen=True, slots=True)
class Point:
    """A value with its error bar; ``low`` and ``high`` are None where there is none."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one kind, by the row or place that they stand at."""

    key: str
    title: str
    points: Mapping[str, Point]


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows from the top, the series on them, and published values by row."""

    title: str
    rows: tuple[tuple[str, str], ...]
    """Keys and names."""
    series: tuple[Series, ...]
    published: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Cells:
    """Languages by tasks."""

    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]
    values: Mapping[tuple[str, str], float]
    """By row and column; what was not tested is absent."""


def effect_panels(results: Results) -> tuple[Panel, ...]:
    """Gains from intermediate training by task and arm; gains from robust training."""
    made = []
    arms = [arm for arm in (MAIN, *INTERMEDIATE) if any(_plain(one, arm) for one in results.effects)]
    titles = {MAIN: "mean of the arms"}
    for title, kinds in (("Gain from intermediate training", arms), ("Gain from robust training", ["robust"])):
        series = [
            Series(kind, titles.get(kind, arm_title(kind)), {one.task: _point(one) for one in some})
            for kind in kinds
            if (some := [one for one in results.effects if _plain(one, kind)])
        ]
        if series:
            tasks = in_order(task for one in series for task in one.points)
            main = main_treatment(results) if kinds == arms else "robust"
            known = {
                one.task: one.published for one in results.effects if _plain(one, main) and one.published is not None
            }
            made.append(Panel(title, tuple((task, task_title(task)) for task in tasks), tuple(series), known))
    return tuple(made)


def language_cells(results: Results) -> Cells | None:
    """The gain from intermediate training by language and task; None where the run has none."""
    main = main_treatment(results)
    some = {one.task: one for one in results.effects if _plain(one, main) and one.task != OVERALL and one.by_language}
    if not some:
        return None
    tasks = in_order(some)
    values = {(language, task): value for task in tasks for language, value in some[task].by_language}
    return Cells(
        treatment_title(main),
        tuple((task, task_title(task)) for task in tasks),
        tuple(sorted({language for language, _ in values}, key=lambda one: (one != "en", one))),
        values,
    )


def retrieval_panel(results: Results) -> Panel | None:
    """Tatoeba by language and arm, the best language without intermediate training first; bars span the seeds."""
    size = main_size(results.scores)
    by: dict[str, dict[str, list[float]]] = {}
    for one in results.scores:
        if one.task == _TATOEBA and one.size == size and one.condition == CLEAN:
            by.setdefault(one.arm, {}).setdefault(one.language, []).append(one.value)
    if not by:
        return None
    arms = arms_in_order(by)
    first = {language: fmean(sorted(values)) for language, values in by[arms[0]].items()}
    languages = sorted({one for some in by.values() for one in some}, key=lambda one: (-first.get(one, -1.0), one))
    series = tuple(Series(arm, arm_title(arm), {key: _span(values) for key, values in by[arm].items()}) for arm in arms)
    return Panel("Tatoeba by language", tuple((one, one) for one in languages), series, {})


def noise_panel(results: Results) -> Panel | None:
    """Losses by noise in the input; None where none was tried."""
    series = []
    for noise in NOISES:
        some = {one.task: _point(one) for one in results.effects if one.treatment == noise}
        if some:
            series.append(Series(noise, treatment_title(noise), some))
    tasks = in_order(task for one in series for task in one.points)
    named = tuple((task, task_title(task)) for task in tasks)
    return Panel("Change by noise in the input", named, tuple(series), {}) if series else None


def size_panels(results: Results) -> tuple[Panel, ...]:
    """The gain of one arm by size of the encoder, a panel for each task; none where one size was tried."""
    found: dict[str, dict[str, Effect]] = {}
    arm = next((one.treatment.partition("-")[0] for one in results.effects if _sized(one)), "")
    base = main_size(results.scores)
    for one in results.effects:
        if _sized(one):
            found.setdefault(one.task, {})[one.treatment.partition("-")[2]] = one
    for one in results.effects:
        if one.task in found and _plain(one, arm):
            found[one.task][base] = one
    return tuple(
        Panel(
            task_title(task),
            tuple((size, size) for size in sizes_in_order(found[task], results)),
            (Series(arm, arm_title(arm), {size: _point(one) for size, one in found[task].items()}),),
            {},
        )
        for task in in_order(found)
    )


def _plain(one: Effect, treatment: str) -> bool:
    return one.treatment == treatment and one.baseline == "none"


def _sized(one: Effect) -> bool:
    return "-" in one.treatment


def _point(one: Effect) -> Point:
    return Point(one.difference, one.low, one.high)


def _span(values: list[float]) -> Point:
    ordered = sorted(values)
    several = len(ordered) > 1
    return Point(fmean(ordered), ordered[0] if several else None, ordered[-1] if several else None)
