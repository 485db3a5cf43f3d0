"""The report as data: JSON that comes back as the same report, and the claim table as CSV. Pure."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any, Protocol

from synth.errors import ConfigError
from synth.report.coding import decode, encode
from synth.report.standing import decided
from synth.report.wording import LABELS
from synth.types import CheckedClaim, Evidence, Passage, Report

SCHEMA_VERSION = 2
_SURROGATE = re.compile("[\ud800-\udfff]")


def report_to_json(report: Report) -> str:
    """The report as JSON: keys in the order of the types, ISO dates, two spaces of indent, a final newline.

    Everything comes back from :func:`report_from_json` but :attr:`synth.types.Paper.path`, which is left out.

    Raises:
        ConfigError: If a number is not finite.
    """
    try:
        body = json.dumps(encode(report), ensure_ascii=False, indent=2, allow_nan=False)
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
    report = decode(Report, _upgraded(data, version), "report")
    assert isinstance(report, Report)
    return report


def _upgraded(data: dict[str, Any], version: int) -> dict[str, Any]:
    """A report of an older version in the form of this one; what it did not say stays unsaid."""
    if version >= SCHEMA_VERSION:
        return data
    rows = data.get("claims")
    if isinstance(rows, list):
        rows = [{"reviewed": [], **row} if isinstance(row, dict) else row for row in rows]
    return {"asked": None, "stale": [], **data, "claims": rows, "schema_version": SCHEMA_VERSION}


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
    "reviewed",
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
        "; ".join(decided(note) for note in row.reviewed),
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
