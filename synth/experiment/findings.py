"""What the audit finds: a result for every number, checks, cautions. Types and their plain properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from synth.experiment.arithmetic import Outcome, Value
from synth.experiment.numbers import About, Caution, Derived, Number, Source
from synth.experiment.printed import CellState, TableCheck


class Result(StrEnum):
    """What the audit says of a number, the gravest first."""

    DIFFERS = "differs"
    NO_SOURCE = "no source at hand"
    WITHIN = "within tolerance"
    RECOMPUTED = "recomputed"
    DERIVED = "derived here"
    """Computed from published numbers; nothing that was published says the same."""
    PUBLISHED = "as published"
    """Its source prints it, and nothing at hand gives it by arithmetic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A recomputed value beside the published number that it should reproduce."""

    derived: Derived
    value: Value
    published: Number
    outcome: Outcome
    conflict: str = ""
    """Why a difference is known; empty where none is."""

    @property
    def difference(self) -> Fraction:
        """Recomputed minus published."""
        return self.value.value - Fraction(self.published.value)

    @property
    def tolerance(self) -> Fraction:
        """By how much the rounding of all that takes part can make them differ."""
        return self.value.tolerance + Fraction(self.published.tolerance)

    @property
    def sourced(self) -> bool:
        """Whether both sides have sources."""
        return self.value.sourced and self.published.source is not None

    @property
    def unexpected(self) -> bool:
        """Whether it differs, and nobody knew."""
        return self.outcome is Outcome.DIFFERS and not self.conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """All that the audit knows of one number, published or derived."""

    id: str
    result: Result
    about: About
    unit: str
    number: Number | None
    """The published number; None for one that is only derived."""
    derived: Derived | None
    value: Value
    checks: tuple[Check, ...] = ()
    printed: CellState | None = None
    """How the PDF has it; None where no PDF was compared."""

    @property
    def source(self) -> str | None:
        """Key of the source of a published number."""
        return self.number.source if self.number else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A caution with the values that it is about."""

    caution: Caution
    values: Mapping[str, tuple[tuple[str, Value], ...]]
    """Ids and values by group."""
    holds: bool
    """Whether the numbers bear it out: baselines and versions differ, a coincidence agrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The whole audit."""

    name: str
    """Of the published file."""
    sources: Mapping[str, Source]
    findings: tuple[Finding, ...]
    tables: tuple[TableCheck, ...]
    cautions: tuple[Warned, ...]
    unexpected: tuple[str, ...]
    """What differs and is not marked as known, a line each."""
    stale: tuple[str, ...]
    """Marks and cautions that no longer hold, a line each."""
    notes: tuple[str, ...] = ()

    def count(self, result: Result) -> int:
        """How many numbers have a result."""
        return sum(one.result is result for one in self.findings)

    @property
    def checks(self) -> tuple[Check, ...]:
        """All comparisons."""
        return tuple(check for one in self.findings for check in one.checks)
