"""The diff as JSON, for programs; ``data/schema/diff.schema.json`` says what stands where. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from synth.diff.delta import Delta, Kind, Pair
from synth.diff.table import Quote, Row, Table
from synth.errors import ConfigError

SCHEMA_VERSION = 1
_SURROGATE = re.compile("[\ud800-\udfff]")


def delta_json(delta: Delta) -> str:
    """The difference of two tables.

    Raises:
        ConfigError: If a number is not finite.
    """
    return text_of(delta_data(delta))


def reports_json(deltas: Sequence[Delta], only_old: Sequence[str], only_new: Sequence[str]) -> str:
    """The differences of two folders of reports, and the reports that one of them has alone.

    Raises:
        ConfigError: If a number is not finite.
    """
    reports = [delta_data(delta) for delta in deltas]
    return text_of(
        {
            "schema_version": SCHEMA_VERSION,
            "reports": reports,
            "only_old": list(only_old),
            "only_new": list(only_new),
        }
    )


def delta_data(delta: Delta) -> dict[str, Any]:
    """The difference of two tables as what JSON is made of: a list for each kind, and what stands around the claims.

    A claim of several kinds stands in each of their lists, the same entry.
    """
    lists: dict[str, Any] = {
        kind.value: [_pair(pair) for pair in delta.of(kind)] for kind in Kind if kind not in (Kind.ADDED, Kind.REMOVED)
    }
    return {
        "schema_version": SCHEMA_VERSION,
        "old": _table(delta.old),
        "new": _table(delta.new),
        "changed": not delta.empty,
        "counts": {kind.value: delta.count(kind) for kind in Kind},
        **lists,
        "added": [_lone(row, Kind.ADDED) for row in delta.added],
        "removed": [_lone(row, Kind.REMOVED) for row in delta.removed],
        "papers": {"added": list(delta.papers_added), "removed": list(delta.papers_removed)},
        "answer": {"changed": delta.answer_changed, "old": delta.old.answer, "new": delta.new.answer},
        "score": {"changed": delta.score_changed, "old": delta.old.score, "new": delta.new.score},
        "noise": {"band": delta.noise, "reason": delta.noise_reason},
        "meaning": delta.meaning.value,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "question": table.question,
        "title": table.title,
        "claims": len(table.rows),
        "shows_evidence": table.shows_evidence,
        "signature": table.signature,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "old": _row(pair.old),
        "new": _row(pair.new),
        "matched_by": pair.matched_by.value,
        "similarity": pair.similarity,
        "kinds": [kind.value for kind in pair.kinds],
        "figures_changed": pair.figures_changed,
    }


def _lone(row: Row, kind: Kind) -> dict[str, Any]:
    """An entry of the same keys for a claim that one table has alone."""
    shown = _row(row)
    return {
        "old": shown if kind is Kind.REMOVED else None,
        "new": shown if kind is Kind.ADDED else None,
        "matched_by": None,
        "similarity": None,
        "kinds": [kind.value],
        "figures_changed": False,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "claim": row.text,
        "cut": row.cut,
        "label": row.label.value if row.label else None,
        "verified": row.verified,
        "confidence": row.confidence,
        "evidence": [_quote(quote) for quote in row.evidence],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "paper": quote.paper_id,
        "page": quote.page,
        "stance": quote.stance.value if quote.stance else None,
        "quote": quote.text,
    }


def text_of(data: dict[str, Any]) -> str:
    """JSON with two spaces of indent and a final newline; lone surrogates are escaped.

    Raises:
        ConfigError: If a number is not finite.
    """
    try:
        body = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    except ValueError as error:
        raise ConfigError("the diff holds a number that is not finite; JSON has no word for it") from error
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", body) + "\n"
