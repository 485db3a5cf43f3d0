"""Nearest texts by words: TF-IDF and cosine, enough to find another abstract on the same matter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


class Neighbours:
    """An index of texts.

    Args:
        texts: The texts; results are positions in this list.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
        self._matrix = self._vectorizer.fit_transform(texts)

    def nearest(self, text: str, size: int) -> list[int]:
        """Positions of the texts most like a text, best first, ties by position.

        Args:
            text: The query; if it is one of the texts it comes first.
            size: How many to give.
        """
        scores = np.asarray((self._matrix @ self._vectorizer.transform([text]).T).todense()).ravel()
        return [int(i) for i in np.argsort(-scores, kind="stable")[:size]]
