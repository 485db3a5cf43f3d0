"""Effects of a run beside what was published and what the audit recomputed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from synth.experiment.findings import Audit, Finding, Result
from synth.experiment.rerun_card.words import (
    MAIN,
    arms_in_order,
    in_order,
    interval,
    kind_of,
    probability,
    signed,
    task_title,
    treatment_title,
)
from synth.experiment.results import Effect, Results

NOTHING = "–"
_IMPLIED = "stilts-gain/retrieval/table-2"
_BESIDE: Mapping[str, str] = {f"{MAIN}/tatoeba": _IMPLIED, f"{MAIN}/bucc": _IMPLIED}
"""Numbers of the audit that bear on an effect whose published side is a direction alone."""
_SAID = {
    Result.DIFFERS: "differs from its source’s own tables",
    Result.NO_SOURCE: "no source at hand",
    Result.WITHIN: "recomputed within rounding",
    Result.RECOMPUTED: "recomputed",
    Result.PUBLISHED: "as printed; nothing at hand gives it by arithmetic",
}
_SECTIONS = {
    MAIN: "Intermediate training, mean of all intermediate tasks",
    "multi-single": "Several intermediate tasks at once against single ones",
    "robust": "Robust training on augmented copies",
    "noise": "Noisy input against clean, without intermediate training",
    "size": "Gain by size of the encoder",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An effect in words and figures."""

    id: str
    name: str
    published: str
    recomputed: str
    """What the audit says of the published number, or the number that it computed where none is printed."""
    source: str
    difference: str
    interval: str
    p: str
    corrected: str
    """Holm's p-value; empty where the run has none."""
    outcome: str
    """Empty where nothing was published."""


@dataclass(frozen=True, slots=True)
class Section:
    """The effects of one treatment."""

    title: str
    rows: tuple[Row, ...]


def sections(results: Results, audited: Audit) -> tuple[Section, ...]:
    """All effects of a run, by treatment, in the order of the protocol.

    Args:
        results: The run.
        audited: The audit of the published numbers.
    """
    known = {one.id: one for one in audited.findings}
    corrected = corrected_p(results)
    return tuple(
        Section(_section_title(kind), tuple(_row(one, known, corrected) for one in _sorted(results, kind)))
        for kind in _kinds(results)
    )


def corrected_p(results: Results) -> Mapping[str, float]:
    """Holm's p-values by id of the effect, as far as the run has them."""
    found = results.facts.get("p_holm", {})
    if not isinstance(found, Mapping):
        return {}
    return {str(key): float(p) for key, p in found.items() if isinstance(p, int | float)}


def _kinds(results: Results) -> Iterator[str]:
    there = {kind_of(one) for one in results.effects}
    last = ("robust", "noise", "size")
    arms = arms_in_order(there - {MAIN, "multi-single", *last})
    yield from (kind for kind in (MAIN, *arms, "multi-single", *last) if kind in there)


def _section_title(kind: str) -> str:
    return _SECTIONS.get(kind) or f"Intermediate training: {treatment_title(kind)}"


def _sorted(results: Results, kind: str) -> list[Effect]:
    some = [one for one in results.effects if kind_of(one) == kind]
    order = in_order(one.task for one in some)
    return sorted(some, key=lambda one: (order.index(one.task), one.id))


def _row(one: Effect, known: Mapping[str, Finding], corrected: Mapping[str, float]) -> Row:
    published, recomputed = _published(one, known)
    detailed = kind_of(one) in ("noise", "size")
    return Row(
        id=one.id,
        name=f"{task_title(one.task)}, {treatment_title(one.treatment)}" if detailed else task_title(one.task),
        published=published,
        recomputed=recomputed,
        source=one.source.replace(" ", ", "),
        difference=signed(one.difference),
        interval=interval(one),
        p=probability(one.p),
        corrected=probability(corrected[one.id]) if one.id in corrected else "",
        outcome=one.outcome.value if one.published_sign else "",
    )


def _published(one: Effect, known: Mapping[str, Finding]) -> tuple[str, str]:
    """The published side, and what the audit says of it."""
    found = [known[name] for name in one.source.split() if name in known]
    if found and len(found) == len(one.source.split()):
        if all(finding.number for finding in found):
            printed = [float(finding.number.value) for finding in found if finding.number]
            gravest = min((finding.result for finding in found), key=list(Result).index)
            return signed(sum(printed) / len(printed)), _SAID.get(gravest, gravest.value)
        value = sum(float(finding.value.value) for finding in found) / len(found)
        return NOTHING, f"{signed(value)}, by arithmetic on published scores"
    if one.published is not None:  # a run that was compared with another file of published numbers
        return signed(one.published), "not in the published file at hand"
    if not one.published_sign:
        return NOTHING, NOTHING
    direction = "gain" if one.published_sign > 0 else "loss"
    if (beside := known.get(_BESIDE.get(one.id, ""))) is not None:
        return (
            direction,
            f"{signed(float(beside.value.value))} implied for BUCC and Tatoeba together; no source prints it",
        )
    return direction, "a direction alone, nothing to recompute"
