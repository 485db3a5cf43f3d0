"""What the published file says, once it is read and checked: sources, numbers, tables, derivations, cautions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LEVEL = "level"
"""The effect of a number that is a score; any other word names the intervention whose gain the number is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where numbers were read."""

    id: str
    title: str
    paper: str = ""
    """ArXiv id with the version that was read; empty for what is no paper of arXiv."""
    url: str = ""
    secondhand: bool = False
    """Whether the numbers are known from a reprint, an index or a copy, not from the source itself."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a number is of, in fields that a claim can be matched by."""

    task: str = ""
    """``xnli``, …; ``xtreme`` for the mean over the benchmark's tasks."""
    model: str = ""
    language: str = "average"
    """A language's code, or ``average`` over those of the task."""
    metric: str = ""
    """``accuracy``, ``F1``, ``EM``, or ``score`` for a mean of these."""
    setting: str = ""
    """``zero-shot``, ``translate-train``, …"""
    effect: str = LEVEL
    detail: str = ""
    """What distinguishes several numbers of one effect: the intermediate task, the paper's version."""
    baseline: str = ""
    """For a gain: the model it is a gain over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One published number."""

    id: str
    value: Decimal
    unit: str
    """``percent``, on a scale of 0 to 100, or ``points``, a difference of two such values."""
    about: About
    half_unit: Decimal
    """Half a unit of the last printed digit: how far rounding alone can move the value."""
    tolerance: Decimal
    reason: str
    """Why the tolerance is what it is."""
    source: str | None
    """Key of the source; None where there is none at hand."""
    where: str = ""
    """Table and page, or the part of the source."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a published table."""

    id: str
    printed: str
    metrics: tuple[str, ...]
    """One a figure: ``("F1", "EM")`` where a cell holds two."""
    reversed: bool = False
    """Whether the source prints the two the other way round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a published table."""

    id: str
    printed: str
    group: str
    """Begin of the heading over its group of rows, where the name alone is not unique."""
    cells: tuple[str, ...]
    """As printed, without spaces: ``65.4``, ``64.5/49.4``, ``-`` for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """A table of a source, by which its PDF can be checked. Its numbers stand in :attr:`Published.numbers` too."""

    id: str
    source: str
    name: str
    """As its caption begins: ``Table 2``."""
    page: int
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    note: str = ""


class Operation(StrEnum):
    """How a value is derived."""

    SAME = "same"
    """What is reprinted: the value of one id."""
    MEAN = "mean"
    SUM = "sum"
    DIFFERENCE = "difference"
    IMPLIED = "implied"
    """The mean that unknown values must have, so that they and the known ones have a given mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A value that follows from others by arithmetic."""

    id: str
    operation: Operation
    of: tuple[str, ...]
    """Ids of numbers or of other derived values."""
    target: str = ""
    """For an implied value: the id of the mean."""
    unknown: int = 0
    """For an implied value: how many values are unknown."""
    equals: tuple[str, ...] = ()
    """Ids of the published numbers that it should reproduce."""
    about: About = About()
    unit: str = "percent"
    step: bool = False
    """Whether it only serves other derivations, and is no result in itself."""
    note: str = ""

    @property
    def inputs(self) -> tuple[str, ...]:
        """All ids that it needs."""
        return (*self.of, self.target) if self.target else self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A difference that is known: the published number does not follow from the others, and why that is so."""

    derived: str
    published: str
    reason: str


class CautionKind(StrEnum):
    """What a reader must beware of."""

    BASELINES = "baselines"
    """Several values of one thing that were measured in different ways: a report uses one of them."""
    VERSIONS = "versions"
    """Numbers of two versions of a paper that are not of one experiment."""
    COINCIDENCE = "coincidence"
    """Two things that happen to have the same value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """Numbers that are not to be mixed up."""

    id: str
    kind: CautionKind
    title: str
    text: str
    groups: Mapping[str, tuple[str, ...]]
    """Ids by the name of what they belong to; those of different groups must not be mixed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A checked file of published numbers: ids are unique, references exist, derivations have no cycle."""

    name: str
    """Of the file."""
    sources: Mapping[str, Source]
    numbers: Mapping[str, Number]
    tables: tuple[PublishedTable, ...]
    derived: Mapping[str, Derived]
    """In the order of the file."""
    conflicts: tuple[Conflict, ...]
    cautions: tuple[Caution, ...]
