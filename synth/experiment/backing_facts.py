"""The facts that claims can be matched with, from the audit and from the results of runs. Pure but for reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

from synth.backing.effects import names
from synth.backing.facts import GRAVEST, Fact
from synth.backing.lexicon import GROWTH, INTERMEDIATE, MEANS, NOISE, OVERALL, ROBUST
from synth.errors import ConfigError
from synth.experiment.audit import audit
from synth.experiment.findings import Audit, Check, Finding, Result
from synth.experiment.numbers import Published, Source
from synth.experiment.protocol.names import ALL_TASKS
from synth.experiment.published import read_published
from synth.experiment.rerun_card.scoring import guessed_tasks
from synth.experiment.results import Effect, Outcome, Results, read_results
from synth.types import BackingKind

_KINDS = {
    Result.DIFFERS: BackingKind.DIFFERS,
    Result.NO_SOURCE: BackingKind.NO_SOURCE,
    Result.WITHIN: BackingKind.WITHIN,
    Result.RECOMPUTED: BackingKind.RECOMPUTED,
    Result.DERIVED: BackingKind.DERIVED,
    Result.PUBLISHED: BackingKind.PUBLISHED,
}
_OUTCOMES = {
    Outcome.SAME: BackingKind.SAME,
    Outcome.OPPOSITE: BackingKind.OPPOSITE,
    Outcome.UNRESOLVED: BackingKind.UNRESOLVED,
}
_EFFECTS = (INTERMEDIATE, ROBUST)
"""The interventions whose published gains claims speak of."""
_TASKS = {"pawsx": "paws-x", "udpos": "pos", "panx": "ner", "all": OVERALL}
"""Tasks of results files that the published file names otherwise."""
_ARMS = {
    "nli": (INTERMEDIATE, ("nli",), "inference as intermediate task"),
    "qa": (INTERMEDIATE, ("qa",), "question answering as intermediate task"),
    "commonsense": (INTERMEDIATE, ("commonsense",), "commonsense as intermediate task"),
    "multi": (INTERMEDIATE, ("multi-task",), "several intermediate tasks at once"),
    "intermediate": (INTERMEDIATE, (), "mean of all intermediate tasks"),
    "robust": (ROBUST, (), "robust training"),
    "typos": (NOISE, ("typos",), "typos in the input"),
    "accents": (NOISE, ("accents",), "accents dropped in the input"),
    "case": (NOISE, ("case",), "letter case changed in the input"),
    "size": (GROWTH, (), "gain of the largest encoder over that of the smallest"),
}
"""What a run's treatment is to a claim, and to a reader."""
_BASELINES = {"none", "", "clean"}
_MORE = {"r3f": "R3F", "r4f": "R4F"}
_SCALES = ("mini", "full")
"""Scales whose effects say something; the smoke test's do not."""


def experiment_facts(published: Path, results: Sequence[Path]) -> tuple[Fact, ...]:
    """All facts, in the order of their ids.

    Args:
        published: The file of published numbers.
        results: Files of results; those of the smoke test are left out.

    Raises:
        ConfigError: If a file cannot be used, or two runs have one scale.
    """
    numbers = read_published(published)
    runs = [read_results(path) for path in sorted(results)]
    scales = [run.scale for run in runs if run.scale in _SCALES]
    if len(set(scales)) < len(scales):
        raise ConfigError("two files hold results of one scale; keep the one that the facts are to be taken from")
    found = [*once(audit_facts(audit(numbers), numbers)), *(fact for run in runs for fact in run_facts(run))]
    return tuple(sorted(found, key=lambda one: one.id))


