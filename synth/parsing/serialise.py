"""Documents to JSON and back, exactly (pure)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from synth.types import Box, Document, ReadFrom, SectionRole, Sentence, Table


def document_to_json(document: Document) -> str:
    """The document as one line of JSON; equal documents give equal bytes."""
    return json.dumps(asdict(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def document_from_json(body: str) -> Document:
    """The document that :func:`document_to_json` wrote.

    Raises:
        ValueError: If the text is no document of this version.
    """
    try:
        raw = json.loads(body)
        return Document(
            paper_id=raw["paper_id"],
            read_from=ReadFrom(raw["read_from"]),
            text=raw["text"],
            sentences=tuple(_sentence(item) for item in raw["sentences"]),
            captions=tuple(_sentence(item) for item in raw["captions"]),
            tables=tuple(_table(item) for item in raw["tables"]),
            n_pages=raw["n_pages"],
            notes=tuple(raw["notes"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(
            f"not a document of this version ({type(error).__name__}: {error}); read the PDF again"
        ) from error


def _box(raw: list[float] | None) -> Box | None:
    return None if raw is None else Box(*raw)


def _sentence(raw: dict[str, Any]) -> Sentence:
    return Sentence(**{**raw, "role": SectionRole(raw["role"]), "box": _box(raw["box"])})


def _table(raw: dict[str, Any]) -> Table:
    return Table(
        caption=raw["caption"],
        page=raw["page"],
        header=tuple(raw["header"]),
        rows=tuple(tuple(row) for row in raw["rows"]),
        box=_box(raw["box"]),
    )
