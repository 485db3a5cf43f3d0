"""From the logits of a claim's run to evidence: stance, figures, independence (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synth.text import normalise
from synth.types import Claim, Evidence, NumberCheck, Passage, ScoredPassage, Stance
from synth.verification.numbers import compare_numbers
from synth.verification.tables.grid import Grid
from synth.verification.tables.recompute import Recomputation, recomputed_rows
from synth.verification.verbatim import says_word_for_word

DEPTH = 5
"""Passages read for a claim that a paper states; docs/VERIFICATION.md tells what more of them would bring."""
DEPTH_ASKED = 8
"""Passages read for a claim that a reader brings: there are few of these, in words further from the papers'."""
NEUTRAL_ODDS = 8.0
"""How many times likelier neutral must be than either side for a passage to take none.

Nine in ten retrieved passages say nothing of the claim, and the model has learned as much: by the plain
largest probability two in three supported gold claims have no supporting passage at all.
"""
MARGIN = 1.1
"""How many times likelier one side must be than the other."""
ELSEWHERE = 0.5
"""Probability of entailment from which another paper's passage supports a claim that a paper states.

Of such passages one in a hundred bears a claim out, of its own paper's one in twelve (decisions/0017).
"""
AGAINST_STATED = 0.8
"""Probability of contradiction from which a passage refutes a claim that a paper states: next to none does."""
WORD_FOR_WORD = (6.0, 0.0, -6.0)
"""Logits of a passage that says a reader's claim word for word, whatever the model reads: what is said is entailed."""
MIN_VERBATIM = 20
"""Characters; a shorter wording is found in passages by chance."""


def depth_of(claim: Claim) -> int:
    """How many passages are read for a claim."""
    return DEPTH if claim.origins else DEPTH_ASKED


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities from logits along the last axis; of the same shape."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


def speaks(logits: Sequence[float]) -> bool:
    """Whether a passage says anything of a claim: neutral is less than :data:`NEUTRAL_ODDS` times as likely as a side.

    Args:
        logits: Entailment, neutral, contradiction.
    """
    entailment, neutral, contradiction = logits
    return max(entailment, contradiction) > neutral - math.log(NEUTRAL_ODDS)


def stance_of(logits: Sequence[float]) -> Stance:
    """What three logits (entailment, neutral, contradiction) say.

    The likelier of entailment and contradiction, where the passage speaks and that one leads the other by
    :data:`MARGIN`; otherwise neutral.
    """
    lead = logits[0] - logits[2]
    if not speaks(logits) or abs(lead) < math.log(MARGIN):
        return Stance.NEUTRAL
    return Stance.SUPPORTS if lead > 0 else Stance.REFUTES


def stance_on_stated(logits: Sequence[float], *, independent: bool) -> Stance:
    """What three logits say of a claim that a paper states; :func:`stance_of`, where that is sure enough.

    Args:
        logits: Entailment, neutral, contradiction.
        independent: Whether the passage is of another paper.
    """
    stance = stance_of(logits)
    entailment, _, contradiction = softmax(np.array(logits))
    if stance is Stance.SUPPORTS and independent and entailment < ELSEWHERE:
        return Stance.NEUTRAL
    return Stance.NEUTRAL if stance is Stance.REFUTES and contradiction < AGAINST_STATED else stance


def _stance(claim: Claim, logits: Sequence[float], *, independent: bool) -> Stance:
    return stance_on_stated(logits, independent=independent) if claim.origins else stance_of(logits)


def _computed(recomputed: Recomputation) -> Stance:
    """The stance of a row that was computed with: the model reads one row and cannot know what follows from two."""
    return Stance.SUPPORTS if recomputed.check is NumberCheck.AGREE else Stance.REFUTES


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    """Kept, for every claim asks every passage of a report."""
    return normalise(text)


def is_origin(claim: Claim, passage: Passage) -> bool:
    """Whether a passage is where the claim was taken from, and so no evidence for it.

    True where it overlaps an origin in the same paper, or holds an origin's very words anywhere: a
    sentence printed twice is still one statement.
    """
    body = _folded(passage.text)
    for origin in claim.origins:
        if origin.paper_id == passage.paper_id and origin.start < passage.end and passage.start < origin.end:
            return True
        verbatim = _folded(origin.verbatim)
        if len(verbatim) >= MIN_VERBATIM and verbatim in body:
            return True
    return False


def evidence_for(
    claim: Claim,
    run: Sequence[ScoredPassage],
    passages: Mapping[str, Passage],
    logits: NDArray[np.floating],
    grids: Mapping[str, Grid] | None = None,
) -> tuple[Evidence, ...]:
    """What each passage of a run says of a claim, in the order of the run.

    Origins of the claim are left out even where the run holds them. A passage that says a reader's claim word for word
    has the logits :data:`WORD_FOR_WORD`: the cross-encoder, taught on claims with one detail changed, distrusts them.

    Args:
        claim: The claim.
        run: Its passages, best first.
        passages: The passages by id.
        logits: Entailment, neutral, contradiction, raw. Shape ``(len(run), 3)``.
        grids: The table of each row by the row's id, for differences and averages that no single row states.

    Raises:
        ValueError: If run and logits do not pair up.
        KeyError: If the run names a passage that is not there.
    """
    if logits.shape != (len(run), 3):
        raise ValueError(f"a run of {len(run)} passages, but logits of shape {logits.shape}")
    own = {origin.paper_id for origin in claim.origins}
    computed = recomputed_rows(claim, run, passages, grids) if grids else {}
    found = []
    for rank, (line, row) in enumerate(zip(run, logits, strict=True), start=1):
        passage = passages[line.passage_id]
        if is_origin(claim, passage):
            continue
        said = not claim.origins and says_word_for_word(passage.text, claim.text)
        entailment, neutral, contradiction = WORD_FOR_WORD if said else (float(value) for value in row)
        recomputed = computed.get(passage.id)
        logits_here, independent = (entailment, neutral, contradiction), passage.paper_id not in own
        found.append(
            Evidence(
                claim_id=claim.id,
                passage_id=passage.id,
                paper_id=passage.paper_id,
                stance=_computed(recomputed) if recomputed else _stance(claim, logits_here, independent=independent),
                logits=logits_here,
                dense=line.dense,
                rank=rank,
                numbers=recomputed.check if recomputed else compare_numbers(claim.text, passage.text),
                independent=independent,
                arithmetic=recomputed.text if recomputed else "",
            )
        )
    return tuple(found)
