"""The diff as Markdown for a comment on a pull request: nothing in it pings, links or breaks a table. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from synth.diff.delta import Delta, Kind, Pair
from synth.diff.shown import phrases
from synth.diff.shown.marks import Op, Piece, marks
from synth.diff.table import Row
from synth.report.markdown import escape
from synth.report.plain import one_line
from synth.report.wording import count, listed, opening

LIMIT = 65_000
"""Characters of the whole text. GitHub takes 65,536 a comment; the rest is left for whoever puts a line around it."""
_RESERVED = 400
"""For the line that says what was left out."""
_LONG = 10
"""Rows from which on a table is folded."""
_ANSWER = 4_000
_BREAK = "&#8203;"
"""A space of no width. GitHub looks for what it links in the rendered text, so a backslash does not stop it."""
_LINKED = re.compile(
    r"@|#(?=\d)|\bGH-(?=\d)|:(?=[\w\\+-]+:)|\b(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{4}(?=[\da-f]{3,36}\b)",
    re.IGNORECASE | re.ASCII,
)
"""Where a mention, an issue, an emoji or a commit begins."""
_TAGS = {Op.KEPT: "{}", Op.DELETED: "<del>{}</del>", Op.INSERTED: "<ins>{}</ins>"}
_HEADER = "| No. | Claim | Label | Confidence | Evidence |\n|---|---|---|---|---|\n"


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of the text that stands or falls as a whole, but for its rows."""

    before: str
    rows: tuple[str, ...] = ()
    after: str = ""


def delta_markdown(delta: Delta, *, limit: int = LIMIT) -> str:
    """What changed between two tables: a line with the counts, then a table for each kind of change.

    A claim stands once, under what a reviewer must see first. Unchanged claims are counted.

    Args:
        delta: The difference.
        limit: Characters at most; what does not fit is left out by whole rows, and counted.
    """
    return _fitted(_blocks(delta, "###"), limit)


def reports_markdown(
    deltas: Sequence[Delta], only_old: Sequence[str], only_new: Sequence[str], *, limit: int = LIMIT
) -> str:
    """What changed between two folders of reports; those in which nothing did are counted.

    Args:
        deltas: The differences of the reports that both folders have.
        only_old: Names of the reports that are gone.
        only_new: Names of the new ones.
        limit: As in :func:`delta_markdown`.
    """
    blocks = [_Block(f"### Claim tables\n\n**{safe(phrases.reports(deltas, only_old, only_new))}**\n\n")]
    for said, names in (("removed", only_old), ("added", only_new)):
        if names:
            rows = tuple(f"- {safe(name)}\n" for name in names)
            blocks.append(_Block(f"{opening(count(len(names), 'report'))} {said}:\n\n", rows, "\n"))
    for delta in deltas:
        if not delta.empty:
            blocks += _blocks(delta, "####")
    return _fitted(blocks, limit)


def safe(text: str) -> str:
    """Text that GitHub shows as it is.

    Beside what :func:`synth.report.markdown.escape` keeps from being mark-up, no mention, reference to an issue or a
    commit, address or emoji can come of it.
    """
    return _LINKED.sub(lambda match: match[0] + _BREAK, escape(text))


def marked(pieces: Iterable[Piece]) -> str:
    """Pieces of a text on one line, deleted ones within ``<del>``, inserted ones within ``<ins>``."""
    return "".join(_TAGS[piece.op].format(_inside(piece.text)) for piece in pieces)


