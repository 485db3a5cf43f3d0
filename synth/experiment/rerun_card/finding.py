"""Which results a card shows: the files that were named, or those that ship and those of the workspace."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from synth.errors import ConfigError
from synth.experiment.rerun_card.words import scale_place
from synth.experiment.results import Effect, Results, Score, read_results

_NO_RESULTS = frozenset({"facts.json"})
"""Files beside the shipped results that hold something else."""


def find_results(named: Sequence[Path], *, shipped: Path, workspace: Path) -> tuple[Results, ...]:
    """Results in a fixed order: full, mini, smoke; a run that was found twice stands once.

    Args:
        named: Files of results; with none, those that ship and those of the workspace's runs.
        shipped: Folder of the results that come with the program.
        workspace: Where ``synth experiment run`` puts its runs, each in a folder of ``experiments``.

    Raises:
        ConfigError: A file cannot be read or is damaged, or there is none at all.
    """
    files = list(named)
    if not files:
        files = [path for path in sorted(shipped.glob("*.json")) if path.name not in _NO_RESULTS]
        files += sorted((workspace / "experiments").glob("*/results.json"))
    if not files:
        raise ConfigError(
            "there are no results of an experiment yet; run `synth experiment run --scale mini --data DIR` first,"
            " or name a file of results (--results)"
        )
    kept: list[Results] = []
    for path in files:
        found = read_results(path)
        if (problem := next(_problems(found), None)) is not None:
            raise ConfigError(f"{path} is no file of experiment results ({problem}): run the experiment again")
        if found not in kept:
            kept.append(found)
    return tuple(sorted(kept, key=lambda one: (scale_place(one.scale), one.signature, one.date, one.seconds)))


def _problems(found: Results) -> Iterator[str]:
    """What a file that reads as results has wrong all the same: a text for a number, no number."""
    yield from (f"{name} is no text" for name in ("scale", "signature", "hardware", "date") if not _text(found, name))
    tables = (name for name in ("config", "versions", "facts") if not isinstance(getattr(found, name), Mapping))
    yield from (f"{name} is no table" for name in tables)
    if not _finite(found.seconds):
        yield "seconds is no number"
    if not all(isinstance(one, str) for one in (*found.absent, *found.notes)):
        yield "a note is no text"
    yield from _of_scores(found.scores)
    yield from _of_effects(found.effects)


def _of_scores(scores: Sequence[Score]) -> Iterator[str]:
    for one in scores:
        if not _text(one, "arm", "task", "language", "metric", "size", "condition"):
            yield "a score has a name that is no text"
        if not (_finite(one.value) and _finite(one.n) and _finite(one.seed)):
            yield f"the score of {one.task} in {one.language} is no number"


def _of_effects(effects: Sequence[Effect]) -> Iterator[str]:
    for one in effects:
        if not _text(one, "id", "task", "treatment", "baseline", "source"):
            yield "an effect has a name that is no text"
        numbers = [one.difference, one.low, one.high, one.p, one.published_sign]
        numbers += [value for _, value in one.by_language]
        if not all(map(_finite, numbers)) or not (one.published is None or _finite(one.published)):
            yield f"effect {one.id} has a value that is no number"


def _text(found: object, *names: str) -> bool:
    return all(isinstance(getattr(found, name), str) for name in names)


def _finite(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
