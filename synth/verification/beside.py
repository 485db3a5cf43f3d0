"""What is read for a claim besides its run: rows of its arithmetic, and places that print its figures (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synth.types import Claim, Passage, ScoredPassage
from synth.verification.figures import passages_with_figures, printed
from synth.verification.tables.grid import Grid, grids_of
from synth.verification.tables.recompute import rows_besides


@dataclass(frozen=True, slots=True)
class Beside:
    """The tables and the printed numbers of a collection of passages, found once for all claims."""

    passages: Mapping[str, Passage]
    grids: Mapping[str, Grid]
    """The table of each row, by the row's id."""
    figures: Mapping[str, frozenset[str]]
    """The numbers that each passage prints, by its id."""

    @classmethod
    def of(cls, passages: Mapping[str, Passage]) -> Beside:
        """Read off the passages of a collection, given by id."""
        figures = {name: printed(one.text) for name, one in passages.items()}
        return cls(passages, grids_of(passages.values()), figures)

    def more(self, run: Sequence[ScoredPassage], claim: Claim) -> tuple[str, ...]:
        """The ids of what to read behind a claim's run: rows of its arithmetic first, then places of its figures."""
        rows = rows_besides(run, claim, self.passages, self.grids)
        return tuple(dict.fromkeys([*rows, *passages_with_figures(run, claim, self.passages, self.figures)]))