def once(found: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts without reprints: of one number that several tables print, the one with the gravest finding stays.

    Args:
        found: Of published numbers, in the order of the file, which has the original before its reprints.
    """
    kept: dict[tuple[object, ...], Fact] = {}
    for one in found:
        key = (one.task, one.model, one.treatment, one.means, one.setting, one.metric, one.value)
        held = kept.get(key)
        if held is None or GRAVEST.index(one.kind) < GRAVEST.index(held.kind):
            kept[key] = one
    return tuple(kept.values())


def audit_facts(found: Audit, published: Published) -> Iterator[Fact]:
    """Averages and gains of the audit. Pure.

    Args:
        found: The audit.
        published: What it is of: its tables' names are shown.
    """
    places = {table.id: _place(table.name, found.sources[table.source]) for table in published.tables}
    for one in found.findings:
        level = one.about.effect == "level"
        if one.about.language != "average" or not (level or one.about.effect in _EFFECTS):
            continue
        if one.derived is not None and one.derived.step:
            continue
        yield Fact(
            id=f"audit {one.id}",
            kind=_KINDS[one.result],
            task=one.about.task,
            model=one.about.model,
            treatment="" if level else one.about.effect,
            means=() if level else _means(one),
            setting=one.about.setting.removeprefix("human"),
            metric=one.about.metric,
            value=_value(one, signed=not level),
            words=_words(one, found.sources, places),
            reference=f"audit {one.id}; synth experiment audit --all",
        )


def run_facts(run: Results) -> Iterator[Fact]:
    """The effects of a run, as far as claims can speak of them. Pure."""
    if run.scale not in _SCALES:
        return
    # A mean over some tasks says nothing of XTREME's average, nor does one over tasks of which some were not learnt.
    whole = {score.task for score in run.scores} >= set(ALL_TASKS) and not guessed_tasks(run)
    for effect in run.effects:
        arm = _ARMS.get(effect.treatment)
        if arm is None or effect.baseline not in _baselines(effect) or (effect.task == "all" and not whole):
            continue  # a difference between two arms is not what a claim on one of them says
        treatment, means, words = arm
        task = _TASKS.get(effect.task, effect.task)
        yield Fact(
            id=f"experiment {run.scale} {effect.id}",
            kind=_OUTCOMES[effect.outcome],
            task=task,
            treatment=treatment,
            means=means,
            value=_signed(Decimal(str(effect.difference))),
            low=effect.low,
            high=effect.high,
            scale=run.scale,
            words=f"{'the mean over tasks' if task == OVERALL else names(task)}, {words}",
            reference=f"experiment {run.scale}, effect {effect.id}; synth experiment report",
        )


def _baselines(effect: Effect) -> set[str]:
    return _BASELINES | ({effect.baseline} if effect.treatment == "size" else set())


def _means(one: Finding) -> tuple[str, ...]:
    """The intermediate task of a gain, where it is one."""
    return tuple(name for name, pattern in MEANS.items() if pattern.match(one.about.detail))


def _value(one: Finding, *, signed: bool) -> str:
    value = one.number.value if one.number else _rounded(one.value.value)
    return _signed(value) if signed and not one.number else str(value)


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _signed(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded:+}" if rounded else str(abs(rounded))


def _place(table: str, source: Source) -> str:
    if table[:5] != "Table":
        return source.title
    return f"{table} of {source.paper or source.title}"


def _words(one: Finding, sources: Mapping[str, Source], places: Mapping[str, str]) -> str:
    match one.result:
        case Result.NO_SOURCE:
            return "no source at hand"
        case Result.PUBLISHED:
            assert one.number is not None
            source = sources[one.number.source or ""]
            return f"as {_printed(one, source, places)} prints it; nothing at hand gives it by arithmetic"
        case Result.DERIVED:
            assert one.derived is not None
            if one.derived.operation == "difference" and "implied" in one.about.detail:
                return "implied by published averages; no source prints it"
            whose = f"{_MORE.get(one.about.detail, one.about.detail)}, " if one.about.detail else ""
            return f"{whose}arithmetic on {_inputs(one.derived.inputs, places)}; no source prints it"
    check = _deciding(one)
    given = _inputs(check.derived.inputs, places)
    exact = _rounded(check.value.value)
    match one.result:
        case Result.DIFFERS:
            return f"differs, {given} gives {exact}"
        case Result.WITHIN:
            return f"recomputed from {given} within rounding"
        case _:
            return f"recomputed from {given}"


def _printed(one: Finding, source: Source, places: Mapping[str, str]) -> str:
    table = places.get(one.id.partition("/")[0])
    if table:
        return table
    where = f"the {one.number.where} of " if one.number and one.number.where else ""
    return f"{where}{source.paper or source.title}"


def _deciding(one: Finding) -> Check:
    """The check that gave the result."""
    return next(check for check in one.checks if check.sourced and check.outcome.value == one.result.value)


def _inputs(ids: Sequence[str], places: Mapping[str, str]) -> str:
    """The tables that a value rests on."""
    found = dict.fromkeys(places[table] for name in ids if (table := name.partition("/")[0]) in places)
    return " and ".join(found) or "published averages"
