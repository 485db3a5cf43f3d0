"""What was published of each effect: a number of the published file where there is one, or a direction. Pure.

Directions that only abstracts give are those of Phang et al. (2005.13013v2: large gains in retrieval, moderate ones in
question answering, small additional ones from multi-task training) and of Huang et al. (2104.08645: robust training
helps the classification of sentence pairs). The numbers of the leaderboard compare the best intermediate task of each
target with none, so they stand beside the mean of all arms here, not beside one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from synth.experiment.audit import backing
from synth.experiment.findings import Audit

_ABSTRACT = "2005.13013v2"
_ROBUST = "2104.08645"
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "intermediate/all": ("phang-v2/best",),
    "intermediate/xnli": ("stilts-gain/xnli",),
    "intermediate/pawsx": ("stilts-gain/paws-x",),
    "intermediate/udpos": ("stilts-gain/pos",),
    "intermediate/panx": ("stilts-gain/ner",),
    "intermediate/xquad": ("stilts-gain/xquad/f1", "stilts-gain/xquad/em"),
    "intermediate/mlqa": ("stilts-gain/mlqa/f1", "stilts-gain/mlqa/em"),
    "intermediate/tydiqa": ("stilts-gain/tydiqa/f1", "stilts-gain/tydiqa/em"),
    "nli/all": ("phang-v2/mnli",),
    "qa/all": ("phang-v2/squad",),
    "multi/all": ("phang-v2/multi-task",),
    "robust/pawsx": ("robust/paws-x",),
    "robust/xnli": ("robust/xnli",),
}
"""Ids of the published file whose mean is the published difference."""
_DIRECTIONS: Mapping[str, tuple[int, str]] = {
    **{
        f"{arm}/{task}": (1, _ABSTRACT)
        for arm in ("intermediate", "nli", "qa", "multi")
        for task in ("tatoeba", "tatoeba-112", "bucc", "xquad", "mlqa", "tydiqa", "all")
    },
    "multi-single/all": (1, _ABSTRACT),
    "robust/pawsx": (1, _ROBUST),
    "robust/xnli": (1, _ROBUST),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """The published side of an effect."""

    difference: float | None = None
    sign: int = 0
    source: str = ""


def expected(effect: str, audited: Audit) -> Expected:
    """What was published of an effect.

    Args:
        effect: Its id.
        audited: The audit of the published file.
    """
    sign, source = _DIRECTIONS.get(effect, (0, ""))
    known = {one.id: float(one.value.value) for one in backing(audited)}
    ids = _NUMBERS.get(effect, ())
    if ids and all(one in known for one in ids):
        value = round(sum(known[one] for one in ids) / len(ids), 2)
        return Expected(value, sign or (value > 0) - (value < 0), " ".join(ids))
    return Expected(None, sign, source)
