"""Predictions of a fine-tuned encoder: batched, sorted by length, given in the order of the examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from synth.errors import ConfigError
from synth.experiment.kinds import Choice, Question, TaggedSentence, TextPair
from synth.experiment.learning.batches import Item, collate, sorted_batches
from synth.experiment.learning.encoding import encode_choices, encode_pairs, encode_questions, encode_sentences
from synth.experiment.learning.finetuning import CHOICES, PAIRS, QUESTIONS, TAGS
from synth.experiment.learning.loop import tensors
from synth.experiment.learning.tokenizer import specials

if TYPE_CHECKING:
    from synth.experiment.learning.finetuning import Tuned

TOKENS = 8192
"""Padded sub-words of a batch."""
LONGEST_ANSWER = 30
"""Sub-words of an answer at most, as in XTREME's scripts."""


def predict_pairs(tuned: Tuned, examples: Sequence[TextPair], head: str = PAIRS) -> NDArray[np.float64]:
    """Probabilities of the classes.

    Args:
        tuned: From :func:`~synth.experiment.learning.finetuning.finetune`.
        examples: Their labels are not looked at.
        head: Which head, if there are several.

    Returns:
        (n, classes).
    """
    items = encode_pairs(tuned.tokenizer, examples, tuned.config.max_length)
    made = np.zeros((len(items), len(_labels(tuned, head))))
    for chosen, scores in _scores(tuned, items, head):
        made[chosen] = _softmax(scores)
    return made


def predict_choices(tuned: Tuned, examples: Sequence[Choice], head: str = CHOICES) -> list[int]:
    """The option chosen, for each example."""
    items = encode_choices(tuned.tokenizer, examples, tuned.config.max_length)
    made = [0] * len(items)
    for chosen, scores in _scores(tuned, items, head):
        rows = scores.reshape(len(chosen), -1)
        for i, row in zip(chosen, rows, strict=True):
            made[i] = int(row[: len(items[i].rows)].argmax())
    return made


def predict_tags(tuned: Tuned, examples: Sequence[TaggedSentence], head: str = TAGS) -> list[list[str]]:
    """A tag for every word.

    A word without any sub-word (only signs that the tokenizer drops) gets ``O`` or ``X`` where there is such a
    tag, else the first one.
    """
    labels = _labels(tuned, head)
    spare = next((tag for tag in ("O", "X") if tag in labels), labels[0])
    made = [[spare] * len(sentence.words) for sentence in examples]
    pieces = encode_sentences(tuned.tokenizer, examples, None, tuned.config.max_length)
    for chosen, scores in _scores(tuned, [piece.item for piece in pieces], head):
        best = scores.argmax(axis=-1)
        for row, number in zip(best, chosen, strict=True):
            piece = pieces[number]
            for word, place in zip(piece.words, piece.places, strict=True):
                made[piece.sentence][word] = labels[int(row[place])]
    return made


def predict_answers(tuned: Tuned, examples: Sequence[Question], head: str = QUESTIONS) -> dict[str, str]:
    """The best span of the context, by question id; never longer than :data:`LONGEST_ANSWER` sub-words.

    Raises:
        ConfigError: Two questions have the same id.
    """
    ids = [question.id for question in examples]
    if len(set(ids)) != len(ids):
        raise ConfigError(f"{len(ids)} questions have {len(set(ids))} ids: predict each language by itself")
    windows = encode_questions(tuned.tokenizer, examples, tuned.config.max_length, tuned.config.stride)
    best: dict[int, tuple[float, int, str]] = {}
    for chosen, scores in _scores(tuned, [window.item for window in windows], head):
        for number, row in zip(chosen, scores, strict=True):
            window = windows[number]
            found = _span(row, window.spans)
            if found is None:
                continue
            score, start, end = found
            text = examples[window.question].context[start:end].strip()
            # Of equal scores the earlier window's, whatever the order of the batches.
            candidate = (score, -int(number), text)
            best[window.question] = max(best.get(window.question, candidate), candidate)
    return {question.id: best[i][2] if i in best else "" for i, question in enumerate(examples)}


def _span(scores: NDArray[np.float64], spans: Sequence[tuple[int, int] | None]) -> tuple[float, int, int] | None:
    inside = [i for i, span in enumerate(spans) if span is not None and span[1] > span[0]]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    sums = scores[0, first:last, None] + scores[1, None, first:last]
    band = np.triu(np.ones(sums.shape, bool)) & ~np.triu(np.ones(sums.shape, bool), LONGEST_ANSWER)
    allowed = np.zeros(last - first, bool)
    allowed[[i - first for i in inside]] = True
    sums = np.where(band & allowed[:, None] & allowed[None, :], sums, -np.inf)
    start, end = np.unravel_index(int(sums.argmax()), sums.shape)
    opening, closing = spans[first + int(start)], spans[first + int(end)]
    assert opening is not None and closing is not None
    return float(sums[start, end]), opening[0], closing[1]


def _labels(tuned: Tuned, head: str) -> tuple[str, ...]:
    if head not in tuned.labels:
        raise ConfigError(f"the model has no head {head!r}, but {', '.join(sorted(tuned.labels))}")
    return tuned.labels[head]


def _scores(tuned: Tuned, items: Sequence[Item], head: str) -> Iterator[tuple[NDArray[Any], NDArray[np.float64]]]:
    """Indices of a batch and its scores, in float64."""
    import torch

    _labels(tuned, head)
    pad = specials(tuned.tokenizer).pad
    device = next(tuned.network.parameters()).device
    tuned.network.eval()
    lengths = [len(item) * max(1, len(item.rows)) for item in items]
    for chosen in sorted_batches(lengths, TOKENS, TOKENS):
        batch = tensors(collate([items[i] for i in chosen], head, pad), device)
        with torch.inference_mode():
            scores = tuned.network.scores(batch, head).double().cpu().numpy()
        yield chosen, scores


def _softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float64)
