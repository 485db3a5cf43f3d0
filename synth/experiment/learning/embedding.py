"""Sentence embeddings: the mean over tokens of one layer's states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from synth.errors import ConfigError
from synth.experiment.learning.batches import Item, collate, sorted_batches
from synth.experiment.learning.encoder import check_length
from synth.experiment.learning.loop import tensors
from synth.experiment.learning.tokenizer import private, specials

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
TOKENS = 8192
"""Padded sub-words of a batch."""


def embed(
    encoder: Any, tokenizer: Tokenizer, sentences: Sequence[str], layer: int, max_length: int, *, unit: bool = True
) -> Vectors:
    """Embed sentences by one layer, see :func:`embed_layers`.

    Args:
        encoder: A ``transformers`` model.
        tokenizer: Its tokenizer.
        sentences: Texts of any languages.
        layer: From 1, the first, to the number of layers; 0 is the word embeddings.
        max_length: Sub-words of a sentence at most, special ones among them.
        unit: Scale each to length 1.

    Returns:
        (n, width), in the order of the sentences.

    Raises:
        ConfigError: There is no such layer, or ``max_length`` is beyond the encoder's positions.
    """
    if not 0 <= layer <= (layers := int(encoder.config.num_hidden_layers)):
        raise ConfigError(f"layer {layer} was asked for, but the encoder has layers 0 to {layers}")
    found = _means(encoder, tokenizer, sentences, max_length, lambda states: [states[layer]])[0]
    return normalised(found) if unit else found


def embed_layers(
    encoder: Any, tokenizer: Tokenizer, sentences: Sequence[str], max_length: int, *, unit: bool = True
) -> tuple[Vectors, ...]:
    """Embed sentences by every layer in one pass, for the choice of one.

    Special tokens count into the mean, as in XTREME's code. In the order of the layers, word embeddings first;
    otherwise as :func:`embed`.
    """
    found = _means(encoder, tokenizer, sentences, max_length, list)
    return tuple(normalised(vectors) for vectors in found) if unit else tuple(found)


def _means(
    encoder: Any, tokenizer: Tokenizer, sentences: Sequence[str], max_length: int, pick: Callable[[Any], list[Any]]
) -> list[Vectors]:
    import torch

    check_length(encoder, max_length)
    cutter, ids = private(tokenizer), specials(tokenizer)
    cutter.enable_truncation(max_length)
    items = [Item(e.ids) for e in cutter.encode_batch(list(sentences) or [""])]
    device = next(encoder.parameters()).device
    encoder.eval()
    found: list[Vectors] = []
    for chosen in sorted_batches([len(item) for item in items], TOKENS, TOKENS):
        batch = tensors(collate([items[i] for i in chosen], "", ids.pad), device)
        with torch.inference_mode():
            states = encoder(
                input_ids=batch["ids"], attention_mask=batch["mask"], output_hidden_states=True
            ).hidden_states
            weights = batch["mask"].float().unsqueeze(-1)
            means = [
                ((layer.float() * weights).sum(dim=1) / weights.sum(dim=1)).cpu().numpy() for layer in pick(states)
            ]
        found = found or [np.empty((len(items), mean.shape[1]), np.float32) for mean in means]
        for vectors, mean in zip(found, means, strict=True):
            vectors[chosen] = mean
    return [vectors[: len(sentences)] for vectors in found]


def normalised(vectors: Vectors) -> Vectors:
    """Vectors of length 1; one of length 0 stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), np.float32)
