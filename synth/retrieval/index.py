"""Hybrid search over passages: BM25+ and embeddings, their scores blended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from synth.retrieval.fusion import blend
from synth.retrieval.sparse import Bm25
from synth.types import Passage, PassageKind, ScoredPassage

DEPTH = 100
"""How far down each of the two runs is read before they are fused."""
ROWS = 2
"""Rows of one table in a run; they are worded nearly alike, and more of them would crowd out everything else."""
DECIMALS = 6


class PassageIndex:
    """Passages of all kinds (prose, captions, table rows) in one collection; each competes with each.

    Args:
        passages: In any order; the answers do not depend on it.
        embeddings: One unit row a passage. Shape ``(n, d)``.

    Raises:
        ValueError: If passages and embeddings do not pair up, or two passages share an id.
    """

    def __init__(self, passages: Sequence[Passage], embeddings: NDArray[np.floating]) -> None:
        if len(passages) != len(embeddings):
            raise ValueError(f"{len(passages)} passages, but {len(embeddings)} embeddings")
        order = sorted(range(len(passages)), key=lambda at: passages[at].id)
        self.passages = tuple(passages[at] for at in order)
        self._ids = tuple(passage.id for passage in self.passages)
        self._at = {name: at for at, name in enumerate(self._ids)}
        if len(self._at) < len(self._ids):
            raise ValueError("two passages share an id")
        # float64: a product in float32 differs between machines in digits that can turn a ranking
        self._embeddings = np.asarray(embeddings, dtype=np.float64)[order]
        self._sparse = Bm25([passage.text for passage in self.passages])

    def search(
        self,
        text: str,
        embedding: NDArray[np.floating],
        *,
        k: int,
        exclude: Callable[[Passage], bool] | None = None,
        more: Callable[[Sequence[ScoredPassage]], Sequence[str]] | None = None,
    ) -> tuple[ScoredPassage, ...]:
        """The ``k`` passages nearest to a text, best first, ties by id; of one table the :data:`ROWS` nearest rows.

        Args:
            text: The query, a claim as a rule.
            embedding: Its unit vector. Shape ``(d,)``.
            k: Cutoff; fewer come back where there are fewer.
            exclude: Passages for which it says yes are left out before anything is ranked.
            more: Told the run, it names passages to put behind it in this order, whatever their rank.

        Returns:
            A run with the fused score and both of its parts.

        Raises:
            KeyError: If ``more`` names a passage that is not there.
        """
        if not self.passages or k <= 0:
            return ()
        sparse = self._sparse.scores(text)
        cosine = self._embeddings @ np.asarray(embedding, dtype=np.float64)
        dense = np.clip(cosine, -1, 1).round(DECIMALS).astype(np.float64)
        allowed = np.ones(len(self.passages), dtype=bool)
        if exclude is not None:
            allowed = np.array([not exclude(passage) for passage in self.passages])
        runs = (_top(self._ids, sparse, allowed & (sparse > 0)), _top(self._ids, dense, allowed))
        fused = dict(blend(runs))

        def line(name: str) -> ScoredPassage:
            at = self._at[name]
            return ScoredPassage(
                passage_id=name, score=fused.get(name, 0.0), sparse=float(sparse[at]), dense=float(dense[at])
            )

        run = tuple(line(name) for name in islice(self._varied(fused), k))
        return run if more is None else (*run, *(line(name) for name in more(run)))

    def _varied(self, ranked: Iterable[str]) -> Iterator[str]:
        taken: Counter[tuple[str, int, int]] = Counter()
        for name in ranked:
            passage = self.passages[self._at[name]]
            if passage.kind is PassageKind.TABLE_ROW:
                table = (passage.paper_id, passage.start, passage.end)  # the place of its caption
                taken[table] += 1
                if taken[table] > ROWS:
                    continue
            yield name


def _top(ids: Sequence[str], scores: NDArray[np.float64], allowed: NDArray[np.bool_]) -> dict[str, float]:
    """The :data:`DEPTH` best of the allowed ids; ``ids`` stand in order, so a stable sort breaks ties by id."""
    places = np.flatnonzero(allowed)
    best = places[np.argsort(-scores[places], kind="stable")[:DEPTH]]
    return {ids[place]: float(scores[place]) for place in best}
