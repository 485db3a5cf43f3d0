"""A reader's own claims against the library."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from synth.claims.checkworthy import is_checkworthy
from synth.errors import ConfigError
from synth.pipeline.checking import check
from synth.pipeline.library import library_passages
from synth.pipeline.parts import Parts
from synth.text import claim_id, collapse, holds_surrogates, plain
from synth.types import Calibration, CheckedClaim, Claim, Label, Paper, Passage, Verdict

MAX_CLAIMS = 10_000
MAX_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The verdicts on a reader's claims, with all that the evidence names."""

    claims: tuple[CheckedClaim, ...]
    passages: tuple[Passage, ...]
    papers: tuple[Paper, ...]
    calibration: Calibration | None
    calibration_short: Calibration | None = None
    """Of the confidences of short claims, where these have a calibrator of their own."""
    notes: tuple[str, ...] = ()


def verify(texts: Sequence[str], parts: Parts, *, offline: bool = False) -> Verified:
    """Check claims against the library.

    Args:
        texts: One claim each.
        parts: The concrete parts.
        offline: Check against the embedded digests as well.

    Raises:
        ConfigError: If a claim is empty, too long, or holds bytes that are no text.
    """
    claims = [_claim(text) for text in texts]
    library = library_passages(parts, offline=offline)
    papers, passages, notes = library.papers, library.passages, list(library.notes)
    if not papers and not notes:
        notes.append(
            "the library is empty, so nothing can be supported or refuted;"
            " `synth library add` reads papers into it, --offline checks against the embedded digests"
        )
    distinct = list({claim.id: claim for claim in claims}.values())
    vectors = parts.encoder.encode([claim.text for claim in distinct])
    worthy = [
        claim for claim, row in zip(distinct, vectors, strict=True) if is_checkworthy(claim.text, row, parts.scorer)
    ]
    checked = check(worthy, passages, parts)
    known = {row.claim.id: row for row in checked.claims}
    rows = [
        dataclasses.replace(known[claim.id], number=number, claim=claim)
        if claim.id in known
        else CheckedClaim(number=number, claim=claim, verdict=_nothing_to_check(claim))
        for number, claim in enumerate(claims, start=1)
    ]
    return Verified(
        claims=tuple(rows),
        passages=checked.quoted(passages),
        papers=papers,
        calibration=parts.calibrators.asked.summary if parts.calibrators else None,
        calibration_short=short.summary if (short := parts.calibrators and parts.calibrators.short) else None,
        notes=tuple(notes),
    )


def claims_in(path: Path) -> tuple[str, ...]:
    """The claims of a file: one a line, CSV with a ``claim`` column, or JSONL with a ``claim`` field.

    Raises:
        ConfigError: If the file cannot be read, is empty, or has no claims; with the line where there is one.
    """
    try:
        body = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is no UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    suffix = path.suffix.lower()
    reader = {".csv": _from_csv, ".jsonl": _from_jsonl, ".ndjson": _from_jsonl}.get(suffix, _from_lines)
    claims = reader(body, path)
    if not claims:
        raise ConfigError(f"{path} holds no claim; expected one a line, a CSV column “claim”, or JSONL")
    if len(claims) > MAX_CLAIMS:
        raise ConfigError(f"{path} holds {len(claims):,} claims, at most {MAX_CLAIMS:,} can be checked at once")
    return claims


def _from_lines(body: str, _path: Path) -> tuple[str, ...]:
    return tuple(line.strip() for line in body.splitlines() if line.strip())


def _from_csv(body: str, path: Path) -> tuple[str, ...]:
    rows = csv.DictReader(io.StringIO(body), strict=True)
    try:
        names = {(name or "").strip().casefold(): name for name in rows.fieldnames or ()}
        if "claim" not in names:
            found = ", ".join(rows.fieldnames or ()) or "none"
            raise ConfigError(f"{path} has no column “claim”; its columns: {found}")
        return tuple(text for row in rows if (text := (row[names["claim"]] or "").strip()))
    except csv.Error as error:
        raise ConfigError(f"{path}, after line {rows.line_num}: {error}; expected CSV with a column “claim”") from error


def _from_jsonl(body: str, path: Path) -> tuple[str, ...]:
    claims = []
    for number, line in enumerate(body.split("\n"), start=1):  # splitlines() would cut at separators inside strings
        if not line.strip():
            continue
        try:
            text = json.loads(line)["claim"]
        except (json.JSONDecodeError, KeyError, TypeError, RecursionError) as error:
            raise ConfigError(f'{path}, line {number}: expected a JSON object such as {{"claim": "…"}}') from error
        if not isinstance(text, str):
            raise ConfigError(f"{path}, line {number}: “claim” is {type(text).__name__}, expected text")
        claims.append(text.strip())
    return tuple(claims)


def _claim(text: str) -> Claim:
    cleaned = plain(collapse(text))
    if not cleaned:
        raise ConfigError("the claim is empty; write one statement in a sentence")
    if holds_surrogates(cleaned):
        shown = cleaned if len(cleaned) <= 40 else f"{cleaned[:40]}…"
        raise ConfigError(f"the claim {shown!r} holds bytes that are no UTF-8; type it in UTF-8")
    if len(cleaned.split()) > MAX_WORDS:
        raise ConfigError(
            f"the claim has {len(cleaned.split()):,} words, at most {MAX_WORDS}; write one statement in a sentence"
        )
    return Claim(id=claim_id(cleaned), text=cleaned)


def _nothing_to_check(claim: Claim) -> Verdict:
    return Verdict(
        claim_id=claim.id,
        label=Label.NOT_CHECKWORTHY,
        confidence=None,
        verified=False,
        evidence=(),
        n_self=0,
        n_independent=0,
        n_refuting=0,
        reason="States nothing that a paper could support or refute.",
    )
