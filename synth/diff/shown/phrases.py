"""The words in which every form of the diff says the same. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from synth.diff.delta import Delta, Kind, MatchedBy, Meaning, Pair
from synth.diff.table import Quote, Row, Table
from synth.report.wording import LABELS, MARKS, VERIFIED, count, listed, opening
from synth.text import normalise
from synth.types import Stance

ORDER = (
    Kind.REMOVED,
    Kind.LABEL_CHANGED,
    Kind.ADDED,
    Kind.REWORDED,
    Kind.CONFIDENCE_CHANGED,
    Kind.EVIDENCE_CHANGED,
    Kind.SAME,
)
"""What a reviewer must see first stands first."""

NAMES = {
    Kind.REMOVED: "removed",
    Kind.LABEL_CHANGED: "label changed",
    Kind.ADDED: "added",
    Kind.REWORDED: "reworded",
    Kind.CONFIDENCE_CHANGED: "confidence changed",
    Kind.EVIDENCE_CHANGED: "evidence changed",
    Kind.SAME: "unchanged",
}
ARROW = " → "
NOTHING = "–"
_PAPERS = 12
_BEGINNING = 50
_FIGURES = "figures differ, perhaps another claim"

_MATCHED = {
    MatchedBy.ID: "by id",
    MatchedBy.WORDING: "by wording",
    MatchedBy.CUT: "as the broken-off beginning of the other",
    MatchedBy.MEANING: "by meaning",
}
_STANCES = {Stance.SUPPORTS: "supports", Stance.REFUTES: "refutes", Stance.NEUTRAL: "bears on it"}


def heading(delta: Delta) -> str:
    """What the tables are about, in one line: a question or a title, of the new table if it has one."""
    said = (delta.new.question, delta.old.question, delta.new.title, delta.old.title)
    return next((text for text in said if text), "Claim table")


def questions(delta: Delta) -> tuple[str, str] | None:
    """Both questions where they differ, which a reader has to know before all else."""
    old, new = delta.old.question, delta.new.question
    return (old, new) if old and new and normalise(old) != normalise(new) else None


def summary(delta: Delta) -> str:
    """How many claims are of each kind, in one line."""
    if delta.empty:
        return f"Nothing changed: {count(len(delta.pairs), 'claim')}, the same in both."
    counts = [(kind, delta.count(kind)) for kind in ORDER]
    said = listed([f"{number:,} {NAMES[kind]}" for kind, number in counts if number]) or "no claim in either table"
    return f"Claims: {said}."


def reports(deltas: Sequence[Delta], only_old: Sequence[str], only_new: Sequence[str]) -> str:
    """How many reports of two folders changed, in one line."""
    moved = sum(not delta.empty for delta in deltas)
    said = [f"{count(len(deltas), 'report')} in both folders, {moved:,} of them changed"]
    said += [f"{len(names):,} {which}" for which, names in (("removed", only_old), ("added", only_new)) if names]
    return opening(f"{listed(said)}.")


def matching(delta: Delta) -> str:
    """How the rows of both tables were matched."""
    ways = Counter(pair.matched_by for pair in delta.pairs)
    how = listed([f"{ways[way]:,} {_MATCHED[way]}" for way in MatchedBy if ways[way]])
    sentences = [opening(f"{count(len(delta.pairs), 'claim')} of both tables matched{': ' if how else ''}{how}.")]
    if delta.meaning is Meaning.LEFT_OUT:
        sentences.append(
            "Rows were left over on both sides and matching by meaning was left out,"
            " so a reworded claim may stand as one removed and one added."
        )
    if delta.meaning is Meaning.USED:
        sentences.append("What was left over was compared by meaning as well.")
    return " ".join(sentences)


def noise(delta: Delta) -> str:
    """When a confidence counts as changed."""
    reason = f" ({delta.noise_reason.rstrip('.')})" if delta.noise_reason else ""
    return f"A confidence counts as changed when it moved by more than {delta.noise:.3f}{reason}."


def kinds(pair: Pair) -> str:
    """What changed of a claim, with a warning where it may be another one."""
    return "; ".join([", ".join(NAMES[kind] for kind in pair.kinds), *([_FIGURES] if pair.figures_changed else [])])


def also(pair: Pair) -> str:
    """What changed beside the kind that a claim is listed under; empty where nothing did."""
    others = ", ".join(NAMES[kind] for kind in pair.kinds if kind is not first(pair))
    return "; ".join([*([f"also {others}"] if others else []), *([_FIGURES] if pair.figures_changed else [])])


def changed(delta: Delta) -> tuple[Pair, ...]:
    """The pairs in which anything changed."""
    return tuple(pair for pair in delta.pairs if Kind.SAME not in pair.kinds)


def first(pair: Pair) -> Kind:
    """The kind under which a claim is listed where it stands once: what a reviewer must see first."""
    return next(kind for kind in ORDER if kind in pair.kinds)


def number(*rows: Row) -> str:
    """The places of a claim in the tables that have it: ``4 → 7``, or one number where both are the same."""
    return ARROW.join(dict.fromkeys(str(row.number) for row in rows))


def text(row: Row) -> str:
    """The wording, with a sign where the table broke it off."""
    return f"{row.text}…" if row.cut and not row.text.endswith(("…", "...")) else row.text


def wordings(pair: Pair) -> tuple[str, str]:
    """Both wordings; where the claim is not reworded, twice the one that is whole."""
    if Kind.REWORDED in pair.kinds:
        return text(pair.old), text(pair.new)
    whole = text(pair.old) if pair.new.cut and not pair.old.cut else text(pair.new)
    return whole, whole


def label(row: Row) -> str:
    """The sign and the label of a row, in the words of the report."""
    if row.label is None:
        return {True: f"{VERIFIED} verified", False: "not verified", None: NOTHING}[row.verified]
    return f"{VERIFIED if row.verified else MARKS[row.label]} {LABELS[row.label]}"


def confidence(row: Row) -> str:
    """The confidence with two digits."""
    return NOTHING if row.confidence is None else f"{row.confidence:.2f}"


def moved(old: str, new: str) -> str:
    """``old → new``, or the one of them where they are the same."""
    return old if old == new else f"{old}{ARROW}{new}"


def place(quote: Quote) -> str:
    """Where a piece of evidence stands and what it says of the claim: ``1911.02116v2, p. 4, supports``."""
    page = f"p. {quote.page}" if quote.page else ""
    return ", ".join(part for part in (quote.paper_id, page, _STANCES[quote.stance] if quote.stance else "") if part)


def evidence(delta: Delta, pair: Pair) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """The pieces that only the old row shows, and those that only the new one does; none where that did not change.

    Where one table shows the best piece only, it stands against the first of the other's.
    """
    if Kind.EVIDENCE_CHANGED not in pair.kinds:
        return (), ()
    old, new = pair.old.evidence, pair.new.evidence
    if delta.old.shows_evidence != delta.new.shows_evidence:
        old, new = old[:1], new[:1]
    pages = all(quote.page is not None for quote in (*old, *new))
    stances = all(quote.stance is not None for quote in (*old, *new))
    gone, come = _lacking(old, new, pages, stances), _lacking(new, old, pages, stances)
    return (gone, come) if gone or come else (old, new)


def evidence_changes(delta: Delta, pair: Pair) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What :func:`evidence` gives, as text: places, with the beginning of the words where those alone differ."""
    gone, come = evidence(delta, pair)
    both = {place(quote) for quote in gone} & {place(quote) for quote in come}
    return _told(gone, both), _told(come, both)


def places(quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Where pieces of evidence stand, each place once."""
    return _told(quotes, frozenset())


def _told(quotes: Sequence[Quote], unclear: Collection[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            f"{place(quote)}: “{quote.text[:_BEGINNING]}…”" if place(quote) in unclear else place(quote)
            for quote in quotes
        )
    )


def _lacking(quotes: Sequence[Quote], others: Sequence[Quote], pages: bool, stances: bool) -> tuple[Quote, ...]:
    def key(quote: Quote) -> tuple[object, ...]:
        return quote.paper_id, quote.page if pages else None, quote.stance if stances else None, normalise(quote.text)

    known = {key(quote) for quote in others}
    return tuple(quote for quote in quotes if key(quote) not in known)


def papers(ids: Sequence[str]) -> str:
    """``2 (1911.02116v2, 2005.00633v1)``; of a long list the first ones."""
    said = [*ids[:_PAPERS], *([f"and {len(ids) - _PAPERS:,} more"] if len(ids) > _PAPERS else [])]
    return f"{len(ids):,} ({', '.join(said)})"


def score(table: Table) -> str:
    """The quality score as the report prints it."""
    return NOTHING if table.score is None else f"{table.score:.1f}"
