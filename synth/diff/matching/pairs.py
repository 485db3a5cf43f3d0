"""Which row of one table is which row of another: by id, by wording, by meaning. Pure apart from asking the judge."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from synth.diff.delta import MatchedBy, Meaning
from synth.diff.matching.assignment import assign
from synth.diff.matching.candidates import beginnings, near, nearest
from synth.diff.matching.meaning import MeaningJudge
from synth.diff.matching.sense import turned
from synth.diff.matching.wording import Wording, key, read, same_beginning, same_figures, similarity
from synth.diff.table import Row
from synth.text import normalise

LIKE = 0.6
"""Least similarity of two wordings of one claim with the same figures.

Of the 40 invented rewordings in ``benchmarks/diff_pairs.jsonl`` the least alike have 0.69 and 0.78; the sample cards'
have 0.65 and more.
"""
LIKE_WITH_OTHER_FIGURES = 0.75
"""With other figures more has to be alike, for much that is said of two things differs in its figures."""
_STEPS = 10_000
_TIE_BITS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two rows that are one claim."""

    old: Row
    new: Row
    matched_by: MatchedBy
    similarity: float
    """Of the wordings, in [0, 1]; 1 for the same wording, or the same as far as both show it."""
    figures_changed: bool = False
    """The wordings differ in a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Two tables side by side."""

    pairs: tuple[Match, ...]
    """In the order of the new rows' numbers."""
    old_rest: tuple[Row, ...]
    """Rows of the old table alone, in the order of their numbers."""
    new_rest: tuple[Row, ...]
    meaning: Meaning


def match(old: Sequence[Row], new: Sequence[Row], *, judge: MeaningJudge | None = None) -> Matching:
    """Find the rows that are one claim, each in one pair at most.

    First by id; then by wording: equal up to punctuation, a cut one with what begins like it, alike with the same
    figures, alike with other figures; then, if a judge is given, what is left by meaning. Within a step the pairs with
    the largest total similarity are taken. The order of the rows does not count, and swapping the tables swaps the
    pairs.

    Args:
        old: Rows of one table.
        new: Rows of the other.
        judge: Says which wordings mean the same; None leaves matching by meaning out.
    """
    work = _Work(old, new)
    work.alike(lambda row: row.id, MatchedBy.ID)
    if work.open:
        work.alike(lambda row: normalise(row.text) or None, MatchedBy.WORDING)
    if work.open:
        work.alike(lambda row: None if row.cut else key(work.wording(row)) or None, MatchedBy.WORDING)
    if work.open:
        work.beginnings()
    if work.open:
        work.near()
    meaning = Meaning.NOT_NEEDED
    if work.open:
        meaning = Meaning.LEFT_OUT
        if judge is not None:
            meaning = Meaning.USED
            work.meaning(judge)
    return Matching(
        pairs=tuple(sorted(work.pairs, key=lambda pair: (*_place(pair.new), *_place(pair.old)))),
        old_rest=tuple(sorted(work.old, key=_place)),
        new_rest=tuple(sorted(work.new, key=_place)),
        meaning=meaning,
    )


