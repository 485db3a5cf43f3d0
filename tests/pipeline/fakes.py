"""Models small enough to read: words as vectors, overlap as entailment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from synth.errors import ModelError
from synth.pipeline.cached import CachedEncoder, CachedNli
from synth.pipeline.parts import Parts
from synth.retrieval.dense import DIMENSIONS
from synth.settings import Settings
from synth.text import content_words


class WordEncoder:
    """A text is the sum of its words' directions."""

    signature = "words@1"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts.extend(texts)
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, DIMENSIONS)

    @staticmethod
    def _vector(text: str) -> NDArray[np.float64]:
        vector = np.zeros(DIMENSIONS)
        for word in content_words(text) or ("",):
            vector[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") % DIMENSIONS] += 1
        return np.asarray(np.round(vector / np.linalg.norm(vector), 4), dtype=np.float64)


class OverlapNli:
    """Entailment grows with the share of the claim's words in the passage; "not" in one of the two contradicts."""

    signature = "overlap@1"
    stated = ""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        self.pairs.extend(pairs)
        return np.array([self._row(*pair) for pair in pairs]).reshape(-1, 3)

    @staticmethod
    def _row(passage: str, claim: str) -> tuple[float, float, float]:
        words = set(content_words(claim))
        share = len(words & set(content_words(passage))) / max(len(words), 1)
        against = (" not " in f" {passage} ") != (" not " in f" {claim} ")
        strength = round(8 * share - 4, 3)
        return (-4.0, 0.0, strength) if against else (strength, 0.0, -4.0)


def small_parts(settings: Settings, encoder: WordEncoder | None = None, model: OverlapNli | None = None) -> Parts:
    """Parts with small models; workers of a batch make theirs with it."""
    nli = model or OverlapNli()
    parts = _with_words(Parts(settings), encoder or WordEncoder())
    parts.__dict__["nli"] = CachedNli(nli.signature, lambda: nli, parts.store.logits)
    return parts


class Unconnected(Parts):
    """Parts whose verifier cannot be fetched: whoever is not offline asks for it in vain."""

    @cached_property
    def nli(self) -> CachedNli:
        """The small verifier, for whoever is offline."""
        if not self.offline:
            raise ModelError("the hub was asked")
        return CachedNli(OverlapNli.signature, OverlapNli, self.store.logits)


def unconnected_parts(settings: Settings) -> Parts:
    """Small parts whose verifier must not be fetched."""
    return _with_words(Unconnected(settings), WordEncoder())


def _with_words(parts: Parts, encoder: WordEncoder) -> Parts:
    parts.__dict__["_minilm"] = SimpleNamespace(load=lambda: None)
    parts.__dict__["encoder"] = CachedEncoder(encoder, parts.store.vectors)
    return parts
