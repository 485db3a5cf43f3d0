"""Which claims several tables share: a matrix of every pair of tables, and the claims that recur. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from synth.diff.table import Row, Table
from synth.diff.tables.folders import last_part
from synth.report.markdown import escape
from synth.report.plain import one_line


class Match(Protocol):
    """Two rows that are one claim."""

    @property
    def old(self) -> Row:
        """The row of the first table."""

    @property
    def new(self) -> Row:
        """The row of the second table."""


class Matching(Protocol):
    """What a matcher found, such as :class:`synth.diff.matching.pairs.Matching`."""

    @property
    def pairs(self) -> Sequence[Match]:
        """Each row in one pair at most."""


Matcher = Callable[[Sequence[Row], Sequence[Row]], Matching]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A claim that stands in more than one table."""

    text: str
    """The longest of its whole wordings; the longest of all where every table cut it."""
    cut: bool
    """True where every table cut it."""
    tables: tuple[int, ...]
    """Places of the tables that hold it, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """The claims that tables share. Matrices are symmetric, in the order of the tables."""

    names: tuple[str, ...]
    questions: tuple[str | None, ...]
    sizes: tuple[int, ...]
    """Claims of each table."""
    shared: tuple[tuple[int, ...], ...]
    """Claims that two tables share; a table's size on the diagonal."""
    jaccard: tuple[tuple[float | None, ...], ...]
    """Shared claims by all claims of the two tables, in [0, 1]; None where both are empty."""
    recurring: tuple[Recurring, ...]
    """Claims of two tables or more: those of most tables first, then by table and text."""
    distinct: int
    """Claims of all tables together, each counted once."""


def overlap(tables: Sequence[Table], match: Matcher) -> Overlap:
    """Which claims recur between tables.

    Two tables share what ``match`` pairs; their Jaccard index is matched / (claims of one + claims of the other -
    matched). A claim of many tables is what pairs join, one with the next: A with B, and B with C.

    Args:
        tables: At least one; their order is kept.
        match: Finds the rows of two tables that are one claim, such as :func:`synth.diff.matching.pairs.match`.
    """
    n = len(tables)
    shared = [[len(table.rows) if one == other else 0 for other in range(n)] for one, table in enumerate(tables)]
    groups = _Groups((place, row.id) for place, table in enumerate(tables) for row in table.rows)
    for one in range(n):
        for other in range(one + 1, n):
            pairs = match(tables[one].rows, tables[other].rows).pairs
            shared[one][other] = shared[other][one] = len(pairs)
            for pair in pairs:
                groups.join((one, pair.old.id), (other, pair.new.id))
    sizes = tuple(len(table.rows) for table in tables)
    rows = {(place, row.id): row for place, table in enumerate(tables) for row in table.rows}
    found = [[(place, rows[place, row_id]) for place, row_id in group] for group in groups.all()]
    recurring = [_recurring(group) for group in found if len({place for place, _ in group}) > 1]
    return Overlap(
        names=tuple(table.name for table in tables),
        questions=tuple(table.question for table in tables),
        sizes=sizes,
        shared=tuple(tuple(line) for line in shared),
        jaccard=tuple(
            tuple(_jaccard(shared[one][other], sizes[one], sizes[other]) for other in range(n)) for one in range(n)
        ),
        recurring=tuple(sorted(recurring, key=lambda claim: (-len(claim.tables), claim.tables, claim.text))),
        distinct=len(found),
    )


def overlap_json(found: Overlap) -> dict[str, Any]:
    """The overlap as plain values for JSON; the Jaccard index has four decimals."""
    return {
        "tables": [
            {"letter": letter, "name": name, "question": question, "claims": size}
            for letter, name, question, size in zip(
                _letters(found), found.names, found.questions, found.sizes, strict=True
            )
        ],
        "distinct": found.distinct,
        "shared": [list(line) for line in found.shared],
        "jaccard": [[None if value is None else round(value, 4) for value in line] for line in found.jaccard],
        "recurring": [
            {"text": claim.text, "cut": claim.cut, "tables": [_letter(place) for place in claim.tables]}
            for claim in found.recurring
        ],
    }


