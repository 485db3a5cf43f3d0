"""A report.json as a claim table. Pure."""

from __future__ import annotations

import math
import re

from synth.diff.table import Quote, Row, Table
from synth.errors import ConfigError
from synth.report.export import report_from_json
from synth.types import CheckedClaim, Passage, Report, Role

_LONGEST = 400
"""Characters of an error; the value that it quotes may be the whole file."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def report_table(body: str, *, name: str = "report.json") -> Table:
    """The claim table of a report.json of this schema version or an older one.

    Args:
        body: The file.
        name: Of the file, for the table and for errors.

    Raises:
        ConfigError: If the file is no report that this version reads, or a value in it is out of its range.
    """
    try:
        report = report_from_json(body)
        return _table(report, name)
    except ConfigError as error:
        shown = error.message if len(error.message) <= _LONGEST else f"{error.message[:_LONGEST]}…"
        raise ConfigError(f"{name}: {shown}") from error
    except RecursionError as error:
        raise ConfigError(f"{name}: lists or objects nest too deep; expected a report.json that synth wrote") from error
    except OverflowError as error:
        raise ConfigError(f"{name}: a number is too large; the report.json is damaged") from error


def _table(report: Report, name: str) -> Table:
    passages = {passage.id: passage for passage in report.passages}
    rows = tuple(_row(claim, passages) for claim in report.claims)
    seen: dict[str, Row] = {}
    for row in rows:
        if seen.setdefault(row.id, row) is not row:
            first = seen[row.id].number
            raise ConfigError(f"claims {first} and {row.number} have the same id; the report.json is damaged")
    error = report.calibration.ece if report.calibration else None
    return Table(
        name=name,
        rows=rows,
        question=_text(report.question),
        title=_text(report.title),
        papers=tuple(sorted({_text(used.paper.id) for used in report.papers if used.role is Role.USED})),
        answer=_text(report.answer.summary),
        score=_within(report.quality, 10, "the quality score"),
        error=None if error is None else _within(error, 1, "the calibration error"),
        shows_evidence="all",
        signature=_text(report.signature),
    )


def _row(checked: CheckedClaim, passages: dict[str, Passage]) -> Row:
    verdict = checked.verdict
    quotes = []
    for piece in verdict.evidence:
        if piece.passage_id not in passages:
            raise ConfigError(
                f"claim {checked.number} rests on passage {piece.passage_id!r}, which is missing; "
                "the report.json is damaged"
            )
        passage = passages[piece.passage_id]
        quotes.append(
            Quote(paper_id=_text(piece.paper_id), page=passage.page, stance=piece.stance, text=_text(passage.text))
        )
    sure = verdict.confidence
    return Row(
        id=_text(checked.claim.id),
        number=checked.number,
        text=_text(checked.claim.text),
        label=verdict.label,
        verified=verdict.verified,
        confidence=None if sure is None else _within(sure, 1, f"the confidence of claim {checked.number}"),
        evidence=tuple(quotes),
    )


def _within(value: float, top: float, what: str) -> float:
    if not math.isfinite(value) or not 0 <= value <= top:
        raise ConfigError(f"{what} is {value}; expected a number from 0 to {top:g}")
    return value


def _text(text: str) -> str:
    """The text without lone surrogates, which JSON can spell and no file can hold."""
    return _SURROGATE.sub("\ufffd", text)
