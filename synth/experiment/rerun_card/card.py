"""The card put together from runs and the audit, in the words that every form of it shows. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synth.experiment.findings import Audit
from synth.experiment.rerun_card.answers import Answer, answers
from synth.experiment.rerun_card.comparing import Section, sections
from synth.experiment.rerun_card.scoring import TaskLine, task_lines
from synth.experiment.rerun_card.words import duration, file_slug, task_title
from synth.experiment.results import Outcome, Results
from synth.report.wording import count, listed

_LIMITS = {
    "smoke": "A smoke test shows that every stage runs. Its numbers are of models that learned nothing and answer no"
    " question; they stand here so that the card can be seen.",
    "mini": "A small encoder made here, subsets of the data, minutes of training: a run at this scale can show the"
    " direction of an effect, and no more. None of its scores reproduces a published one, which would need XLM-R"
    " Large. What is not resolved here may exist there; what is resolved here is so for this encoder.",
    "full": "A pre-trained encoder and the paper’s hyper-parameters, on the data at hand. Effects can be compared with"
    " the published ones; scores only where model, training set and test set are those of the paper.",
}
_FEW = 40


@dataclass(frozen=True, slots=True)
class RunCard:
    """One run in words and figures."""

    key: str
    """Unique among the runs of a card, fit for a file's name."""
    title: str
    facts: tuple[tuple[str, str], ...]
    limits: str
    summary: str
    answers: tuple[Answer, ...]
    sections: tuple[Section, ...]
    arms: tuple[str, ...]
    tasks: tuple[TaskLine, ...]
    absent: tuple[str, ...]
    notes: tuple[str, ...]


def run_cards(runs: Sequence[Results], audited: Audit) -> tuple[RunCard, ...]:
    """A card for each run, in the given order.

    Args:
        runs: The runs.
        audited: The audit of the published numbers.
    """
    seen: Counter[str] = Counter()
    made = []
    for one in runs:
        slug = file_slug(one.scale)
        seen[slug] += 1
        key = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"
        made.append(_run_card(one, audited, key))
    return tuple(made)


def _run_card(one: Results, audited: Audit, key: str) -> RunCard:
    lines = task_lines(one, audited)
    limits, guessed = _LIMITS.get(one.scale, _LIMITS["full" if one.config.get("model") else "mini"]), _guessed(lines)
    if guessed:
        limits += f" {guessed} no better than guessing in any arm: no effect on that can be told from this run."
    return RunCard(
        key=key,
        title=f"{one.scale[:1].upper()}{one.scale[1:]} scale",
        facts=tuple(_facts(one)),
        limits=limits,
        summary=_summary(one),
        answers=answers(one),
        sections=sections(one, audited),
        arms=tuple(arm for arm, _ in lines[0].by_arm) if lines else (),
        tasks=lines,
        absent=one.absent,
        notes=one.notes,
    )


def _guessed(lines: Sequence[TaskLine]) -> str:
    """The tasks on which guessing does as well, with their verb: ``XNLI and PAWS-X score``; empty where none is."""
    names = [task_title(line.task) for line in lines if line.guessed]
    return f"{listed(names)} {'scores' if len(names) == 1 else 'score'}" if names else ""


def _summary(one: Results) -> str:
    if one.scale == "smoke":
        return "A smoke test: nothing is concluded from its numbers."
    known = [effect for effect in one.effects if effect.published_sign]
    if not known:
        return "None of the effects was published with a direction that the run could be compared with."
    said = [
        f"{sum(effect.outcome is outcome for effect in known):,} {words}"
        for outcome, words in (
            (Outcome.SAME, "in the same direction"),
            (Outcome.OPPOSITE, "in the opposite one"),
            (Outcome.UNRESOLVED, "not resolved"),
        )
    ]
    return f"Of {count(len(known), 'effect')} with a published direction: {listed(said)}."


def _facts(one: Results) -> list[tuple[str, str]]:
    model = one.config.get("model")
    facts = [
        ("Encoder", str(model) if model else "made here"),
        ("Seeds", f"{len(one.seeds)} ({listed([str(seed) for seed in one.seeds])})"),
        ("Sizes", "" if model else _sizes(one.config.get("sizes"), {score.size for score in one.scores})),
        ("Steps", _steps(one.config)),
        ("Hardware", one.hardware),
        ("Computing time", duration(one.seconds)),
        ("Ended", one.date),
        ("Versions", ", ".join(f"{name} {version}" for name, version in sorted(one.versions.items()))),
        ("Signature", one.signature),
    ]
    return [(name, value) for name, value in facts if value]


def _sizes(sizes: Any, scored: Collection[str]) -> str:
    """``small: 2 layers of 128``, by the number of layers; those that were run."""
    if not isinstance(sizes, Mapping):
        return ""
    rows = [(name, size) for name, size in sizes.items() if isinstance(size, Mapping) and name in scored]
    rows.sort(key=lambda row: (str(row[1].get("layers")).zfill(_FEW), str(row[0])))
    return "; ".join(f"{name}: {size.get('layers')} layers of width {size.get('width')}" for name, size in rows)


def _steps(config: Mapping[str, Any]) -> str:
    named = (("pre-training", "pretraining"), ("intermediate training", "intermediate"), ("fine-tuning", "finetuning"))
    parts = []
    for title, key in named:
        stage = config.get(key)
        if not isinstance(stage, Mapping):
            continue
        trainings = [stage] if "steps" in stage else [one for one in stage.values() if isinstance(one, Mapping)]
        if steps := sorted({one["steps"] for one in trainings if one.get("steps")}):
            span = f"{steps[0]:,}" if len(steps) == 1 else f"{steps[0]:,} to {steps[-1]:,}"
            parts.append(f"{span} of {title}")
    return listed(parts)
