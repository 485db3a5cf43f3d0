"""Near-duplicates made one claim, with every place that states it; claims that a fuller one holds left out.

Two wordings are one claim where their texts are equal up to case and stops, or where their embeddings are close *and*
nothing that turns a meaning differs: numbers, names, negations, directions, the order of a comparison. Embeddings alone
cannot tell "A beats B" from "B beats A". Groups are complete-linkage: a claim joins a group only if it equals every
member, so that a chain of small steps never joins two ends that differ.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from synth.text import content_words, normalise, words
from synth.types import Claim, Origin

SAME_CLAIM = 0.88
"""Least cosine similarity of two wordings of one claim; how it was measured stands in ``docs/CLAIMS.md``."""
HELD = 0.8
"""Least cosine similarity of a claim and one that holds it."""
_FEWEST = 4
"""Content words that a claim must have to be held by another."""
_LIGHT = frozenset(
    content_words(
        "performs performed achieves achieved reaches reached obtains obtained attains attained gets shows showed "
        "yields gives holds improves improved outperforms outperformed better superior score performance result value"
    )
)
"""Words that a fuller wording may put otherwise: "performs better than X" for "improves over X"."""
_REPORTED = re.compile(
    r"^(?:The (?:\w+ )?(?:results?|findings|experiments|analysis|"
    r"observations) of )?[A-ZÀ-Þ][\w’' -]*?(?: et al\.)?(?:’s)? "
    r"\((?:19|20)\d\d\)(?: (?:experiments|results))?(?: \w+ly)? (?:also )?(?:shows?|finds?|found|showed|"
    r"demonstrates?|observes?|observed|"
    r"reports?|reported|suggests?|indicates?|concludes?|argues?|reveals?|confirms?) (?:that )?"
)
_YEAR = re.compile(r"\((?:19|20)\d\d\)")
_NUMBER = re.compile(r"(?<![A-Za-z\d])\d+(?:[.,]\d+)*(?:\s?(?:%|percent|x|×|[KMBkmb]\b|million|billion))?")
_NAME = re.compile(r"\b[A-Za-z]*[A-Z0-9][\w-]*[A-Z0-9]\w*\b|(?<=[a-z,;] )[A-ZÀ-Þ][\w-]+")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|without|hardly|barely|fails?|failed|unable|lacks?|little|few|rarely|"
    r"n't|nothing|impossible|unlikely|unnecessary|except)\b|n['’]t\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:than|outperform\w*|over|surpass\w*|exceed\w*|beats?|from|to|versus|into|caus\w+|leads?)\b", re.IGNORECASE
)
_ADDING = frozenset(["with", "all", "every", "also"])
_ALL = re.compile(r"\b(?:all|every|both|each|always)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:of|some|most|many|several|half|part|partly|except|but|often)\b", re.IGNORECASE)
_DIRECTIONS: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(up.split()), frozenset(down.split()))
    for up, down in (
        (
            "higher high increase increased increases increasing rise rises grow grows gain gains",
            "lower low decrease decreased decreases decreasing fall falls drop drops shrink reduce "
            "reduces reduced reduction loss",
        ),
        (
            "better best improve improves improved improvement outperform outperforms outperformed "
            "superior benefit benefits helps help",
            "worse worst degrade degrades degraded degradation hurt hurts harm harms underperform "
            "underperforms inferior",
        ),
        (
            "more most larger large largest bigger longer deeper",
            "less least fewer smaller small smallest shorter shallower",
        ),
        ("faster fast", "slower slow"),
        ("easy easier simple simpler", "hard harder difficult complex"),
        ("with", "without"),
        ("positive positively", "negative negatively"),
        ("similar same comparable equal", "different dissimilar distinct unequal"),
        ("can able possible", "cannot unable impossible"),
        ("necessary needed required crucial important", "unnecessary unneeded optional unimportant"),
        ("before", "after"),
        ("supervised", "unsupervised"),
        ("source", "target"),
        ("only", "also"),
        ("all every", "some many"),
    )
)


def merge(
    claims: Sequence[Claim], embeddings: NDArray[np.float32], *, threshold: float = SAME_CLAIM
) -> tuple[Claim, ...]:
    """The claims with near-duplicates merged, best first; ties by id. The order of the input does not count.

    A claim of which another states all and more is left out: a reader of the table would learn nothing from it.

    Args:
        claims: Claims with their own origins.
        embeddings: One unit vector a claim. Shape ``(len(claims), d)``.
        threshold: Least cosine similarity of two wordings of one claim.
    """
    order = sorted(range(len(claims)), key=lambda row: _rank(claims[row]))
    groups: list[list[int]] = []
    for row in order:
        for group in groups:
            if all(
                _same(claims[row], claims[other], float(embeddings[row] @ embeddings[other]), threshold)
                for other in group
            ):
                group.append(row)
                break
        else:
            groups.append([row])
    return tuple(
        replace(claims[group[0]], origins=_origins([claims[row] for row in group]))
        for group in groups
        if not any(_held(claims, embeddings, group[0], other[0]) for other in groups if other is not group)
    )


def _held(claims: Sequence[Claim], embeddings: NDArray[np.float32], row: int, other: int) -> bool:
    """Whether a claim says nothing that another does not say more fully; that one alone goes into the table."""
    return float(embeddings[row] @ embeddings[other]) >= HELD and holds(claims[other].text, claims[row].text)


def _rank(claim: Claim) -> tuple[float, str, tuple[tuple[str, int], ...]]:
    """Best first; the same wording from two places by paper and place."""
    places = tuple((origin.paper_id, origin.start) for origin in claim.origins)
    return -score(claim), claim.id, places


def score(claim: Claim) -> float:
    """What a claim is worth to its question: relevance times the root of worthiness."""
    return math.sqrt(claim.worthiness) * claim.relevance


def _origins(group: Sequence[Claim]) -> tuple[Origin, ...]:
    """Every origin of the group once, those of the best claim first."""
    return tuple(dict.fromkeys(origin for claim in group for origin in claim.origins))


def _same(one: Claim, other: Claim, cosine: float, threshold: float) -> bool:
    if normalise(one.text) == normalise(other.text):
        return True
    return cosine >= threshold and says_the_same(one.text, other.text)


def says_the_same(one: str, other: str) -> bool:
    """Whether nothing that turns a meaning differs between two near wordings.

    Who reports a finding does not count; numbers, names, negations, directions and the order of a comparison do.
    """
    one, other = _core(one), _core(other)
    if sorted(_numbers(one)) != sorted(_numbers(other)) or _names(one) != _names(other):
        return False
    if len(_NEGATION.findall(one)) % 2 != len(_NEGATION.findall(other)) % 2:
        return False
    return not _opposed(one, other) and _ordered_alike(one, other)


def holds(fuller: str, shorter: str) -> bool:
    """Whether the fuller of two near wordings states all of the shorter one, and something besides.

    Every content word, number and name of the shorter must be in the fuller, light verbs aside; nothing that turns a
    meaning may differ. Who reports a finding does not count.
    """
    fuller, shorter = _core(fuller), _core(shorter)
    whole, part = frozenset(content_words(fuller)), frozenset(content_words(shorter))
    if len(part) < _FEWEST or len(whole - _LIGHT) <= len(part - _LIGHT) or part - whole - _LIGHT:
        return False
    if not (Counter(_numbers(shorter)) <= Counter(_numbers(fuller)) and _names(shorter) <= _names(fuller)):
        return False
    if _NEGATION.search(fuller) or _NEGATION.search(shorter):
        return False
    return not _turns(fuller, shorter) and _shared_order(fuller, shorter)


def _turns(fuller: str, shorter: str) -> bool:
    """Whether one wording has a direction of which the other says nothing: what is added may take back the rest.

    "With" adds, and turns nothing; "all five" is "five" unless the fuller wording speaks of a part.
    """
    whole, part = frozenset(words(fuller)) - _ADDING, frozenset(words(shorter)) - _ADDING
    if any(bool(whole & side) != bool(part & side) for pair in _DIRECTIONS for side in pair):
        return True
    return bool(_ALL.search(shorter)) and not _ALL.search(fuller) and bool(_PART.search(fuller))


def _core(text: str) -> str:
    return _REPORTED.sub("", text, count=1)


def _numbers(text: str) -> list[str]:
    return [
        match.replace(" ", "").replace("percent", "%").replace(",", "")
        for match in _NUMBER.findall(_YEAR.sub("", text))
    ]


def _names(text: str) -> frozenset[str]:
    return frozenset(name.casefold().replace("-", "") for name in _NAME.findall(_YEAR.sub("", text)))


def _opposed(one: str, other: str) -> bool:
    first, second = frozenset(words(one)), frozenset(words(other))
    return any(
        bool(first & up) != bool(second & up) and bool(first & down) != bool(second & down) for up, down in _DIRECTIONS
    )


def _ordered_alike(one: str, other: str) -> bool:
    """Whether the words that two comparisons share come in one order."""
    return not (_ORDER.search(one) or _ORDER.search(other)) or _shared_order(one, other)


def _shared_order(one: str, other: str) -> bool:
    first, second = list(dict.fromkeys(content_words(one))), list(dict.fromkeys(content_words(other)))
    shared = frozenset(first) & frozenset(second)
    return [word for word in first if word in shared] == [word for word in second if word in shared]
