"""Names and figures as the card shows them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from synth.experiment.protocol.names import ALL_TASKS, EVERY_LANGUAGE, NOISES, TITLES
from synth.experiment.results import Effect, Results

OVERALL = "all"
MAIN = "intermediate"
"""Treatment of the effects that average the arms."""
ARMS = {
    "none": "none",
    "nli": "inference",
    "qa": "question answering",
    "commonsense": "commonsense",
    "multi": "all three at once",
    "robust": "robust training",
}
_TREATMENTS = {
    **ARMS,
    MAIN: "mean of all intermediate tasks",
    "typos": "typos in the input",
    "accents": "accents dropped from the input",
    "case": "letter case changed in the input",
    "size": "largest encoder’s gain minus the smallest one’s",
}
_TITLES = {**TITLES, OVERALL: "mean over tasks", EVERY_LANGUAGE: "Tatoeba, all languages"}
_ORDER = {OVERALL: -1, **{task: place for place, task in enumerate(ALL_TASKS)}, EVERY_LANGUAGE: len(ALL_TASKS)}
_SIZES = ("small", "base", "large")
_SCALES = ("full", "mini", "smoke")


def task_title(task: str) -> str:
    """A task's name for readers: ``NER`` for ``panx``."""
    return _TITLES.get(task, task)


def arm_title(arm: str) -> str:
    """An arm's name for readers."""
    return ARMS.get(arm, arm)


def treatment_title(treatment: str) -> str:
    """What the treated side of an effect has, for readers: ``inference, small encoder`` for ``nli-small``."""
    if treatment in _TREATMENTS:
        return _TREATMENTS[treatment]
    arm, _, size = treatment.partition("-")
    return f"{arm_title(arm)}, {size} encoder" if size else treatment


def in_order(tasks: Iterable[str]) -> tuple[str, ...]:
    """Tasks in the order of the benchmark, the mean over tasks first, unknown ones last by name."""
    return tuple(sorted(set(tasks), key=lambda task: (_ORDER.get(task, len(_ORDER)), task)))


def arms_in_order(arms: Iterable[str]) -> tuple[str, ...]:
    """Arms in the order of the protocol, unknown ones last by name."""
    known = list(ARMS)
    return tuple(sorted(set(arms), key=lambda arm: (known.index(arm) if arm in ARMS else len(known), arm)))


def sizes_in_order(sizes: Iterable[str], results: Results) -> tuple[str, ...]:
    """Encoders from small to large: as the run's config has them, else by their usual names."""
    growth = results.config.get("growth", ())
    known = [str(one) for one in growth] if isinstance(growth, Sequence) and growth else list(_SIZES)
    return tuple(sorted(set(sizes), key=lambda size: (known.index(size) if size in known else len(known), size)))


def scale_place(scale: str) -> tuple[int, str]:
    """Sorts scales: full, mini, smoke, others."""
    return (_SCALES.index(scale) if scale in _SCALES else len(_SCALES)), scale


def kind_of(effect: Effect) -> str:
    """The section that an effect belongs to: its treatment, or ``multi-single``, ``noise``, ``size``."""
    if effect.treatment in NOISES:
        return "noise"
    if effect.treatment == "size" or "-" in effect.treatment:
        return "size"
    if effect.baseline == "single":
        return "multi-single"
    return effect.treatment


def signed(value: float, digits: int = 1) -> str:
    """``+5.4``, ``−1.4``, ``0.0``: a difference, never a negative zero."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{rounded:+f}".replace("-", "−") if rounded else f"{abs(rounded):f}"


def interval(effect: Effect) -> str:
    """The interval of an effect: ``−0.3 to +2.1``."""
    return f"{signed(effect.low)} to {signed(effect.high)}"


def probability(p: float) -> str:
    """``0.032``, or ``< 0.001``."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def duration(seconds: float) -> str:
    """``45 seconds``, ``62 minutes``, ``3.5 hours``."""
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"


def file_slug(text: str) -> str:
    """A text as part of a file's name: small letters, figures and hyphens alone."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "run"
