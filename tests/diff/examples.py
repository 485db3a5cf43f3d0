"""Invented claims and tables of them, as the matching and the comparing are tested on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from synth.diff.table import Quote, Row, Table
from synth.text import claim_id
from synth.types import Label, Stance

CUT_AT = 120
LONG = (
    "Training the encoder on parallel sentences before fine-tuning improves retrieval in all seven languages by 8.7 "
    "points over the baseline that has seen English alone."
)
_SUBJECTS = ("The encoder", "The small decoder", "A frozen adapter", "Larkspur", "Tessera-2", "Each annotator")
_VERBS = ("improves", "reduces", "explains", "does not change", "doubles")
_OBJECTS = ("the recall of rare words", "the loss on long documents", "transfer to Finnish", "agreement", "the error")
_ENDS = ("", " by 8.1 points", " by 8.7 points", " in nine languages", " more than the baseline", " (Meadow, 2019)")


def row(text: str, number: int = 1, *, cut: bool = False, name: str | None = None) -> Row:
    """A row with nothing but its wording."""
    return Row(id=name or claim_id(text), number=number, text=text, cut=cut)


def rows(*texts: str) -> tuple[Row, ...]:
    """Rows numbered from 1."""
    return tuple(row(text, number) for number, text in enumerate(texts, start=1))


def shortened(whole: Row, length: int = CUT_AT) -> Row:
    """The row as a sample card shows it."""
    text = whole.text[:length]
    return replace(whole, text=text, cut=True, id=claim_id(text))


def table(*given: Row, **more: object) -> Table:
    """A table of rows."""
    return replace(Table(name="table", rows=given), **more)  # type: ignore[arg-type]


claims = st.builds(
    lambda subject, verb, thing, end: f"{subject} {verb} {thing}{end}.",
    st.sampled_from(_SUBJECTS),
    st.sampled_from(_VERBS),
    st.sampled_from(_OBJECTS),
    st.sampled_from(_ENDS),
)
quotes = st.builds(
    Quote,
    paper_id=st.sampled_from(["2101.00001v1", "2102.00002v1"]),
    page=st.sampled_from([None, 0, 3]),
    stance=st.sampled_from([None, *Stance]),
    text=st.sampled_from(["It rose.", "It fell."]),
)


@st.composite
def tables(draw: st.DrawFn, size: int = 6) -> Table:
    """A table of different claims, some of them cut."""
    texts = draw(st.lists(claims, max_size=size, unique_by=claim_id))
    made: dict[str, Row] = {}
    for text in texts:
        whole = Row(
            id=claim_id(text),
            number=len(made) + 1,
            text=text,
            label=draw(st.sampled_from([None, *Label])),
            verified=draw(st.sampled_from([None, True, False])),
            confidence=draw(st.none() | st.sampled_from([0.0, 0.5, 0.52, 0.55, 1.0])),
            evidence=tuple(draw(st.lists(quotes, max_size=2))),
        )
        made.setdefault(whole.id, shortened(whole, len(text) - draw(st.integers(1, 9))) if draw(cuts) else whole)
    distinct = {made_row.id: made_row for made_row in made.values()}
    return Table(
        name="table",
        rows=tuple(distinct.values()),
        shows_evidence=draw(st.sampled_from(["all", "best", "none"])),
        papers=draw(st.none() | st.just(("2101.00001v1",))),
        error=draw(st.sampled_from([None, 0.03, 0.08])),
    )


cuts = st.integers(0, 4).map(lambda value: value == 0)


def reordered(given: Sequence[Row], order: Sequence[int]) -> tuple[Row, ...]:
    """The same rows, with their numbers, in another order."""
    return tuple(given[place] for place in order)
