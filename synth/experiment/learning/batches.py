"""Batches: which examples at which step, and their sub-words as padded arrays. Pure, numpy only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IGNORED = -100
"""Target of a token that is not learned from."""


@dataclass(frozen=True, slots=True)
class Item:
    """One example in sub-words."""

    ids: Sequence[int]
    types: Sequence[int] = ()
    """Segment of each sub-word; empty: all in the first."""
    target: int | Sequence[int] = 0
    """The class; a class for each sub-word (or :data:`IGNORED`); the answer's first and last sub-word."""
    rows: Sequence[Item] = ()
    """The options of a multiple choice, in place of ``ids``."""

    def __len__(self) -> int:
        """Sub-words, of the longest option if there are several."""
        return max(len(row) for row in self.rows) if self.rows else len(self.ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Arrays with the same first dimension, for one head.

    ``ids``, ``mask`` and ``types`` are (n, length) or, for choices, (n, options, length); ``target`` is (n,),
    (n, length) or (n, 2); ``positions``, where given, replace the running positions.
    """

    head: str
    arrays: Mapping[str, NDArray[np.int64]]

    @property
    def rows(self) -> int:
        """Examples in it."""
        return len(self.arrays["ids"])

    def weight(self) -> int:
        """Labels to learn from: the mean of the loss is over these."""
        return int((self.arrays["target"] != IGNORED).sum())

    def part(self, start: int, stop: int) -> Batch:
        """Some of its rows."""
        return Batch(self.head, {name: array[start:stop] for name, array in self.arrays.items()})


Source = Callable[[int], Batch]
"""Gives the batch of a step: a pure function, so that a run can be taken up at any step."""


def collate(items: Sequence[Item], head: str, pad: int) -> Batch:
    """Items as one batch, each padded to the longest.

    Args:
        items: At least one; all of the same kind.
        head: Name of the head that they are for.
        pad: Id of padding.
    """
    options = max((len(item.rows) for item in items), default=0)
    longest = max(len(item) for item in items)
    shape = (len(items), options, longest) if options else (len(items), longest)
    ids, mask, types = np.full(shape, pad, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for i, item in enumerate(items):
        for j, row in enumerate(item.rows or (item,)):
            place = (i, j, slice(len(row.ids))) if options else (i, slice(len(row.ids)))
            ids[place], mask[place] = row.ids, 1
            if len(row.types):
                types[place] = row.types
    return Batch(head, {"ids": ids, "mask": mask, "types": types, "target": _targets(items, longest)})


def _targets(items: Sequence[Item], longest: int) -> NDArray[np.int64]:
    if isinstance(items[0].target, int):
        return np.array([item.target for item in items], np.int64)
    rows = [np.asarray(item.target, np.int64) for item in items]
    if all(len(row) == len(item.ids) for row, item in zip(rows, items, strict=True)):
        target = np.full((len(items), longest), IGNORED, np.int64)
        for i, row in enumerate(rows):
            target[i, : len(row)] = row
        return target
    return np.stack(rows)


def order(lengths: Sequence[int], steps: int, batch: int, seed: int, pool: int = 16) -> list[NDArray[np.int64]]:
    """The examples of each step: every one once an epoch, those of like length together.

    Args:
        lengths: Length of each example.
        steps: Batches to give.
        batch: Examples of a batch, at most all.
        seed: Seed of the order.
        pool: Batches that are cut from one pool sorted by length.

    Returns:
        ``steps`` arrays of indices; the first n are the same for any larger number of steps.
    """
    rng = np.random.default_rng([seed, 1])
    sizes = np.asarray(lengths)
    batch = min(batch, len(sizes))
    made: list[NDArray[np.int64]] = []
    left = np.empty(0, dtype=np.int64)
    while len(made) < steps:
        while len(left) < batch * pool:
            left = np.concatenate([left, rng.permutation(len(sizes))])
        taken, left = np.split(left, [batch * pool])
        taken = taken[np.argsort(sizes[taken], kind="stable")]
        cut = taken.reshape(pool, batch)
        made.extend(cut[i] for i in rng.permutation(pool))
    return made[:steps]


def sorted_batches(lengths: Sequence[int], tokens: int, most: int) -> list[NDArray[np.int64]]:
    """All examples, sorted by length and cut into batches of a bounded number of padded tokens.

    Args:
        lengths: Length of each example.
        tokens: Padded tokens of a batch at most, but one example always fits.
        most: Examples of a batch at most.
    """
    ranked = np.argsort(np.asarray(lengths), kind="stable")[::-1]
    batches, start = [], 0
    while start < len(ranked):
        size = int(min(most, max(1, tokens // max(1, int(lengths[ranked[start]])))))
        batches.append(ranked[start : start + size])
        start += size
    return batches
