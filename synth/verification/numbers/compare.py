"""Whether the numbers of a claim stand in a passage with the same meaning (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from synth.types import NumberCheck
from synth.verification.names import LANGUAGES
from synth.verification.numbers.derive import direction, follows, pairs
from synth.verification.numbers.equality import ABOUT, equal, is_share, opposite
from synth.verification.numbers.extract import Reading, read, word_set
from synth.verification.numbers.quantity import Bound, End, Kind, Quantity

SAME_THING = 0.5
"""Share of a claim's content words that a sentence must hold before another value in it contradicts the claim."""

_COMPATIBLE = {
    frozenset({Kind.PERCENT, Kind.PLAIN}),
    frozenset({Kind.POINTS, Kind.PLAIN}),
    frozenset({Kind.COUNT, Kind.PLAIN}),
    frozenset({Kind.YEAR, Kind.PLAIN}),
    frozenset({Kind.YEAR, Kind.COUNT}),
}


def compare_numbers(claim: str, passage: str) -> NumberCheck:
    """The check of a whole claim against one passage: the worst of its numbers decides.

    A number of the claim is in the passage where the passage states a value that rounds to it at the
    claim's own precision, of the same kind (a percent is no percentage point), counting the same thing, and
    not bound by the passage to another name. A difference or a ratio may also follow from two values of one
    sentence: "by 8.1 points" from "from 65.4 to 73.5". Words too common to be demanded ("two", "second") never
    count as missing.

    Args:
        claim: The claim's text.
        passage: The passage's text.

    Returns:
        ``NONE`` where the claim states no number; ``DISAGREE`` where a sentence on the same thing gives
        another value for one of them; otherwise ``MISSING`` or ``AGREE``.
    """
    ours, theirs = read(claim), read(passage)
    if not ours.quantities:
        return NumberCheck.NONE
    if _reversed(ours, theirs):
        return NumberCheck.DISAGREE
    checks = [check_quantity(quantity, ours, theirs) for quantity in ours.quantities]
    if NumberCheck.DISAGREE in checks:
        return NumberCheck.DISAGREE
    if NumberCheck.MISSING in checks:
        return NumberCheck.MISSING
    return NumberCheck.AGREE if NumberCheck.AGREE in checks else NumberCheck.NONE


def check_quantity(ours: Quantity, claim: Reading, passage: Reading) -> NumberCheck:
    """The check of one number; ``NONE`` where it is too common a word and the passage does not state it."""
    elsewhere = False
    for theirs in passage.quantities:
        if equal(ours, theirs) and _same_meaning(ours, claim, theirs, passage):
            if _bound_elsewhere(ours, claim, theirs, passage):
                elsewhere = True
            elif not _of_other_languages(ours, claim, theirs):
                return NumberCheck.AGREE
    way = direction(claim.text)
    if any(follows(ours, first, second, way) for first, second in pairs(passage)):
        return NumberCheck.AGREE
    if elsewhere or any(_contradicts(ours, claim, theirs, passage) for theirs in passage.quantities):
        return NumberCheck.DISAGREE
    return NumberCheck.NONE if ours.weak else NumberCheck.MISSING


def _same_kind(ours: Quantity, theirs: Quantity) -> bool:
    if "bytes" in (ours.unit, theirs.unit) and ours.unit != theirs.unit:
        return False
    if ours.unit == "$" or theirs.unit == "$":  # a table may leave the sign out
        return ours.unit == theirs.unit or (ours.distinctive and theirs.kind in (Kind.PLAIN, Kind.COUNT))
    return ours.kind is theirs.kind or frozenset({ours.kind, theirs.kind}) in _COMPATIBLE


def _same_meaning(ours: Quantity, claim: Reading, theirs: Quantity, passage: Reading) -> bool:
    """Whether two equal values may speak of the same thing."""
    if not _same_kind(ours, theirs):
        return False
    if ours.kind is theirs.kind and ours.kind in (Kind.PERCENT, Kind.POINTS, Kind.RATIO, Kind.YEAR):
        return True
    if Kind.POINTS in (ours.kind, theirs.kind):  # a bare value is a difference only where it looks like one
        return ours.distinctive or ours.delta == theirs.delta
    if ours.distinctive:
        return True
    if ours.kind is theirs.kind is Kind.COUNT:
        return bool(set(ours.nouns) & set(theirs.nouns))
    about = set(ours.nouns) | ours.names
    return bool(about & (set(theirs.nouns) | theirs.names)) or bool(about & passage.sentence_words(theirs))


