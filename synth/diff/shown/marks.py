"""Which words of a text changed: pieces that are kept, deleted and inserted, together both texts exactly. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_TOKEN = re.compile(r"\s+|\w+(?:[.,'’-]\w+)*|.", re.DOTALL)
_WORD = re.compile(r"\w")
_LIMIT = 100_000
"""Above this many pairs of words, word by word would take seconds: what differs is then shown as one change."""


class Op(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


class Piece(NamedTuple):
    """A stretch of text and what became of it; never empty."""

    op: Op
    text: str


def marks(old: str, new: str) -> tuple[Piece, ...]:
    """The way from one text to another, word by word.

    Kept and deleted pieces joined are the old text, kept and inserted ones the new text. Between two kept pieces stands
    at most one deletion, then at most one insertion. A number with its decimals is one word.
    """
    return tuple(_joined(_changes(_TOKEN.findall(old), _TOKEN.findall(new))))


def side(pieces: Iterable[Piece], op: Op) -> tuple[Piece, ...]:
    """The pieces of the old text with :attr:`Op.DELETED`, those of the new one with :attr:`Op.INSERTED`."""
    return tuple(piece for piece in pieces if piece.op in (Op.KEPT, op))


def inline(pieces: Iterable[Piece]) -> str:
    """Both texts in one line of plain characters: ``one [-old-] {+new+} word``."""
    shapes = {Op.KEPT: "{}", Op.DELETED: "[-{}-]", Op.INSERTED: "{{+{}+}}"}
    return "".join(shapes[piece.op].format(piece.text) for piece in pieces)


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, str, str]]:
    """What is kept, and what of the old stands where what of the new does, in order; empty where there is none."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    first, second = old[start : len(old) - end], new[start : len(new) - end]
    yield "".join(old[:start]), "", ""
    if len(first) * len(second) > _LIMIT:
        yield "", "".join(first), "".join(second)
    else:
        for name, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
            before, after = "".join(first[a:b]), "".join(second[c:d])
            yield (before, "", "") if name == "equal" else ("", before, after)
    yield "".join(old[len(old) - end :]), "", ""


def _shared(old: list[str], new: list[str]) -> int:
    """How many tokens both begin with."""
    length = min(len(old), len(new))
    return next((place for place in range(length) if old[place] != new[place]), length)


def _joined(changes: Iterable[tuple[str, str, str]]) -> Iterator[Piece]:
    """Pieces in which neighbouring changes are one, also where only a space or a comma was kept between them."""
    deleted = inserted = waiting = ""
    for kept, before, after in changes:
        if before or after:
            deleted, inserted, waiting = deleted + waiting + before, inserted + waiting + after, ""
        elif (deleted or inserted) and not _WORD.search(waiting + kept):
            waiting += kept
        else:
            yield from _change(deleted, inserted)
            deleted = inserted = ""
            if waiting + kept:
                yield Piece(Op.KEPT, waiting + kept)
            waiting = ""
    yield from _change(deleted, inserted)
    if waiting:
        yield Piece(Op.KEPT, waiting)


def _change(deleted: str, inserted: str) -> Iterator[Piece]:
    if deleted:
        yield Piece(Op.DELETED, deleted)
    if inserted:
        yield Piece(Op.INSERTED, inserted)
