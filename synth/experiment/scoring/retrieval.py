"""Retrieval of translations by sentence vectors: Tatoeba by the nearest, BUCC by the margin.

The margin is Artetxe and Schwenk's (2019, arXiv 1811.01136): a pair's cosine over the mean cosine of both sentences to
their k nearest neighbours on the other side.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from synth.experiment.kinds import Mining
from synth.experiment.scoring.counts import F1, Counts, f1_of

Vectors = NDArray[np.float32]
"""One row a sentence."""
Pair = tuple[str, str]
"""Ids of two sentences, foreign then English."""
NEIGHBOURS = 4
_ROWS = 512


def tatoeba_hits(english: Vectors, foreign: Vectors) -> list[float]:
    """Of each English sentence, 1.0 where the foreign sentence nearest to it is its translation, the same row.

    English is the query and the other language the index, as in XTREME; the other way round gives other numbers. Of
    equally near ones the first counts.

    Args:
        english: Vectors of the English sentences.
        foreign: Vectors of their translations, row by row.

    Raises:
        ValueError: The two differ in shape.
    """
    if english.shape != foreign.shape:
        raise ValueError(f"vectors of shapes {english.shape} and {foreign.shape}")
    _, nearest = _neighbours(_unit(english), _unit(foreign), 1)
    return [float(place == row) for row, place in enumerate(nearest[:, 0])]


def tatoeba_accuracy(english: Vectors, foreign: Vectors) -> float:
    """Share of English sentences that find their translation, in points; see :func:`tatoeba_hits`."""
    found = tatoeba_hits(english, foreign)
    return sum(found) / len(found) * 100


def mined(mining: Mining, foreign: Vectors, english: Vectors, k: int = NEIGHBOURS) -> dict[Pair, float]:
    """Candidate pairs of BUCC and their margins, each sentence in one pair at most, the best pairs first.

    A sentence that stands several times on its side takes part once and is then left out, since none of its ids can
    be told from the others: so does XTREME.

    Args:
        mining: The two heaps of sentences.
        foreign: Vectors of the foreign sentences, in their order.
        english: Vectors of the English sentences, in their order.
        k: How many neighbours the margin is over.

    Raises:
        ValueError: The vectors are not as many as the sentences.
    """
    if len(foreign) != len(mining.foreign) or len(english) != len(mining.english):
        raise ValueError(f"{len(foreign)} and {len(english)} vectors for another number of sentences")
    rows, columns = _distinct(mining.foreign), _distinct(mining.english)
    scores = margins(foreign[[place for place, _ in rows]], english[[place for place, _ in columns]], k)
    named = ((rows[row][1], columns[column][1], score) for row, column, score in scores)
    return {(one, other): score for one, other, score in named if one is not None and other is not None}


def margins(foreign: Vectors, english: Vectors, k: int = NEIGHBOURS) -> list[tuple[int, int, float]]:
    """The best pairs by margin, searched from both sides, each row and column once, the highest margin first.

    Pairs without a margin above zero are no candidates.

    Args:
        foreign: Vectors of one side.
        english: Vectors of the other.
        k: How many neighbours the margin is over.
    """
    left, right = _unit(foreign), _unit(english)
    if not len(left) or not len(right):
        return []
    forward, forward_places = _neighbours(left, right, k)
    backward, backward_places = _neighbours(right, left, k)
    means = forward.mean(axis=1), backward.mean(axis=1)
    found: dict[tuple[int, int], float] = {}
    for cosines, places, own, other, turned in (
        (forward, forward_places, means[0], means[1], False),
        (backward, backward_places, means[1], means[0], True),
    ):
        ratio = _ratio(cosines, (own[:, None] + other[places]) / 2)
        best = ratio.argmax(axis=1)
        for row, column in enumerate(best):
            pair = (int(places[row, column]), row) if turned else (row, int(places[row, column]))
            found[pair] = max(found.get(pair, -np.inf), float(ratio[row, column]))
    kept, rows, columns = [], set(), set()
    for (one, another), score in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        if score > 0 and one not in rows and another not in columns:
            rows.add(one)
            columns.add(another)
            kept.append((one, another, score))
    return kept


def tuned_threshold(candidates: Mapping[Pair, float], gold: Collection[Pair]) -> float:
    """The margin above which the candidates have the best F1, half-way to the next lower one.

    Args:
        candidates: Pairs and their margins.
        gold: True pairs.
    """
    ordered = sorted(candidates.items(), key=lambda item: (-item[1], item[0]))
    best, threshold, right = 0.0, 0.0, 0
    for place, (pair, score) in enumerate(ordered):
        right += pair in gold
        if place + 1 < len(ordered) and ordered[place + 1][1] == score:
            continue  # no threshold lies between equals
        f1 = 2 * right / (place + 1 + len(gold))
        if f1 > best:
            lower = ordered[place + 1][1] if place + 1 < len(ordered) else score
            best, threshold = f1, (score + lower) / 2
    return threshold


def above(candidates: Mapping[Pair, float], threshold: float) -> frozenset[Pair]:
    """The candidates at or above a threshold."""
    return frozenset(pair for pair, score in candidates.items() if score >= threshold)


def pair_counts(predictions: Collection[Pair], gold: Collection[Pair], names: Sequence[str] | None = None) -> Counts:
    """Right, predicted and gold pairs of each foreign sentence.

    Args:
        predictions: Pairs.
        gold: True ones.
        names: Ids of the foreign sentences, in the order of the rows; without, those that have a pair, sorted.
    """
    guessed, true = set(predictions), set(gold)
    names = sorted({foreign for foreign, _ in guessed | true}) if names is None else names
    place = {name: row for row, name in enumerate(names)}
    found = np.zeros((len(names), 3), dtype=np.int64)
    for column, pairs in enumerate((guessed & true, guessed, true)):
        for foreign, _ in pairs:
            found[place[foreign], column] += 1
    return found


def pair_f1(predictions: Collection[Pair], gold: Collection[Pair]) -> F1:
    """Precision, recall and F1 of pairs in points."""
    return f1_of(pair_counts(predictions, gold))


def _unit(vectors: Vectors) -> Vectors:
    """Vectors of length one; one of length zero stays, and is near to nothing."""
    wide = np.asarray(vectors, dtype=np.float32)
    length = np.linalg.norm(wide, axis=1, keepdims=True)
    return (wide / np.where(length > 0, length, 1)).astype(np.float32)


def _neighbours(queries: Vectors, index: Vectors, k: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Cosines and rows of the k nearest; of equally near ones the first, which a partition would not promise."""
    k = min(k, len(index))
    cosines = np.empty((len(queries), k), dtype=np.float32)
    places = np.empty((len(queries), k), dtype=np.int64)
    for start in range(0, len(queries), _ROWS):
        block = queries[start : start + _ROWS] @ index.T
        rows = np.arange(len(block))
        for rank in range(k):
            best = block.argmax(axis=1)
            places[start : start + _ROWS, rank] = best
            cosines[start : start + _ROWS, rank] = block[rows, best]
            block[rows, best] = -np.inf
    return cosines, places


def _ratio(cosines: NDArray[np.float32], mean: NDArray[np.float32]) -> NDArray[np.float64]:
    wide = cosines.astype(np.float64)
    return np.divide(wide, mean, out=np.full_like(wide, -np.inf), where=np.abs(mean) > 1e-9)


def _distinct(side: Sequence[tuple[str, str]]) -> list[tuple[int, str | None]]:
    """Place of each distinct text, and its id where no other sentence has the same text."""
    places: dict[str, list[int]] = {}
    for place, (_, text) in enumerate(side):
        places.setdefault(text, []).append(place)
    return [(found[0], side[found[0]][0] if len(found) == 1 else None) for found in places.values()]
