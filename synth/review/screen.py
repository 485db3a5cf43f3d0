"""One claim as a reviewer sees it in the terminal. Pure: values in, things that rich can print out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from synth.report.plain import one_line
from synth.report.standing import decided
from synth.report.wording import LABELS, count, mark, whole_sentence
from synth.review.carrying import Overtaken
from synth.review.decisions import note
from synth.review.desk import Desk
from synth.store.reviews import Act, Entry
from synth.types import CheckedClaim, Evidence, Label, NumberCheck, Origin, Passage, Stance


class Context(Protocol):
    """What the report does not show of its papers."""

    def around(self, place: Passage | Origin) -> tuple[str, str]:
        """The text before and behind a place; empty where it is not known."""

    def nearest(self, claim_id: str) -> tuple[Passage, ...]:
        """Passages that were weighed for a claim, where they are known."""


COLOURS = {
    Label.SUPPORTED: "green",
    Label.REFUTED: "red",
    Label.CONFLICTING: "yellow",
    Label.NOT_ENOUGH_INFO: "blue",
    Label.NOT_CHECKWORTHY: "magenta",
}
_STANCES = {Stance.SUPPORTS: "supports it", Stance.REFUTES: "refutes it", Stance.NEUTRAL: "takes no side"}
_NUMBERS = {
    NumberCheck.AGREE: "figures agree",
    NumberCheck.MISSING: "a figure is not there",
    NumberCheck.DISAGREE: "figures disagree",
}


def claim_panel(desk: Desk, context: Context) -> Panel:
    """The claim in view with its verdict, its quotes in their context, and what this reviewer said before.

    What others decided is not shown: their view must not sway this one.
    """
    row = desk.current.row
    passages = {passage.id: passage for passage in desk.report.passages}
    titles = {one.paper.id: one.paper.title for one in desk.report.papers}
    parts: list[RenderableType] = [Text(one_line(row.claim.text), style="bold"), Text(), _verdict(row)]
    for origin in row.claim.origins:
        parts += _stated(origin, row, titles, context)
    for number, piece in enumerate(row.verdict.evidence, 1):
        passage = passages[piece.passage_id]
        parts += [Text(), _place(number, piece, passage, titles), _quote(passage.text, context.around(passage))]
        parts += [_sum(piece.arithmetic)] if piece.arithmetic else []
    if not row.verdict.evidence:
        parts += _nearest(row, titles, context)
    parts += [part for line in _before(desk.state, desk.overtaken) for part in (Text(), Text(line, style="yellow"))]
    total = len(desk.report.claims)
    title = f"claim {row.number} of {total} · {desk.n_decided} decided by {desk.reviewer}"
    return Panel(Group(*parts), title=Text(title), title_align="left", padding=(1, 2))


def _verdict(row: CheckedClaim) -> Text:
    verdict = row.verdict
    sure = "no confidence" if verdict.confidence is None else f"confidence {verdict.confidence:.2f}"
    text = Text.assemble((f"{mark(verdict)} {LABELS[verdict.label]}", f"bold {COLOURS[verdict.label]}"), f" · {sure}")
    return text.append(f" · {one_line(whole_sentence(verdict.reason))}")


def _stated(origin: Origin, row: CheckedClaim, titles: dict[str, str], context: Context) -> Iterator[RenderableType]:
    """Where the claim was taken from; word for word where that says more than the claim."""
    yield _dim(f"stated in {_where(origin, titles)}")
    around = context.around(origin)
    if any(around) or origin.verbatim != row.claim.text:
        yield _quote(origin.verbatim, around)


def _nearest(row: CheckedClaim, titles: dict[str, str], context: Context) -> Iterator[RenderableType]:
    near = context.nearest(row.claim.id)
    yield Text()
    yield _dim(f"No passage speaks for or against it.{' The nearest that were read:' if near else ''}")
    for passage in near:
        yield Text()
        yield Text(f"[–] {_where(passage, titles)}")
        yield _quote(passage.text, context.around(passage))


def _where(place: Origin | Passage, titles: dict[str, str]) -> str:
    title = titles.get(place.paper_id)
    name = f"{title} ({place.paper_id})" if title else place.paper_id
    page = f", page {place.page}" if place.page else ""
    return one_line(f"{name}, {place.section}{page}")


def _place(number: int, piece: Evidence, passage: Passage, titles: dict[str, str]) -> Text:
    facts = [_STANCES[piece.stance], _where(passage, titles)]
    facts.append("another paper" if piece.independent else "the claim's own paper")
    if piece.numbers in _NUMBERS:
        facts.append(_NUMBERS[piece.numbers])
    return Text(f"[{number}] {' · '.join(facts)}")


def _quote(words: str, around: tuple[str, str]) -> Padding:
    """A quote, with what stands around it in grey."""
    before, after = (one_line(text) for text in around)
    text = Text.assemble((f"{before} ", "dim") if before else "", f"“{one_line(words)}”")
    return Padding(text.append(f" {after}", style="dim") if after else text, (0, 0, 0, 4))


def _sum(arithmetic: str) -> Padding:
    """What the table's rows give together, where the verdict rests on that and not on this one row."""
    return Padding(Text(one_line(f"From the table: {arithmetic}")), (0, 0, 0, 4))


def _before(state: Entry | None, overtaken: Overtaken | None) -> Iterator[str]:
    if overtaken:
        yield one_line(f"Asked again: {overtaken.reason}. Before: {decision_line(overtaken.entry)}")
    if state:
        yield one_line(f"So far: {decision_line(state)}")


def decision_line(entry: Entry) -> str:
    """``accepted by NAME on DAY: COMMENT``, in the report's words; or that the claim was left open."""
    found = note(entry)
    if found is None:
        return one_line(f"left open by {entry.reviewer} on {entry.made.date().isoformat()}: {entry.comment}")
    return one_line(decided(found))


def summary_line(desk: Desk) -> str:
    """What was done in this session, and what is left."""
    done = [f"{desk.tally[act]} {word}" for act, word in _DONE.items() if desk.tally[act]]
    total = len(desk.report.claims)
    left = total - desk.n_decided
    said = ", ".join(done) or "nothing decided"
    again = f", {desk.n_to_ask_again} of them to be asked again" if desk.n_to_ask_again else ""
    decided = f"{desk.n_decided} of {count(total, 'claim')} decided, {left} open{again}"
    return f"{desk.reviewer}: {said} in this session; {decided}."


_DONE = {Act.ACCEPT: "accepted", Act.REJECT: "rejected", Act.LABEL: "relabelled", Act.UNDO: "undone"}


def _dim(text: str) -> Text:
    return Text(text, style="dim")
