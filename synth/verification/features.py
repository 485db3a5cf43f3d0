"""What a calibrator sees of a claim: a fixed row of numbers over its evidence (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from synth.text import stems, stems_by_sentence
from synth.types import Claim, Evidence, NumberCheck, Passage
from synth.verification.figures import placing
from synth.verification.names import names
from synth.verification.numbers.extract import word_set

FEATURES: tuple[str, ...] = (
    "entailment_max",
    "entailment_with_figures",
    "contradiction_max",
    "difference_at_strongest",
    "words_shared",
    "word_pairs_shared",
    "names_shared",
    "similarity_max",
    "figures_agree",
    "figures_disagree",
    "figures_missing",
    "figures_placed",
)
"""Names of the features, in the order of a row.

- ``entailment_max``: largest log-odds of entailment against neutral, of any passage
- ``entailment_with_figures``: the same among passages that have the claim's figures, or all for a claim without
- ``contradiction_max``: largest log-odds of contradiction against neutral, of any passage
- ``difference_at_strongest``: log-odds of entailment against contradiction, in the passage that says most
- ``words_shared``: largest share of the claim's content words in one passage
- ``word_pairs_shared``: largest share of the claim's pairs of neighbouring words in one sentence of a passage
- ``names_shared``: largest share of the claim's names in one passage; 1 for a claim without names
- ``similarity_max``: largest cosine similarity of any passage
- ``figures_agree``: 1 where some passage has the claim's figures
- ``figures_disagree``: 1 where none has them and some passage gives another figure for the same thing
- ``figures_missing``: 1 where no passage has any figure of the kind
- ``figures_placed``: share of the claim's words beside its figures, where they are printed
"""

CLIP = 10.0
"""Log-odds beyond this say nothing more; a claim without a passage has this, negative."""


def features(claim: Claim, evidence: Sequence[Evidence], passages: Mapping[str, Passage]) -> NDArray[np.float64]:
    """One row of :data:`FEATURES` for a claim over all its evidence, in any order of the evidence.

    Returns:
        Shape ``(len(FEATURES),)``; a claim without evidence has a row that says so.
    """
    row = dict.fromkeys(FEATURES, 0.0)
    if evidence:
        logits = np.array([item.logits for item in evidence])
        texts = [passages[item.passage_id].text for item in evidence]
        wanted_words, wanted_pairs, wanted_names = word_set(claim.text), word_pairs(claim.text), names(claim.text)
        row |= {
            **_entailment(logits, np.array([has_figures(item) for item in evidence])),
            **_figures({item.numbers for item in evidence}),
            "words_shared": max(_share(wanted_words, word_set(text)) for text in texts),
            "word_pairs_shared": max(_share(wanted_pairs, found) for text in texts for found in _pairs_in(text)),
            "names_shared": max(_share(wanted_names, names(text, strict=False)) for text in texts),
            "similarity_max": max(item.dense for item in evidence),
            "figures_placed": placing(claim.text, [passages[item.passage_id] for item in evidence]),
        }
    else:
        row |= dict.fromkeys(FEATURES[:3], -CLIP)
    return np.array([row[name] for name in FEATURES])


def has_figures(item: Evidence) -> bool:
    """Whether a passage has the claim's figures with the same meaning, or the claim states none."""
    return item.numbers in (NumberCheck.NONE, NumberCheck.AGREE)


def word_pairs(text: str) -> frozenset[tuple[str, str]]:
    """Every two neighbouring words of a text, stemmed: its word order, as far as two words hold it."""
    return frozenset(pairwise(stems(text)))


def _pairs_in(passage: str) -> Iterator[frozenset[tuple[str, str]]]:
    """The pairs of each sentence; at least one set, so that there is a largest share."""
    yield frozenset()
    for sentence in stems_by_sentence(passage):
        yield frozenset(pairwise(sentence))


def _entailment(logits: NDArray[np.float64], figures: NDArray[np.bool_]) -> dict[str, float]:
    entailment = np.clip(logits[:, 0] - logits[:, 1], -CLIP, CLIP)
    contradiction = np.clip(logits[:, 2] - logits[:, 1], -CLIP, CLIP)
    said = np.maximum(entailment, contradiction)
    strongest = said == said.max()  # all of several, so that the order of the evidence does not matter
    return {
        "entailment_max": float(entailment.max()),
        "entailment_with_figures": float(entailment[figures].max()) if figures.any() else -CLIP,
        "contradiction_max": float(contradiction.max()),
        "difference_at_strongest": float(np.sort((entailment - contradiction)[strongest])[0]),
    }


def _figures(checks: set[NumberCheck]) -> dict[str, float]:
    agree, disagree = NumberCheck.AGREE in checks, NumberCheck.DISAGREE in checks
    return {
        "figures_agree": float(agree),
        "figures_disagree": float(disagree and not agree),
        "figures_missing": float(checks == {NumberCheck.MISSING}),
    }


def _share(wanted: frozenset[object], found: frozenset[object]) -> float:
    return len(wanted & found) / len(wanted) if wanted else 1.0
