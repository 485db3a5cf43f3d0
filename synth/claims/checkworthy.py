"""Whether a reader's own text states anything that evidence could bear on."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from synth.claims.candidates import has_finite_verb
from synth.claims.scorer import Scorer
from synth.text import collapse, words

MIN_WORDS = 3
LEAST_SCORE = 0.01
"""Far below any sentence of a paper that states a result: the rules decide, the scorer only stops plain chatter."""
_ADDRESSED = re.compile(
    r"^(?:hello|hi|hey|dear|thanks?|thank you|please|ok(?:ay)?|yes|no(?=[,.!;:])|welcome|good (?:morning|evening|"
    r"day)|bye|goodbye|"
    r"read|see|look|tell|show me|give|find me|explain|describe|summari[sz]e|compare|list|write|check|verify|consider|"
    r"let|note|click|download|try|go|do not|don['’]t)\b(?![-/])",
    re.IGNORECASE,
)
"""A greeting, an answer or an order; "No method helps", "Yes/no questions" and "Check-COVID" begin claims."""
_PRIVATE = re.compile(
    r"\b(?:you|my|your|me)\b|^i\b(?![-.])"
    r"|(?:[,;.!]|\b(?:and|but|that|if|as|what|how|why|when|because|so|whether|then))\s(?-i:I)\s(?=[a-z])",
    re.IGNORECASE,
)
"""A reader's own person; the I of "Model-I", of "type I errors" and of "I = 1" is none."""
_SENTENCE_WORDS = 6
_SHORT_WORDS = 4
_MAYBE_VERB = re.compile(r"\b[a-z]{2,}(?:s|ed)\b")


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
    if _PRIVATE.search(text) or not (has_finite_verb(text) or _is_sentence(text)):
        return False
    return float(scorer.statement_scores([text], embedding.reshape(1, -1))[0]) >= LEAST_SCORE


def _is_sentence(text: str) -> bool:
    """Whether a text of some length may be a sentence, though none of its verbs is known ("mBERT averages 59.8").

    The known verbs are those of sentences that papers are chosen by; readers write "lifts", "attains" and "peaks" as
    well, and to refuse a claim costs them more than to look for evidence on a fragment.
    """
    n = len(words(text))
    stops, may_say = text.endswith("."), _MAYBE_VERB.search(text) is not None
    if n >= _SENTENCE_WORDS:
        return stops or may_say
    return n >= _SHORT_WORDS and may_say and (stops or any(char.isdigit() for char in text))
