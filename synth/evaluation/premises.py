"""A claim against one given text: windows of the text, the verifier's logits for them, and how near they are to it.

In a report the passages of all papers compete for a claim; here the text is given, as in published pairs, so
nothing is retrieved. A long text is read in windows, because a model of this size loses a sentence in a long
one: the strongest window for either side decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synth.retrieval.dense import Encoder
from synth.text import content_words
from synth.verification.nli import NliModel

SHORT = 110
"""Words up to which a text is read whole."""
WINDOW, STRIDE = 3, 2
"""Sentences in a window of a longer one, and from the start of one to the start of the next."""
CLIP = 10.0
"""Log-odds beyond this say nothing more."""


@dataclass(frozen=True, slots=True)
class View:
    """A part of a text that the verifier reads at once."""

    places: tuple[int, ...]
    """Its sentences, by place in the text."""
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the verifier made of the views of one text."""

    views: tuple[View, ...]
    logits: NDArray[np.float64]
    """Entailment, neutral, contradiction. Shape ``(len(views), 3)``."""
    similarity: float
    """Largest cosine of the claim's embedding with that of a view."""

    @property
    def odds(self) -> tuple[float, float]:
        """Largest log-odds against neutral of entailment and of contradiction, over the views."""
        sides = np.clip(self.logits[:, [0, 2]] - self.logits[:, [1]], -CLIP, CLIP)
        return float(sides[:, 0].max()), float(sides[:, 1].max())


def views(premise: Sequence[str], claim: str) -> tuple[View, ...]:
    """The views of a text: all of it where it is short; else the sentences nearest to the claim, and windows.

    Args:
        premise: The sentences of the text.
        claim: The claim it is read for.
    """
    parts = tuple(premise)
    if sum(len(part.split()) for part in parts) <= SHORT or len(parts) <= WINDOW:
        return (_view(parts, range(len(parts))),)
    wanted = set(content_words(claim))
    shared = [len(wanted & set(content_words(part))) for part in parts]
    nearest = sorted(sorted(range(len(parts)), key=lambda at: (-shared[at], at))[:WINDOW])
    last = len(parts) - WINDOW
    starts = sorted({*range(0, last, STRIDE), last})
    windows = [tuple(range(start, start + WINDOW)) for start in starts]
    distinct = dict.fromkeys([tuple(nearest), *windows])
    return tuple(_view(parts, places) for places in distinct)


def _view(parts: Sequence[str], places: Sequence[int]) -> View:
    return View(tuple(places), " ".join(parts[at] for at in places))


def read(nli: NliModel, encoder: Encoder, items: Sequence[tuple[Sequence[str], str]]) -> tuple[Reading, ...]:
    """Reads every claim against its text.

    Args:
        nli: The cross-encoder.
        encoder: Embeds claims and views.
        items: Sentences of a text, and a claim.
    """
    seen = [views(premise, claim) for premise, claim in items]
    pairs = [(view.text, claim) for (_, claim), found in zip(items, seen, strict=True) for view in found]
    logits = np.asarray(nli.logits(pairs)).reshape(-1, 3)
    cosines = _cosines(encoder, pairs)
    readings, at = [], 0
    for found in seen:
        part = slice(at, at + len(found))
        readings.append(Reading(found, logits[part], float(cosines[part].max(initial=0.0))))
        at += len(found)
    return tuple(readings)


def _cosines(encoder: Encoder, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """Cosine of the two texts of each pair, five decimals. Shape ``(len(pairs),)``."""
    if not pairs:
        return np.zeros(0)
    texts = sorted({text for pair in pairs for text in pair})
    rows = dict(zip(texts, encoder.encode(texts).astype(np.float64), strict=True))
    return np.array([rows[view] @ rows[claim] for view, claim in pairs]).round(5)
