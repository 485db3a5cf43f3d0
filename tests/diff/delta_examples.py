"""Differences of invented claim tables: one with everything in it, and any that hypothesis can think of."""

from __future__ import annotations

from hypothesis import strategies as st

from synth.diff.delta import Delta, Kind, MatchedBy, Meaning, Pair
from synth.diff.table import Quote, Row, Table
from synth.report.plain import one_line
from synth.text import claim_id
from synth.types import Label, Stance

NASTY = (
    '=HYPERLINK("http://evil.example") | `code` <script>alert(1)</script> @someone #12 GH-7 [red]text[/red] '
    "\x1b[31mred\x1b[0m \u202ereversed\u202c \ud800 \x00 :tada: ${{ env }} <!-- x --> &lt; www.evil.example a@b.example"
)


def row(number: int, text: str, label: Label | None = Label.SUPPORTED, confidence: float | None = 0.8, **more) -> Row:
    return Row(id=claim_id(one_line(text)), number=number, text=text, label=label, confidence=confidence, **more)


def quote(paper: str, text: str, page: int | None = 4, stance: Stance | None = Stance.SUPPORTS) -> Quote:
    return Quote(paper_id=paper, page=page, stance=stance, text=text)


def pair(old: Row, new: Row, *kinds: Kind, by=MatchedBy.ID, similarity=1.0, figures=False) -> Pair:
    said = kinds or (Kind.SAME,)
    return Pair(old=old, new=new, matched_by=by, similarity=similarity, kinds=said, figures_changed=figures)


SAME = row(1, "Lakes freeze earlier in the north.", verified=True)
MOVED = row(2, "Ice forms first at the shore.", Label.NOT_ENOUGH_INFO, 0.55)
OLD_WORDING = row(3, "The ice is 13.8 centimetres thick in January.", confidence=0.71)
NEW_WORDING = row(5, "In January the ice is 14.6 centimetres thick on average.", confidence=0.74)
OLD_LABEL = row(
    4,
    "Fish grow faster under clear ice.",
    Label.SUPPORTED,
    0.91,
    verified=True,
    evidence=(quote("1501.00001v1", "Growth was higher under clear ice."),),
)
NEW_LABEL = row(
    3,
    "Fish grow faster under clear ice.",
    Label.REFUTED,
    0.34,
    verified=False,
    evidence=(
        quote("1502.00002v1", "Growth was lower under clear ice.", 0, Stance.REFUTES),
        quote("1501.00001v1", "Growth was higher under clear ice, they wrote at first.", None, None),
    ),
)
REMOVED = row(5, f"Snow keeps the light out. {NASTY}", Label.CONFLICTING, 0.4)
ADDED = row(4, f"Salt lowers the freezing point. {NASTY}", None, None, verified=False)
OLD = Table(
    name="HEAD~1:reports/ice/claims.csv",
    rows=(SAME, MOVED, OLD_WORDING, OLD_LABEL, REMOVED),
    question="How does ice grow on lakes?",
    papers=("1501.00001v1", "1503.00003v1"),
    answer="Only in part.",
    score=6.4,
)
NEW = Table(
    name="reports/ice/claims.csv",
    rows=(SAME, MOVED, NEW_LABEL, ADDED, NEW_WORDING),
    question="How does ice grow on lakes?",
    papers=("1501.00001v1", "1502.00002v1"),
    answer="Ice grows from the shore. <b>Not</b> @everyone.",
    score=7.1,
)
DELTA = Delta(
    old=OLD,
    new=NEW,
    pairs=(
        pair(SAME, SAME),
        pair(MOVED, row(2, MOVED.text, MOVED.label, 0.72), Kind.CONFIDENCE_CHANGED),
        pair(OLD_LABEL, NEW_LABEL, Kind.LABEL_CHANGED, Kind.CONFIDENCE_CHANGED, Kind.EVIDENCE_CHANGED),
        pair(OLD_WORDING, NEW_WORDING, Kind.REWORDED, by=MatchedBy.MEANING, similarity=0.62, figures=True),
    ),
    added=(ADDED,),
    removed=(REMOVED,),
    noise=0.05,
    noise_reason="half the calibration error",
    meaning=Meaning.USED,
    papers_added=("1502.00002v1",),
    papers_removed=("1503.00003v1",),
)
EMPTY = Delta(
    old=OLD,
    new=OLD,
    pairs=tuple(pair(one, one) for one in OLD.rows),
    added=(),
    removed=(),
    noise=0.05,
    noise_reason="",
    meaning=Meaning.NOT_NEEDED,
)

TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(st.sampled_from("\\`*_{}[]()<>|~$&#+-=.!:;@'\"1 aB\n\t/é\x1b\u202e\ud800\x00"), max_size=40),
    st.just(NASTY),
)
CONFIDENCES = st.one_of(st.none(), st.floats(0, 1))
QUOTES = st.builds(
    Quote,
    paper_id=TEXTS,
    page=st.one_of(st.none(), st.integers(0, 99)),
    stance=st.one_of(st.none(), st.sampled_from(Stance)),
    text=TEXTS,
)
ROWS = st.builds(
    Row,
    id=st.text("0123456789abcdef", min_size=12, max_size=12),
    number=st.integers(1, 99_999),
    text=TEXTS,
    cut=st.booleans(),
    label=st.one_of(st.none(), st.sampled_from(Label)),
    verified=st.one_of(st.none(), st.booleans()),
    confidence=CONFIDENCES,
    evidence=st.lists(QUOTES, max_size=3).map(tuple),
)
CHANGES = st.lists(
    st.sampled_from([Kind.REWORDED, Kind.LABEL_CHANGED, Kind.CONFIDENCE_CHANGED, Kind.EVIDENCE_CHANGED]), unique=True
).map(lambda kinds: tuple(sorted(kinds, key=list(Kind).index)) or (Kind.SAME,))
PAIRS = st.builds(
    Pair,
    old=ROWS,
    new=ROWS,
    matched_by=st.sampled_from(MatchedBy),
    similarity=st.floats(0, 1),
    kinds=CHANGES,
    figures_changed=st.booleans(),
)
PAPERS = st.lists(TEXTS, max_size=3).map(tuple)
TABLES = st.builds(
    Table,
    name=TEXTS,
    rows=st.just(()),
    question=st.one_of(st.none(), TEXTS),
    title=TEXTS,
    papers=st.one_of(st.none(), PAPERS),
    answer=st.one_of(st.none(), TEXTS),
    score=st.one_of(st.none(), st.floats(0, 10)),
)
DELTAS = st.builds(
    Delta,
    old=TABLES,
    new=TABLES,
    pairs=st.lists(PAIRS, max_size=3).map(tuple),
    added=st.lists(ROWS, max_size=2).map(tuple),
    removed=st.lists(ROWS, max_size=2).map(tuple),
    noise=st.floats(0, 1),
    noise_reason=TEXTS,
    meaning=st.sampled_from(Meaning),
    papers_added=PAPERS,
    papers_removed=PAPERS,
)
