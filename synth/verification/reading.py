"""What the cross-encoder makes of the passages of every claim's run.

A paper's claim is read without the words that say who says it, and by its own paper in the paper's very words; a
reader's without the title of a paper that it names. What speaks of a reader's claim is read three times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from synth.types import Claim, Passage, ScoredPassage
from synth.verification.context import Neighbours, in_context, nearest_sentence
from synth.verification.evidence import speaks
from synth.verification.nli import NliModel, hypothesis
from synth.verification.proposition import proposition, untitled


def as_read(claim: Claim) -> Claim:
    """A claim as passages are held against it.

    A paper's claim is its proposition (decisions/0018). A reader's may turn on who is said to have found something: it
    loses only the title of a paper that it names, as a report would word it.
    """
    return replace(claim, text=proposition(claim.text) if claim.origins else untitled(claim.text))


def read_runs(
    nli: NliModel,
    claims: Sequence[Claim],
    runs: Sequence[Sequence[ScoredPassage]],
    passages: Mapping[str, Passage],
    *,
    on_reading: Callable[[str, int], None] = lambda _what, _pairs: None,
) -> tuple[NDArray[np.float64], ...]:
    """Logits of each claim's passages, in the order of its run.

    Every passage is read by itself. One that speaks of a claim which a reader brings
    (:func:`~synth.verification.evidence.speaks`) is read again in its context, and once more as its one sentence
    nearest to the claim, and the mean of the three readings counts (decisions/0014, 0022); of the others nothing is
    expected. For claims that papers state the further readings were found to be worth nothing. What the claim's own
    paper says elsewhere is held against the sentence that the claim was taken from: a paper says "our model" throughout
    (decisions/0021).

    Args:
        nli: The verifier.
        claims: The claims.
        runs: The passages found for each of them.
        passages: The whole collection by id.
        on_reading: Told before each reading what is read, and how many distinct pairs.

    Returns:
        For each run entailment, neutral, contradiction. Shape ``(len(run), 3)``.
    """
    asked = [(passages[line.passage_id], claim) for claim, run in zip(claims, runs, strict=True) for line in run]
    alone = [(passage.text, hypothesis(_as_said_by(passage, claim), nli)) for passage, claim in asked]
    on_reading("Reading the evidence against the claims", len(set(alone)))
    logits = np.array(nli.logits(alone), dtype=np.float64).reshape(-1, 3)

    again = [at for at, row in enumerate(logits.tolist()) if not asked[at][1].origins and speaks(row)]
    if again:
        neighbours = Neighbours.of(passages.values())
        wide = [(in_context(asked[at][0], neighbours), alone[at][1]) for at in again]
        narrow = [(nearest_sentence(asked[at][0], alone[at][1]), alone[at][1]) for at in again]
        on_reading("Reading what speaks of them in its context, and its nearest sentence", len({*wide, *narrow}))
        further = np.asarray(nli.logits([*wide, *narrow])).reshape(2, len(again), 3)
        logits[again] = (logits[again] + further.sum(axis=0)) / 3
    ends = np.cumsum([len(run) for run in runs])
    return tuple(np.split(logits, ends[:-1])) if len(ends) else ()


def _as_said_by(passage: Passage, claim: Claim) -> Claim:
    """A claim in the words of the passage's own paper, where it was taken from that; else as it is."""
    own = next((origin.verbatim for origin in claim.origins if origin.paper_id == passage.paper_id), claim.text)
    return replace(claim, text=own)
