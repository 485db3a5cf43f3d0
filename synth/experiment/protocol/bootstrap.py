"""A paired bootstrap over examples and seeds: the same draws for every arm. Pure.

Examples are drawn anew within each language. Languages of a task with equally many examples share their draws, since
XNLI and XQuAD ask the same in each; where they do not, what sharing adds is nil on average. Seeds are drawn on top. A
handful of seeds drawn with replacement shows only (k - 1) / k of their variance, so their deviations are enlarged by
the root of k / (k - 1) (Davison and Hinkley 1997, section 3.8).
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from synth.experiment.protocol.outcomes import Cell, Floats, Outcomes

_CHUNK = 2_000_000
"""Weights that are held at once."""


@dataclass(frozen=True, slots=True)
class Replicated:
    """A task's scores of one setting, and those of its resamples."""

    languages: tuple[str, ...]
    scores: Floats
    """(seeds, languages), in points; a task's metrics averaged."""
    resampled: Floats
    """(resamples, seeds), averaged over languages."""

    def minus(self, other: Replicated) -> Replicated:
        """The difference, draw by draw. Both must have the same languages."""
        if self.languages != other.languages:
            raise ValueError(f"languages differ: {self.languages} and {other.languages}")
        return Replicated(self.languages, self.scores - other.scores, self.resampled - other.resampled)


def average(several: Sequence[Replicated]) -> Replicated:
    """The mean of tasks or arms, draw by draw; languages are kept where all have the same."""
    resampled = np.mean([one.resampled for one in several], axis=0)
    if len({one.languages for one in several}) == 1:
        return Replicated(several[0].languages, np.mean([one.scores for one in several], axis=0), resampled)
    scores = np.mean([one.scores.mean(axis=1) for one in several], axis=0)
    return Replicated(("",), scores[:, None], resampled)


def replicate(
    task: str, by_seed: Sequence[Mapping[Cell, Outcomes]], *, seeds: int, resamples: int
) -> Replicated | None:
    """Score one task of one setting, and score its resamples.

    Args:
        task: The task; its name seeds the draws, so that every setting meets the same ones.
        by_seed: The cells of each seed; one alone stands for all seeds.
        seeds: How many seeds the run has.
        resamples: How many draws.

    Returns:
        The scores; None where the setting has nothing on the task.
    """
    cells = sorted(cell for cell in by_seed[0] if cell.task == task)
    if not cells:
        return None
    languages = tuple(sorted({cell.language for cell in cells}))
    scores = np.zeros((len(by_seed), len(languages)))
    resampled = np.zeros((resamples, len(by_seed)))
    metrics = len({cell.metric for cell in cells})
    for size in sorted({len(by_seed[0][cell]) for cell in cells}):
        held = [cell for cell in cells if len(by_seed[0][cell]) == size]
        above, below = (
            np.stack([getattr(one[cell], part) for one in by_seed for cell in held], axis=1)
            for part in ("numerator", "denominator")
        )
        point = _ratio(above.sum(axis=0), below.sum(axis=0)).reshape(len(by_seed), len(held))
        for column, cell in enumerate(held):
            scores[:, languages.index(cell.language)] += point[:, column] / metrics
        drawn = _drawn(task, size, resamples, above, below).reshape(resamples, len(by_seed), len(held))
        resampled += drawn.sum(axis=2) / (metrics * len(languages))
    if len(by_seed) == 1:
        scores, resampled = np.repeat(scores, seeds, axis=0), np.repeat(resampled, seeds, axis=1)
    return Replicated(languages, scores, resampled)


def _drawn(task: str, size: int, resamples: int, above: Floats, below: Floats) -> Floats:
    """Scores of every resample, (resamples, columns)."""
    rng = np.random.default_rng([zlib.crc32(task.encode()), size])
    made = []
    step = max(1, _CHUNK // max(1, size))
    for start in range(0, resamples, step):
        count = min(step, resamples - start)
        weights = rng.multinomial(size, np.full(size, 1.0 / size), size=count).astype(np.float64)
        made.append(_ratio(weights @ above, weights @ below))
    return np.concatenate(made)


def _ratio(above: Floats, below: Floats) -> Floats:
    return 100.0 * np.divide(above, below, out=np.zeros_like(above), where=below > 0)


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean difference with its bootstrap interval of 95% and two-sided p-value."""

    difference: float
    low: float
    high: float
    p: float


def interval(difference: Replicated) -> Interval:
    """What the draws say of a difference."""
    draws, seeds = difference.resampled.shape
    middle = difference.resampled.mean(axis=1)
    spread = middle
    if seeds > 1:
        rng = np.random.default_rng([zlib.crc32(b"seeds"), seeds])
        chosen = rng.integers(0, seeds, size=(draws, seeds))
        drawn = np.take_along_axis(difference.resampled, chosen, axis=1).mean(axis=1)
        spread = middle + np.sqrt(seeds / (seeds - 1)) * (drawn - middle)
    low, high = np.percentile(spread, [2.5, 97.5])
    below, above = int((spread <= 0).sum()), int((spread >= 0).sum())
    p = min(1.0, 2.0 * (1 + min(below, above)) / (draws + 1))
    return Interval(float(difference.scores.mean()), float(low), float(high), p)


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's correction for many questions at once (Holm 1979): p-values by name, as adjusted."""
    ordered = sorted(p_values, key=lambda name: (p_values[name], name))
    adjusted: dict[str, float] = {}
    reached = 0.0
    for rank, name in enumerate(ordered):
        reached = max(reached, min(1.0, (len(ordered) - rank) * p_values[name]))
        adjusted[name] = reached
    return adjusted
