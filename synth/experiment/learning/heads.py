"""Heads on one encoder. Imports torch: import this module inside functions only."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from synth.experiment.learning.batches import IGNORED

FIRST, MEAN = "first", "mean"
"""A text's vector: its first token's, or the mean over its tokens."""


def pooled(states: Tensor, mask: Tensor, pooling: str) -> Tensor:
    """One vector a text.

    Args:
        states: (n, length, width).
        mask: (n, length), 1 for tokens.
        pooling: :data:`FIRST` or :data:`MEAN`.
    """
    if pooling == FIRST:
        return states[:, 0]
    weights = mask.to(states.dtype).unsqueeze(-1)
    return (states * weights).sum(dim=1) / weights.sum(dim=1)


class Head(nn.Module, ABC):
    """The summed loss of an encoder's states."""

    @abstractmethod
    def loss(self, states: Tensor, batch: Mapping[str, Tensor]) -> Tensor:
        """Cross-entropy, summed over the labels."""


class ScoringHead(Head):
    """Scores from an encoder's states, to predict by."""

    @abstractmethod
    def scores(self, states: Tensor, mask: Tensor) -> Tensor:
        """Scores of every class, token or option."""

    def loss(self, states: Tensor, batch: Mapping[str, Tensor]) -> Tensor:
        """Cross-entropy, summed over the labels."""
        scores = self.scores(states, batch["mask"]).float()
        return functional.cross_entropy(
            scores.flatten(0, -2), batch["target"].flatten(), ignore_index=IGNORED, reduction="sum"
        )


class PairHead(ScoringHead):
    """Classes of a text or a pair of texts: a dense layer with tanh, then one score a class."""

    def __init__(self, width: int, classes: int, pooling: str) -> None:
        super().__init__()
        self.pooling = pooling
        self.dense = nn.Linear(width, width)
        self.out = nn.Linear(width, classes)

    def scores(self, states: Tensor, mask: Tensor) -> Tensor:
        """(n, classes)."""
        return cast(Tensor, self.out(torch.tanh(self.dense(pooled(states, mask, self.pooling)))))


class TagHead(ScoringHead):
    """A tag for each token; only words' first sub-words are labelled."""

    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        self.out = nn.Linear(width, classes)

    def scores(self, states: Tensor, mask: Tensor) -> Tensor:
        """(n, length, classes)."""
        return cast(Tensor, self.out(states))


class SpanHead(ScoringHead):
    """First and last token of an answer; the first token of all stands for none in this window."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.out = nn.Linear(width, 2)

    def scores(self, states: Tensor, mask: Tensor) -> Tensor:
        """(n, 2, length), padding at minus infinity."""
        scores = self.out(states).transpose(1, 2)
        return cast(Tensor, scores.masked_fill(mask.unsqueeze(1) == 0, float("-inf")))


class ChoiceHead(PairHead):
    """One score an option, and a softmax over the options."""

    def __init__(self, width: int, pooling: str) -> None:
        super().__init__(width, 1, pooling)

    def loss(self, states: Tensor, batch: Mapping[str, Tensor]) -> Tensor:
        """``states`` are of all options in a row; an option that is not there has no token."""
        n, options, length = batch["mask"].shape
        mask = batch["mask"].view(n * options, length)
        present = mask[:, :1] > 0
        # A row of nothing but padding has no mean: let it see its first token, its score is struck out anyway.
        scores = self.scores(states, torch.where(present, mask, torch.ones_like(mask))).float()
        scores = scores.masked_fill(~present, float("-inf")).view(n, options)
        return functional.cross_entropy(scores, batch["target"], reduction="sum")


class WordHead(Head):
    """Masked language modelling: the vocabulary's scores, at the masked tokens alone.

    The output matrix is the table of word embeddings itself.
    """

    def __init__(self, width: int, words: nn.Embedding) -> None:
        super().__init__()
        self.dense = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(words.num_embeddings))
        self._words = (words,)  # in a tuple: no second parameter of the same name

    def loss(self, states: Tensor, batch: Mapping[str, Tensor]) -> Tensor:
        """Softmax over masked positions only: they are one in seven, and the softmax costs the most."""
        target = batch["target"]
        chosen = target != IGNORED
        hidden = self.norm(functional.gelu(self.dense(states[chosen])))
        scores = functional.linear(hidden, self._words[0].weight, self.bias).float()
        return functional.cross_entropy(scores, target[chosen], reduction="sum")


class Network(nn.Module):
    """An encoder with heads by name."""

    def __init__(self, encoder: Any, heads: Mapping[str, Head]) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = nn.ModuleDict(dict(sorted(heads.items())))
        self.typed = int(getattr(encoder.config, "type_vocab_size", 1)) > 1

    def states(self, batch: Mapping[str, Tensor]) -> Tensor:
        """The last layer's states, options in a row."""
        ids, mask = batch["ids"].flatten(0, -2), batch["mask"].flatten(0, -2)
        if batch["ids"].dim() == 3:
            mask = mask.clone()
            mask[:, 0] = 1  # attention over nothing is not a number
        more = {"token_type_ids": batch["types"].flatten(0, -2)} if self.typed else {}
        if "positions" in batch:
            more["position_ids"] = batch["positions"]
        return cast(Tensor, self.encoder(input_ids=ids, attention_mask=mask, **more).last_hidden_state)

    def loss(self, batch: Mapping[str, Tensor], head: str) -> Tensor:
        """Summed loss of one head."""
        return cast(Head, self.heads[head]).loss(self.states(batch), batch)

    def scores(self, batch: Mapping[str, Tensor], head: str) -> Tensor:
        """Scores of one head, see its class."""
        return cast(ScoringHead, self.heads[head]).scores(self.states(batch), batch["mask"].flatten(0, -2))


def word_network(encoder: Any, seed: int, name: str) -> Network:
    """An encoder with the head of masked language modelling."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        head = WordHead(encoder.config.hidden_size, encoder.get_input_embeddings())
    return Network(encoder, {name: head})
