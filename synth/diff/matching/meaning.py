"""Which wordings mean the same: nearest by embedding, then each has to entail the other.

The models come in by protocol; nothing here loads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from synth.diff.matching.sense import turned
from synth.diff.matching.wording import read

if TYPE_CHECKING:  # numpy and the models' rooms are loaded where a judge is made
    import numpy as np
    from numpy.typing import NDArray

    from synth.retrieval.dense import Encoder
    from synth.verification.nli import NliModel

NEAREST = 5
"""Candidates of one claim, by cosine similarity."""
CLOSE = 0.6
"""Least cosine similarity of a candidate."""
ENTAILED = 0.25
"""Least probability of entailment, in the weaker direction.

Chosen with the shipped models on invented pairs (``benchmarks/diff_pairs.jsonl``) and on gold claims: of 40 free
paraphrases 16 pass, of 715 pairs of neighbouring gold claims 2 (which say the same), of 1216 gold claims with a changed
detail 15. At 0.15 it would be 21, 6 and 19.
"""
_ROWS = 1024
"""Rows of the similarity matrix that are in memory at once."""


class MeaningJudge(Protocol):
    """Whoever says which wordings mean the same."""

    def same(self, old: Sequence[str], new: Sequence[str]) -> Mapping[tuple[int, int], float]:
        """The pairs of places that may be one claim, with a strength in [0, 1]; one text may be in several.

        The order of the texts does not count, and swapping the sides swaps the places.
        """


class EntailmentJudge:
    """Takes two wordings for one claim if they are near, state the same figures and entail each other.

    Args:
        encoder: Finds the candidates.
        nli: Says whether they entail each other.
        nearest: Candidates of one claim.
        close: Least cosine similarity.
        entailed: Least probability of entailment in both directions.
    """

    def __init__(
        self,
        encoder: Encoder,
        nli: NliModel,
        *,
        nearest: int = NEAREST,
        close: float = CLOSE,
        entailed: float = ENTAILED,
    ) -> None:
        self._encoder, self._nli = encoder, nli
        self._nearest, self._close, self._entailed = nearest, close, entailed

    def same(self, old: Sequence[str], new: Sequence[str]) -> dict[tuple[int, int], float]:
        """See :meth:`MeaningJudge.same`; the strength is the entailment's probability in the weaker direction."""
        near = candidates(self._encoder.encode(old), self._encoder.encode(new), self._nearest, self._close)
        pairs = [(one, other) for one, other in near if comparable(old[one], new[other])]
        if not pairs:
            return {}
        there = entailment(self._nli.logits([(old[one], new[other]) for one, other in pairs]))
        back = entailment(self._nli.logits([(new[other], old[one]) for one, other in pairs]))
        strengths = zip(pairs, map(min, there, back), strict=True)
        return {pair: strength for pair, strength in strengths if strength >= self._entailed}


def comparable(one: str, other: str) -> bool:
    """Whether two texts may mean the same at all: the same figures in one order, no other name, direction or negation.

    Embeddings and entailment models are weakest just there.
    """
    first, second = read(one), read(other)
    return first.figures == second.figures and not turned(first, second)


def candidates(
    old: NDArray[np.float32], new: NDArray[np.float32], nearest: int, close: float
) -> tuple[tuple[int, int], ...]:
    """The pairs that are close and among the nearest of either side, sorted.

    Args:
        old: Unit vectors. Shape ``(n, d)``.
        new: Unit vectors. Shape ``(m, d)``.
        nearest: Pairs of one row; more where several are equally near.
        close: Least cosine similarity.
    """
    if not (len(old) and len(new)):
        return ()
    there = set(_closest(old, new, nearest, close))
    return tuple(sorted(there.union((one, other) for other, one in _closest(new, old, nearest, close))))


def _closest(
    rows: NDArray[np.float32], others: NDArray[np.float32], nearest: int, close: float
) -> Iterator[tuple[int, int]]:
    import numpy as np

    count = min(nearest, len(others))
    for start in range(0, len(rows), _ROWS):
        # rounded, for the last bits of a matrix product depend on its shape
        cosines = np.round(rows[start : start + _ROWS] @ others.T, 4)
        bound = np.partition(cosines, -count, axis=1)[:, -count]
        found = np.nonzero((cosines >= bound[:, None]) & (cosines >= close))
        yield from ((start + int(one), int(other)) for one, other in zip(*found, strict=True))


def entailment(logits: NDArray[np.float64]) -> tuple[float, ...]:
    """Probability of entailment by softmax of logits (n, 3), rounded to six decimals."""
    import numpy as np

    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return tuple(float(value) for value in np.round(powers[:, 0] / powers.sum(axis=1), 6))
