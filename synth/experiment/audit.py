"""Joins what was published, what is recomputed and what the PDFs print: a finding for every number. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from synth.experiment.arithmetic import Outcome, Value, decimal, judge, values
from synth.experiment.findings import Audit, Check, Finding, Result, Warned
from synth.experiment.numbers import Caution, CautionKind, Number, Published
from synth.experiment.papers import ReadPaper
from synth.experiment.printed import CellCheck, CellState, TableCheck, compare_table

__all__ = ["Audit", "Finding", "Result", "audit", "backing"]


def audit(published: Published, papers: Sequence[ReadPaper] = (), notes: Sequence[str] = ()) -> Audit:
    """The audit of a published file.

    Args:
        published: The numbers and their arithmetic.
        papers: The PDFs that were read; may be none.
        notes: What a reader should know of their reading.
    """
    known = values(published.numbers, published.derived)
    checks = _checks(published, known)
    read = {paper.source: paper for paper in papers}
    compared = {
        table.id: compare_table(table, read[table.source].tables) for table in published.tables if table.source in read
    }
    same_version = {table.id for table in published.tables if table.source in read and read[table.source].same_version}
    cells = {f"{key}/{cell.row}/{cell.column}": cell for key, table in compared.items() for cell in table.cells}
    cautions = tuple(_warned(one, known) for one in published.cautions)
    return Audit(
        name=published.name,
        sources=published.sources,
        findings=(*_published(published, known, checks, cells), *_derived(published, known)),
        tables=tuple(compared.values()),
        cautions=cautions,
        unexpected=tuple(_unexpected(checks, compared, same_version)),
        stale=tuple(_stale(checks, cautions)),
        notes=tuple(notes),
    )


def backing(
    found: Audit, *, task: str | None = None, model: str | None = None, effect: str | None = None
) -> tuple[Finding, ...]:
    """The findings that bear on a claim, by its fields; None takes any.

    Args:
        found: The audit.
        task: As in :class:`synth.experiment.numbers.About`.
        model: Likewise.
        effect: ``level`` for scores, or the intervention of a gain.
    """
    return tuple(
        one
        for one in found.findings
        if task in (None, one.about.task) and model in (None, one.about.model) and effect in (None, one.about.effect)
    )


def _checks(published: Published, known: Mapping[str, Value]) -> tuple[Check, ...]:
    reasons = {(one.derived, one.published): one.reason for one in published.conflicts}
    return tuple(
        Check(
            derived=one,
            value=known[one.id],
            published=published.numbers[target],
            outcome=judge(known[one.id], published.numbers[target]),
            conflict=reasons.get((one.id, target), ""),
        )
        for one in published.derived.values()
        for target in one.equals
    )


def _published(
    published: Published, known: Mapping[str, Value], checks: Sequence[Check], cells: Mapping[str, CellCheck]
) -> Iterator[Finding]:
    of: dict[str, list[Check]] = {}
    for check in checks:
        of.setdefault(check.published.id, []).append(check)
    for key, number in published.numbers.items():
        cell = cells.get(key) or cells.get(key.rpartition("/")[0])
        found = of.get(key, [])
        yield Finding(
            id=key,
            result=_result(number, found),
            about=number.about,
            unit=number.unit,
            number=number,
            derived=None,
            value=known[key],
            checks=tuple(found),
            printed=cell.state if cell else None,
        )


def _result(number: Number, checks: Sequence[Check]) -> Result:
    if number.source is None:
        return Result.NO_SOURCE
    outcomes = {check.outcome for check in checks if check.sourced}
    for outcome in (Outcome.DIFFERS, Outcome.WITHIN, Outcome.RECOMPUTED):
        if outcome in outcomes:
            return Result(outcome.value)
    return Result.PUBLISHED


def _derived(published: Published, known: Mapping[str, Value]) -> Iterator[Finding]:
    """The values that nothing published is compared with."""
    for key, one in published.derived.items():
        if not one.equals:
            yield Finding(
                id=key,
                result=Result.DERIVED if known[key].sourced else Result.NO_SOURCE,
                about=one.about,
                unit=one.unit,
                number=None,
                derived=one,
                value=known[key],
            )


def _warned(caution: Caution, known: Mapping[str, Value]) -> Warned:
    groups = {name: tuple((key, known[key]) for key in ids) for name, ids in caution.groups.items()}
    firsts = [found[0][1] for found in groups.values()]
    apart = [
        abs(one.value - other.value) > one.tolerance + other.tolerance
        for place, one in enumerate(firsts)
        for other in firsts[place + 1 :]
    ]
    match caution.kind:
        case CautionKind.COINCIDENCE:
            holds = not any(apart)
        case CautionKind.BASELINES | CautionKind.VERSIONS:
            holds = all(apart)
    return Warned(caution=caution, values=groups, holds=holds)


def _unexpected(checks: Sequence[Check], compared: Mapping[str, TableCheck], same_version: set[str]) -> Iterator[str]:
    for check in checks:
        if check.unexpected:
            gives = decimal(check.value.value)
            yield f"{check.published.id} is {check.published.value}, {check.derived.id} gives {gives}"
    for key, table in compared.items():
        for cell in table.cells:
            if cell.state is CellState.DIFFERS and key in same_version:
                yield f"{key}/{cell.row}/{cell.column} is {cell.published}, the PDF prints {cell.printed}"


def _stale(checks: Sequence[Check], cautions: Sequence[Warned]) -> Iterator[str]:
    for check in checks:
        if check.conflict and check.outcome is not Outcome.DIFFERS:
            yield f"the conflict of {check.derived.id} with {check.published.id} is none: {check.outcome.value}"
    for one in cautions:
        if not one.holds:
            yield f"the caution {one.caution.id} is not borne out by its numbers"
