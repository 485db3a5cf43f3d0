"""Answers in words to the questions that reports ask, made from effects by rules. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from synth.experiment.protocol.names import INTERMEDIATE, NOISES
from synth.experiment.rerun_card.comparing import corrected_p
from synth.experiment.rerun_card.words import (
    MAIN,
    OVERALL,
    arm_title,
    in_order,
    interval,
    probability,
    signed,
    task_title,
    treatment_title,
)
from synth.experiment.results import Effect, Results
from synth.report.wording import count, listed

LEVEL = 0.05
"""Of the corrected p-values: above it, an effect is said not to survive the correction."""
_SILENT = ("smoke",)
"""Scales whose numbers answer nothing."""


class Says(StrEnum):
    """What the run says to a question."""

    YES = "yes, at this scale"
    NO = "no, the opposite at this scale"
    PARTLY = "in part"
    MIXED = "on some tasks yes, on others the opposite"
    NOT = "no, in part the opposite at this scale"
    UNRESOLVED = "not resolved at this scale"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what the run says to it."""

    question: str
    says: Says
    text: str


def answers(results: Results) -> tuple[Answer, ...]:
    """What the run says to each question that its effects bear on; a smoke test answers nothing."""
    return () if results.scale in _SILENT else tuple(_answers(results))


def main_treatment(results: Results) -> str:
    """The treatment that stands for intermediate training: the mean of the arms, or the arm where there is one."""
    there = {one.treatment for one in results.effects}
    return MAIN if MAIN in there else next((arm for arm in INTERMEDIATE if arm in there), MAIN)


def side(effect: Effect) -> int:
    """On which side of zero the interval lies: 1, -1, or 0 where it holds zero."""
    return (effect.low > 0) - (effect.high < 0)


def _answers(results: Results) -> Iterator[Answer]:
    found = {one.id: one for one in results.effects}
    corrected = corrected_p(results)
    main = main_treatment(results)
    asked = "intermediate training on English"
    for question, tasks in (
        (f"Does {asked} help on average over the tasks?", (OVERALL,)),
        (f"Does XNLI benefit from {asked}?", ("xnli",)),
        (f"Does TyDiQA benefit from {asked}?", ("tydiqa",)),
        (f"Does {asked} improve retrieval (Tatoeba, BUCC)?", ("tatoeba", "bucc")),
    ):
        some = [found[f"{main}/{task}"] for task in tasks if f"{main}/{task}" in found]
        if some:
            more = _by_arm(found, tasks[0], main) if len(tasks) == 1 else _rank(results, tasks, main)
            yield Answer(question, _says(some), " ".join([_told(some, corrected), *more]))
    yield from _best(found)
    if (one := found.get("multi-single/all")) is not None:
        yield Answer(
            "Does training on several tasks at once add to training on one?", _says([one]), _told([one], corrected)
        )
    if some := _those(found, "robust", "robust"):
        yield Answer("Does robust training help to classify pairs?", _says(some), _told(some, corrected))
    if some := [one for noise in NOISES for one in _those(found, f"noise-{noise}", noise)]:
        yield Answer("Does noise in the input lower the scores?", _says(some, -1), _told(some, corrected))
    if some := _those(found, "size", "size"):
        yield Answer(
            "Does the gain from intermediate training grow with the encoder?", _says(some), _told(some, corrected)
        )


def _those(found: Mapping[str, Effect], prefix: str, treatment: str) -> list[Effect]:
    some = {one.task: one for key, one in found.items() if key.startswith(f"{prefix}/") and one.treatment == treatment}
    return [some[task] for task in in_order(some)]


def _says(effects: Sequence[Effect], sign: int = 1) -> Says:
    sides = {side(one) * sign for one in effects}
    if sides == {1}:
        return Says.YES
    if sides == {-1}:
        return Says.NO
    named = {frozenset({0}): Says.UNRESOLVED, frozenset({0, 1}): Says.PARTLY, frozenset({0, -1}): Says.NOT}
    return named.get(frozenset(sides), Says.MIXED)


def _told(effects: Sequence[Effect], corrected: Mapping[str, float]) -> str:
    noisy = any(one.treatment in NOISES for one in effects)
    parts = []
    for one in effects:
        name = task_title(one.task) + (f" with {treatment_title(one.treatment)}" if noisy else "")
        parts.append(f"{name} {signed(one.difference)} (95% interval {interval(one)}, p {_p(one.p)})")
    text = f"{'; '.join(parts)}."
    weak = [one for one in effects if side(one) and corrected.get(one.id, 0.0) >= LEVEL]
    if weak:
        names = listed([f"{task_title(one.task)} (p {_p(corrected[one.id])})" for one in weak])
        looked = count(len(corrected), "effect")
        text += f" After correction for the {looked} looked at, chance remains an explanation: {names}."
    return text[:1].upper() + text[1:]


def _p(p: float) -> str:
    said = probability(p)
    return said if said.startswith("<") else f"= {said}"


def _by_arm(found: Mapping[str, Effect], task: str, main: str) -> list[str]:
    """Which arms alone are resolved, where the mean hides them."""
    if main != MAIN:
        return []
    arms = {arm: found[f"{arm}/{task}"] for arm in INTERMEDIATE if f"{arm}/{task}" in found}
    if task == OVERALL or not arms:
        return []
    clear = [f"{arm_title(arm)} {signed(one.difference)}" for arm, one in arms.items() if side(one)]
    if clear:
        return [f"Alone, resolved: {listed(clear)}, of {count(len(arms), 'arm')}."]
    return [f"None of the {count(len(arms), 'arm')} alone is resolved."]


def _rank(results: Results, tasks: Sequence[str], main: str) -> list[str]:
    """Whether the gain is larger than those of the other tasks."""
    gains = {one.task: one.difference for one in results.effects if one.treatment == main and one.task != OVERALL}
    others = [gain for task, gain in gains.items() if task not in tasks]
    some = [task for task in tasks if task in gains]
    resolved = {one.task for one in results.effects if one.treatment == main and side(one) > 0}
    if not others or not resolved & set(some):
        return []  # an order among gains that are none says nothing
    above = [task for task in some if gains[task] > max(others)]
    if above:
        return [f"Larger than the gain in every other task: {listed([task_title(task) for task in above])}."]
    return ["Not larger than the largest gain among the other tasks."]


def _best(found: Mapping[str, Effect]) -> Iterator[Answer]:
    arms = [found[f"{arm}/{OVERALL}"] for arm in INTERMEDIATE if f"{arm}/{OVERALL}" in found]
    if len(arms) < 2:
        return
    ranked = sorted(arms, key=lambda one: (-one.difference, one.treatment))
    first, *rest = ranked
    apart = side(first) == 1 and all(first.low > one.high for one in rest)
    text = "; ".join(f"{arm_title(one.treatment)} {signed(one.difference)} ({interval(one)})" for one in ranked)
    said = f"Mean over tasks: {text}. "
    said += (
        "The first one’s interval lies above all others."
        if apart
        else "The intervals of the first ones overlap: their order may be chance."
    )
    yield Answer("Does one intermediate task help most?", Says.YES if apart else Says.UNRESOLVED, said)
