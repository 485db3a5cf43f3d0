"""From a claim's words to fields: which tasks, models and interventions, which numbers, which direction. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from synth.backing import lexicon
from synth.backing.lexicon import GROUPS, GROWTH, INTERMEDIATE, OVERALL, SIZE, Mention, mentions
from synth.backing.numbers import Stated, stated_numbers

_UP = (
    r"(?:improv\w*|help(?:s|ed|ful)?|benefit(?:s|ed|ting)?|boost\w*|rais(?:es?|ed|ing)|increas\w*|gain(?:s|ed)?"
    r"|lift(?:s|ed)?|rises?|rose)"
)
_DOWN = (
    r"(?:hurt\w*|harm\w*|degrad\w*|decreas\w*|reduc\w*|lower(?:s|ed|ing)?|worsen\w*|drop(?:s|ped)?|falls?|fallen|fell"
    r"|declin\w*|deteriorat\w*|impair\w*|loses?|lost)"
)
_NOT = r"(?:\bno|\bnot|n['’]t|\bnever|\bneither|\bwithout|\bhardly|\bbarely|\blittle|\bfail(?:s|ed)? to|\bcannot)"
_ANY = re.IGNORECASE
_RISES = re.compile(rf"\b{_UP}\b", _ANY)
_FALLS = re.compile(rf"\b{_DOWN}\b", _ANY)
_DENIED = re.compile(rf"{_NOT}\b\W+(?:[\w-]+\W+){{0,4}}?{_UP}\b", _ANY)
_UNHARMED = re.compile(rf"{_NOT}\b\W+(?:[\w-]+\W+){{0,4}}?{_DOWN}\b", _ANY)
_UNSURE = re.compile(
    r"\b(?:may|might|could|would|should|whether|if|asks?|asked|question(?:s|ed)?(?![- ]answering)|unclear"
    r"|unknown|hypothes\w*|expect\w*|aims?"
    r"|all but|sometimes|not always)\b|\?",
    _ANY,
)
_COMPARED = re.compile(
    r"\b(?:than|compared|versus|vs|relative to|further|additional\w*|instead of|as much as"
    r"|over (?:the )?(?:best |other )?(?:single|intermediate|multi))\b",
    _ANY,
)
_OF_A_GAP = re.compile(
    r"\b(?:gaps?|errors?|variance|misalignment|costs?|distance between|disparit\w*|robustness"
    r"|forgetting|data efficiency)\b",
    _ANY,
)
_CLAUSES = re.compile(
    r";|,?\s+\b(?:but|while|whereas|although|though|however|yet|except|excluding|apart from"
    r"|other than|unlike|and on|and for)\b"
    r"|,\s+(?:and\s+)?(?=[\w-]+\s+(?:do|does|did)\b)",
    _ANY,
)
_TAUGHT_ON = re.compile(
    r"\b(?:(?:training|trained|train|fine-tuned|fine-tuning)\s+(?:on|with)|tasks?,? such as|intermediate)\s+"
    r"(?!(?:training|tasks?)\b)(?:(?!improv|help|rais|rise|benefit|boost)[\w-]+,? ){0,3}$",
    _ANY,
)
_GAIN = r"\b(?:gains?|benefits?|improvements?|effects?)\b(?: \w+(?:-\w+)*){0,6}"
_WITH_SIZE = r"(?: \w+){0,3} (?:with|as)\b[^;,]*\b(?:size|scale|capacity|larger|bigger)\b"
_GROWS = re.compile(rf"{_GAIN} (?:grows?|grew|increases?|increased|rises?)\b{_WITH_SIZE}", _ANY)
_SHRINKS = re.compile(rf"{_GAIN} (?:shrinks?|decreases?|decreased|diminish\w*|falls?|vanish\w*)\b{_WITH_SIZE}", _ANY)


@dataclass(frozen=True, slots=True)
class Direction:
    """What a claim says of a treatment's effect on tasks."""

    sign: int
    """1 better, -1 worse, 0 no benefit."""
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFields:
    """A claim's fields; all empty for one that speaks of nothing known here."""

    tasks: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    treatments: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    """Intermediate tasks, kinds of noise."""
    settings: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    """Names of models and data sets that are not known here."""
    by_language: bool = False
    """Whether it speaks of single languages rather than of an average."""
    numbers: tuple[Stated, ...] = ()
    directions: tuple[Direction, ...] = ()


