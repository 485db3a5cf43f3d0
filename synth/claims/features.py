"""What the check-worthiness scorer sees of a sentence: its embedding, its form, its common words, its place.

A sentence embedding keeps the topic and blurs the form: whether numbers stand in the sentence, who speaks, whether two
things are compared. Surface features and common word pairs give the form back to the classifier.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from synth.text import words

_PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "number": r"\d",
        "percent": r"\d\s?(?:%|percent\b|points?\b)",
        "decimal": r"\d\.\d",
        "first_person": r"\b(?:we|our|us|i|my)\b",
        "proposal": r"\b(?:propose[sd]?|introduc\w+|present(?:s|ed)?|describe[sd]?|develop(?:s|ed)?|design(?:s|ed)?)\b",
        "finding": r"\b(?:show(?:s|n|ed)?|find(?:s|ings?)?|found|demonstrat\w+|suggest\w*|indicat\w+|reveal\w*|"
        r"observ\w+|"
        r"conclude[sd]?|confirm\w*|results?)\b",
        "comparison": r"\b(?:than|outperform\w*|surpass\w*|exceed\w*|compar\w+|versus|better|worse|best|"
        r"state-of-the-art|"
        r"superior|inferior|competitive|comparable|baselines?)\b",
        "change": r"\b(?:improv\w+|increas\w+|decreas\w+|reduc\w+|gain\w*|drop\w*|degrad\w+|higher|lower|faster|"
        r"slower|"
        r"larger|smaller|fewer)\b",
        "cause": r"\b(?:because|due to|cause[sd]?|leads? to|led to|result(?:s|ed)? in|affect\w*|thanks to|helps?)\b",
        "limit": r"\b(?:limit\w*|fail\w*|cannot|unable|struggl\w+|insufficient|not|no|lack\w*|only|difficult)\b",
        "modal": r"\b(?:may|might|could|should|would|will)\b",
        "aim": r"\b(?:aim\w*|goal|objective|purpose|task|problem|challenge\w*|need\w*|whether|to (?:address|"
        r"study|test))\b",
        "paper_part": r"\b(?:figures?|fig\.|tables?|sections?|appendix|equation|eq\.)",
        "citation": r"\[\d+(?:,\s?\d+)*\]|\(\w[^()]*\d{4}[a-z]?\)|et al",
        "dataset": r"\b(?:data ?sets?|corpus|corpora|benchmarks?|examples?|samples?|instances?)\b",
        "training": r"\b(?:train(?:ed|ing)?|fine-?tun\w+|optimi[sz]\w+|layers?|parameters?|initiali[sz]\w+)\b",
        "contrast_start": r"^(?:however|but|although|while|despite|in contrast)\b",
        "past": r"\b(?:was|were|had)\b",
        "present": r"\b(?:is|are|has|have|can)\b",
    }.items()
}
NAMES: tuple[str, ...] = (*_PATTERNS, "log_words")
"""Names of the columns, in order; saved with the weights so that a changed list is noticed."""


def surface_features(texts: Sequence[str]) -> NDArray[np.float64]:
    """One row a text: 1 where a pattern occurs, and the logarithm of the number of words. Shape ``(n, len(NAMES))``."""
    rows = np.zeros((len(texts), len(NAMES)), dtype=np.float64)
    for row, text in enumerate(texts):
        rows[row, :-1] = [pattern.search(text) is not None for pattern in _PATTERNS.values()]
        rows[row, -1] = math.log1p(len(words(text)))
    return rows


EMBEDDING_SCALE = 3.0
"""Brings a unit vector of 384 entries to the size of the other columns, so that one penalty fits all."""
PLACES = 5
"""Columns of the place: known at all, where, its square, first, last."""
_TOKEN = re.compile(r"[a-z0-9][a-z'-]*|%|\?")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def terms(text: str) -> tuple[str, ...]:
    """Words and pairs of neighbouring words, lower case, every number written as 0."""
    tokens = _TOKEN.findall(_DIGITS.sub("0", text.lower()))
    return (*tokens, *(f"{left} {right}" for left, right in pairwise(tokens)))


def place_columns(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Columns of a place in an abstract (0 first, 1 last); all zero where it is NaN. Shape ``(n, PLACES)``."""
    known = ~np.isnan(values)
    place = np.where(known, values, 0.5)
    columns = np.stack([np.ones_like(place), place, place**2, place == 0, place == 1], axis=1)
    return np.where(known[:, None], columns, 0.0)


def design(
    texts: Sequence[str],
    embeddings: NDArray[np.float32],
    columns: NDArray[np.float64],
    vocabulary: Mapping[str, int],
) -> NDArray[np.float32]:
    """All columns side by side. Shape ``(n, 384 + len(NAMES) + PLACES + len(vocabulary))``."""
    known = np.zeros((len(texts), len(vocabulary)), dtype=np.float32)
    for row, text in enumerate(texts):
        known[row, [vocabulary[term] for term in terms(text) if term in vocabulary]] = 1.0
    return np.hstack(
        [
            EMBEDDING_SCALE * embeddings.astype(np.float32),
            surface_features(texts).astype(np.float32),
            columns.astype(np.float32),
            known,
        ]
    )
