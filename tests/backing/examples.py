"""Invented facts: two models, a run, and gains of one paper."""

from __future__ import annotations

from typing import Any

from synth.backing.facts import Fact
from synth.backing.lexicon import INTERMEDIATE
from synth.types import BackingKind


def score(task: str, model: str, value: str, **more: Any) -> Fact:
    fields: dict[str, Any] = {
        "id": f"audit t/{model}/{task}/{more.get('metric', 'accuracy')}",
        "kind": BackingKind.RECOMPUTED,
        "metric": "accuracy",
        "setting": "zero-shot",
        "words": "recomputed from Table 9 of 2401.00001v1",
        "reference": f"audit t/{model}/{task}; synth experiment audit",
        **more,
    }
    return Fact(task=task, model=model, value=value, **fields)


def gain(task: str, value: str, means: tuple[str, ...] = (), **more: Any) -> Fact:
    name = "-".join((task, *means, more.get("treatment", "")))
    fields: dict[str, Any] = {
        "id": f"audit g/{name}",
        "kind": BackingKind.NO_SOURCE,
        "treatment": INTERMEDIATE,
        "model": "xlm-r-large",
        "metric": "score",
        "words": "no source at hand",
        "reference": f"audit g/{name}; synth experiment audit",
        **more,
    }
    return Fact(task=task, value=value, means=means, **fields)


def effect(arm: str, task: str, low: float, high: float, **more: Any) -> Fact:
    means = () if arm in ("intermediate", "robust") else ({"multi": "multi-task"}.get(arm, arm),)
    fields: dict[str, Any] = {
        "id": f"experiment mini {arm}/{task}",
        "kind": BackingKind.UNRESOLVED,
        "treatment": INTERMEDIATE,
        "means": means,
        "value": f"{(low + high) / 2:+.1f}",
        "scale": "mini",
        "words": f"{task} after {arm}",
        "reference": f"experiment mini, effect {arm}/{task}; synth experiment report",
        **more,
    }
    return Fact(task=task, low=low, high=high, **fields)