def claim_fields(text: str) -> ClaimFields:
    """The fields of a claim.

    Args:
        text: The claim, self-contained.
    """
    unknown = lexicon.strangers(text)
    means = mentions(text, lexicon.MEANS)
    tasks = _tasks(text, means)
    models = mentions(text, lexicon.MODELS)
    treatments = _treatments(text)
    return ClaimFields(
        tasks=_names(tasks),
        models=_names(models),
        treatments=treatments,
        means=_names(means),
        settings=_named(text, lexicon.SETTINGS),
        metrics=_named(text, lexicon.METRICS),
        strangers=_names(unknown),
        by_language=bool(lexicon.LANGUAGES.search(text)) and not lexicon.AVERAGED.search(text),
        numbers=stated_numbers(
            text,
            _with(tasks, tuple(_as_tasks(text, unknown))),
            _with(models, (*unknown, *lexicon.subjects(text))),
            means,
        ),
        directions=tuple(_directions(text, tasks, unknown, treatments)) if len(treatments) == 1 else (),
    )


def _treatments(text: str) -> tuple[str, ...]:
    """The interventions named; intermediate training and model size together mean how the gain grows."""
    found = _names(mentions(text, lexicon.TREATMENTS))
    return (GROWTH,) if set(found) == {INTERMEDIATE, SIZE} else found


def _names(found: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in found))


def _named(text: str, patterns: Mapping[str, re.Pattern[str]]) -> tuple[str, ...]:
    return tuple(name for name, pattern in patterns.items() if pattern.search(text))


def _with(found: Sequence[Mention], others: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted((*found, *others), key=lambda one: (one.start, one.end, one.name)))


def _as_tasks(text: str, unknown: Sequence[Mention]) -> Iterator[Mention]:
    """Unknown names that stand where a task would."""
    return (one for one in unknown if re.search(r"\b(?:on|over|for|across|in)\s+(?:the\s+)?$", text[: one.start]))


def _tasks(text: str, means: Sequence[Mention]) -> tuple[Mention, ...]:
    """The target tasks: not what a model was trained on, and no group or whole beside its own members."""
    found = [
        one
        for one in mentions(text, lexicon.TASKS)
        if not (one.name in GROUPS and _TAUGHT_ON.search(text[: one.start]))
    ]
    names = {one.name for one in found}
    single = names - GROUPS.keys() - {OVERALL}
    covered = {group for group, members in GROUPS.items() if single & set(members)}
    averaged = re.search(r"\bXTREME (?:average|score)\b|\b(?:average|overall)\b[^,;]*\bXTREME\b", text)
    if names - {OVERALL} and not averaged:
        covered.add(OVERALL)
    if "question answering" in names and any(lexicon.FAMILIES.get(one.name) == "qa" for one in means):
        covered.add("question answering")  # which of the two is meant, the data set or the target, cannot be told
    return tuple(one for one in found if one.name not in covered)


def _directions(
    text: str, tasks: Sequence[Mention], unknown: Sequence[Mention], treatments: tuple[str, ...]
) -> Iterator[Direction]:
    if unknown or _COMPARED.search(text):
        return
    sign_of = _growth if treatments == (GROWTH,) else _sign
    start = 0
    for border in [*_CLAUSES.finditer(text), None]:
        end = border.start() if border else len(text)
        clause = text[start:end]
        named = _names([one for one in tasks if start <= one.start < end])
        start = border.end() if border else end
        sign = sign_of(clause)
        if sign is None:
            continue
        if not named and not tasks and lexicon.TRANSFER.search(text):
            named = (OVERALL,)
        if named:
            yield Direction(sign, named)


def _sign(clause: str) -> int | None:
    """1 better, -1 worse, 0 no benefit; None where the clause does not say, or says two things."""
    if _UNSURE.search(clause) or _OF_A_GAP.search(clause) or _UNHARMED.search(clause):
        return None
    if _DENIED.search(clause):
        return 0 if not _FALLS.search(clause) else None
    up, down = bool(_RISES.search(clause)), bool(_FALLS.search(clause))
    return None if up == down else 1 if up else -1


def _growth(clause: str) -> int | None:
    """1 where a gain grows with the model, -1 where it shrinks; None where the clause does not say so."""
    if _UNSURE.search(clause) or re.search(rf"{_NOT}\b", clause, _ANY):
        return None
    up, down = bool(_GROWS.search(clause)), bool(_SHRINKS.search(clause))
    return None if up == down else 1 if up else -1
