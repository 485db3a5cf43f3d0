"""From claims to what was weighed for each: a run of passages, the cross-encoder's readings, the evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from synth.types import Claim, Evidence, Passage, ScoredPassage
from synth.verification.beside import Beside
from synth.verification.evidence import depth_of, evidence_for
from synth.verification.nli import NliModel
from synth.verification.reading import as_read, read_runs
from synth.verification.witness import excluded


class Searcher(Protocol):
    """Whatever finds the passages nearest to a text; :class:`~synth.retrieval.index.PassageIndex` does."""

    def search(
        self,
        text: str,
        embedding: NDArray[np.floating],
        *,
        k: int,
        exclude: Callable[[Passage], bool] | None = None,
        more: Callable[[Sequence[ScoredPassage]], Sequence[str]] | None = None,
    ) -> tuple[ScoredPassage, ...]:
        """The ``k`` nearest passages that are not excluded, best first, and behind them those that ``more`` names."""
        ...


def weigh(
    claims: Sequence[Claim],
    vectors: NDArray[np.floating],
    passages: Mapping[str, Passage],
    index: Searcher,
    nli: NliModel,
    *,
    on_found: Callable[[], None] = lambda: None,
    on_reading: Callable[[str, int], None] = lambda _what, _pairs: None,
) -> tuple[tuple[Claim, tuple[Evidence, ...]], ...]:
    """Each claim as it is read, with all that was weighed for it.

    What is no evidence for a claim, its own origins above all, is left out before anything is ranked
    (:mod:`synth.verification.witness`).

    Args:
        claims: The claims.
        vectors: Their embeddings. Shape ``(len(claims), d)``.
        passages: The whole collection by id.
        index: Over the same collection.
        nli: The verifier.
        on_found: Told whenever the passages of a claim were found.
        on_reading: Told before each reading what is read, and how many distinct pairs.
    """
    beside = Beside.of(passages)
    read = [as_read(claim) for claim in claims]
    runs = []
    for claim, bare, vector in zip(claims, read, vectors, strict=True):
        more = partial(beside.more, claim=bare)
        runs.append(index.search(claim.text, vector, k=depth_of(claim), exclude=excluded(claim), more=more))
        on_found()
    logits = read_runs(nli, read, runs, passages, on_reading=on_reading)
    return tuple(
        (bare, evidence_for(bare, run, passages, rows, beside.grids))
        for bare, run, rows in zip(read, runs, logits, strict=True)
    )
