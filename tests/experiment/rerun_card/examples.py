"""An invented run with all arms, tasks, noises and sizes, and small changes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from synth.experiment.audit import audit
from synth.experiment.protocol.names import ALL_TASKS, ARMS, INTERMEDIATE, METRICS, NOISES
from synth.experiment.published import read_published, shipped
from synth.experiment.results import Effect, Outcome, Results, Score, write_results

AUDITED = audit(read_published(shipped()))
LANGUAGES = {
    "xnli": "en fr es de el bg ru tr ar vi th zh hi sw ur",
    "pawsx": "en de es fr ja ko zh",
    "udpos": "en af ar bg el es eu fa fi he hi hu kk ko mr nl ta te th ur vi zh de",
    "panx": "en af ar bg bn de es et eu fa fi fr hi hu id it jv ka kk ko ml mr ms my nl pt ru sw te tl tr ur vi yo zh",
    "xquad": "en ar de el es hi ru th tr vi zh",
    "mlqa": "en ar de es hi vi zh",
    "tydiqa": "en ko sw",
    "tatoeba": "af ar bg bn de el es et eu fa fi fr he hi hu id it ja jv ka kk ko ml mr nl pt ru sw ta te th tl tr ur"
    " vi zh",
    "bucc": "zh",
}
GAINS = {"tatoeba": 9.0, "bucc": 6.0, "xquad": 2.5, "mlqa": 2.0, "tydiqa": 5.0, "panx": -1.2, "xnli": 0.4}
SOURCES = {
    "intermediate/all": (5.4, 1, "phang-v2/best"),
    "intermediate/xnli": (0.8, 1, "stilts-gain/xnli"),
    "intermediate/panx": (-1.4, -1, "stilts-gain/ner"),
    "intermediate/tydiqa": (12.7, 1, "stilts-gain/tydiqa/f1 stilts-gain/tydiqa/em"),
    "intermediate/tatoeba": (None, 1, "2005.13013v2"),
    "nli/all": (7.5, 1, "phang-v2/mnli"),
    "robust/pawsx": (2.1, 1, "robust/paws-x"),
}


def effect(name: str, difference: float, width: float = 1.0, **changed: Any) -> Effect:
    """An effect with an interval of the given half-width."""
    treatment, task = name.split("/")
    published, sign, source = SOURCES.get(name, (None, 0, ""))
    low, high = difference - width, difference + width
    side = (low > 0) - (high < 0)
    outcome = Outcome.UNRESOLVED if not sign or not side else Outcome.SAME if side == sign else Outcome.OPPOSITE
    values: dict[str, Any] = {
        "id": name,
        "task": task,
        "treatment": treatment.removeprefix("noise-"),
        "baseline": "clean" if treatment.startswith("noise-") else "none",
        "difference": difference,
        "low": low,
        "high": high,
        "p": 0.5 if not side else 0.002,
        "seeds": 3,
        "published": published,
        "published_sign": sign,
        "source": source,
        "outcome": outcome,
    }
    return Effect(**{**values, **changed})


def run(**changed: Any) -> Results:
    """The invented run."""
    effects = tuple(_effects())
    made = Results(
        scale="mini",
        signature="0123456789abcdef",
        seeds=(0, 1, 2),
        config={
            "growth": ["small", "base", "large"],
            "sizes": {"small": {"layers": 2, "width": 128}, "base": {"layers": 4, "width": 192}},
            "pretraining": {"steps": 3000},
            "intermediate": {"steps": 400},
            "finetuning": {"default": {"steps": 300}, "squad": {"steps": 200}},
        },
        hardware="2 CPU cores",
        seconds=3700.0,
        date="2030-01-02",
        versions={"python": "3.11.0", "torch": "2.9.0"},
        scores=tuple(_scores()),
        effects=effects,
        absent=("tydiqa_dev",),
        notes=("An invented run: its numbers come from a table.",),
        facts={"p_holm": {one.id: min(1.0, one.p * 10) for one in effects}},
    )
    return replace(made, **changed)


def stored(path: Path, **changed: Any) -> Path:
    """The invented run as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_results(run(**changed), path)
    return path


def _scores() -> Iterator[Score]:
    chance = Random(7)
    for task in ALL_TASKS:
        for arm in (*ARMS, *(["robust"] if task in ("xnli", "pawsx") else [])):
            for language in LANGUAGES[task].split():
                level = 25 + 20 * chance.random() + (0 if arm == "none" else GAINS.get(task, 0.0))
                for seed in range(1 if arm == "none" and task in ("tatoeba", "bucc") else 3):
                    for metric in METRICS[task]:
                        value = round(level + chance.random() * 2, 4)
                        yield Score(arm=arm, task=task, language=language, metric=metric, seed=seed, value=value, n=200)


def _effects() -> Iterator[Effect]:
    chance = Random(11)
    for arm in (*INTERMEDIATE, "intermediate"):
        for task in ALL_TASKS:
            gain = round(GAINS.get(task, 0.2) + chance.uniform(-0.8, 0.8), 3)
            languages = tuple((one, round(gain + chance.uniform(-3, 3), 3)) for one in LANGUAGES[task].split())
            yield effect(f"{arm}/{task}", gain, by_language=languages)
        yield effect(f"{arm}/all", 2.4, 0.9)
    yield effect("multi-single/all", 0.3, treatment="multi", baseline="single", published_sign=1)
    yield effect("robust/pawsx", 1.4)
    yield effect("robust/xnli", -0.2)
    for noise in NOISES:
        for task, loss in (("xnli", -1.8), ("pawsx", -0.6), ("udpos", -4.0)):
            yield effect(f"noise-{noise}/{task}", loss)
    for task in ("xnli", "tatoeba"):
        for size, gain in (("small", -0.4), ("large", 3.0)):
            yield effect(f"nli-{size}/{task}", gain, baseline=f"none-{size}")
        yield effect(f"size/{task}", 3.4, baseline="small")
