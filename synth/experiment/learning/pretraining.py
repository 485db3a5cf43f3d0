"""Pre-training: masked language modelling on single texts, translation language modelling on pairs of them.

Devlin et al. 2019 (masking), Conneau and Lample 2019 (translations, languages drawn by a power of their size).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from synth.experiment.learning import checkpoint
from synth.experiment.learning.aligned import aligned_words, start_from
from synth.experiment.learning.batches import IGNORED, Batch, Source
from synth.experiment.learning.corpus import Corpus
from synth.experiment.learning.encoder import check_length, first_position
from synth.experiment.learning.loop import LoopConfig, Progress, fit, silent
from synth.experiment.learning.tokenizer import Specials, specials

if TYPE_CHECKING:
    from tokenizers import Tokenizer

HEAD = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """What a batch is made of."""

    translation: float = 0.5
    """Share of sub-words that come as pairs of translations."""
    exponent: float = 0.5
    """Languages are drawn by their number of texts to this power."""
    masked: float = 0.15
    """Share of the sub-words to be guessed."""
    joined: float = 0.25
    """Share of single texts that are continued by those after them to the full length."""
    pool: int = 16
    """Batches that are cut from one pool sorted by length."""
    aligned: bool = True
    """Start from word vectors of the parallel text, see :mod:`.aligned`."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """One row: special tokens included."""

    ids: NDArray[np.int64]
    positions: NDArray[np.int64]


class Batches:
    """The batches of pre-training, each a function of its step: see :data:`~.batches.Source`.

    Rows of like length share a batch and every batch has about the same number of sub-words, so hardly any
    padding is computed.

    Args:
        corpus: What to read.
        tokenizer: Gives special tokens and the number of words.
        mixture: What a batch is made of.
        tokens: Sub-words of a batch, about.
        max_length: Sub-words of a row.
        seed: Seed of every choice.
        first: Number of a text's first position in the encoder.
    """

    def __init__(
        self,
        corpus: Corpus,
        tokenizer: Tokenizer,
        mixture: Mixture,
        *,
        tokens: int,
        max_length: int,
        seed: int,
        first: int = 2,
    ) -> None:
        self.corpus, self.mixture, self.tokens, self.max_length, self.seed = corpus, mixture, tokens, max_length, seed
        self.first = first
        self.specials: Specials = specials(tokenizer)
        self.words = tokenizer.get_vocab_size()
        self._single_shares = _shares([len(heap) for heap in corpus.single], mixture.exponent)
        self._pair_shares = _shares([len(heap) for heap, _ in corpus.pairs], mixture.exponent)
        self._pool: tuple[int, list[list[_Unit]]] = (-1, [])

    def __call__(self, step: int) -> Batch:
        """The batch of a step."""
        pool, place = divmod(step, self.mixture.pool)
        if self._pool[0] != pool:
            self._pool = (pool, self._drawn(pool))
        return self._masked(self._pool[1][place], np.random.default_rng([self.seed, 4, step]))

    def _drawn(self, pool: int) -> list[list[_Unit]]:
        """Rows for a whole pool, sorted by length, cut at equal numbers of sub-words, shuffled."""
        rng = np.random.default_rng([self.seed, 3, pool])
        units: list[_Unit] = []
        total, wanted = 0, self.tokens * self.mixture.pool
        translated = 0
        while total < wanted or len(units) < self.mixture.pool:
            paired = bool(self.corpus.pairs) and (
                not self.corpus.single or translated < self.mixture.translation * (total + 1)
            )
            paired = paired and (self.mixture.translation > 0 or not self.corpus.single)
            unit = self._pair(rng) if paired else self._single(rng)
            translated += len(unit.ids) if paired else 0
            total += len(unit.ids)
            units.append(unit)
        units.sort(key=lambda unit: len(unit.ids))
        ends = np.cumsum([len(unit.ids) for unit in units])
        cuts = np.searchsorted(ends, ends[-1] * np.arange(1, self.mixture.pool) / self.mixture.pool)
        cuts = np.maximum(cuts, np.arange(1, self.mixture.pool))  # none empty, however few the rows
        cuts = np.minimum(cuts, len(units) - self.mixture.pool + np.arange(1, self.mixture.pool))
        parts = [units[a:b] for a, b in zip([0, *cuts], [*cuts, len(units)], strict=True)]
        return [parts[i] for i in rng.permutation(len(parts))]

    def _pair(self, rng: np.random.Generator) -> _Unit:
        firsts, seconds = self.corpus.pairs[rng.choice(len(self.corpus.pairs), p=self._pair_shares)]
        number = int(rng.integers(len(firsts)))
        first, second = firsts[number], seconds[number]
        if rng.random() < 0.5:
            first, second = second, first
        start, end = self.specials.start, self.specials.end
        ids = np.concatenate([[start], first, [end, end], second, [end]]).astype(np.int64)
        # Both texts count from the start, so that a word and its translation are near each other.
        positions = np.concatenate([np.arange(len(first) + 2), np.arange(len(second) + 2)])
        return _Unit(ids, positions)

    def _single(self, rng: np.random.Generator) -> _Unit:
        texts = self.corpus.single[rng.choice(len(self.corpus.single), p=self._single_shares)]
        place = int(rng.integers(len(texts)))
        parts = [texts[place]]
        if rng.random() < self.mixture.joined:
            while sum(map(len, parts)) < self.max_length and (place := place + 1) < len(texts):
                parts.append(texts[place])
        body = np.concatenate(parts)[: self.max_length - 2]
        ids = np.concatenate([[self.specials.start], body, [self.specials.end]]).astype(np.int64)
        return _Unit(ids, np.arange(len(ids)))

    def _masked(self, units: Sequence[_Unit], rng: np.random.Generator) -> Batch:
        """Hide some sub-words: four in five behind the mask, one in ten behind another word, one in ten not at all."""
        longest = max(len(unit.ids) for unit in units)
        shape = (len(units), longest)
        ids = np.full(shape, self.specials.pad, np.int64)
        mask, positions = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for i, unit in enumerate(units):
            ids[i, : len(unit.ids)], mask[i, : len(unit.ids)] = unit.ids, 1
            positions[i, : len(unit.ids)] = unit.positions
        free = (mask == 1) & (ids != self.specials.start) & (ids != self.specials.end)
        chosen = free & (rng.random(shape) < self.mixture.masked)
        if not chosen.any() and free.any():
            chosen[tuple(np.argwhere(free)[0])] = True
        target = np.where(chosen, ids, IGNORED)
        fate = rng.random(shape)
        ids = np.where(chosen & (fate < 0.8), self.specials.mask, ids)
        ids = np.where(chosen & (fate >= 0.9), rng.integers(0, self.words, shape), ids)
        positions = np.where(mask == 1, positions + self.first, max(0, self.first - 1))
        return Batch(
            HEAD,
            {"ids": ids, "mask": mask, "types": np.zeros_like(ids), "target": target, "positions": positions},
        )


def _shares(sizes: Sequence[int], exponent: float) -> NDArray[np.float64]:
    raised = np.array(sizes, np.float64) ** exponent
    return np.asarray(raised / raised.sum(), np.float64) if len(sizes) else raised


def pretrain(
    encoder: Any,
    tokenizer: Tokenizer,
    corpus: Corpus,
    config: LoopConfig,
    mixture: Mixture,
    *,
    seed: int,
    folder: Path | None = None,
    on_progress: Progress = silent,
) -> float:
    """Pre-train an encoder in place, from the folder's checkpoint if there is one.

    Args:
        encoder: From :func:`~synth.experiment.learning.encoder.new_encoder`.
        tokenizer: Its tokenizer.
        corpus: From :func:`~synth.experiment.learning.corpus.encode_corpus`.
        config: Choices of the loop; a batch has ``batch * max_length`` sub-words, whatever their rows.
        mixture: Choices of the batches.
        seed: Seed of everything drawn.
        folder: Where checkpoints go.
        on_progress: Told step, steps and loss.

    Returns:
        Mean loss of the last steps.

    Raises:
        ModelError: See :func:`~synth.experiment.learning.loop.fit`.
        ConfigError: A checkpoint of another config, or rows longer than the encoder's positions.
    """
    from synth.experiment.learning.heads import word_network

    check_length(encoder, config.max_length)
    tokens = config.batch * config.accumulate * config.max_length
    first = first_position(encoder)
    source: Source = Batches(
        corpus, tokenizer, mixture, tokens=tokens, max_length=config.max_length, seed=seed, first=first
    )
    if mixture.aligned and not (folder is not None and (folder / checkpoint.FILE).is_file()):
        start_from(encoder, aligned_words(corpus, tokenizer.get_vocab_size(), int(encoder.config.hidden_size), seed))
    network = word_network(encoder, seed, HEAD)
    facts = {"corpus": corpus.digest, **{f"mixture.{k}": v for k, v in asdict(mixture).items()}}
    return fit(network, source, config, seed=seed, folder=folder, facts=facts, on_progress=on_progress)
