"""How far reviewers agree: Cohen's kappa for two, Krippendorff's alpha for all.

Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 1960;
Krippendorff, "Content Analysis", 2004, for nominal data with missing ratings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from synth.errors import ConfigError
from synth.review.decisions import Seen
from synth.types import Decision, ReviewNote

WRONG = "wrong"
"""The rating of a rejected label without a right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One claim on one basis, with the label that each reviewer holds right."""

    question: str
    claim_id: str
    claim: str
    shown: str
    """The label in the table."""
    ratings: tuple[tuple[str, str], ...]
    """Reviewer and label, in the order of the names."""

    @property
    def disputed(self) -> bool:
        """Whether two reviewers say different things."""
        return len({rating for _, rating in self.ratings}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Two reviewers on the claims that both decided."""

    reviewers: tuple[str, str]
    n: int
    agreed: int
    kappa: float | None
    """None where it is not defined: no claim in common, or all ratings are one label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """All reviewers on all claims."""

    reviewers: tuple[str, ...]
    n: int
    """Claims that two or more reviewers decided."""
    pairs: tuple[PairAgreement, ...]
    alpha: float | None
    """None where it is not defined, as for kappa."""
    disputed: tuple[Rated, ...]


def rating(note: ReviewNote, one: Seen) -> str:
    """The label that a reviewer holds right, or :data:`WRONG`."""
    if note.decision is Decision.ACCEPT:
        return one.row.verdict.label.value
    return note.label.value if note.label else WRONG


def rated(rows: Iterable[Seen]) -> tuple[Rated, ...]:
    """The decided rows of one or several reports; what was decided on the same claim and basis is one.

    Where two files tell different things of one reviewer, the later day counts.
    """
    groups: dict[tuple[str, str, str], tuple[Seen, dict[str, ReviewNote]]] = {}
    for one in rows:
        _, notes = groups.setdefault((one.question, one.id, one.basis), (one, {}))
        for note in one.row.reviewed:
            known = notes.get(note.reviewer)
            if known is None or (note.day, rating(note, one)) > (known.day, rating(known, one)):
                notes[note.reviewer] = note
    return tuple(
        Rated(
            question=one.question,
            claim_id=one.id,
            claim=one.row.claim.text,
            shown=one.row.verdict.label.value,
            ratings=tuple((reviewer, rating(note, one)) for reviewer, note in sorted(notes.items())),
        )
        for one, notes in groups.values()
        if notes
    )


def agreement(claims: Sequence[Rated]) -> Agreement:
    """How far the reviewers of these claims agree.

    Raises:
        ConfigError: If there are fewer than two reviewers.
    """
    reviewers = tuple(sorted({reviewer for one in claims for reviewer, _ in one.ratings}))
    if len(reviewers) < 2:
        found = f"only {reviewers[0]} has" if reviewers else "nobody has"
        raise ConfigError(
            f"{found} decided on claims of this; agreement needs two reviewers: let another one run"
            " `synth review REPORT --reviewer NAME`, or name a colleague's copy of the report as well"
        )
    shared = [one for one in claims if len(one.ratings) > 1]
    return Agreement(
        reviewers=reviewers,
        n=len(shared),
        pairs=tuple(_pair(first, second, shared) for first, second in combinations(reviewers, 2)),
        alpha=_alpha(reviewers, shared),
        disputed=tuple(one for one in shared if one.disputed),
    )


def _pair(first: str, second: str, claims: Sequence[Rated]) -> PairAgreement:
    said = [dict(one.ratings) for one in claims]
    both = [(ratings[first], ratings[second]) for ratings in said if first in ratings and second in ratings]
    return PairAgreement(
        reviewers=(first, second),
        n=len(both),
        agreed=sum(one == other for one, other in both),
        kappa=_kappa(both),
    )


def _kappa(both: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None where chance alone would agree always, which divides by nothing."""
    if len({label for pair in both for label in pair}) < 2:
        return None
    from sklearn.metrics import cohen_kappa_score

    firsts, seconds = zip(*both, strict=True)
    return float(cohen_kappa_score(firsts, seconds))


def _alpha(reviewers: Sequence[str], claims: Sequence[Rated]) -> float | None:
    labels = sorted({label for one in claims for _, label in one.ratings})
    if len(labels) < 2:
        return None
    import krippendorff

    said = [dict(one.ratings) for one in claims]
    data = np.array(
        [[labels.index(one[name]) if name in one else np.nan for one in said] for name in reviewers], dtype=np.float64
    )
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))
