"""F1 over spans as seqeval counts them, which XTREME takes for names and for parts of speech alike.

A span is of a type and goes on over words of that type until a ``B`` begins another. Read so, part-of-speech tags have
spans too: neighbours of the same tag are one, unless the tag begins with S, which for seqeval means a span of a single
word. A tagger is therefore right on ``NOUN NOUN`` for both words or for none: XTREME's numbers are no word accuracies.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from synth.experiment.scoring.counts import F1, Counts, f1_of

Span = tuple[str, int, int]
"""Type, first word, last word."""

_OUTSIDE = "O"
# Ramshaw and Marcus' conditions as CoNLL's script has them, for IOB2 and IOBES tags: what begins a span anew though
# its type stays the same, and what ends one
_BEGINS = {("E", "E"), ("E", "I"), ("S", "E"), ("S", "I"), ("O", "E"), ("O", "I")}
_ENDS = {("B", "B"), ("B", "S"), ("B", "O"), ("I", "B"), ("I", "S"), ("I", "O")}


def spans(tags: Sequence[str]) -> list[Span]:
    """The spans of a sentence's tags: of IOB2 tags the names, of others the runs of one tag.

    Args:
        tags: A tag a word.
    """
    found: list[Span] = []
    mark, kind, begin = _OUTSIDE, "", 0
    for place, tag in enumerate([*tags, _OUTSIDE]):
        next_mark, next_kind = tag[0], tag.rsplit("-", 1)[-1]
        changed = kind != next_kind
        if mark in "ES" or (mark, next_mark) in _ENDS or (mark != _OUTSIDE and changed):
            found.append((kind, begin, place - 1))
        if next_mark in "BS" or (mark, next_mark) in _BEGINS or (next_mark != _OUTSIDE and changed):
            begin = place
        mark, kind = next_mark, next_kind
    return found


def span_counts(predictions: Sequence[Sequence[str]], gold: Sequence[Sequence[str]]) -> Counts:
    """Right, predicted and gold spans of each sentence.

    Args:
        predictions: Predicted tags of each sentence.
        gold: True ones.

    Raises:
        ValueError: The sentences, or the words of one, are not as many.
    """
    if len(predictions) != len(gold):
        raise ValueError(f"{len(predictions)} predictions for {len(gold)} sentences")
    found = np.zeros((len(gold), 3), dtype=np.int64)
    for row, (one, other) in enumerate(zip(predictions, gold, strict=True)):
        if len(one) != len(other):
            raise ValueError(f"sentence {row} has {len(one)} predicted tags for {len(other)} words")
        guessed, true = set(spans(one)), set(spans(other))
        found[row] = len(guessed & true), len(guessed), len(true)
    return found


def span_f1(predictions: Sequence[Sequence[str]], gold: Sequence[Sequence[str]]) -> F1:
    """Precision, recall and F1 of spans in points.

    Args:
        predictions: Predicted tags of each sentence.
        gold: True ones.

    Raises:
        ValueError: The sentences, or the words of one, are not as many.
    """
    return f1_of(span_counts(predictions, gold))
