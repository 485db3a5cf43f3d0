"""Signatures: every choice behind a number, in one line and in one key.

The idea is sacrebleu's (Post 2018, arXiv:1804.08771): whoever has the line can make the number again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from synth import __version__

STEPS = (
    *(
        "types",
        "text.py",
        "latex.py",
        "question.py",
        "parsing",
        "claims",
        "retrieval",
        "verification",
        "backing",
        "report",
    ),
    *("pipeline/options.py", "pipeline/reading.py", "pipeline/checking.py", "pipeline/synthesize.py"),
    *("sources/digests.py", "sources/files.py", "sources/fulltext.py"),
)
"""The parts of the package whose code can move what a report says; a test holds them against its imports."""
SEARCH = (
    *("types", "text.py", "latex.py", "question.py", "retrieval", "sources", "parsing/identity.py"),
    *("pipeline/options.py", "pipeline/gather.py", "pipeline/found.py"),
)
"""The parts whose code can move which papers are found."""
_CLAIMS = ("types", "text.py", "latex.py", "claims")
"""The parts whose code can move which sentences of a document may become claims."""


def signature_line(choices: Mapping[str, object]) -> str:
    """``name:value`` pairs joined by ``|`` in the given order, after the program's version."""
    return "|".join([f"synth:{__version__}", *(f"{name}:{value}" for name, value in choices.items())])


def content_key(*parts: Any) -> str:
    """SHA-256 (64 hex digits) of JSON-able values; equal values give equal keys on every machine."""
    body = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(body.encode()).hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, 64 hex digits.

    Raises:
        OSError: If the file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_signature() -> str:
    """12 hex digits over the source of every step that can move a report's content."""
    return _source_of(STEPS)


@cache
def source_signature() -> str:
    """12 hex digits over the source of the search: what is asked, and how the answers are ranked."""
    return _source_of(SEARCH)


@cache
def claims_signature() -> str:
    """12 hex digits over the source of what makes claims of a document's sentences."""
    return _source_of(_CLAIMS)


def _source_of(steps: Sequence[str]) -> str:
    package = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for step in steps:
        place = package / step
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if path.exists():
                digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
