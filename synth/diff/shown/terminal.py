"""The diff as text for a terminal, and for whatever a terminal's output is piped into. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import islice

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from synth.diff.delta import Delta, Kind, Pair
from synth.diff.shown import phrases
from synth.diff.shown.marks import Op, inline, marks
from synth.diff.table import Row
from synth.report.plain import one_line
from synth.report.wording import count, opening

_WIDE = 100
"""Columns from which on label, confidence and evidence stand beside the claim; below, they stand under it."""
_STYLES = {Op.KEPT: "", Op.DELETED: "red strike", Op.INSERTED: "green underline"}
_SIGNS = {"-": "red", "+": "green", "~": "yellow", " ": ""}
MOST = 1_000
"""Claims listed unless everything is asked for: nobody reads more in a terminal, and drawing them takes its time."""
_SHOWN = 2
"""Places of evidence listed for a claim that one table has; the rest is counted."""


def delta_text(delta: Delta, *, width: int = 120, colour: bool = False, everything: bool = False) -> str:
    """What changed between two tables: a head with the counts, and a table of the claims that changed.

    Args:
        delta: The difference.
        width: Columns to fill.
        colour: Whether the reader's terminal shows colours and struck text; without, changed words stand as
            ``[-old-] {+new+}`` and no control code is written.
        everything: List unchanged claims as well, and however many changed.
    """
    return _Page(width, colour).of(delta, everything)


def reports_text(
    deltas: Sequence[Delta],
    only_old: Sequence[str],
    only_new: Sequence[str],
    *,
    width: int = 120,
    colour: bool = False,
    everything: bool = False,
) -> str:
    """What changed between two folders of reports: each report's difference, then those that one folder has alone.

    Args:
        deltas: The differences of the reports that both folders have.
        only_old: Names of the reports that are gone.
        only_new: Names of the new ones.
        width: Columns to fill.
        colour: As in :func:`delta_text`.
        everything: List unchanged claims, and reports in which nothing changed, as well.
    """
    page = _Page(width, colour)
    shown = [delta for delta in deltas if everything or not delta.empty]
    parts = [page.of(delta, everything) for delta in shown]
    lines = [phrases.reports(deltas, only_old, only_new)]
    lines += [f"- {one_line(name)}" for name in only_old] + [f"+ {one_line(name)}" for name in only_new]
    return f"\n{'─' * min(width, 60)}\n\n".join([*parts, "\n".join(lines) + "\n"])


class _Page:
    """A place to draw on, of a certain width, with colours or without."""

    def __init__(self, width: int, colour: bool) -> None:
        self._wide = width >= _WIDE
        self._colour = colour
        self._console = Console(
            file=io.StringIO(),
            width=max(width, 24),
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            _environ={},  # what the terminal can do was looked up at the edge
        )

    def of(self, delta: Delta, everything: bool) -> str:
        """The whole text of a difference, each line without spaces at its end."""
        with self._console.capture() as drawn:
            for line in self._head(delta):
                self._console.print(line, soft_wrap=True)
            rows = [*islice(self._rows(delta, everything), None if everything else MOST)]
            if rows:
                self._console.print(self._grid(rows))
            left = len(delta.removed) + len(delta.added) + len(phrases.changed(delta)) - len(rows)
            if left > 0:
                more = f"{count(left, 'more claim')} changed; --all lists them here, and so do --format html and json."
                self._console.print(Text(opening(more), "bold"), soft_wrap=True)
        lines = [line.rstrip() for line in drawn.get().splitlines()]
        return "\n".join(lines).rstrip("\n") + "\n"

    def _head(self, delta: Delta) -> Iterator[Text]:
        yield Text(one_line(phrases.heading(delta)), "bold")
        yield Text(f"- {one_line(delta.old.name)}", "red")
        yield Text(f"+ {one_line(delta.new.name)}", "green")
        if asked := phrases.questions(delta):
            yield Text(f"Two questions: {one_line(asked[0])}{phrases.ARROW}{one_line(asked[1])}")
        yield Text("")
        yield Text(phrases.summary(delta), "bold")
        for said, ids in (("added", delta.papers_added), ("removed", delta.papers_removed)):
            if ids:
                yield Text(f"Papers {said}: {one_line(phrases.papers(ids))}")
        if delta.answer_changed:
            yield Text("Answer: ").append_text(self._marked(delta.old.answer or "", delta.new.answer or ""))
        if delta.score_changed:
            yield Text(f"Quality score: {phrases.score(delta.old)}{phrases.ARROW}{phrases.score(delta.new)}")
        yield Text(one_line(phrases.matching(delta)), "dim")
        yield Text(one_line(phrases.noise(delta)), "dim")

    def _rows(self, delta: Delta, everything: bool) -> Iterator[tuple[Text, ...]]:
        for row in delta.removed:
            yield self._lone("-", row, Kind.REMOVED)
        for row in delta.added:
            yield self._lone("+", row, Kind.ADDED)
        for pair in phrases.changed(delta):
            yield self._pair("~", delta, pair)
        if everything:
            yield from (self._pair(" ", delta, pair) for pair in delta.of(Kind.SAME))

    def _lone(self, sign: str, row: Row, kind: Kind) -> tuple[Text, ...]:
        places = phrases.places(row.evidence)
        evidence = [Text(one_line(place)) for place in places[:_SHOWN]]
        if len(places) > _SHOWN:
            evidence.append(Text(f"and {len(places) - _SHOWN} more", "dim"))
        return self._line(
            sign,
            phrases.number(row),
            Text(one_line(phrases.text(row)), _SIGNS[sign]),
            phrases.NAMES[kind],
            [phrases.label(row)],
            [phrases.confidence(row)],
            evidence,
        )

    def _pair(self, sign: str, delta: Delta, pair: Pair) -> tuple[Text, ...]:
        gone, come = phrases.evidence_changes(delta, pair)
        return self._line(
            sign,
            phrases.number(pair.old, pair.new),
            self._marked(*phrases.wordings(pair)),
            phrases.kinds(pair),
            [*dict.fromkeys([phrases.label(pair.old), phrases.label(pair.new)])],
            [*dict.fromkeys([phrases.confidence(pair.old), phrases.confidence(pair.new)])],
            [*self._changed_evidence("-", gone), *self._changed_evidence("+", come)],
        )

    def _changed_evidence(self, sign: str, places: Sequence[str]) -> Iterator[Text]:
        return (Text(f"{sign} {one_line(place)}", _SIGNS[sign]) for place in places)

    def _line(
        self,
        sign: str,
        number: str,
        claim: Text,
        kinds: str,
        labels: list[str],
        confidences: list[str],
        evidence: list[Text],
    ) -> tuple[Text, ...]:
        first = Text(f"{sign} {number}", _SIGNS[sign])
        claim = claim.append("\n").append(kinds, "dim")
        if self._wide:
            arrow = phrases.ARROW.rstrip()
            verdict = Text(f"{arrow}\n".join(labels)), Text(phrases.ARROW.join(confidences))
            return first, claim, *verdict, _lines(evidence)
        claim.append(f"\n{phrases.ARROW.join(labels)}, confidence {phrases.ARROW.join(confidences)}")
        return first, claim.append_text(_lines([Text(""), *evidence]))

    def _grid(self, rows: list[tuple[Text, ...]]) -> Grid:
        grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), leading=1, expand=True)
        grid.add_column("No.", no_wrap=True)
        grid.add_column("Claim", ratio=1, overflow="fold")
        if self._wide:
            grid.add_column("Label", max_width=20)
            grid.add_column("Confidence", no_wrap=True)
            grid.add_column("Evidence", max_width=28, overflow="fold")
        for row in rows:
            grid.add_row(*row)
        return grid

    def _marked(self, old: str, new: str) -> Text:
        pieces = marks(one_line(old), one_line(new))
        if not self._colour:
            return Text(inline(pieces))
        return Text.assemble(*((piece.text, _STYLES[piece.op]) for piece in pieces))


def _lines(texts: Sequence[Text]) -> Text:
    return Text("\n").join(texts)
