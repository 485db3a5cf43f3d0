"""The audit in words and figures, as every form of its output shows it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from synth.experiment.arithmetic import Outcome, decimal
from synth.experiment.findings import Audit, Check, Finding, Result, Warned
from synth.experiment.lines import Group, Line
from synth.experiment.numbers import LEVEL, About, Derived, Operation, Source
from synth.experiment.printed import CellState, TableCheck
from synth.report.wording import count, listed

SIGNS = {
    Result.DIFFERS: "✗",
    Result.NO_SOURCE: "?",
    Result.WITHIN: "○",
    Result.RECOMPUTED: "✓",
    Result.DERIVED: "=",
    Result.PUBLISHED: "·",
}
MEANINGS = {
    Result.DIFFERS: "no rounding can explain the difference",
    Result.NO_SOURCE: "reports quote it, and nothing at hand prints it; or it rests on such a number",
    Result.WITHIN: "the rounding of the numbers it comes from can explain the difference",
    Result.RECOMPUTED: "it rounds to the printed digits",
    Result.DERIVED: "computed here; nothing that was published says the same",
    Result.PUBLISHED: "its source prints it, and nothing at hand gives it by arithmetic",
}
_OPERATIONS = {
    Operation.SAME: "the same as",
    Operation.MEAN: "mean of",
    Operation.SUM: "sum of",
    Operation.DIFFERENCE: "difference of",
    Operation.IMPLIED: "implied by",
}
_FEW = 3


def lines(found: Audit) -> tuple[Line, ...]:
    """A line for every comparison, and for every number without one, in the order of the file."""
    return tuple(line for one in found.findings for line in _lines(one, found))


def groups(found: Audit) -> tuple[Group, ...]:
    """All lines by the first part of their ids, which is the table for a table's numbers."""
    by: dict[str, list[Line]] = {}
    for line in lines(found):
        by.setdefault(line.id.partition("/")[0], []).append(line)
    return tuple(Group(key, _group_name(key, found), tuple(some)) for key, some in by.items())


