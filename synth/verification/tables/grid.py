"""Tables put together again from the passages that hold their rows (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from synth.types import Passage, PassageKind

_MARKS = re.compile(r"[†‡*∗§¶]")
_NUMBER = re.compile(r"([-−–+]?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?%?")
_AVERAGE = re.compile(r"\b(?:avg|average|mean)\b", re.IGNORECASE)
_NO_SCORE = re.compile(
    r"^#|\b(?:param|size|token|layer|epoch|step|lang|lg|rank|vocab|batch|hour|time|year)", re.IGNORECASE
)
_NUMBERED = re.compile(r"^(?:Table|Tab\.)\s*[A-Z]?\.?\d+(?:\.\d+)?", re.IGNORECASE)
_DELIMITER = " | "


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number, exact, with half a unit of its last digit."""

    value: Fraction
    half: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: who it is about, and its numbers by column."""

    passage_id: str
    label: str
    group: str
    """What stands above several rows; empty where nothing does."""
    notes: tuple[str, ...]
    """Further cells without numbers: corpora, settings."""
    cells: Mapping[str, tuple[Number, ...]]
    """One number, or the two of a cell such as ``64.5 / 49.4``."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table of a paper, or one of several under a caption; itself alone is equal to it."""

    paper_id: str
    caption: str
    rows: tuple[Row, ...]
    doubled: bool
    """Whether two columns bear one name: neither can be told from the other, and both are left out."""
    whole: bool = True
    """Whether it is all that stands under its caption: a part of a table has neither all rows nor all columns."""

    @property
    def name(self) -> str:
        """``Table 2``, or ``a table`` for one whose caption has no number."""
        found = _NUMBERED.match(self.caption)
        return found[0] if found else "a table"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of numbers, sorted."""
        return tuple(sorted({name for row in self.rows for name in row.cells}))

    @property
    def averages(self) -> tuple[str, ...]:
        """The columns that say of themselves that they are averages."""
        return tuple(name for name in self.columns if _AVERAGE.search(name))

    @property
    def scores(self) -> tuple[str, ...]:
        """The columns that an average is over: neither averages, nor sizes and counts of models."""
        return tuple(name for name in self.columns if not _AVERAGE.search(name) and not _NO_SCORE.search(name))


def mean(row: Row, columns: Sequence[str]) -> tuple[Fraction, Fraction] | None:
    """The mean of a row over columns, and how far rounding may have moved it.

    A cell of two numbers counts as their mean, the custom for F1 and exact match.

    Returns:
        None where a column is empty, or there is none.
    """
    cells = [row.cells.get(name, ()) for name in columns]
    if not cells or not all(cells):
        return None
    value = sum((sum((one.value for one in cell), Fraction()) / len(cell) for cell in cells), Fraction())
    slack = sum((sum((one.half for one in cell), Fraction()) / len(cell) for cell in cells), Fraction())
    return value / len(cells), slack / len(cells)


def parse(text: str) -> tuple[Number, ...]:
    """The number of a cell, or the two of ``64.5 / 49.4``; nothing for any other cell."""
    parts = [part.strip() for part in _MARKS.sub("", text).split("/")]
    found = [_number(part) for part in parts]
    numbers = tuple(one for one in found if one is not None)
    return numbers if len(numbers) == len(parts) <= 2 else ()


def _number(text: str) -> Number | None:
    match = _NUMBER.fullmatch(text)
    if match is None or not (match[2] or match[3]):
        return None
    decimals = match[3] or ""
    value = Fraction(int((match[2] or "0").replace(",", "") + decimals), 10 ** len(decimals))
    sign = -1 if match[1] in ("-", "−", "–") else 1
    return Number(sign * value, Fraction(1, 2 * 10 ** len(decimals)), text)


def grids_of(passages: Iterable[Passage]) -> dict[str, Grid]:
    """The grid of every row, by the id of the row's passage; rows that cannot be read have none.

    Args:
        passages: All passages of the papers in any order, captions among them.
    """
    ordered = sorted(passages, key=lambda one: one.id)
    captions = {(one.paper_id, one.start, one.end): one.text for one in ordered if one.kind is PassageKind.CAPTION}
    found: dict[tuple[object, ...], list[Passage]] = {}
    for one in ordered:
        place = (one.paper_id, one.start, one.end)
        if one.kind is PassageKind.TABLE_ROW and place in captions:
            found.setdefault((*place, one.page, one.box), []).append(one)
    parts = Counter(key[:3] for key in found)
    grids = {}
    for key, members in found.items():
        one = members[0]
        grid = _grid(captions[one.paper_id, one.start, one.end], members, whole=parts[key[:3]] == 1)
        grids.update({row.passage_id: grid for row in grid.rows})
    return grids


def _grid(caption: str, members: Sequence[Passage], *, whole: bool) -> Grid:
    split = {one.id: _cells(one.text.removeprefix(caption)) for one in members if one.text.startswith(caption)}
    leads = {key: [value for name, value in cells[: _first_number(cells)]] for key, cells in split.items()}
    first = Counter(lead[0] for key, lead in leads.items() if len(lead) > 1 and not split[key][0][0])
    has_groups = any(count > 1 for count in first.values())
    rows, doubled = [], False
    for key, cells in split.items():
        lead = leads[key]
        if not lead:
            continue
        grouped = has_groups and len(lead) > 1 and not cells[0][0]
        numbers = [(name, parse(value)) for name, value in cells[len(lead) :]]
        times = Counter(name for name, _ in numbers)
        doubled = doubled or any(count > 1 for name, count in times.items() if name)
        rows.append(
            Row(
                passage_id=key,
                label=lead[1] if grouped else lead[0],
                group=lead[0] if grouped else "",
                notes=tuple(lead[2 if grouped else 1 :]),
                cells={name: value for name, value in numbers if name and value and times[name] == 1},
            )
        )
    return Grid(members[0].paper_id, caption, tuple(rows), doubled, whole)


def _cells(text: str) -> list[tuple[str, str]]:
    """Name and value of each cell behind the caption; a cell of a column without a name has an empty one."""
    cells = []
    for part in text.split(_DELIMITER)[1:]:
        name, _, value = part.rpartition(": ")
        cells.append((name, value))
    return cells


def _first_number(cells: Sequence[tuple[str, str]]) -> int:
    return next((at for at, (_, value) in enumerate(cells) if parse(value)), len(cells))
