"""Fine-tuning: one or several heads on a copy of an encoder. Predictions are in :mod:`.predicting`."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from synth.errors import ConfigError
from synth.experiment.kinds import Choice, Question, TaggedSentence, TextPair
from synth.experiment.learning.batches import Batch, Item, Source, collate, order
from synth.experiment.learning.encoder import check_length
from synth.experiment.learning.encoding import encode_choices, encode_pairs, encode_questions, encode_sentences
from synth.experiment.learning.loop import LoopConfig, Progress, fit, silent
from synth.experiment.learning.tokenizer import specials

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from synth.experiment.learning.heads import Head, Network

PAIRS, TAGS, QUESTIONS, CHOICES = "pairs", "tags", "questions", "choices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one head learns from."""

    kind: str
    """:data:`PAIRS`, :data:`TAGS`, :data:`QUESTIONS` or :data:`CHOICES`."""
    examples: Sequence[TextPair] | Sequence[TaggedSentence] | Sequence[Question] | Sequence[Choice]
    labels: Sequence[str] = ()
    """Classes or tags by number, for pairs and tags."""


@dataclass(frozen=True, slots=True)
class Tuned:
    """A fine-tuned encoder with its heads."""

    network: Network
    tokenizer: Tokenizer
    config: LoopConfig
    labels: Mapping[str, tuple[str, ...]]
    """Labels of each head."""

    @property
    def encoder(self) -> Any:
        """The encoder, to go on with or to embed by."""
        return self.network.encoder


def finetune(
    encoder: Any,
    tokenizer: Tokenizer,
    tasks: Mapping[str, Task],
    config: LoopConfig,
    seed: int,
    folder: Path | None = None,
    on_progress: Progress = silent,
) -> Tuned:
    """Train a copy of an encoder with one head for each task; a batch belongs to one task.

    With several tasks, one is drawn for each step in proportion to its number of examples, as jiant does.

    Args:
        encoder: Left as it is.
        tokenizer: Its tokenizer.
        tasks: By name of the head.
        config: Choices of the loop.
        seed: Seed of the heads' weights, the order and the dropout.
        folder: Where checkpoints go, see :func:`~synth.experiment.learning.loop.fit`.
        on_progress: Told step, steps and loss.

    Raises:
        ConfigError: No examples, an unknown label, inputs longer than the encoder's positions, or a checkpoint of
            another config.
        ModelError: See :func:`~synth.experiment.learning.loop.fit`.
    """
    import torch

    from synth.experiment.learning.heads import Network

    check_length(encoder, config.max_length)
    encoded = {name: _encoded(tokenizer, name, tasks[name], config) for name in sorted(tasks)}
    device = next(encoder.parameters()).device
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        heads = {name: _head(encoder, tasks[name], config) for name in sorted(tasks)}
    network = Network(copy.deepcopy(encoder), heads).to(device)
    facts = {"examples": _digest(tokenizer, encoded)}
    fit(
        network,
        _source(encoded, config, seed, specials(tokenizer).pad),
        config,
        seed=seed,
        folder=folder,
        facts=facts,
        on_progress=on_progress,
    )
    return Tuned(network, tokenizer, config, {name: tuple(task.labels) for name, task in tasks.items()})


def _encoded(tokenizer: Tokenizer, name: str, task: Task, config: LoopConfig) -> list[Item]:
    # The kind says what the examples are; a cast for each would say no more.
    examples: Any = task.examples
    if not len(examples):
        raise ConfigError(f"there are no examples to learn {name} from: check the data folder")
    if task.kind == QUESTIONS:
        return [w.item for w in encode_questions(tokenizer, examples, config.max_length, config.stride)]
    if task.kind == CHOICES:
        return encode_choices(tokenizer, examples, config.max_length)
    if task.kind == TAGS:
        tags = {tag: i for i, tag in enumerate(task.labels)}
        return [p.item for p in encode_sentences(tokenizer, examples, tags, config.max_length)]
    if task.kind != PAIRS:
        raise ConfigError(f"a task of kind {task.kind!r}, expected {PAIRS}, {TAGS}, {QUESTIONS} or {CHOICES}")
    if beyond := {p.label for p in examples} - set(range(len(task.labels))):
        raise ConfigError(f"{name} has the class {min(beyond)}, expected 0 to {len(task.labels) - 1}")
    return encode_pairs(tokenizer, examples, config.max_length)


def _head(encoder: Any, task: Task, config: LoopConfig) -> Head:
    from synth.experiment.learning.heads import ChoiceHead, PairHead, SpanHead, TagHead

    width = int(encoder.config.hidden_size)
    if task.kind == PAIRS:
        return PairHead(width, len(task.labels), config.pooling)
    if task.kind == TAGS:
        return TagHead(width, len(task.labels))
    return SpanHead(width) if task.kind == QUESTIONS else ChoiceHead(width, config.pooling)


def _source(encoded: Mapping[str, Sequence[Item]], config: LoopConfig, seed: int, pad: int) -> Source:
    names = sorted(encoded)
    sizes = np.array([len(encoded[name]) for name in names], np.float64)
    drawn = np.random.default_rng([seed, 5]).choice(len(names), size=config.steps, p=sizes / sizes.sum())
    batch = config.batch * config.accumulate
    orders = {
        name: order([len(item) for item in encoded[name]], max(1, int((drawn == i).sum())), batch, seed)
        for i, name in enumerate(names)
    }
    place = np.zeros(config.steps, np.int64)  # the how-manieth batch of its task a step takes
    for i in range(len(names)):
        place[drawn == i] = np.arange((drawn == i).sum())

    def batch_of(step: int) -> Batch:
        name = names[drawn[step]]
        return collate([encoded[name][i] for i in orders[name][place[step]]], name, pad)

    return batch_of


def _digest(tokenizer: Tokenizer, encoded: Mapping[str, Sequence[Item]]) -> str:
    hashed = hashlib.sha256(tokenizer.to_str().encode())
    for name, items in encoded.items():
        hashed.update(f"{name} {len(items)}\n".encode())
        for item in items:
            rows = [list(row.ids) for row in item.rows or (item,)]
            hashed.update(f"{rows} {item.target}\n".encode())
    return hashed.hexdigest()[:16]
