"""Lines of the audit's output, and how they are put together. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from synth.experiment.findings import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A number, or a comparison of it, in words."""

    id: str
    what: str
    published: str
    recomputed: str
    difference: str
    tolerance: str
    reason: str
    """Where the tolerance comes from."""
    how: str
    """By which arithmetic it was recomputed."""
    result: Result
    source: str
    note: str
    pdf: str
    step: bool = False
    """Whether it only serves other derivations."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Numbers of which there is nothing to say but their values and what they share."""

    source: str
    tolerance: str
    reason: str
    pdf: str
    note: str
    values: tuple[tuple[str, str], ...]
    """Ids and values."""


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one table, or of the single numbers of one kind."""

    id: str
    name: str
    lines: tuple[Line, ...]

    @property
    def spoken(self) -> tuple[Line, ...]:
        """The lines that say more than a value."""
        return tuple(one for one in self.lines if one.result is not Result.PUBLISHED)

    @property
    def plain(self) -> tuple[Plain, ...]:
        """The others, together where all but the value is the same."""
        by: dict[tuple[str, str, str, str, str], list[tuple[str, str]]] = {}
        for one in self.lines:
            if one.result is Result.PUBLISHED:
                shared = (one.source, one.tolerance, one.reason, one.pdf, one.note)
                by.setdefault(shared, []).append((one.id, one.published))
        return tuple(Plain(*shared, tuple(values)) for shared, values in by.items())

    def count(self, result: Result) -> int:
        """How many lines have a result."""
        return sum(one.result is result for one in self.lines)
