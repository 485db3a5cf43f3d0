"""Whether the numbers of a claim stand in a passage with the same meaning (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from synth.types import NumberCheck
from synth.verification.names import LANGUAGES
from synth.verification.numbers.extract import Reading, difference, read, word_set
from synth.verification.numbers.quantity import Bound, End, Kind, Quantity

SAME_THING = 0.5
"""Share of a claim's content words that a sentence must hold before another value in it contradicts the claim."""
ABOUT = Decimal("0.02")
"""What "about" allows, as a share of the value."""
FAR = 2
"""More than 100 is not borne out by 100000: a bound counts within this factor."""

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
    not bound by the passage to another name. A difference may also follow from both ends of a range: "by 8.1
    points" from "from 65.4 to 73.5". Words too common to be demanded ("two", "second") never count as missing.

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
        if _equal(ours, theirs) and _same_meaning(ours, claim, theirs, passage):
            if _bound_elsewhere(ours, claim, theirs, passage):
                elsewhere = True
            elif not _of_other_languages(ours, claim, theirs):
                return NumberCheck.AGREE
    if any(_follows(ours, first, second) for first, second in _ranges(passage)):
        return NumberCheck.AGREE
    if elsewhere or any(_contradicts(ours, claim, theirs, passage) for theirs in passage.quantities):
        return NumberCheck.DISAGREE
    return NumberCheck.NONE if ours.weak else NumberCheck.MISSING


def _equal(ours: Quantity, theirs: Quantity) -> bool:
    """Equal at the claim's precision; a passage that is coarser than the claim does not bear it out."""
    mine, other = abs(ours.value), abs(theirs.value)
    if mine == other:
        return True
    if ours.bound is Bound.ABOVE and theirs.bound is not Bound.BELOW:
        return mine <= other <= FAR * mine
    if ours.bound is Bound.BELOW and theirs.bound is not Bound.ABOVE:
        return other <= mine <= FAR * other
    if ours.kind is Kind.PERCENT and theirs.kind is Kind.PLAIN and other <= 1 and theirs.step < 1:
        other, step = other * 100, theirs.step * 100  # 0.85 of a table is 85%
    else:
        step = theirs.step
    return rounds_to(mine, ours.step, ours.bound, other, step)


def rounds_to(value: Decimal, step: Decimal, bound: Bound, other: Decimal, other_step: Decimal) -> bool:
    """Whether ``other`` is ``value`` when rounded to a multiple of ``step``; "about" gives 2% on top."""
    if value == other:
        return True
    if bound is Bound.ABOUT:
        return abs(value - other) <= max(step / 2, ABOUT * value)
    return other_step <= step and abs(value - other) <= step / 2


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
            other is not theirs and other.kind is theirs.kind and other.names & wanted and not _equal(ours, other)
            for other in passage.quantities
        )
        for wanted in (ours.names, claim.names)
    )


def _contradicts(ours: Quantity, claim: Reading, theirs: Quantity, passage: Reading) -> bool:
    """Whether a passage's value stands where the claim has another."""
    if ours.kind is not theirs.kind or ours.unit != theirs.unit or ours.delta != theirs.delta or ours.weak:
        return False
    if _compatible_precision(ours, theirs) or any(_equal(mine, theirs) for mine in claim.quantities):
        return False
    if ours.kind in (Kind.COUNT, Kind.PLAIN) and not set(ours.nouns) & set(theirs.nouns):
        return False
    if ours.names and theirs.names and not ours.names & theirs.names:
        return False
    words = word_set(claim.text)
    return bool(words) and len(words & passage.sentence_words(theirs)) >= SAME_THING * len(words)


def _compatible_precision(ours: Quantity, theirs: Quantity) -> bool:
    """Whether the two differ by no more than the coarser one's rounding, or by a bound."""
    tolerance = max(ours.step, theirs.step) / 2
    if Bound.ABOUT in (ours.bound, theirs.bound):
        tolerance = max(tolerance, 5 * ABOUT * abs(ours.value))
    return abs(abs(ours.value) - abs(theirs.value)) <= tolerance or (
        theirs.bound is Bound.ABOVE and abs(ours.value) >= abs(theirs.value)
    )


def _ranges(reading: Reading) -> Iterator[tuple[Quantity, Quantity]]:
    for first, second in zip(reading.quantities, reading.quantities[1:], strict=False):
        if (first.end_of_range, second.end_of_range) in ((End.FROM, End.TO), (End.LOW, End.HIGH)):
            yield first, second


def _follows(ours: Quantity, first: Quantity, second: Quantity) -> bool:
    """Whether a difference or a ratio of the claim comes out of a passage's "from A to B"."""
    if first.end_of_range is not End.FROM:
        return False
    low, high = sorted((abs(first.value), abs(second.value)))
    if ours.kind is Kind.RATIO:
        return low > 0 and rounds_to(ours.value, ours.step, Bound.ABOUT, (high / low).quantize(ours.step), ours.step)
    if not ours.delta or ours.kind not in (Kind.POINTS, Kind.PLAIN) or first.kind not in (Kind.PERCENT, Kind.PLAIN):
        return False
    distance, step = difference(first, second)
    return rounds_to(abs(ours.value), ours.step, ours.bound, distance, step)


def _reversed(claim: Reading, passage: Reading) -> bool:
    """Whether the passage goes from B to A where the claim goes from A to B, and nowhere the claim's way."""
    theirs = [pair for pair in _ranges(passage) if pair[0].end_of_range is End.FROM]
    for first, second in _ranges(claim):
        if first.end_of_range is not End.FROM or first.value == second.value:
            continue
        turned = any(_equal(first, end) and _equal(second, start) for start, end in theirs)
        same = any(_equal(first, start) and _equal(second, end) for start, end in theirs)
        if turned and not same:
            return True
    return False
