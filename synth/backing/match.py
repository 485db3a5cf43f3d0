"""Which facts bear on a claim, and what they say of it. Pure.

The match is by fields, not by likeness: a published number backs a claim only where the claim states that very number
of that task, model and intervention; an effect that a run measured backs it only where the claim states a direction of
the same intervention on the same task. What cannot be told apart is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from synth.backing.effects import effect_lines
from synth.backing.facts import GRAVEST, Fact
from synth.backing.fields import ClaimFields, claim_fields
from synth.backing.lexicon import AVERAGED, INTERMEDIATE, OVERALL
from synth.backing.numbers import Stated
from synth.types import Backing, BackingKind

MOST = 3
"""Lines a claim shows at most."""

_SIZES = {"xlm-r": ("xlm-r-large", "xlm-r-base")}


def backings(text: str, facts: Sequence[Fact]) -> tuple[Backing, ...]:
    """What facts say of a claim, best first, at most :data:`MOST` lines; empty where none bears on it for sure.

    Args:
        text: The claim, self-contained.
        facts: All that is known, in any order.
    """
    if not facts:
        return ()
    fields = claim_fields(text)
    found = _numbers(text, fields, facts)
    said = {one.id for _, one in found}
    effects = effect_lines(fields, [one for one in facts if one.id not in said])
    return (*_number_lines(found), *effects)[:MOST]


def _numbers(text: str, fields: ClaimFields, facts: Sequence[Fact]) -> list[tuple[Stated, Fact]]:
    printed = sorted((one for one in facts if not one.measured), key=_rank)
    found = []
    for number in fields.numbers:
        fitting = [one for one in printed if _states(number, fields, one)]
        if fitting:
            found.append((number, fitting[0]))
    return found or list(_whole(text, fields, printed))


def _whole(text: str, fields: ClaimFields, printed: Sequence[Fact]) -> Iterator[tuple[Stated, Fact]]:
    """Average scores of several models of a claim that does not say on what: two that agree tell which they are."""
    if fields.tasks or fields.strangers or fields.treatments or not AVERAGED.search(text):
        return
    found = [
        (number, one)
        for number in fields.numbers
        for one in printed
        if one.task == OVERALL and _same_value(number, one) and _is_level(number, fields, one)
    ]
    if len({one.model for _, one in found}) > 1:
        yield from found


def _rank(one: Fact) -> tuple[int, str]:
    return GRAVEST.index(one.kind), one.id


def _states(number: Stated, fields: ClaimFields, one: Fact) -> bool:
    """Whether a number of the claim is this very fact."""
    if not _same_value(number, one):
        return False
    if one.treatment:
        return _is_gain(number, fields, one)
    return number.task.name == one.task and _is_level(number, fields, one)


def _same_value(number: Stated, one: Fact) -> bool:
    return number.gain == bool(one.treatment) and number.value == abs(Decimal(one.value))


def _is_level(number: Stated, fields: ClaimFields, one: Fact) -> bool:
    foreign = [name for name in fields.treatments if name != "machine translation"]
    if foreign and not number.model.firm and one.model != "stilts":
        return False  # the score may be that of the treated model
    return (
        not fields.by_language
        and _same_model(number.model.name, one.model)
        and _same_metric(fields, one)
        and _same_setting(fields, one)
    )


def _is_gain(number: Stated, fields: ClaimFields, one: Fact) -> bool:
    unnamed = not fields.tasks and not fields.strangers and one.task == OVERALL
    signs = {direction.sign for direction in fields.directions} if len(fields.directions) == 1 else set()
    stated = number.sign or next(iter(signs), 0)
    return (
        fields.treatments == (one.treatment,)
        and not fields.by_language
        and (number.task.name == one.task or unnamed)
        and stated * Decimal(one.value) >= 0
        and _same_means(number, fields, one)
        and _same_metric(fields, one)
        and (not fields.models or any(_same_model(name, one.model) or name == "stilts" for name in fields.models))
    )


def _same_means(number: Stated, fields: ClaimFields, one: Fact) -> bool:
    if one.treatment != INTERMEDIATE:
        return True
    return (number.means.name,) == one.means if one.means else not fields.means


def _same_model(named: str | None, model: str) -> bool:
    return named is not None and (named == model or model in _SIZES.get(named, ()))


def _same_metric(fields: ClaimFields, one: Fact) -> bool:
    return not fields.metrics or one.metric in ("", "score") or one.metric in fields.metrics


def _same_setting(fields: ClaimFields, one: Fact) -> bool:
    """The claim names the fact's setting and no other; zero-shot transfer is what is meant where it names none."""
    wanted = {part for part in one.setting.replace("zero-shot", "").split(", ") if part}
    named = set(fields.settings) | ({"multi-task"} & set(fields.means))
    return wanted == named


def _number_lines(found: Iterable[tuple[Stated, Fact]]) -> Iterator[Backing]:
    """One line for all numbers of which the same is to be said, in the order of the claim."""
    lines: dict[tuple[BackingKind, str, str], list[tuple[Stated, Fact]]] = {}
    for number, one in found:
        command = one.reference.partition("; ")[2]
        lines.setdefault((one.kind, one.words, command), []).append((number, one))
    for kind, words, command in sorted(lines, key=lambda key: (GRAVEST.index(key[0]), lines[key][0][0].start)):
        rows = lines[kind, words, command]
        values = _listed([one.value for _, one in rows])
        places = _listed(list(dict.fromkeys(one.reference.partition("; ")[0] for _, one in rows)), shared="audit ")
        yield Backing(kind=kind, text=f"{values}: {words}", reference=f"{places}; {command}" if command else places)


def _listed(parts: Sequence[str], shared: str = "") -> str:
    rest = [part.removeprefix(shared) if shared else part for part in parts[1:]]
    whole = [parts[0], *rest]
    return whole[0] if len(whole) == 1 else f"{', '.join(whole[:-1])} and {whole[-1]}"
