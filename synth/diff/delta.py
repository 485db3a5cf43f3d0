"""What changed between two claim tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from synth.diff.table import Row, Table


class MatchedBy(StrEnum):
    """How two rows were found to be one claim."""

    ID = "id"
    WORDING = "wording"
    CUT = "cut"
    """One is the beginning of the other, broken off."""
    MEANING = "meaning"
    """Each entails the other."""


class Kind(StrEnum):
    """What can be said of a claim of either table. One claim may be reworded and have another label as well."""

    SAME = "same"
    REWORDED = "reworded"
    LABEL_CHANGED = "label_changed"
    CONFIDENCE_CHANGED = "confidence_changed"
    EVIDENCE_CHANGED = "evidence_changed"
    ADDED = "added"
    REMOVED = "removed"


class Meaning(StrEnum):
    """What became of matching by meaning."""

    NOT_NEEDED = "not_needed"
    """Not on both sides was a row left over."""
    USED = "used"
    LEFT_OUT = "left_out"
    """Rows were left over on both sides, but the models were not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One claim that is in both tables."""

    old: Row
    new: Row
    matched_by: MatchedBy
    similarity: float
    """Of the wordings, in [0, 1]; 1 for the same wording."""
    kinds: tuple[Kind, ...]
    """``(SAME,)``, or what changed, in the order of :class:`Kind`."""
    figures_changed: bool = False
    """The wordings differ in a number: perhaps another claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """The difference of two tables. Rows stand in the order of the new table, removed ones in that of the old."""

    old: Table
    new: Table
    pairs: tuple[Pair, ...]
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    noise: float
    """A confidence has changed if it moved by more than this."""
    noise_reason: str
    """Where the noise band comes from, for the reader."""
    meaning: Meaning
    papers_added: tuple[str, ...] = ()
    papers_removed: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[Pair, ...]:
        """The pairs of one kind (none for added and removed, which are rows)."""
        return tuple(pair for pair in self.pairs if kind in pair.kinds)

    def count(self, kind: Kind) -> int:
        """How many claims are of this kind."""
        alone = {Kind.ADDED: self.added, Kind.REMOVED: self.removed}
        return len(alone[kind]) if kind in alone else len(self.of(kind))

    @property
    def answer_changed(self) -> bool:
        """Whether both tables answer, and differently."""
        old, new = self.old.answer, self.new.answer
        return old is not None and new is not None and old != new

    @property
    def score_changed(self) -> bool:
        """Whether both tables have a score, and another one."""
        old, new = self.old.score, self.new.score
        return old is not None and new is not None and old != new

    @property
    def empty(self) -> bool:
        """Whether nothing changed at all."""
        alike = all(pair.kinds == (Kind.SAME,) for pair in self.pairs)
        papers = self.papers_added or self.papers_removed
        return alike and not (self.added or self.removed or papers or self.answer_changed or self.score_changed)
