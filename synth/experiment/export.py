"""The audit as JSON, for programs. Pure."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from synth.experiment.arithmetic import Value, decimal
from synth.experiment.findings import Audit, Check, Finding, Result, Warned
from synth.experiment.printed import CellState, TableCheck

SCHEMA_VERSION = 1


def audit_json(found: Audit) -> str:
    """The audit as JSON; numbers are strings, so that their digits stay."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "published": found.name,
        "counts": {result.value: found.count(result) for result in Result},
        "numbers": [_finding(one) for one in found.findings],
        "tables": [_table(one) for one in found.tables],
        "cautions": [_warned(one) for one in found.cautions],
        "sources": {key: dataclasses.asdict(one) for key, one in found.sources.items()},
        "unexpected": list(found.unexpected),
        "stale": list(found.stale),
        "notes": list(found.notes),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _value(value: Value) -> dict[str, Any]:
    return {"value": str(decimal(value.value)), "tolerance": str(decimal(value.tolerance)), "sourced": value.sourced}


def _finding(one: Finding) -> dict[str, Any]:
    number = one.number
    return {
        "id": one.id,
        "result": one.result.value,
        "about": dataclasses.asdict(one.about),
        "unit": one.unit,
        "published": None
        if number is None
        else {
            "value": str(number.value),
            "tolerance": str(number.tolerance),
            "reason": number.reason,
            "source": number.source,
            "where": number.where,
            "note": number.note,
        },
        "derived": None
        if one.derived is None
        else {**_value(one.value), "operation": one.derived.operation.value, "of": list(one.derived.inputs)},
        "checks": [_check(check) for check in one.checks],
        "pdf": None if one.printed is None else one.printed.value,
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "derived": check.derived.id,
        "operation": check.derived.operation.value,
        "of": list(check.derived.inputs),
        "recomputed": str(decimal(check.value.value)),
        "difference": str(decimal(check.difference)),
        "tolerance": str(decimal(check.tolerance)),
        "outcome": check.outcome.value,
        "sourced": check.sourced,
        "known_conflict": check.conflict or None,
    }


def _table(one: TableCheck) -> dict[str, Any]:
    return {
        "table": one.table,
        "name": one.name,
        "page": one.page,
        "whole": one.whole,
        "cells": {state.value: one.count(state) for state in CellState},
        "not_same": [
            {**dataclasses.asdict(cell), "state": cell.state.value}
            for cell in one.cells
            if cell.state is not CellState.SAME
        ],
        "beside": list(one.beside),
    }


def _warned(one: Warned) -> dict[str, Any]:
    return {
        "id": one.caution.id,
        "kind": one.caution.kind.value,
        "title": one.caution.title,
        "text": one.caution.text,
        "holds": one.holds,
        "groups": {
            name: [{"id": key, **_value(value)} for key, value in values] for name, values in one.values.items()
        },
    }
