"""Models that ask the store first, so that no text is embedded and no pair scored twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from synth.retrieval.dense import DIMENSIONS, Encoder
from synth.store.cache import LogitCache, VectorCache
from synth.verification.nli import NliModel

_VECTORS_AT_ONCE = 256
_PAIRS_AT_ONCE = 64
"""What is computed between two writes to the store: an interrupted run loses no more than that."""


class CachedEncoder:
    """An encoder behind the store's embeddings."""

    def __init__(self, encoder: Encoder, cache: VectorCache) -> None:
        self._encoder = encoder
        self._cache = cache
        self.signature = encoder.signature

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text. Shape ``(n, 384)``."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        rows = self._cache.get(self.signature, distinct)
        missing = [text for text in distinct if text not in rows]
        for start in range(0, len(missing), _VECTORS_AT_ONCE):
            batch = missing[start : start + _VECTORS_AT_ONCE]
            new = dict(zip(batch, self._encoder.encode(batch), strict=True))
            self._cache.put(self.signature, new)
            rows.update(new)
        return np.stack([rows[text] for text in texts])


class CachedNli:
    """A cross-encoder behind the store's logits; the model is loaded when a pair is missing."""

    def __init__(
        self,
        signature: str,
        load: Callable[[], NliModel],
        cache: LogitCache,
        on_progress: Callable[[int], None] | None = None,
        stated: str = "",
    ) -> None:
        self.signature = signature
        self.stated = stated
        """What the model wants before a claim that a paper states itself."""
        self._load = load
        self._cache = cache
        self._on_progress = on_progress or (lambda _n: None)
        self._model: NliModel | None = None
        self._loading = Lock()

    def load(self) -> NliModel:
        """Load the model, unless that was done or is being done by another thread."""
        with self._loading:
            if self._model is None:
                self._model = self._load()
            return self._model

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Entailment, neutral and contradiction of each (passage, claim). Shape ``(n, 3)``."""
        if not pairs:
            return np.zeros((0, 3))
        distinct = sorted(set(pairs), key=lambda pair: (len(pair[0]) + len(pair[1]), pair))
        rows = self._cache.get(self.signature, distinct)
        missing = [pair for pair in distinct if pair not in rows]
        self._on_progress(len(distinct) - len(missing))
        for start in range(0, len(missing), _PAIRS_AT_ONCE):
            batch = missing[start : start + _PAIRS_AT_ONCE]
            scored = self.load().logits(batch)
            new = {pair: (float(row[0]), float(row[1]), float(row[2])) for pair, row in zip(batch, scored, strict=True)}
            self._cache.put(self.signature, new)
            rows.update(new)
            self._on_progress(len(batch))
        return np.array([rows[pair] for pair in pairs])
