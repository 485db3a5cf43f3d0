"""The JSON Schema of report.json, made from the types themselves so that the two cannot drift apart. Pure."""

from __future__ import annotations

import datetime as dt
import types
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from synth.report.coding import HIDDEN, LATER
from synth.report.export import SCHEMA_VERSION
from synth.types import Box, Report

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def report_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) that every report.json of this version keeps; ``data/schema/report-2.json``."""
    definitions: dict[str, Any] = {}
    body = _schema(Report, definitions)
    definitions["Report"]["properties"]["schema_version"] = {"const": SCHEMA_VERSION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A report of Synth",
        "description": "Claims of papers with their evidence and verdicts, and what they say about a question.",
        **body,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if get_origin(kind) in (Union, types.UnionType):
        inner = next(option for option in get_args(kind) if option is not type(None))
        return {"anyOf": [_schema(inner, definitions), {"type": "null"}]}
    if kind is Box:
        return _array((float, float, float, float), definitions)
    if get_origin(kind) is tuple:
        return _array(get_args(kind), definitions)
    if is_dataclass(kind):
        return _object(kind, definitions)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if kind is dt.date:
        return {"type": "string", "format": "date"}
    return {"type": _PLAIN[kind]}


def _array(kinds: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if kinds[-1] is Ellipsis:
        return {"type": "array", "items": _schema(kinds[0], definitions)}
    items = [_schema(kind, definitions) for kind in kinds]
    return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}


def _object(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}  # holds the place, should a type ever name itself
        hints = get_type_hints(kind)
        shown = [item.name for item in fields(kind) if (kind, item.name) not in HIDDEN]
        definitions[name] = {
            "type": "object",
            "description": (kind.__doc__ or "").strip().splitlines()[0],
            "properties": {field: _schema(hints[field], definitions) for field in shown},
            "required": [name for name in shown if (kind, name) not in LATER],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}
