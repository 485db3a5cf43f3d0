"""What a passage is read as besides itself: in its context, and as its one sentence nearest to a claim (pure).

Three sentences name their subject "it" or "our model", and go on where the window ends. What stands around them, the
heading and a sentence on each side, says of whom they speak. And a small model loses one sentence among three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from synth.text import sentences
from synth.types import Passage, PassageKind
from synth.verification.numbers.extract import word_set

_NUMBERING = re.compile(r"^(?:[A-Z]\.?\s+(?=[A-Z])|(?:[IVX]+\.|[A-Z]?[\d.]+)\s+(?=\S))")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The passages before and behind each passage of running text, in its own section."""

    before: Mapping[str, Passage]
    after: Mapping[str, Passage]

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> Neighbours:
        """Read off a collection; passages of a paper stand in the order of their ids."""
        prose = sorted((one for one in passages if one.kind is PassageKind.PROSE), key=lambda one: one.id)
        before, after = {}, {}
        for first, second in pairwise(prose):
            if (first.paper_id, first.section) == (second.paper_id, second.section):
                before[second.id], after[first.id] = first, second
        return cls(before, after)


def in_context(passage: Passage, neighbours: Neighbours) -> str:
    """The text of a passage under its section's heading, with one sentence more on each side.

    Nothing is left out, not even where a claim was taken from: this is for claims that a reader brings.

    Args:
        passage: Of any kind; captions and rows of tables get the heading alone.
        neighbours: Those of the collection.
    """
    heading = _NUMBERING.sub("", passage.section)
    parts = (
        f"{heading}." if heading else "",
        _beyond(neighbours.before.get(passage.id), passage, -1),
        passage.text,
        _beyond(neighbours.after.get(passage.id), passage, 0),
    )
    return " ".join(part for part in parts if part)


def nearest_sentence(passage: Passage, claim: str) -> str:
    """The first of the sentences of a passage that share most words with a claim; the passage where it has none."""
    wanted = word_set(claim)
    return max(sentences(passage.text), key=lambda sentence: len(wanted & word_set(sentence)), default=passage.text)


def _beyond(neighbour: Passage | None, passage: Passage, nearest: int) -> str:
    """The nearest sentence of a neighbour that the passage does not hold; windows overlap."""
    if neighbour is None:
        return ""
    further = [sentence for sentence in sentences(neighbour.text) if sentence not in passage.text]
    return further[nearest] if further else ""
