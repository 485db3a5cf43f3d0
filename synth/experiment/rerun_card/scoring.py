"""Scores of a run by task and arm, with the spread over seeds. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from synth.experiment.findings import Audit
from synth.experiment.rerun_card.words import arms_in_order, in_order
from synth.experiment.results import Results, Score

CLEAN = "clean"
_REFERENCE = "xtreme-2/xlm-r-large/"
_LEVELS = {
    "xnli": ("xnli",),
    "pawsx": ("paws-x",),
    "udpos": ("pos",),
    "panx": ("ner",),
    "xquad": ("xquad/f1", "xquad/em"),
    "mlqa": ("mlqa/f1", "mlqa/em"),
    "tydiqa": ("tydiqa/f1", "tydiqa/em"),
    "tatoeba": ("tatoeba",),
    "bucc": ("bucc",),
}

_CLASSES = {"xnli": 3, "pawsx": 2}
"""Classes, where a run does not tell how frequent the most frequent is; the tests have them about equally often."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A score with its spread: the standard deviation over seeds, None where there is one seed."""

    mean: float
    spread: float | None
    seeds: int


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task's scores in all arms."""

    task: str
    languages: int
    examples: tuple[int, int]
    """Fewest and most of a language."""
    by_arm: tuple[tuple[str, Measured | None], ...]
    reference: float | None
    """XLM-R Large in XTREME's Table 2, for orientation."""
    guess: float | None
    """What guessing scores, where that can be said: the most frequent class of what is tested on, one translation in a
    hundred."""

    @property
    def guessed(self) -> bool:
        """Whether no arm is above guessing by more than its spread over seeds: of such a task nothing can be told."""
        return self.guess is not None and all(
            one is None or one.mean - (one.spread or 0.0) <= self.guess for _, one in self.by_arm
        )


def guessed_tasks(results: Results) -> frozenset[str]:
    """The tasks on which no arm of a run is above guessing."""
    return frozenset(line.task for line in task_lines(results) if line.guessed)


def task_lines(results: Results, audited: Audit | None = None) -> tuple[TaskLine, ...]:
    """A line for each task: clean input, the run's main encoder; languages that all arms were tested on.

    Args:
        results: The run.
        audited: The audit of the published numbers, for the published scores beside them.
    """
    size = main_size(results.scores)
    by: dict[str, dict[str, list[Score]]] = defaultdict(lambda: defaultdict(list))
    for one in results.scores:
        if one.size == size and one.condition == CLEAN:
            by[one.task][one.arm].append(one)
    arms = arms_in_order(arm for some in by.values() for arm in some)
    findings = audited.findings if audited else ()
    levels = {one.id: float(one.value.value) for one in findings if one.id.startswith(_REFERENCE)}
    made = []
    for task in in_order(by):
        shared = set.intersection(*({one.language for one in some} for some in by[task].values()))
        kept = {arm: [one for one in some if one.language in shared] for arm, some in by[task].items()}
        counts = [one.n for some in kept.values() for one in some]
        if not counts:
            continue
        ids = [_REFERENCE + name for name in _LEVELS.get(task, ())]
        reference = fmean(levels[name] for name in ids) if ids and all(name in levels for name in ids) else None
        cells = tuple((arm, measured(kept[arm]) if arm in kept else None) for arm in arms)
        guess = _guess(task, min(counts), results.facts.get("majority"))
        made.append(TaskLine(task, len(shared), (min(counts), max(counts)), cells, reference, guess))
    return tuple(made)


def _guess(task: str, examples: int, majority: object) -> float | None:
    if task in _CLASSES:
        told = majority.get(task) if isinstance(majority, Mapping) else None
        return float(told) if isinstance(told, int | float) else 100.0 / _CLASSES[task]
    return 100.0 / examples if task.startswith("tatoeba") and examples else None


def main_size(scores: Sequence[Score]) -> str:
    """The encoder that most scores are of; the first by name of several."""
    counted = Counter(one.size for one in scores)
    return min(counted, key=lambda size: (-counted[size], size), default="base")


def measured(scores: Sequence[Score]) -> Measured:
    """The mean over languages, a language's score being the mean of its metrics, and the spread of that over seeds.

    Raises:
        ValueError: There are no scores.
    """
    if not scores:
        raise ValueError("no scores to take a mean of")
    seeds: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in scores:
        seeds[one.seed][one.language].append(one.value)
    totals = [
        fmean(fmean(sorted(values)) for _, values in sorted(languages.items()))
        for _, languages in sorted(seeds.items())
    ]
    return Measured(fmean(totals), stdev(totals) if len(totals) > 1 else None, len(totals))
