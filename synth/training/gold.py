"""Reads gold claims: JSONL with a claim, its label and its paper in each line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synth.errors import CalibrationError
from synth.jsonl import json_lines
from synth.types import Label, Origin

MIN_CLAIMS = 100
"""With fewer claims a calibrator follows chance."""
LABELS = {label.value.upper(): label for label in (Label.SUPPORTED, Label.REFUTED, Label.NOT_ENOUGH_INFO)}
_NEEDED = ("id", "claim", "label", "paper")


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim about a paper, labelled by hand."""

    id: str
    claim: str
    label: Label
    paper: str
    """arXiv id, or the id of a digest."""
    kind: str = "other"
    """What the claim turns on: numeric, comparison, entity, scope, causal, method."""
    origins: tuple[Origin, ...] = ()
    """Where the claim was taken from, for claims of a report: these places are no evidence for it."""


def read_gold(path: Path, *, minimum: int = MIN_CLAIMS) -> tuple[GoldClaim, ...]:
    """The gold claims of a file, in its order.

    Args:
        path: One JSON object a line with ``id``, ``claim``, ``label`` and ``paper``; other columns may follow.
        minimum: Fewest claims that will do.

    Raises:
        CalibrationError: If the file cannot be read, a line is no JSON object, a column is missing or empty,
            a label is unknown, an id comes twice (each with its line), or there are too few claims.
    """
    try:
        lines = json_lines(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CalibrationError(f"the gold file {path.name} cannot be read: {error}") from error
    found: list[GoldClaim] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        claim = _claim(line, f"{path.name}, line {number}")
        if claim.id in seen:
            raise CalibrationError(
                f"{path.name}, line {number}: the id {claim.id} stands in line {seen[claim.id]} already;"
                " every claim needs an id of its own"
            )
        seen[claim.id] = number
        found.append(claim)
    if len(found) < minimum:
        raise CalibrationError(
            f"{path.name} holds {len(found)} claims, too few to calibrate on; at least {minimum} are needed"
        )
    return tuple(found)


def _claim(line: str, where: str) -> GoldClaim:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CalibrationError(f"{where}: no JSON ({error}); one object a line is expected") from error
    if not isinstance(row, dict):
        raise CalibrationError(f"{where}: expected an object with {', '.join(_NEEDED)}")
    missing = [name for name in _NEEDED if not str(row.get(name) or "").strip()]
    if missing:
        raise CalibrationError(f"{where}: {', '.join(missing)} missing or empty; each line needs {', '.join(_NEEDED)}")
    label = LABELS.get(str(row["label"]).strip().upper())
    if label is None:
        raise CalibrationError(f"{where}: unknown label {row['label']!r}; known are {', '.join(LABELS)}")
    kind, origins = str(row.get("kind") or "other"), _origins(row.get("origins"), where)
    return GoldClaim(str(row["id"]), str(row["claim"]), label, str(row["paper"]), kind, origins)


def _origins(value: Any, where: str) -> tuple[Origin, ...]:
    """The places that reviewers' rows carry: paper, offsets and words."""
    try:
        return tuple(
            Origin(
                paper_id=str(one["paper"]),
                section="",
                page=0,
                start=int(one["start"]),
                end=int(one["end"]),
                verbatim=str(one["verbatim"]),
            )
            for one in value or ()
        )
    except (TypeError, KeyError, ValueError) as error:
        raise CalibrationError(f"{where}: origins need paper, start, end and verbatim each") from error
