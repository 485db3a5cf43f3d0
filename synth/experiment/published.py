"""Reads the file of published numbers, and checks it before anything is computed from it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from synth.errors import ConfigError
from synth.experiment.arithmetic import half_unit
from synth.experiment.cells import rounded, table_of
from synth.experiment.derivations import derivations, unknown
from synth.experiment.forms import FileForm, NumberForm
from synth.experiment.numbers import About, Caution, Conflict, Derived, Number, Published, PublishedTable, Source
from synth.experiment.places import Problem, line_of
from synth.resources import data_path
from synth.sources.ids import parse_arxiv_id

MAX_BYTES = 5_000_000


def shipped() -> Path:
    """The published numbers that travel with the program."""
    return data_path("published", "xtreme.toml")


def read_published(path: Path) -> Published:
    """The numbers of a file.

    Raises:
        ConfigError: If the file cannot be read, or something in it cannot be used; names the line and the reason.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ConfigError(f"{path} has {size:,} bytes, a file of published numbers has {MAX_BYTES:,} at most")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}); name a TOML file of published numbers") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8") from error
    return parse_published(text, path.name)


def parse_published(text: str, name: str) -> Published:
    """The numbers of a file's text. Pure.

    Args:
        text: The file.
        name: Of the file, for errors and results.

    Raises:
        ConfigError: As :func:`read_published`.
    """
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ArithmeticError, ValueError) as error:
        raise ConfigError(f"{name} is no TOML: {error or type(error).__name__}; mend it") from error
    try:
        return _built(_form(data), name)
    except Problem as problem:
        line = line_of(text, problem.place)
        where = f", line {line}" if line else ""
        raise ConfigError(f"{name}{where}{_entry(data, problem.place)}: {problem.message}", line=line) from problem


def _form(data: Mapping[str, Any]) -> FileForm:
    try:
        return FileForm.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = first["loc"]
        message = first["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
        if first["type"] == "missing":
            message = f"{place[-1]!r} is missing"
        elif first["type"] == "extra_forbidden":
            message = f"there is no key {place[-1]!r} here"
        elif not isinstance(first["input"], dict):
            message = f"{message[:1].lower()}{message[1:]}, found {_short(first['input'])}"
        raise Problem(place, message) from error


def _short(value: object) -> str:
    shown = str(value) if isinstance(value, Decimal) else repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"


def _entry(data: Mapping[str, Any], place: Sequence[str | int]) -> str:
    """The entry by its name, as an author knows it: ``, table xtreme-12, rows.mbert``."""
    if not place:
        return ""
    kind = str(place[0])
    if len(place) < 2:
        return f", {kind}"
    label = str(place[1])
    if isinstance(place[1], int):
        entries = data.get(kind)
        entry = entries[place[1]] if isinstance(entries, list) and place[1] < len(entries) else None
        given = entry.get("id", entry.get("derived")) if isinstance(entry, dict) else None
        label = given if isinstance(given, str) else f"no. {place[1] + 1}"
    rest = ".".join(str(one) for one in place[2:])
    return f", {kind} {label}" + (f", {rest}" if rest else "")


def _built(form: FileForm, name: str) -> Published:
    sources = _sources(form)
    tables: list[PublishedTable] = []
    numbers: dict[str, Number] = {}
    for index, one in enumerate(form.table):
        place = ("table", index)
        if one.id in {table.id for table in tables}:
            raise Problem((*place, "id"), f"the id {one.id!r} is there already")
        _check_source(one.source, sources, (*place, "source"))
        table, cells = table_of(one, place)
        tables.append(table)
        numbers.update({cell.id: cell for cell in cells})
    for index, single in enumerate(form.number):
        if single.id in numbers:
            raise Problem(("number", index, "id"), f"the id {single.id!r} is there already")
        if single.source:
            _check_source(single.source, sources, ("number", index, "source"))
        numbers[single.id] = _number(single)
    if not numbers:
        raise Problem((), "it holds no number; expected [[table]] or [[number]]")
    derived = derivations(form.derived, numbers)
    return Published(
        name=name,
        sources=sources,
        numbers=numbers,
        tables=tuple(tables),
        derived=derived,
        conflicts=_conflicts(form, derived),
        cautions=_cautions(form, numbers, derived),
    )


def _sources(form: FileForm) -> dict[str, Source]:
    for key, one in form.source.items():
        if one.paper:
            try:
                parse_arxiv_id(one.paper)
            except ConfigError as error:
                raise Problem(("source", key, "paper"), str(error)) from error
    return {key: Source(id=key, **one.model_dump()) for key, one in form.source.items()}


def _check_source(key: str, sources: Mapping[str, Source], place: tuple[str | int, ...]) -> None:
    if key not in sources:
        known = ", ".join(sources) or "none is there"
        raise Problem(place, f"there is no [source.{key}]; the sources: {known}")


def _number(form: NumberForm) -> Number:
    decimals = max(0, -int(form.value.as_tuple().exponent))
    return Number(
        id=form.id,
        value=form.value,
        unit=form.unit,
        about=About(**form.model_dump(include=set(About.__dataclass_fields__))),
        half_unit=half_unit(decimals),
        tolerance=half_unit(decimals) if form.tolerance is None else form.tolerance,
        reason=form.reason or rounded(decimals),
        source=form.source or None,
        where=form.where,
        note=form.note or form.unsourced,
    )


def _conflicts(form: FileForm, derived: Mapping[str, Derived]) -> tuple[Conflict, ...]:
    for index, one in enumerate(form.conflict):
        if one.derived not in derived:
            raise Problem(("conflict", index, "derived"), unknown(one.derived, list(derived)))
        if one.published not in derived[one.derived].equals:
            raise Problem(("conflict", index, "published"), f"{one.derived!r} is not compared with {one.published!r}")
    pairs = Counter((one.derived, one.published) for one in form.conflict)
    for index, one in enumerate(form.conflict):
        if pairs[one.derived, one.published] > 1:
            raise Problem(("conflict", index), "this conflict is there twice")
    return tuple(Conflict(**one.model_dump()) for one in form.conflict)


def _cautions(form: FileForm, numbers: Mapping[str, Number], derived: Mapping[str, Derived]) -> tuple[Caution, ...]:
    found: dict[str, Caution] = {}
    for index, one in enumerate(form.caution):
        if one.id in found:
            raise Problem(("caution", index, "id"), f"the id {one.id!r} is there already")
        for ids in one.groups.values():
            if not ids:
                raise Problem(("caution", index, "groups"), "a group names no number")
            for reference in ids:
                if reference not in numbers and reference not in derived:
                    raise Problem(("caution", index, "groups"), unknown(reference, [*numbers, *derived]))
        groups = {name: tuple(ids) for name, ids in one.groups.items()}
        found[one.id] = Caution(id=one.id, kind=one.kind, title=one.title, text=one.text, groups=groups)
    return tuple(found.values())
