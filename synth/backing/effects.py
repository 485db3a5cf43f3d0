"""What runs, and gains that published scores imply, say of a direction that a claim states. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from synth.backing.facts import Fact
from synth.backing.fields import ClaimFields, Direction
from synth.backing.lexicon import FAMILIES, GROUPS, INTERMEDIATE, OVERALL
from synth.types import Backing, BackingKind

SINGLE = 2
"""So many effects of runs are shown one by one; more are counted, so that none is picked for what it says."""
_WORDS = {
    BackingKind.SAME: "same direction",
    BackingKind.OPPOSITE: "opposite direction",
    BackingKind.UNRESOLVED: "not resolved",
}
_ENCODERS = frozenset({"mbert", "xlm", "xlm-r", "xlm-r-base", "xlm-r-large", "stilts"})


def effect_lines(fields: ClaimFields, facts: Sequence[Fact]) -> Iterator[Backing]:
    """One line for each effect that bears on a stated direction, or one that counts them all; runs first.

    Args:
        fields: The claim's.
        facts: All that is known.
    """
    if len(fields.treatments) != 1 or fields.strangers or fields.by_language or fields.settings:
        return
    if not set(fields.models) <= _ENCODERS:
        return
    about = sorted((one for one in facts if one.treatment == fields.treatments[0]), key=lambda one: one.id)
    for scale in sorted({one.scale for one in about if one.measured}):
        run = [one for one in about if one.measured and one.scale == scale]
        judged = [(said, one) for said in fields.directions for one in _by_means(fields, _on(said.tasks, run))]
        yield from _measured(judged, scale)
    if INTERMEDIATE not in fields.treatments or not fields.means:  # what is derived is of the best task for each target
        yield from _derived(fields, [one for one in about if one.kind is BackingKind.DERIVED and not one.measured])


def _by_means(fields: ClaimFields, facts: Sequence[Fact]) -> Sequence[Fact]:
    """The effects of what the claim names; of a claim that does not say what with, those of all together."""
    if fields.means:
        named = {*fields.means, *(FAMILIES[name] for name in fields.means if name in FAMILIES)}
        return [one for one in facts if named & set(one.means)]
    return [one for one in facts if not one.means] or facts


def _on(tasks: Sequence[str], facts: Sequence[Fact]) -> Sequence[Fact]:
    """The effects on these tasks; on the tasks of a group where the claim names the group."""
    single = {member for task in tasks for member in GROUPS.get(task, (task,))}
    return [one for one in facts if one.task in single]


def standing(said: Direction, one: Fact) -> BackingKind:
    """How a measured effect stands to a stated direction, by its interval."""
    assert one.low is not None
    assert one.high is not None
    found = 1 if one.low > 0 else -1 if one.high < 0 else 0
    if said.sign == 0:  # no benefit: a loss is none either, and what is not resolved does not show that there is none
        return (BackingKind.UNRESOLVED, BackingKind.OPPOSITE, BackingKind.SAME)[found]
    if not found:
        return BackingKind.UNRESOLVED
    return BackingKind.SAME if found == said.sign else BackingKind.OPPOSITE


def _points(value: float | None) -> str:
    """With one decimal and a minus; never a negative zero."""
    return f"{round(value or 0.0, 1) + 0.0:.1f}".replace("-", "−")


def _measured(judged: Sequence[tuple[Direction, Fact]], scale: str) -> Iterator[Backing]:
    kinds = [standing(said, one) for said, one in judged]
    if len(judged) <= SINGLE:
        for kind, (_, one) in zip(kinds, judged, strict=True):
            span = f"{one.value.replace('-', '−')}, 95% interval {_points(one.low)} to {_points(one.high)}"
            yield Backing(
                kind=kind, text=f"{one.words}: {_WORDS[kind]} at {scale} scale ({span})", reference=one.reference
            )
        return
    kind = kinds[0] if len(set(kinds)) == 1 else BackingKind.MIXED
    counts = ", ".join(f"{kinds.count(one)} {words}" for one, words in _WORDS.items() if one in kinds)
    tasks = ", ".join(dict.fromkeys(names(one.task) for _, one in judged))
    ids = ", ".join(dict.fromkeys(one.reference.partition("; ")[0].rpartition(" ")[2] for _, one in judged))
    command = judged[0][1].reference.partition("; ")[2]
    yield Backing(
        kind=kind,
        text=f"{len(judged)} effects at {scale} scale, on {tasks}: {counts}",
        reference=f"experiment {scale}, effects {ids}; {command}",
    )


def _derived(fields: ClaimFields, facts: Sequence[Fact]) -> Iterator[Backing]:
    """Gains that published scores imply: shown beside the direction, without a judgement on it."""
    asked = {task for said in fields.directions for task in said.tasks} - {OVERALL}
    whole = {group for group, members in GROUPS.items() if set(members) <= asked}
    models = {name for name in fields.models if name not in ("xlm-r-base", "mbert", "xlm")}
    rows = [
        one
        for one in facts
        if one.task in asked | whole
        and (models or not fields.models)
        and (not fields.metrics or one.metric in fields.metrics or one.metric == "score")
    ]
    for words in sorted({one.words for one in rows}, key=lambda words: min(r.id for r in rows if r.words == words)):
        same = [one for one in rows if one.words == words]
        values = ", ".join(
            f"{one.value} {one.metric if one.metric != 'score' else 'points'} on {names(one.task)}" for one in same
        )
        ids = ", ".join(one.reference.partition("; ")[0].removeprefix("audit ") for one in same)
        command = same[0].reference.partition("; ")[2]
        yield Backing(kind=BackingKind.DERIVED, text=f"{values}: {words}", reference=f"audit {ids}; {command}")


_SHOWN = {
    "xnli": "XNLI",
    "paws-x": "PAWS-X",
    "pos": "POS",
    "ner": "NER",
    "xquad": "XQuAD",
    "mlqa": "MLQA",
    "tydiqa": "TyDiQA",
    "bucc": "BUCC",
    "tatoeba": "Tatoeba",
    OVERALL: "XTREME",
}


def names(task: str) -> str:
    """A task's name as papers write it."""
    return _SHOWN.get(task, task)
