"""Derivations with their variables replaced and their references checked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from graphlib import CycleError

from synth.experiment.arithmetic import ordered
from synth.experiment.forms import DerivedForm
from synth.experiment.numbers import LEVEL, About, Derived, Number, Operation
from synth.experiment.places import Problem
from synth.experiment.references import bindings, fill, named

_ABOUT = ("task", "model", "language", "metric", "setting", "effect", "detail", "baseline")
_METRICS = {"f1": "F1", "em": "EM"}


def derivations(forms: list[DerivedForm], numbers: Mapping[str, Number]) -> dict[str, Derived]:
    """All derivations by id, in the order of the file.

    Raises:
        Problem: If a reference names nothing, an id is there twice, or derivations need each other in a circle.
    """
    found: dict[str, Derived] = {}
    place: dict[str, int] = {}
    for index, form in enumerate(forms):
        try:
            expanded = list(_expanded(form, numbers))
        except ValueError as error:
            raise Problem(("derived", index), str(error)) from error
        for one in expanded:
            if one.id in found or one.id in numbers:
                raise Problem(("derived", index, "id"), f"the id {one.id!r} is there already")
            found[one.id] = one
            place[one.id] = index
    for one in found.values():
        for reference in one.inputs:
            if reference not in found and reference not in numbers:
                raise Problem(("derived", place[one.id], one.operation.value), unknown(reference, [*numbers, *found]))
        for reference in one.equals:
            if reference not in numbers:
                raise Problem(("derived", place[one.id], "equals"), unknown(reference, numbers))
    _check_circles(found, place)
    return found


def unknown(reference: str, known: Mapping[str, object] | list[str]) -> str:
    """What to say of a reference that names nothing."""
    near = get_close_matches(reference, list(known), 1, 0.6)
    return f"no number has the id {reference!r}" + (f"; did you mean {near[0]!r}?" if near else "")


def _check_circles(found: Mapping[str, Derived], place: Mapping[str, int]) -> None:
    try:
        ordered(found)
    except CycleError as error:
        circle = list(reversed(error.args[1]))  # the library gives it from needed to needing
        raise Problem(("derived", place[circle[0]]), f"derivations in a circle: {' needs '.join(circle)}") from error


def _expanded(form: DerivedForm, numbers: Mapping[str, Number]) -> Iterator[Derived]:
    """One derivation for each choice of the variables.

    Raises:
        ValueError: If a variable is not bound, a pattern is broken, or an operation has the wrong number of inputs.
    """
    (operation,) = form.operations
    for bound in bindings(form.each):
        name = fill(form.id, bound)
        target: tuple[str, ...] = ()
        if form.implied is not None:
            of, target = named(form.implied.of, bound), named(form.implied.mean, bound)
        else:
            of = named(getattr(form, operation.value), bound)
        _check(name, operation, of, target)
        equals = named(form.equals, bound)
        yield Derived(
            id=name,
            operation=operation,
            of=of,
            target=target[0] if target else "",
            unknown=form.implied.unknown if form.implied else 0,
            equals=equals,
            about=_about(form, bound, numbers.get(equals[0]) if equals else None, numbers.get(of[0])),
            unit="points" if operation is Operation.DIFFERENCE else "percent",
            step=form.step,
            note=form.note,
        )


def _check(name: str, operation: Operation, of: tuple[str, ...], target: tuple[str, ...]) -> None:
    wanted = {Operation.SAME: 1, Operation.DIFFERENCE: 2}.get(operation)
    if wanted is not None and len(of) != wanted:
        raise ValueError(f"{name!r}: {operation.value} takes {wanted} id{'s' * (wanted > 1)}, found {len(of)}")
    if not of:
        raise ValueError(f"{name!r}: {operation.value} needs an id at least")
    if twice := [one for one in of if of.count(one) > 1]:
        raise ValueError(f"{name!r}: {twice[0]!r} is there twice")
    if operation is Operation.IMPLIED and len(target) != 1:
        raise ValueError(f"{name!r}: implied takes one mean, found {len(target)}")


def _about(form: DerivedForm, bound: Mapping[str, str], target: Number | None, first: Number | None) -> About:
    """What the value is of: as the entry says, else as the number that it should reproduce; measured as its inputs."""
    said = {name: fill(getattr(form, name), bound) for name in _ABOUT}
    if not said["task"] and target is not None:
        return target.about
    said["metric"] = _METRICS.get(said["metric"], said["metric"]) or (first.about.metric if first else "")
    said["effect"] = said["effect"] or LEVEL
    return About(**said)