def _of_other_languages(ours: Quantity, claim: Reading, theirs: Quantity) -> bool:
    """Whether the passage gives the value for languages that the claim does not speak of."""
    wanted = (ours.names or claim.names) & LANGUAGES
    given = theirs.names & LANGUAGES
    return bool(wanted and given) and not given & claim.names


def _bound_elsewhere(ours: Quantity, claim: Reading, theirs: Quantity, passage: Reading) -> bool:
    """Whether the passage gives this value to another name, and another value to the claim's name.

    Both must hold: names alone differ too often in wording to refuse a value for.
    """
    return any(
        theirs.names
        and not theirs.names & wanted
        and any(
            other is not theirs
            and other.kind is theirs.kind
            and other.names & wanted
            and not equal(ours, other)
            and not _within_bounds(ours, other)
            for other in passage.quantities
        )
        for wanted in (ours.names, claim.names)
    )


def _contradicts(ours: Quantity, claim: Reading, theirs: Quantity, passage: Reading) -> bool:
    """Whether a passage's value stands where the claim has another."""
    if ours.kind is not theirs.kind or ours.unit != theirs.unit or ours.delta != theirs.delta or ours.weak:
        return False
    if opposite(ours, theirs):
        return _on_the_same_thing(claim, theirs, passage)
    if _compatible_precision(ours, theirs) or _within_bounds(ours, theirs) or _other_scale(ours, theirs):
        return False
    if any(equal(mine, theirs) for mine in claim.quantities):
        return False
    if ours.kind in (Kind.COUNT, Kind.PLAIN) and not set(ours.nouns) & set(theirs.nouns):
        return False
    if ours.names and theirs.names and not ours.names & theirs.names:
        return False
    return _on_the_same_thing(claim, theirs, passage)


def _on_the_same_thing(claim: Reading, theirs: Quantity, passage: Reading) -> bool:
    words = word_set(claim.text)
    return bool(words) and len(words & passage.sentence_words(theirs)) >= SAME_THING * len(words)


def _compatible_precision(ours: Quantity, theirs: Quantity) -> bool:
    """Whether the two differ by no more than the coarser one's rounding, or than "about" allows."""
    tolerance = max(ours.step, theirs.step) / 2
    if Bound.ABOUT in (ours.bound, theirs.bound):
        tolerance = max(tolerance, 5 * ABOUT * abs(ours.value))
    return abs(abs(ours.value) - abs(theirs.value)) <= tolerance


def _other_scale(ours: Quantity, theirs: Quantity) -> bool:
    """Whether one is the other on a scale to 100: an F1 of 0.85 and one of 85.0."""
    if not ours.kind is theirs.kind is Kind.PLAIN or is_share(ours) is is_share(theirs):
        return False
    share, score = (ours, theirs) if is_share(ours) else (theirs, ours)
    return abs(100 * abs(share.value) - abs(score.value)) <= max(100 * share.step, score.step) / 2


def _within_bounds(ours: Quantity, theirs: Quantity) -> bool:
    """Whether one value satisfies the other's bound: 104 refutes no "more than 40", 5 no "up to 10"."""
    mine, other = abs(ours.value), abs(theirs.value)
    above = (ours.bound is Bound.ABOVE and other >= mine) or (theirs.bound is Bound.ABOVE and mine >= other)
    below = (ours.bound is Bound.BELOW and other <= mine) or (theirs.bound is Bound.BELOW and mine <= other)
    return above or below


def _ranges(reading: Reading) -> Iterator[tuple[Quantity, Quantity]]:
    for first, second in zip(reading.quantities, reading.quantities[1:], strict=False):
        if (first.end_of_range, second.end_of_range) in ((End.FROM, End.TO), (End.LOW, End.HIGH)):
            yield first, second


def _reversed(claim: Reading, passage: Reading) -> bool:
    """Whether the passage goes from B to A where the claim goes from A to B, and nowhere the claim's way."""
    theirs = [pair for pair in _ranges(passage) if pair[0].end_of_range is End.FROM]
    for first, second in _ranges(claim):
        if first.end_of_range is not End.FROM or first.value == second.value:
            continue
        turned = any(equal(first, end) and equal(second, start) for start, end in theirs)
        same = any(equal(first, start) and equal(second, end) for start, end in theirs)
        if turned and not same:
            return True
    return False
