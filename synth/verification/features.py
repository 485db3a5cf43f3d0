"""What a calibrator sees of a claim: a fixed row of numbers over its evidence (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from synth.types import Claim, Evidence, NumberCheck, Passage, Stance
from synth.verification.evidence import softmax
from synth.verification.names import names
from synth.verification.numbers.extract import word_set
from synth.verification.orders import negation_differs, opposed

FEATURES: tuple[str, ...] = (
    "entailment_max",
    "entailment_top3",
    "contradiction_max",
    "contradiction_top3",
    "best_difference",
    "similarity_max",
    "best_reciprocal_rank",
    "numbers_agree",
    "numbers_missing",
    "numbers_disagree",
    "numbers_agree_anywhere",
    "words_shared",
    "names_shared",
    "opposed",
    "negation_differs",
    "papers_supporting",
    "papers_refuting",
    "passages_supporting",
)
"""Names of the features, in the order of a row.

======================== ==========================================================================================
``entailment_max``       largest log-odds of entailment of any passage
``entailment_top3``      mean of the three largest
``contradiction_max``    largest log-odds of contradiction of any passage
``contradiction_top3``   mean of the three largest
``best_difference``      log-odds of entailment less those of contradiction, in the best supporting passage
``similarity_max``       largest cosine similarity of any passage
``best_reciprocal_rank`` 1 / rank of the best supporting passage in the run
``numbers_agree``        1 where the claim's figures stand in the best supporting passage
``numbers_missing``      1 where they do not
``numbers_disagree``     1 where that passage gives another figure
``numbers_agree_anywhere`` 1 where any passage of the run has the figures
``words_shared``         share of the claim's content words in the best supporting passage
``names_shared``         share of the claim's names in the best supporting passage; 1 for a claim without names
``opposed``              1 where that passage's nearest sentence points the other way (higher, lower)
``negation_differs``     1 where one of the two denies and the other does not
``papers_supporting``    log(1 + papers with a supporting passage)
``papers_refuting``      log(1 + papers with a refuting passage)
``passages_supporting``  log(1 + supporting passages)
======================== ==========================================================================================

The best supporting passage is the one with the highest log-odds of entailment, whatever its stance. All
number flags are 0 for a claim that states no figure.
"""

CLIP = 10.0
"""Log-odds beyond this say nothing more."""
NOTHING = -CLIP
"""Log-odds of a claim that no passage was found for."""


def log_odds(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds of each class against the two others, within ±:data:`CLIP`; of the same shape."""
    probabilities = softmax(logits)
    tiny = np.finfo(np.float64).tiny
    odds = np.log(np.maximum(probabilities, tiny)) - np.log(np.maximum(1 - probabilities, tiny))
    return np.asarray(np.clip(odds, -CLIP, CLIP))


def best_supporting(evidence: Sequence[Evidence]) -> Evidence | None:
    """The evidence with the highest log-odds of entailment, ties by rank and passage id; None for none."""
    if not evidence:
        return None
    odds = log_odds(np.array([item.logits for item in evidence]))[:, 0]
    keyed = zip(odds, evidence, strict=True)
    return min(keyed, key=lambda pair: (-pair[0], pair[1].rank, pair[1].passage_id))[1]


def features(claim: Claim, evidence: Sequence[Evidence], passages: Mapping[str, Passage]) -> NDArray[np.float64]:
    """One row of :data:`FEATURES` for a claim over all its evidence, in any order of the evidence.

    Returns:
        Shape ``(len(FEATURES),)``; a claim without evidence has a row that says so.
    """
    best = best_supporting(evidence)
    if best is None:
        row = dict.fromkeys(FEATURES, 0.0)
        row |= dict.fromkeys(FEATURES[:4], NOTHING)
        return np.array([row[name] for name in FEATURES])
    odds = log_odds(np.array([item.logits for item in evidence]))
    best_odds = log_odds(np.array(best.logits))
    text = passages[best.passage_id].text
    row = {
        "entailment_max": float(odds[:, 0].max()),
        "entailment_top3": _mean_of_top(odds[:, 0]),
        "contradiction_max": float(odds[:, 2].max()),
        "contradiction_top3": _mean_of_top(odds[:, 2]),
        "best_difference": float(best_odds[0] - best_odds[2]),
        "similarity_max": max(item.dense for item in evidence),
        "best_reciprocal_rank": 1 / best.rank,
        "numbers_agree": float(best.numbers is NumberCheck.AGREE),
        "numbers_missing": float(best.numbers is NumberCheck.MISSING),
        "numbers_disagree": float(best.numbers is NumberCheck.DISAGREE),
        "numbers_agree_anywhere": float(any(item.numbers is NumberCheck.AGREE for item in evidence)),
        "words_shared": _share(word_set(claim.text), word_set(text)),
        "names_shared": _share(names(claim.text), names(text, strict=False)),
        "opposed": float(opposed(claim.text, text)),
        "negation_differs": float(negation_differs(claim.text, text)),
        "papers_supporting": _log_count({item.paper_id for item in evidence if item.stance is Stance.SUPPORTS}),
        "papers_refuting": _log_count({item.paper_id for item in evidence if item.stance is Stance.REFUTES}),
        "passages_supporting": _log_count({item.passage_id for item in evidence if item.stance is Stance.SUPPORTS}),
    }
    return np.array([row[name] for name in FEATURES])


def _mean_of_top(values: NDArray[np.float64], k: int = 3) -> float:
    return float(np.sort(values)[::-1][:k].mean())


def _share(wanted: frozenset[str], found: frozenset[str]) -> float:
    return len(wanted & found) / len(wanted) if wanted else 1.0


def _log_count(things: set[str]) -> float:
    return float(np.log1p(len(things)))
