"""Examples of the tasks in sub-words, with their targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synth.errors import ConfigError
from synth.experiment.kinds import Choice, Question, TaggedSentence, TextPair
from synth.experiment.learning.batches import IGNORED, Item
from synth.experiment.learning.tokenizer import private

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

FRAME = 4
"""Special tokens of a pair at most."""


def encode_pairs(tokenizer: Tokenizer, pairs: Sequence[TextPair], max_length: int) -> list[Item]:
    """Pairs of texts; the longer text is cut first."""
    cutter = private(tokenizer)
    cutter.enable_truncation(max_length, strategy="longest_first")
    encoded = cutter.encode_batch([(p.first, p.second) for p in pairs])
    return [Item(e.ids, e.type_ids, p.label) for e, p in zip(encoded, pairs, strict=True)]


def encode_choices(tokenizer: Tokenizer, choices: Sequence[Choice], max_length: int) -> list[Item]:
    """Context with question against each option; the longer text is cut first."""
    cutter = private(tokenizer)
    cutter.enable_truncation(max_length, strategy="longest_first")
    pairs = [(f"{c.context} {c.question}".strip(), option) for c in choices for option in c.options]
    encoded = iter(cutter.encode_batch(pairs))
    items = []
    for choice in choices:
        rows = tuple(Item(e.ids, e.type_ids) for e in (next(encoded) for _ in choice.options))
        items.append(Item((), target=choice.right, rows=rows))
    return items


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a sentence's words that fits into the encoder."""

    item: Item
    sentence: int
    words: tuple[int, ...]
    """Words whose tag is read here."""
    places: tuple[int, ...]
    """The first sub-word of each."""


def encode_sentences(
    tokenizer: Tokenizer, sentences: Sequence[TaggedSentence], tags: Mapping[str, int] | None, max_length: int
) -> list[Piece]:
    """Sentences of words; one too long for the encoder comes in several pieces, so that every word has its turn.

    Args:
        tokenizer: The encoder's.
        sentences: Words, and tags where ``tags`` is given.
        tags: Class of each tag; None where they are to be predicted.
        max_length: Sub-words of a piece.

    Raises:
        ConfigError: A tag that is not among ``tags``.
    """
    cutter = private(tokenizer)
    encoded = cutter.encode_batch([list(s.words) for s in sentences], is_pretokenized=True, add_special_tokens=False)
    pieces = []
    for number, (sentence, whole) in enumerate(zip(sentences, encoded, strict=True)):
        for first, last in _runs(whole, len(sentence.words), max_length - 2):
            pieces.append(_piece(cutter, sentence, number, range(first, last), tags, max_length))
    return pieces


def _runs(encoding: Encoding, words: int, room: int) -> list[tuple[int, int]]:
    """Ranges of words whose sub-words fit; a word that is too long alone is a range of its own."""
    sizes = [0] * words
    for word in encoding.word_ids:
        if word is not None:
            sizes[word] += 1
    runs, start, used = [], 0, 0
    for word, size in enumerate(sizes):
        if word > start and used + size > room:
            runs.append((start, word))
            start, used = word, 0
        used += size
    if words > start:
        runs.append((start, words))
    return runs


def _piece(
    cutter: Tokenizer,
    sentence: TaggedSentence,
    number: int,
    words: range,
    tags: Mapping[str, int] | None,
    max_length: int,
) -> Piece:
    encoding = cutter.encode([sentence.words[i] for i in words], is_pretokenized=True)
    encoding.truncate(max_length)
    firsts: dict[int, int] = {}
    for place, word in enumerate(encoding.word_ids):
        if word is not None:
            firsts.setdefault(word, place)
    target = [IGNORED] * len(encoding.ids)
    if tags is not None:
        for word, place in firsts.items():
            tag = sentence.tags[words[word]]
            if tag not in tags:
                raise ConfigError(f"the tag {tag!r} was found, expected one of {', '.join(sorted(tags))}")
            target[place] = tags[tag]
    item = Item(encoding.ids, encoding.type_ids, tuple(target))
    return Piece(item, number, tuple(words[word] for word in firsts), tuple(firsts.values()))


@dataclass(frozen=True, slots=True)
class Window:
    """A question with a part of its context."""

    item: Item
    """Its target is the answer's first and last sub-word, or twice the first of all where it is elsewhere."""
    question: int
    spans: tuple[tuple[int, int] | None, ...]
    """Characters of the context that each sub-word stands for; None for all that is not context."""


def encode_questions(
    tokenizer: Tokenizer, questions: Sequence[Question], max_length: int, stride: int, asked: int = 64
) -> list[Window]:
    """Questions with windows over their contexts.

    Args:
        tokenizer: The encoder's.
        questions: With the first answer's place, for the targets.
        max_length: Sub-words of a window, question and special tokens among them.
        stride: Sub-words of context that neighbouring windows share.
        asked: Sub-words of a question at most, but never more than half a window.
    """
    cutter = private(tokenizer)
    most = max(1, min(asked, (max_length - FRAME) // 2))
    texts = []
    for question, encoded in zip(
        questions, cutter.encode_batch([q.question for q in questions], add_special_tokens=False), strict=True
    ):
        cut = len(encoded.ids) > most
        texts.append(question.question[: encoded.offsets[most][0]] if cut else question.question)
    # A window must hold new context, so the overlap is at most half of what the longest question leaves.
    shared = min(stride, max(0, (max_length - FRAME - most - 1) // 2))
    cutter.enable_truncation(max_length, stride=shared, strategy="only_second")
    windows = []
    pairs = [(text, question.context) for text, question in zip(texts, questions, strict=True)]
    for number, encoded in enumerate(cutter.encode_batch(pairs)):
        for part in (encoded, *encoded.overflowing):
            windows.append(_window(part, number, questions[number]))
    return windows


def _window(encoding: Encoding, number: int, question: Question) -> Window:
    spans = tuple(
        (start, end) if sequence == 1 else None
        for (start, end), sequence in zip(encoding.offsets, encoding.sequence_ids, strict=True)
    )
    target = (0, 0)
    if question.answers and question.answers[0]:
        start, end = question.start, question.start + len(question.answers[0])
        inside = [i for i, span in enumerate(spans) if span and span[0] < end and span[1] > start]
        seen = [span for span in spans if span]
        if inside and seen[0][0] <= start and seen[-1][1] >= end:
            target = (inside[0], inside[-1])
    return Window(Item(encoding.ids, encoding.type_ids, target), number, spans)
