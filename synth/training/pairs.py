"""Labelled pairs (premise, hypothesis), the one form in which all training data reaches the trainer.

Some published sets forbid commercial use or give no permission for weights that are passed on;
:func:`refuse_forbidden` keeps them out, by name, whatever reader or folder they come through.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

LABELS = ("entailment", "neutral", "contradiction")
"""Order of the verifier's logits."""

FORBIDDEN = ("scifact", "anli", "sick", "xnli", "imppres", "averitec")
"""Sets whose licence forbids commercial use or grants nothing for shipped weights: measured on, never trained on."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'(\[$A-Z0-9])")
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_STOP_WORDS = (
    "a an the of to in on for and or by with from at as is are was were be been that this these those it its "
    "we our their they which can than not no has have had also but such more most into over both"
)
_STOP = frozenset(_STOP_WORDS.split())


class PairLabel(StrEnum):
    """What the premise says of the hypothesis; ``not_entailment`` leaves open which of the other two holds."""

    ENTAILMENT = "entailment"
    NEUTRAL = "neutral"
    CONTRADICTION = "contradiction"
    NOT_ENTAILMENT = "not_entailment"

    @property
    def allowed(self) -> tuple[bool, bool, bool]:
        """Which of :data:`LABELS` the label admits."""
        open_ = self is PairLabel.NOT_ENTAILMENT
        return (
            self is PairLabel.ENTAILMENT,
            open_ or self is PairLabel.NEUTRAL,
            open_ or self is PairLabel.CONTRADICTION,
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """One training or measuring example."""

    premise: str
    hypothesis: str
    label: PairLabel
    set: str
    licence: str
    group: str = ""
    """What must not be split between training and measuring: a paper, a claim."""


def refuse_forbidden(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Let pairs pass whose set may be trained on.

    Args:
        pairs: Pairs of any sets.

    Yields:
        The pairs whose set's name names none of :data:`FORBIDDEN`.
    """
    return (pair for pair in pairs if may_train(pair.set))


def may_train(name: str) -> bool:
    """Whether weights trained on the set may be passed on.

    Args:
        name: Name of a set (``anli_r1``, ``lingnli``).
    """
    parts = re.split(r"[^a-z0-9]+", name.lower())
    return not any(part in FORBIDDEN for part in parts)


def words(text: str) -> list[str]:
    """Lower-case words and numbers of a text, without function words."""
    return [word for word in _WORD.findall(text.lower()) if word not in _STOP]


def sentences(text: str) -> list[str]:
    """Split plain prose (an abstract) into sentences; good enough to cut windows from."""
    return [part.strip() for part in _SENTENCE_END.split(text.strip()) if part.strip()]


def nearest(parts: list[str], claim: str, size: int) -> list[str]:
    """The sentences that share most words with a claim, in reading order.

    Args:
        parts: Sentences of a text.
        claim: The claim.
        size: How many sentences to keep.
    """
    wanted = set(words(claim))
    scores = [len(wanted & set(words(part))) for part in parts]
    best = sorted(range(len(parts)), key=lambda i: (-scores[i], i))[:size]
    return [parts[i] for i in sorted(best)]


def narrow(premise: str, claim: str, *, max_words: int = 110, size: int = 3) -> str:
    """Cut a long premise to the sentences nearest to the claim.

    Args:
        premise: Any text.
        claim: The hypothesis it is judged against.
        max_words: Premises up to this length stay whole.
        size: Sentences that a longer one is cut to.
    """
    if len(premise.split()) <= max_words:
        return premise
    return " ".join(nearest(sentences(premise), claim, size))


def share(key: str) -> float:
    """A number in [0, 1) that depends on the key alone: splits that survive any change of order."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") / 2**48


def digest(pairs: Iterable[Pair]) -> str:
    """SHA-256 over pairs in their order: tells whether two runs saw the same data."""
    state = hashlib.sha256()
    for pair in pairs:
        state.update("\x1f".join((pair.premise, pair.hypothesis, pair.label, pair.set)).encode() + b"\x1e")
    return state.hexdigest()
