"""Values of ``synth/types`` as plain JSON values and back. Pure."""

from __future__ import annotations

import datetime as dt
import types
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from synth.errors import ConfigError
from synth.types import Box, Calibration, CheckedClaim, Evidence, Paper

HIDDEN = {(Paper, "path")}
"""Places on the machine that made the report stay on it."""
LATER = {(CheckedClaim, "backing"), (Evidence, "arithmetic"), (Calibration, "marks")}
"""Fields that reports of the present schema version did not have from its beginning: they may be absent."""


def encode(value: Any) -> Any:
    """A value as dicts, lists, strings and numbers; what is :data:`HIDDEN` is left out."""
    if is_dataclass(value):
        kind = type(value)
        shown = (item.name for item in fields(value) if (kind, item.name) not in HIDDEN)
        return {name: encode(getattr(value, name)) for name in shown}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


def decode(kind: Any, value: Any, place: str) -> Any:
    """A JSON value as a value of a type of ``synth/types``.

    Args:
        kind: The type, as an annotation says it.
        value: What :func:`encode` gave.
        place: Where it stands, for the error.

    Raises:
        ConfigError: If the value does not fit the type; names the place.
    """
    if get_origin(kind) in (Union, types.UnionType):
        inner = [option for option in get_args(kind) if option is not type(None)]
        return None if value is None else decode(inner[0], value, place)
    if kind is Box:
        return Box(*decode(tuple[float, float, float, float], value, place))
    if get_origin(kind) is tuple:
        return _decode_tuple(get_args(kind), value, place)
    if is_dataclass(kind):
        return _decode_fields(kind, value, place)
    return _decode_scalar(kind, value, place)


def _decode_tuple(kinds: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ConfigError(f"{place} holds {type(value).__name__}, a list was expected; the report.json is damaged")
    if kinds[-1] is Ellipsis:
        return tuple(decode(kinds[0], item, f"{place}[{index}]") for index, item in enumerate(value))
    if len(value) != len(kinds):
        raise ConfigError(f"{place} holds {len(value)} values, {len(kinds)} were expected; the report.json is damaged")
    return tuple(decode(kind, item, place) for kind, item in zip(kinds, value, strict=True))


def _decode_fields(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise ConfigError(f"{place} holds {type(value).__name__}, an object was expected; the report.json is damaged")
    hints = get_type_hints(kind)
    wanted = {item.name for item in fields(kind) if (kind, item.name) not in HIDDEN}
    absent = {name for name in wanted if (kind, name) in LATER} - value.keys()
    if wrong := sorted((wanted - absent) ^ value.keys()):
        raise ConfigError(f"{place} differs from the schema in {', '.join(wrong)}; the report.json is damaged")
    return kind(**{name: decode(hints[name], value[name], f"{place}.{name}") for name in sorted(wanted - absent)})


def _decode_scalar(kind: Any, value: Any, place: str) -> Any:
    try:
        if kind is dt.date and isinstance(value, str):
            return dt.date.fromisoformat(value)
        if isinstance(kind, type) and issubclass(kind, StrEnum) and isinstance(value, str):
            return kind(value)
    except ValueError as error:
        raise ConfigError(
            f"{place} holds {value!r}, which is no {kind.__name__}; the report.json is damaged"
        ) from error
    if kind is float and type(value) in (int, float) and abs(value) < float("inf"):  # neither is NaN
        try:
            return float(value)
        except OverflowError as error:
            raise ConfigError(
                f"{place} holds a number of {len(str(value))} digits; the report.json is damaged"
            ) from error
    if kind in (str, int, bool) and type(value) is kind:
        return value
    raise ConfigError(f"{place} holds {value!r}, {kind.__name__} was expected; the report.json is damaged")
