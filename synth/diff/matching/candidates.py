"""Which rows of two tables may be one claim by their wording, found without comparing each with each. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil

from synth.diff.matching.wording import Wording, opening, similarity

COMMON = 96
"""A token in more wordings than this leads to no candidates: too many share it. Tables of fifty rows never feel it."""
STAND_INS = 6
"""Pairs of neighbouring tokens that lead to candidates in place of common tokens."""
MOST = 12
"""Only so many candidates of one row are looked at, the nearest."""


def beginnings(old: Sequence[Wording], new: Sequence[Wording]) -> frozenset[tuple[int, int]]:
    """The pairs of which a cut one is the beginning of the other."""
    first, second = [opening(one.text) for one in old], [opening(one.text) for one in new]
    found = set(_begun(old, first, second))
    found.update((one, other) for other, one in _begun(new, second, first))
    return frozenset(found)


def _begun(cut: Sequence[Wording], openings: Sequence[str], others: Sequence[str]) -> Iterator[tuple[int, int]]:
    if not any(wording.cut for wording in cut):
        return
    order = sorted((text, place) for place, text in enumerate(others))
    for one, wording in enumerate(cut):
        if not (wording.cut and openings[one]):
            continue
        place = bisect_left(order, (openings[one], -1))
        while place < len(order) and order[place][0].startswith(openings[one]):
            yield one, order[place][1]
            place += 1


def near(old: Sequence[Wording], new: Sequence[Wording], least: float) -> dict[tuple[int, int], float]:
    """The pairs with at least this similarity, and how much it is.

    Two wordings that are alike share one of their rarest tokens (prefix filtering, Chaudhuri et al., ICDE 2006), so
    only those that do are compared; nothing is lost but what :data:`COMMON` leaves out.

    Args:
        old: Wordings of one table.
        new: Wordings of the other.
        least: Least similarity, above 0.
    """
    frequency = Counter(token for wording in (*old, *new) for token in wording.bag)
    if max(frequency.values(), default=0) > COMMON:
        frequency.update(pair for wording in (*old, *new) for pair in _neighbours(wording))
    old_rare = [_rarest(wording, frequency, least) for wording in old]
    new_rare = [_rarest(wording, frequency, least) for wording in new]
    pairs = set(_sharing(old_rare, _index(new_rare)))
    for cut, rare, others, flip in ((old, old_rare, new, False), (new, new_rare, old, True)):
        if not any(wording.cut for wording in cut):
            continue
        # a cut wording shares its rare tokens with any part of a whole one
        whole = _index(wording.bag | _neighbours(wording) for wording in others)
        probes = [tokens if wording.cut else () for wording, tokens in zip(cut, rare, strict=True)]
        pairs.update((other, one) if flip else (one, other) for one, other in _sharing(probes, whole))
    found = {}
    for one, other in pairs:
        first, second = old[one], new[other]
        if first.cut or second.cut or 2 * len(first.bag & second.bag) >= least * (len(first.bag) + len(second.bag)):
            alike = similarity(first, second)
            if alike >= least:
                found[one, other] = alike
    return found


def _rarest(wording: Wording, frequency: Mapping[str, int], least: float) -> tuple[str, ...]:
    """The tokens of which an alike wording has at least one: all but as many as it may lack, the rarest first.

    For tokens that too many wordings have, the rarest neighbours stand in.
    """
    size = len(wording.bag)
    needed = max(1, ceil(least * size / (2 - least) - 1e-9))

    def rarity(token: str) -> tuple[int, str]:
        return frequency[token], token

    wanted = sorted(wording.bag, key=rarity)[: size - needed + 1]
    rare = [token for token in wanted if frequency[token] <= COMMON]
    if len(rare) < len(wanted):
        neighbours = sorted(_neighbours(wording), key=rarity)[:STAND_INS]
        rare += [pair for pair in neighbours if frequency[pair] <= COMMON]
    return tuple(rare)


def _neighbours(wording: Wording) -> frozenset[str]:
    return frozenset(f"{one} {other}" for one, other in pairwise(wording.tokens))


def _index(rows: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for place, tokens in enumerate(rows):
        for token in tokens:
            index[token].append(place)
    return index


def _sharing(rows: Sequence[Iterable[str]], index: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, int]]:
    for one, tokens in enumerate(rows):
        for other in {place for token in tokens for place in index.get(token, ())}:
            yield one, other


def nearest(found: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """The pairs that are among the nearest of either row; all of equal similarity stay, so that order cannot count."""
    bounds = []
    for side in (0, 1):
        values: defaultdict[int, list[float]] = defaultdict(list)
        for pair, alike in found.items():
            values[pair[side]].append(alike)
        bounds.append({row: sorted(alikes, reverse=True)[:MOST][-1] for row, alikes in values.items()})
    return {pair: alike for pair, alike in found.items() if alike >= min(bounds[0][pair[0]], bounds[1][pair[1]])}
