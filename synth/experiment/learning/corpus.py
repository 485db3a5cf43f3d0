"""Text for pre-training: sentences of many languages in sub-words, in balance."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from synth.errors import ConfigError
from synth.experiment.learning.tokenizer import private

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_AT_ONCE = 10_000
"""Sentences cut at a time: the library's own record of one takes a hundred times its ids."""
Texts = Mapping[str, Sequence[str]]
"""Sentences by language."""
Pairs = Mapping[str, Sequence[tuple[str, str]]]
"""Sentences and their English translations, by the first one's language."""


@dataclass(frozen=True, slots=True)
class Heap:
    """Texts in sub-words, end to end: an array for each of a million texts would take ten times the memory."""

    ids: NDArray[np.int32]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        """Texts in it."""
        return len(self.ends)

    def __getitem__(self, number: int) -> NDArray[np.int32]:
        """One text; it may be empty."""
        return self.ids[self.ends[number - 1] if number else 0 : self.ends[number]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What pre-training reads, in sub-words without special tokens."""

    single: tuple[Heap, ...]
    """Texts of each language, languages by name."""
    pairs: tuple[tuple[Heap, Heap], ...]
    """Texts and translations of each language, line by line."""
    digest: str

    @property
    def tokens(self) -> int:
        """Sub-words in all."""
        return sum(len(heap.ids) for heap in (*self.single, *(side for pair in self.pairs for side in pair)))


def balanced(texts: Texts, number: int, exponent: float, seed: int) -> list[str]:
    """Sentences of many languages, large ones held down: what a tokenizer should learn from.

    Args:
        texts: Sentences by language.
        number: Sentences to give: fewer if there are not that many, more only so that no language has none.
        exponent: Languages are drawn by their number of sentences to this power.
        seed: Seed of the choice.
    """
    rng = np.random.default_rng([seed, 2])
    names = sorted(name for name in texts if texts[name])
    shares = np.array([len(texts[name]) for name in names], np.float64) ** exponent
    chosen: list[str] = []
    for name, share in zip(names, shares / max(1.0, shares.sum()), strict=True):
        size = min(len(texts[name]), max(1, round(number * float(share))))
        picked = np.sort(rng.permutation(len(texts[name]))[:size])
        chosen.extend(texts[name][i] for i in picked)
    return chosen


def encode_corpus(tokenizer: Tokenizer, texts: Texts, pairs: Pairs, max_length: int) -> Corpus:
    """Cut texts into sub-words, once for all steps; long ones are cut off.

    Args:
        tokenizer: The encoder's.
        texts: Sentences by language; may be empty.
        pairs: Translations by language; may be empty.
        max_length: Sub-words of an input.

    Raises:
        ConfigError: There is no text at all.
    """
    cutter = private(tokenizer)
    hashed = hashlib.sha256(tokenizer.to_str().encode())

    def heap(sentences: Sequence[str], most: int) -> Heap:
        cutter.enable_truncation(most)
        parts: list[NDArray[np.int32]] = []
        for start in range(0, len(sentences), _AT_ONCE):
            encoded = cutter.encode_batch(list(sentences[start : start + _AT_ONCE]), add_special_tokens=False)
            parts.extend(np.array(e.ids, np.int32) for e in encoded)
        made = Heap(np.concatenate(parts), np.cumsum([len(part) for part in parts], dtype=np.int64))
        hashed.update(made.ends.tobytes())
        hashed.update(made.ids.tobytes())
        return made

    half = max(1, (max_length - 4) // 2)
    single = tuple(heap(texts[name], max_length - 2) for name in sorted(texts) if texts[name])
    both = tuple(
        (heap([a for a, _ in pairs[name]], half), heap([b for _, b in pairs[name]], half))
        for name in sorted(pairs)
        if pairs[name]
    )
    corpus = Corpus(single=single, pairs=both, digest=hashed.hexdigest()[:16])
    if not corpus.tokens:
        raise ConfigError("there is no text to pre-train on: check the data folder")
    return corpus