def overlap_text(found: Overlap) -> str:
    """The overlap for a terminal or a log, without colours; ends in a line break."""
    letters = _letters(found)
    width = max((len(cell) for line in _matrix(found) for cell in line), default=1) + 2
    lines = [_summary(found), ""]
    lines += [f"  {letter}  {_title(found, place)}" for place, letter in enumerate(letters)]
    lines += ["", "Shared claims, and Jaccard index in percent:", ""]
    lines.append(("    " + "".join(letter.rjust(width) for letter in letters)).rstrip())
    lines += [
        f"  {letter:<2}" + "".join(cell.rjust(width) for cell in line)
        for letter, line in zip(letters, _matrix(found), strict=True)
    ]
    for count, claims in _by_count(found):
        lines += ["", f"In {count} of {len(letters)} tables:"]
        lines += [f"  {_where(claim)}  {_shown(claim)}" for claim in claims]
    return "\n".join(lines) + "\n"


def overlap_markdown(found: Overlap) -> str:
    """The overlap as Markdown (GitHub's tables); text of the tables stays text."""
    letters = _letters(found)
    lines = [_summary(found), ""]
    lines += [f"- **{letter}**: {escape(_title(found, place))}" for place, letter in enumerate(letters)]
    lines += ["", "Shared claims, and Jaccard index in percent:", ""]
    lines.append("| | " + " | ".join(letters) + " |")
    lines.append("|---|" + "---:|" * len(letters))
    lines += [
        f"| **{letter}** | " + " | ".join(line) + " |" for letter, line in zip(letters, _matrix(found), strict=True)
    ]
    if found.recurring:
        lines += ["", "| tables | claim |", "|---|---|"]
        lines += [f"| {_where(claim)} | {escape(_shown(claim))} |" for claim in found.recurring]
    return "\n".join(lines) + "\n"


def _summary(found: Overlap) -> str:
    n, total, again = len(found.names), sum(found.sizes), len(found.recurring)
    return (
        f"{_count(n, 'table')} with {_count(total, 'claim')}, {found.distinct} of them distinct; "
        f"{again} {'stands' if again == 1 else 'stand'} in more than one table."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _title(found: Overlap, place: int) -> str:
    question = found.questions[place]
    about = f": {question}" if question else ""
    return one_line(f"{last_part(found.names[place]) or found.names[place]} ({found.sizes[place]}){about}")


def _matrix(found: Overlap) -> list[list[str]]:
    """The cells: ``12 (75%)``; a table's size where it meets itself."""
    cells = []
    for one, line in enumerate(found.shared):
        row = []
        for other, count in enumerate(line):
            share = found.jaccard[one][other]
            row.append(str(count) if one == other or share is None else f"{count} ({share:.0%})")
        cells.append(row)
    return cells


def _by_count(found: Overlap) -> list[tuple[int, list[Recurring]]]:
    counts = sorted({len(claim.tables) for claim in found.recurring}, reverse=True)
    return [(count, [claim for claim in found.recurring if len(claim.tables) == count]) for count in counts]


def _where(claim: Recurring) -> str:
    return " ".join(_letter(place) for place in claim.tables)


def _shown(claim: Recurring) -> str:
    text = one_line(claim.text)
    return f"{text}…" if claim.cut and not text.endswith(("…", "...")) else text


def _letters(found: Overlap) -> list[str]:
    return [_letter(place) for place in range(len(found.names))]


def _letter(place: int) -> str:
    """A, B, … Z, A1, B1, …."""
    return f"{chr(ord('A') + place % 26)}{place // 26 or ''}"


def _jaccard(matched: int, one: int, other: int) -> float | None:
    either = one + other - matched
    return matched / either if either else None


def _recurring(group: Sequence[tuple[int, Row]]) -> Recurring:
    whole = [row.text for _, row in group if not row.cut]
    texts = whole or [row.text for _, row in group]
    return Recurring(
        text=min(texts, key=lambda text: (-len(text), text)),
        cut=not whole,
        tables=tuple(sorted({place for place, _ in group})),
    )


_Key = tuple[int, str]


class _Groups:
    """Rows joined to claims: a union of sets, the smallest row standing for its set."""

    def __init__(self, rows: Iterable[_Key]) -> None:
        self._above: dict[_Key, _Key] = {row: row for row in rows}

    def join(self, one: _Key, other: _Key) -> None:
        """Two rows are one claim."""
        first, second = sorted((self._top(one), self._top(other)))
        self._above[second] = first

    def all(self) -> list[list[_Key]]:
        """The claims, each with its rows in order."""
        groups: dict[_Key, list[_Key]] = {}
        for row in sorted(self._above):
            groups.setdefault(self._top(row), []).append(row)
        return list(groups.values())

    def _top(self, row: _Key) -> _Key:
        while self._above[row] != row:
            self._above[row] = self._above[self._above[row]]
            row = self._above[row]
        return row
