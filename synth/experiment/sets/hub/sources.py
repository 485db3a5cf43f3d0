"""A place of rows on the Hub, the rows that came from it, and the file that they become."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from synth.errors import SourceError


@dataclass(frozen=True, slots=True)
class Source:
    """One split of one configuration of a data set on the Hub."""

    dataset: str
    """Owner and name: ``google/xtreme``."""
    config: str | None
    """``PAWS-X.de``; none where the data set has a single one."""
    split: str

    def __str__(self) -> str:
        return f"{self.dataset}{f' {self.config}' if self.config else ''} ({self.split})"


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a source."""

    source: Source
    rows: Iterable[Mapping[str, Any]]
    """Read once, as they come."""
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Names of the classes of the columns that hold their numbers."""

    def records(self, *columns: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The rows with their numbers.

        Args:
            *columns: Those that each row has to have.

        Raises:
            SourceError: A row lacks one, or there is no row.
        """
        number = 0
        for number, row in enumerate(self.rows, 1):
            lacking = [name for name in columns if row.get(name) is None]
            if lacking:
                raise self.refused(number, f"no {', '.join(lacking)} among {', '.join(sorted(row))}")
            yield number, row
        if not number:
            raise SourceError(f"{self.source} has no rows, expected at least one")

    def label(self, number: int, value: Any, column: str, known: Sequence[str]) -> str:
        """The name of a class.

        Args:
            number: The row's.
            value: The class as the row has it, by its number or by its name.
            column: Where it stands, to find the names that came with the rows.
            known: The classes there are, in the order of their numbers on the Hub, for rows that came without names.

        Raises:
            SourceError: It is none of them.
        """
        found = value.strip() if isinstance(value, str) else value
        if isinstance(found, int):
            names = self.names.get(column) or known
            found = names[found] if 0 <= found < len(names) else found
        if found not in known:
            raise self.refused(number, f"the {column} {found!r}, expected one of {', '.join(known)}")
        return str(found)

    def refused(self, number: int, found: str) -> SourceError:
        """The error of a row that is not what this program knows."""
        return SourceError(f"{self.source}, row {number} has {found}: it is another version than the one known here")


Convert = Callable[[Sequence[Part]], Mapping[str, str]]
"""From the rows of an item's sources, in their order, to the texts of its files. Pure."""


@dataclass(frozen=True, slots=True)
class Item:
    """Files that are written together."""

    files: tuple[str, ...]
    """Relative to the data folder, as :mod:`synth.experiment.sets.folder` has them."""
    sources: tuple[Source, ...]
    convert: Convert
