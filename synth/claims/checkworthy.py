"""Whether a reader's own text states anything that evidence could bear on."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from synth.claims.candidates import has_finite_verb
from synth.claims.scorer import Scorer
from synth.text import collapse, words

MIN_WORDS = 3
LEAST_SCORE = 0.02
"""Far below any sentence of a paper that states a result: the rules decide, the scorer only stops plain chatter."""
_ADDRESSED = re.compile(
    r"^(?:hello|hi|hey|dear|thanks?|thank you|please|ok(?:ay)?|yes|no|welcome|good (?:morning|evening|"
    r"day)|bye|goodbye|"
    r"read|see|look|tell|show me|give|find me|explain|describe|summari[sz]e|compare|list|write|check|verify|consider|"
    r"let|note|click|download|try|go|do not|don['’]t)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(r"\b(?:i|you|my|your|me)\b", re.IGNORECASE)


def is_checkworthy(text: str, embedding: NDArray[np.float32], scorer: Scorer) -> bool:
    """Whether the text is a statement that passages of papers could support or refute.

    Greetings, orders, questions and fragments are not; "BERT has 110M parameters." is.

    Args:
        text: The reader's claim.
        embedding: Its MiniLM embedding. Shape ``(384,)``.
        scorer: The check-worthiness scorer.
    """
    text = collapse(text)
    if len(words(text)) < MIN_WORDS or text.endswith(("?", '?"', "?”", ":")) or _ADDRESSED.match(text):
        return False
    if _PRIVATE.search(text) or not has_finite_verb(text):
        return False
    return float(scorer.statement_scores([text], embedding.reshape(1, -1))[0]) >= LEAST_SCORE
