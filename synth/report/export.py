"""The report as data: JSON that comes back as the same report, and the claim table as CSV. Pure."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import types
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Protocol, Union, get_args, get_origin, get_type_hints

from synth.errors import ConfigError
from synth.report.wording import LABELS
from synth.types import Box, CheckedClaim, Evidence, Paper, Passage, Report

SCHEMA_VERSION = 1
HIDDEN = {(Paper, "path")}
"""Places on the machine that made the report stay on it."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def report_to_json(report: Report) -> str:
    """The report as JSON: keys in the order of the types, ISO dates, two spaces of indent, a final newline.

    Everything comes back from :func:`report_from_json` but :attr:`synth.types.Paper.path`, which is left out.

    Raises:
        ConfigError: If a number is not finite.
    """
    try:
        body = json.dumps(_encode(report), ensure_ascii=False, indent=2, allow_nan=False)
    except ValueError as error:
        raise ConfigError("the report holds a number that is not finite; JSON has no word for it") from error
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", body) + "\n"


def report_from_json(body: str) -> Report:
    """The report that :func:`report_to_json` wrote.

    Raises:
        ConfigError: If the text is no JSON, of a newer version, or misses a field.
    """
    try:
        data = json.loads(body)
    except ValueError as error:
        raise ConfigError(f"this is no JSON ({error}); expected a report.json that synth wrote") from error
    version = data.get("schema_version") if isinstance(data, dict) else None
    if not isinstance(version, int) or isinstance(version, bool):
        raise ConfigError("there is no schema_version; expected a report.json that synth wrote")
    if version > SCHEMA_VERSION:
        raise ConfigError(
            f"the report has schema version {version}, this synth reads up to {SCHEMA_VERSION}; update synth to read it"
        )
    report = _decode(Report, data, "report")
    assert isinstance(report, Report)
    return report


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        kind = type(value)
        shown = (item.name for item in fields(value) if (kind, item.name) not in HIDDEN)
        return {name: _encode(getattr(value, name)) for name in shown}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


def _decode(kind: Any, value: Any, place: str) -> Any:
    """A JSON value as a value of a type of ``synth/types.py``."""
    if get_origin(kind) in (Union, types.UnionType):
        inner = [option for option in get_args(kind) if option is not type(None)]
        return None if value is None else _decode(inner[0], value, place)
    if kind is Box:
        return Box(*_decode(tuple[float, float, float, float], value, place))
    if get_origin(kind) is tuple:
        return _decode_tuple(get_args(kind), value, place)
    if is_dataclass(kind):
        return _decode_fields(kind, value, place)
    return _decode_scalar(kind, value, place)


def _decode_tuple(kinds: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ConfigError(f"{place} holds {type(value).__name__}, a list was expected; the report.json is damaged")
    if kinds[-1] is Ellipsis:
        return tuple(_decode(kinds[0], item, f"{place}[{index}]") for index, item in enumerate(value))
    if len(value) != len(kinds):
        raise ConfigError(f"{place} holds {len(value)} values, {len(kinds)} were expected; the report.json is damaged")
    return tuple(_decode(kind, item, place) for kind, item in zip(kinds, value, strict=True))


def _decode_fields(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise ConfigError(f"{place} holds {type(value).__name__}, an object was expected; the report.json is damaged")
    hints = get_type_hints(kind)
    wanted = {item.name for item in fields(kind) if (kind, item.name) not in HIDDEN}
    if wrong := sorted(wanted ^ value.keys()):
        raise ConfigError(f"{place} differs from the schema in {', '.join(wrong)}; the report.json is damaged")
    return kind(**{name: _decode(hints[name], value[name], f"{place}.{name}") for name in sorted(wanted)})


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
    if kind is float and type(value) in (int, float):
        return float(value)
    if kind in (str, int, bool) and type(value) is kind:
        return value
    raise ConfigError(f"{place} holds {value!r}, {kind.__name__} was expected; the report.json is damaged")


COLUMNS = (
    "id",
    "number",
    "claim",
    "label",
    "verified",
    "confidence",
    "evidence_paper",
    "evidence_section",
    "evidence_page",
    "evidence_stance",
    "evidence_independent",
    "evidence_quote",
    "n_self",
    "n_independent",
    "n_refuting",
    "origins",
    "reason",
)
"""The columns of claims.csv; the evidence is the best piece, the JSON file holds all."""


class ClaimTable(Protocol):
    """Checked claims with the passages that their evidence names: a report, or a reader's own claims."""

    @property
    def claims(self) -> tuple[CheckedClaim, ...]:
        """The rows."""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage that the evidence of a row names."""


def claims_csv(report: ClaimTable) -> str:
    """The claim table by RFC 4180: comma, CRLF, quotes doubled, a header; nothing of the machine that made it.

    Cells that a spreadsheet would run as a formula start with an apostrophe.
    """
    passages = {passage.id: passage for passage in report.passages}
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in report.claims:
        writer.writerow([_cell(value) for value in _row(row, passages)])
    return _SURROGATE.sub("\ufffd", target.getvalue())


def _row(row: CheckedClaim, passages: dict[str, Passage]) -> Sequence[object]:
    verdict = row.verdict
    confidence = "" if verdict.confidence is None else f"{verdict.confidence:.4f}"
    return (
        row.claim.id,
        row.number,
        row.claim.text,
        LABELS[verdict.label],
        "yes" if verdict.verified else "no",
        confidence,
        *_best(verdict.evidence, passages),
        verdict.n_self,
        verdict.n_independent,
        verdict.n_refuting,
        "; ".join(f"{origin.paper_id}:{origin.page}" for origin in row.claim.origins),
        verdict.reason,
    )


def _best(evidence: Sequence[Evidence], passages: dict[str, Passage]) -> Sequence[object]:
    if not evidence:
        return ("",) * 6
    best = evidence[0]
    passage = passages[best.passage_id]
    independent = "yes" if best.independent else "no"
    return best.paper_id, passage.section, passage.page, best.stance.value, independent, passage.text


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