class _Work:
    """What is matched so far, and what is left."""

    def __init__(self, old: Sequence[Row], new: Sequence[Row]) -> None:
        self.old, self.new = list(old), list(new)
        self.pairs: list[Match] = []
        self._wordings: dict[tuple[str, bool], Wording] = {}

    @property
    def open(self) -> bool:
        """Whether both sides have rows left."""
        return bool(self.old and self.new)

    def wording(self, row: Row) -> Wording:
        """The row's wording, read once."""
        place = (row.text, row.cut)
        if place not in self._wordings:
            self._wordings[place] = read(row.text, cut=row.cut)
        return self._wordings[place]

    def alike(self, trait: Callable[[Row], str | None], matched_by: MatchedBy) -> None:
        """Pair the rows that agree in a trait; where several do, in the order of their texts."""
        groups: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, rows in enumerate((self.old, self.new)):
            for place, row in enumerate(rows):
                value = trait(row)
                if value is not None:
                    groups[value][side].append(place)
        found: list[tuple[int, int]] = []
        for olds, news in groups.values():
            if len(olds) > 1 or len(news) > 1:
                olds.sort(key=lambda place: _identity(self.old[place]))
                news.sort(key=lambda place: _identity(self.new[place]))
            found += zip(olds, news, strict=False)
        self._take(found, matched_by)

    def beginnings(self) -> None:
        """Pair cut rows with what they are the beginning of, the one that shows most of it first."""
        old, new = [self.wording(row) for row in self.old], [self.wording(row) for row in self.new]
        shares = {}
        for one, other in beginnings(old, new):
            lengths = sorted((len(self.old[one].text), len(self.new[other].text)))
            shares[one, other] = lengths[0] / lengths[1]
        self._take(self._best(shares), MatchedBy.CUT)

    def near(self) -> None:
        """Pair alike wordings: those with the same figures first, then, if enough else is alike, the others."""
        old, new = [self.wording(row) for row in self.old], [self.wording(row) for row in self.new]
        found = {
            (one, other): alike
            for (one, other), alike in near(old, new, LIKE).items()
            if not turned(old[one], new[other])
        }
        agreeing = {pair: alike for pair, alike in found.items() if same_figures(old[pair[0]], new[pair[1]])}
        chosen = self._best(nearest(agreeing))
        olds, news = {one for one, _ in chosen}, {other for _, other in chosen}
        others = {
            (one, other): alike
            for (one, other), alike in found.items()
            if alike >= LIKE_WITH_OTHER_FIGURES and one not in olds and other not in news
        }
        self._take([*chosen, *self._best(nearest(others))], MatchedBy.WORDING)

    def meaning(self, judge: MeaningJudge) -> None:
        """Pair what the judge takes for one claim."""
        found = judge.same([row.text for row in self.old], [row.text for row in self.new])
        self._take(self._best(found), MatchedBy.MEANING)

    def _best(self, strengths: Mapping[tuple[int, int], float]) -> tuple[tuple[int, int], ...]:
        weights = {
            (one, other): (1 + round(strength * _STEPS) << _TIE_BITS) + _tie(self.old[one], self.new[other])
            for (one, other), strength in strengths.items()
        }
        return assign(weights)

    def _take(self, found: Sequence[tuple[int, int]], matched_by: MatchedBy) -> None:
        self.pairs += [self._match(self.old[one], self.new[other], matched_by) for one, other in found]
        olds, news = {one for one, _ in found}, {other for _, other in found}
        self.old = [row for place, row in enumerate(self.old) if place not in olds]
        self.new = [row for place, row in enumerate(self.new) if place not in news]

    def _match(self, old: Row, new: Row, matched_by: MatchedBy) -> Match:
        alike, changed = 1.0, False
        if matched_by is MatchedBy.CUT:
            pass  # the same as far as both show it
        elif old.text != new.text and normalise(old.text) != normalise(new.text) and not begins_like(old, new):
            first, second = self.wording(old), self.wording(new)
            alike, changed = similarity(first, second), not same_figures(first, second)
        return Match(old=old, new=new, matched_by=matched_by, similarity=alike, figures_changed=changed)


def begins_like(one: Row, other: Row) -> bool:
    """Whether a cut row is the beginning of the other one."""
    return same_beginning(one.text, other.text, one_cut=one.cut, other_cut=other.cut)


def _tie(old: Row, new: Row) -> int:
    """A small number that follows the two rows alone, so that equal strengths are not told apart by order or side."""
    names = sorted((f"{old.id}\0{old.text}", f"{new.id}\0{new.text}"))
    digest = hashlib.blake2b("\0\0".join(names).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - _TIE_BITS)


def _identity(row: Row) -> tuple[str, str, str, str, float]:
    """An order of rows that does not ask where they stood."""
    confidence = -1.0 if row.confidence is None else row.confidence
    return normalise(row.text), row.id, row.text, row.label or "", confidence


def _place(row: Row) -> tuple[int, str, str]:
    return row.number, row.id, row.text
