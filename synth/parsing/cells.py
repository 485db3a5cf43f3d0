"""Words to cells and rows: what stands close together, and what stands in one line (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from synth.parsing.boxes import union
from synth.parsing.mend import mend_line
from synth.parsing.pages import Word
from synth.types import Box

VALUE = re.compile(r"^[-−–+±~<>≤≥$(\[]*\.?\d[\d.,:/×x^%±\-−–+()\[\]kKMB†‡*∗]*[a-z%]?$|^[-–—−✓✗✘×/±|]$|^(?:n/?a|N/?A)$")
_PLAIN_NUMBER = re.compile(r"^[-−–]?(?:\d[\d,]*\.?\d*|\.\d+)%?$")


@dataclass(frozen=True)
class Cell:
    """Words of a row that stand close together; what follows from them is found once, for it is asked for often."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        """Where the words stand."""
        return union([word.box for word in self.words])

    @cached_property
    def text(self) -> str:
        """The words, mended."""
        return mend_line(" ".join(word.text for word in self.words)).strip()

    @cached_property
    def is_value(self) -> bool:
        """Whether the cell holds a number or the sign for none."""
        return all(VALUE.match(token) for token in self.text.split())


def has_figure(cell: Cell) -> bool:
    """Whether a cell holds a number and nothing but numbers and signs."""
    return cell.is_value and any(char.isdigit() for char in cell.text)


Row = tuple[Cell, ...]
"""The cells of one line, from left to right."""


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Words in rows from top to bottom, each row in cells."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.box.y0 + w.box.y1) / 2, w.box.x0)):
        centre = (word.box.y0 + word.box.y1) / 2
        height = word.box.y1 - word.box.y0
        if groups and centre - median((w.box.y0 + w.box.y1) / 2 for w in groups[-1]) < 0.35 * height:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_cells(sorted(group, key=lambda w: w.box.x0)) for group in groups]


def _cells(words: Sequence[Word]) -> Row:
    height = median(word.box.y1 - word.box.y0 for word in words)
    groups: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.box.x0 - before.box.x1 > 0.55 * height or _are_two_values(before.text, word.text):
            groups.append([word])
        else:
            groups[-1].append(word)
    return tuple(Cell(tuple(group)) for group in groups)


def _are_two_values(before: str, after: str) -> bool:
    """Whether two neighbours are figures of two columns, and not "84.2 (1.1)" or "61 / 44"."""
    return bool(_PLAIN_NUMBER.match(before) and _PLAIN_NUMBER.match(after))