def _inside(text: str) -> str:
    """A piece of a line, whose spaces at the ends count."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return f"{text[:start]}{safe(core)}{text[start + len(core) :]}"


def _blocks(delta: Delta, level: str) -> Iterator[_Block]:
    yield _Block("".join(f"{line}\n\n" for line in _head(delta, level)))
    under = {kind: [pair for pair in phrases.changed(delta) if phrases.first(pair) is kind] for kind in phrases.ORDER}
    for kind in phrases.ORDER:
        if kind is Kind.SAME:
            continue
        lone = {Kind.REMOVED: delta.removed, Kind.ADDED: delta.added}.get(kind, ())
        rows = [*(_lone(row) for row in lone), *(_pair(delta, pair) for pair in under[kind])]
        if rows:
            yield _table(kind, rows, delta.count(kind))


def _head(delta: Delta, level: str) -> Iterator[str]:
    yield f"{level} {safe(phrases.heading(delta)) or 'Claim table'}"
    yield f"**{safe(phrases.summary(delta))}**"
    yield f"{safe(delta.old.name)}{phrases.ARROW}{safe(delta.new.name)}"
    if asked := phrases.questions(delta):
        yield f"Two questions: {safe(asked[0])}{phrases.ARROW}{safe(asked[1])}"
    for said, ids in (("added", delta.papers_added), ("removed", delta.papers_removed)):
        if ids:
            yield f"Papers {said}: {safe(phrases.papers(ids))}"
    if delta.answer_changed:
        change = _marked(delta.old.answer or "", delta.new.answer or "")
        yield f"Answer: {change}" if len(change) <= _ANSWER else "The answer changed; it is too long to show here."
    if delta.score_changed:
        yield f"Quality score: {phrases.score(delta.old)}{phrases.ARROW}{phrases.score(delta.new)}"
    yield f"<sub>{safe(phrases.matching(delta))} {safe(phrases.noise(delta))}</sub>"


def _table(kind: Kind, rows: Sequence[str], total: int) -> _Block:
    above = total - len(rows)
    number = f"{total:,}, {above:,} of them above" if above else f"{total:,}"
    name = f"{opening(phrases.NAMES[kind])} ({number})"
    if len(rows) > _LONG:
        return _Block(f"<details><summary><b>{name}</b></summary>\n\n{_HEADER}", tuple(rows), "\n</details>\n\n")
    return _Block(f"**{name}**\n\n{_HEADER}", tuple(rows), "\n")


def _lone(row: Row) -> str:
    places = phrases.places(row.evidence)
    pieces = [safe(place) for place in places[:1]] + [f"and {len(places) - 1} more"] * (len(places) > 1)
    return _row(phrases.number(row), safe(phrases.text(row)), phrases.label(row), phrases.confidence(row), pieces)


def _pair(delta: Delta, pair: Pair) -> str:
    old, new = pair.old, pair.new
    gone, come = phrases.evidence_changes(delta, pair)
    claim = _marked(*phrases.wordings(pair))
    if also := phrases.also(pair):
        claim += f"<br><sub>{also}</sub>"
    return _row(
        phrases.number(old, new),
        claim,
        phrases.moved(phrases.label(old), phrases.label(new)),
        phrases.moved(phrases.confidence(old), phrases.confidence(new)),
        [
            *(f"<del>{safe(place)}</del>" for place in gone),
            *(f"<ins>{safe(place)}</ins>" for place in come),
        ],
    )


def _row(number: str, claim: str, label: str, confidence: str, evidence: Sequence[str]) -> str:
    return f"| {number} | {claim} | {label} | {confidence} | {'<br>'.join(evidence)} |\n"


def _marked(old: str, new: str) -> str:
    return marked(marks(one_line(old), one_line(new)))


def _fitted(blocks: Iterable[_Block], limit: int) -> str:
    """The blocks joined, without the rows and blocks that do not fit, and with a line that counts those."""
    parts: list[str] = []
    left, rows_out, blocks_out = limit - _RESERVED, 0, 0
    for block in blocks:
        room = left - len(block.before) - len(block.after)
        shown: list[str] = []
        for row in block.rows:
            if len(row) <= room:
                shown.append(row)
                room -= len(row)
        rows_out += len(block.rows) - len(shown)
        if room < 0 or (block.rows and not shown):
            blocks_out += not block.rows
            continue
        parts += [block.before, *shown, block.after]
        left = room
    counts = [count(rows_out, "row")] * bool(rows_out) + [count(blocks_out, "paragraph")] * bool(blocks_out)
    if counts:
        parts.append(f"**{listed(counts)} left out**: a comment has no room for more; `synth diff` shows everything.\n")
    return "".join(parts).rstrip("\n") + "\n"