def worth_a_look(all_lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that are not simply right, the gravest first; then in the order of the file."""
    order = list(Result)
    kept = [one for one in all_lines if one.result not in (Result.RECOMPUTED, Result.PUBLISHED) and not one.step]
    return tuple(sorted(kept, key=lambda one: order.index(one.result)))


def what(about: About) -> str:
    """What a number is of: ``xnli accuracy, xlm-r-large, zero-shot, average``."""
    task = f"{about.task} {about.metric}".strip()
    if about.effect != LEVEL:
        over = f" over {about.baseline}" if about.baseline and about.baseline != about.model else ""
        return ", ".join(filter(None, [f"{task}: {about.effect}", about.detail, f"{about.model}{over}"]))
    return ", ".join(filter(None, [task, about.model, about.setting, about.detail, about.language]))


def summary(found: Audit) -> str:
    """The counts in one sentence."""
    published = sum(one.number is not None for one in found.findings)
    outcomes = [check.outcome for check in found.checks]
    words = {Outcome.RECOMPUTED: "recomputed", Outcome.WITHIN: "within tolerance", Outcome.DIFFERS: "different"}
    said = [f"{outcomes.count(outcome):,} {word}" for outcome, word in words.items()]
    return (
        f"{count(published, 'published number')}, {count(len(outcomes), 'comparison')} with recomputed values:"
        f" {listed(said)}; {count(sum(bool(one.conflict) for one in found.checks), 'difference')} known,"
        f" {count(len(found.unexpected), 'unexpected one')}."
    )


def table_said(one: TableCheck) -> str:
    """What the comparison with a PDF's table gave, in one line."""
    if one.page is None:
        return f"{one.name} was not found in the reading of the PDF"
    same = one.count(CellState.SAME)
    said = f"{one.name}, page {one.page}: {same:,} of {count(len(one.cells), 'cell')} the same"
    for state in (CellState.DIFFERS, CellState.NOT_FOUND):
        if number := one.count(state):
            said += f", {number:,} {state.value}"
    if one.whole:
        return f"{said}; the whole table"
    return f"{said}; {count(len(one.beside), 'other row or column', 'other rows and columns')} of it left out here"


def cells_apart(one: TableCheck) -> Iterator[str]:
    """The cells that are not the same, a line each."""
    for cell in one.cells:
        where = f"{cell.row}, {cell.column}: published as {cell.published}"
        if cell.state is CellState.DIFFERS:
            yield f"{where}, printed as {cell.printed}"
        elif cell.state is CellState.NOT_FOUND:
            yield f"{where}, not found: {cell.reason}"


def caution_values(one: Warned, found: Audit) -> tuple[tuple[str, str], ...]:
    """Name and values of each group of a caution, as printed where they are."""
    printed = {finding.id: str(finding.number.value) for finding in found.findings if finding.number}
    return tuple(
        (name, listed([printed.get(key, _tidy(value.value)) for key, value in values]))
        for name, values in one.values.items()
    )


def source_said(source: Source) -> str:
    """A source in words."""
    return ", ".join(filter(None, [source.title, source.paper, "second-hand" if source.secondhand else ""]))


def _lines(one: Finding, found: Audit) -> Iterator[Line]:
    if one.checks:
        for check in one.checks:
            yield _compared(one, check, found)
        return
    number = one.number
    yield Line(
        id=one.id,
        what=what(one.about),
        published=_with_unit(str(number.value), one.unit) if number else "",
        recomputed=_with_unit(_tidy(one.value.value), one.unit) if one.derived else "",
        difference="",
        tolerance=_tidy(one.value.tolerance),
        reason=number.reason if number else "the tolerances of what it was computed from, added up",
        how=_how(one.derived) if one.derived else "",
        result=one.result,
        source=_source(one, found),
        note=number.note if number else (one.derived.note if one.derived else ""),
        pdf=one.printed.value if one.printed else "",
        step=one.derived is not None and one.derived.step,
    )


def _compared(one: Finding, check: Check, found: Audit) -> Line:
    return Line(
        id=one.id,
        what=what(one.about),
        published=_with_unit(str(check.published.value), one.unit),
        recomputed=_with_unit(_tidy(check.value.value), one.unit),
        difference=f"{decimal(check.difference):+f}" if check.difference else "0",
        tolerance=_tidy(check.tolerance),
        reason=f"{check.published.reason}; and the rounding of what it was computed from",
        how=_how(check.derived),
        result=Result(check.outcome.value) if check.sourced else Result.NO_SOURCE,
        source=_source(one, found),
        note=check.conflict or check.derived.note,
        pdf=one.printed.value if one.printed else "",
    )


def _how(derived: Derived) -> str:
    names = list(derived.of)
    shown = listed(names) if len(names) <= _FEW else f"{names[0]} to {names[-1]} ({len(names)} numbers)"
    said = f"{_OPERATIONS[derived.operation]} {shown}"
    if derived.operation is Operation.IMPLIED:
        said += f", with {count(derived.unknown, 'unknown')} and the mean {derived.target}"
    return said


def _source(one: Finding, found: Audit) -> str:
    if one.number is None:
        return "computed here"
    if one.number.source is None:
        return "none at hand"
    source = found.sources[one.number.source]
    name = source.paper or source.title
    return ", ".join(filter(None, [name, one.number.where, "second-hand" if source.secondhand else ""]))


def _group_name(key: str, found: Audit) -> str:
    first = next(
        (one.number for one in found.findings if one.id.startswith(f"{key}/") and one.number is not None), None
    )
    if first is None or first.source is None:
        return key
    source = found.sources[first.source]
    return f"{key}: {', '.join(filter(None, [source.paper or source.title, first.where]))}"


def _tidy(value: Fraction) -> str:
    return f"{decimal(value):f}"


def _with_unit(value: str, unit: str) -> str:
    if unit == "points":
        return value if value.startswith("-") or Decimal(value) == 0 else f"+{value}"
    return value
