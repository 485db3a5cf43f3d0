"""Claims written on passages of full papers, which are named by set, document and sentences instead of copied.

A data folder's ``sentences.jsonl.xz`` holds the sentences. They come tokenised (``self - training ( ST )``);
a passage is mended to the spacing of print before a claim meets it.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synth.errors import ConfigError
from synth.jsonl import json_lines
from synth.training.own import OwnClaim
from synth.training.pairs import PairLabel

LICENCE = "own; passages none stated (ncg)"

_PLACE = re.compile(r"(?P<set>\w+):(?P<doc>\S+):(?P<first>\d+)-(?P<last>\d+)")
_SPACING = (
    (re.compile(r"(\w) - (\w)"), r"\1-\2"),
    (re.compile(r" ([,.;:!?%)\]])"), r"\1"),
    (re.compile(r"([(\[]) "), r"\1"),
    (re.compile(r" '\s?s\b"), "'s"),
    (re.compile(r"``\s?|''"), '"'),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: ``ncg:question_answering/3:120-126``."""

    set: str
    doc: str
    first: int
    last: int
    """Numbers of its sentences, both included."""


def read_passage_claims(folders: Sequence[Path], name: str = "passage_claims") -> list[OwnClaim]:
    """Claims of the folders' ``passage_claims.jsonl``, with the text of their passages.

    Args:
        folders: Data folders; one of them holds the sentences. Claims whose passage is in none are left out.
        name: Name of the set: another reads ``NAME.jsonl`` (``short_claims``).

    Raises:
        ConfigError: A claim names its passage in another form.
    """
    rows: list[tuple[dict[str, str], Place]] = []
    for folder in folders:
        path = folder / f"{name}.jsonl"
        if path.is_file():
            for number, line in enumerate(json_lines(path.read_text(encoding="utf-8")), 1):
                row = json.loads(line)
                rows.append((row, place(row["passage"], f"{path.name}, line {number}")))
    texts = _passages(folders, {where for _, where in rows})
    return [
        OwnClaim(row["id"], f"{where.set}:{where.doc}", texts[where], row["claim"], PairLabel(row["label"]), LICENCE)
        for row, where in rows
        if where in texts
    ]


def place(text: str, source: str = "") -> Place:
    """The place that a text such as ``ncg:question_answering/3:120-126`` names.

    Args:
        text: The text.
        source: Where it stands, for the error.

    Raises:
        ConfigError: It names none.
    """
    found = _PLACE.fullmatch(text)
    if not found:
        where = f"{source}: " if source else ""
        raise ConfigError(f"{where}expected a passage as SET:DOCUMENT:FIRST-LAST, found {text!r}")
    return Place(found["set"], found["doc"], int(found["first"]), int(found["last"]))


def mend(sentence: str) -> str:
    """A tokenised sentence with the spacing of print.

    Args:
        sentence: Words and marks with spaces between them.
    """
    for pattern, new in _SPACING:
        sentence = pattern.sub(new, sentence)
    return " ".join(sentence.split())


def _passages(folders: Sequence[Path], wanted: set[Place]) -> dict[Place, str]:
    by_doc: dict[tuple[str, str], list[Place]] = {}
    for where in sorted(wanted, key=lambda one: (one.set, one.doc, one.first, one.last)):
        by_doc.setdefault((where.set, where.doc), []).append(where)
    parts: dict[Place, list[tuple[int, str]]] = {}
    for row in _rows(folders) if wanted else ():
        for where in by_doc.get((row["set"], row["doc"]), ()):
            if where.first <= row["i"] <= where.last:
                parts.setdefault(where, []).append((row["i"], mend(row["text"])))
    whole = {where: found for where, found in parts.items() if len(found) == where.last - where.first + 1}
    return {where: " ".join(text for _, text in sorted(found)) for where, found in whole.items()}


def _rows(folders: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for folder in folders:
        path = folder / "sentences.jsonl.xz"
        if path.is_file():
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                yield from map(json.loads, lines)
