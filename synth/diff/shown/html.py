"""The diff as one HTML page, old and new side by side; it loads and runs nothing. Pure but for reading its template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from synth.diff.delta import Delta, Kind, Pair
from synth.diff.shown import phrases
from synth.diff.shown.marks import Op, Piece, marks, side
from synth.diff.table import Quote, Row
from synth.report.plain import one_line
from synth.report.templating import environment, styles
from synth.report.wording import opening

_TAGS = {
    Op.KEPT: Markup("{}"),
    Op.DELETED: Markup("<del>{}</del>"),
    Op.INSERTED: Markup("<ins>{}</ins>"),
}
_SIGNS = {Kind.REMOVED: "−", Kind.ADDED: "+", Kind.SAME: ""}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of evidence: where it stands, its words, and whether the other side has it too."""

    place: str
    text: str
    op: Op


@dataclass(frozen=True, slots=True)
class _Cell:
    """One side of a claim."""

    claim: Markup
    label: Markup
    confidence: Markup
    evidence: tuple[_Piece, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A claim with its sides; None where a table does not have it."""

    sign: str
    number: str
    said: str
    old: _Cell | None
    new: _Cell | None


@dataclass(frozen=True, slots=True)
class _Group:
    """The claims of one kind."""

    id: str
    name: str
    kind: str
    lines: tuple[_Line, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class _Fact:
    """Something beside the claims that changed."""

    name: str
    old: Markup
    new: Markup


@dataclass(frozen=True, slots=True)
class _Section:
    """One difference as the template shows it."""

    id: str
    heading: str
    old: str
    new: str
    summary: str
    facts: tuple[_Fact, ...]
    groups: tuple[_Group, ...]
    small: str


def delta_html(delta: Delta) -> str:
    """The page of one difference."""
    return _page(phrases.heading(delta), (_section(delta, ""),), "", (), ())


def reports_html(deltas: Sequence[Delta], only_old: Sequence[str], only_new: Sequence[str]) -> str:
    """The page of two folders of reports; those in which nothing changed are counted.

    Args:
        deltas: The differences of the reports that both folders have.
        only_old: Names of the reports that are gone.
        only_new: Names of the new ones.
    """
    sections = tuple(_section(one, f"report-{number}-") for number, one in enumerate(deltas, 1) if not one.empty)
    return _page("Claim tables", sections, phrases.reports(deltas, only_old, only_new), only_old, only_new)


def marked(pieces: Iterable[Piece]) -> Markup:
    """Pieces of a text, deleted ones within ``<del>``, inserted ones within ``<ins>``."""
    return Markup().join(_TAGS[piece.op].format(piece.text) for piece in pieces)


def _page(
    title: str, sections: Sequence[_Section], summary: str, only_old: Sequence[str], only_new: Sequence[str]
) -> str:
    return (
        environment("html")
        .get_template("diff.html.j2")
        .render(
            title=title,
            sections=sections,
            summary=summary,
            only_old=only_old,
            only_new=only_new,
            **styles(["report.css", "diff.css"]),
        )
    )


def _section(delta: Delta, prefix: str) -> _Section:
    asked = phrases.questions(delta)
    return _Section(
        id=f"{prefix}top",
        heading=phrases.heading(delta),
        old=delta.old.name,
        new=delta.new.name,
        summary=phrases.summary(delta),
        facts=tuple(_facts(delta, asked)),
        groups=tuple(_groups(delta, prefix)),
        small=f"{phrases.matching(delta)} {phrases.noise(delta)}",
    )


def _facts(delta: Delta, asked: tuple[str, str] | None) -> Iterator[_Fact]:
    if asked:
        yield _Fact("Question", *_sides(*asked))
    if delta.papers_added or delta.papers_removed:
        gone, come = (", ".join(ids) for ids in (delta.papers_removed, delta.papers_added))
        yield _Fact("Papers only here", _whole(Op.DELETED, gone), _whole(Op.INSERTED, come))
    if delta.answer_changed:
        yield _Fact("Answer", *_sides(delta.old.answer or "", delta.new.answer or ""))
    if delta.score_changed:
        yield _Fact("Quality score", *_values(phrases.score(delta.old), phrases.score(delta.new)))


def _groups(delta: Delta, prefix: str) -> Iterator[_Group]:
    lines: dict[Kind, list[_Line]] = {kind: [] for kind in phrases.ORDER}
    lines[Kind.REMOVED] += [_lone(row, Kind.REMOVED) for row in delta.removed]
    lines[Kind.ADDED] += [_lone(row, Kind.ADDED) for row in delta.added]
    for pair in delta.pairs:
        lines[phrases.first(pair)].append(_pair(delta, pair))
    for kind, listed in lines.items():
        if listed:
            above = delta.count(kind) - len(listed)
            number = f"{delta.count(kind):,}, {above:,} of them above" if above else f"{len(listed):,}"
            yield _Group(
                id=f"{prefix}{kind.value}",
                name=f"{opening(phrases.NAMES[kind])} ({number})",
                kind=kind.value,
                lines=tuple(listed),
                folded=kind is Kind.SAME,
            )


def _lone(row: Row, kind: Kind) -> _Line:
    op = Op.DELETED if kind is Kind.REMOVED else Op.INSERTED
    cell = _Cell(
        claim=_whole(op, phrases.text(row)),
        label=escape(phrases.label(row)),
        confidence=escape(phrases.confidence(row)),
        evidence=tuple(_piece(quote, Op.KEPT) for quote in row.evidence),
    )
    gone = kind is Kind.REMOVED
    return _Line(
        sign=_SIGNS[kind],
        number=phrases.number(row),
        said=phrases.NAMES[kind],
        old=cell if gone else None,
        new=None if gone else cell,
    )


def _pair(delta: Delta, pair: Pair) -> _Line:
    texts = _sides(*phrases.wordings(pair))
    labels = _values(phrases.label(pair.old), phrases.label(pair.new), Kind.LABEL_CHANGED in pair.kinds)
    moved = Kind.CONFIDENCE_CHANGED in pair.kinds  # within the noise band both stand without a mark
    confidences = _values(phrases.confidence(pair.old), phrases.confidence(pair.new), moved)
    cells = [
        _Cell(
            claim=texts[place],
            label=labels[place],
            confidence=confidences[place],
            evidence=tuple(_piece(quote, op if quote in other else Op.KEPT) for quote in row.evidence),
        )
        for place, (row, op, other) in enumerate(
            zip((pair.old, pair.new), (Op.DELETED, Op.INSERTED), phrases.evidence(delta, pair), strict=True)
        )
    ]
    return _Line(
        sign=_SIGNS.get(phrases.first(pair), "~"),
        number=phrases.number(pair.old, pair.new),
        said=phrases.kinds(pair),
        old=cells[0],
        new=cells[1],
    )


def _sides(old: str, new: str) -> tuple[Markup, Markup]:
    """Two texts with the words marked that the other does not have."""
    pieces = marks(one_line(old), one_line(new))
    return marked(side(pieces, Op.DELETED)), marked(side(pieces, Op.INSERTED))


def _values(old: str, new: str, changed: bool = True) -> tuple[Markup, Markup]:
    """Two values, marked as a whole where they changed."""
    return (_whole(Op.DELETED, old), _whole(Op.INSERTED, new)) if changed else (escape(old), escape(new))


def _whole(op: Op, text: str) -> Markup:
    return marked([Piece(op, one_line(text))]) if text else Markup()


def _piece(quote: Quote, op: Op) -> _Piece:
    return _Piece(place=phrases.place(quote), text=quote.text, op=op)
