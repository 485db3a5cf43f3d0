"""Numbers written as words: ``nine``, ``twenty-seven``, ``two thirds``, ``twice`` (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from synth.verification.numbers.quantity import Kind

_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {name: Decimal(at) for at, name in enumerate(_UNIT_WORDS.split())}
_TENS = {name: Decimal(10 * at) for at, name in enumerate(_TEN_WORDS.split(), start=2)}
MAGNITUDES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
    "dozen": Decimal(12),
}
_DENOMINATORS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth"
ORDINALS = {name: Decimal(at) for at, name in enumerate(_ORDINAL_WORDS.split(), start=1)}
_TIMES = {"twice": 2, "thrice": 3, "doubl": 2, "tripl": 3, "quadrupl": 4}

_SMALL = "|".join([*_TENS, *sorted(_UNITS, key=len, reverse=True)])
_LARGE = "thousand|million|billion|trillion"
_REST = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS)}))?|{'|'.join(_UNITS)})(?![a-z])"


def _in_words(link: str) -> str:
    """The pattern of a number in words, with what may link a magnitude and its rest: "one hundred *and* five"."""
    hundred = rf"hundred(?![a-z])(?:{link}{_REST}(?![- ]hundred))?"
    large = rf"(?:{_LARGE})(?![a-z])(?:{link}{_REST}(?![- ](?:hundred|{_LARGE})))?"
    magnitude = rf"(?:{hundred}|{large}|dozen(?![a-z]))"
    more = rf"(?:[- ](?:{magnitude}|(?:{'|'.join(_UNITS)})(?![a-z])))*+"
    return rf"(?:(?:{_SMALL}){more}|an?\s{magnitude}{more})"


_WORDS = re.compile(
    rf"(?<![\w-])(?:(?<=between ){_in_words('[- ]')}|(?<!between ){_in_words('[- ](?:and[- ])?')})(?![a-z])",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?<![\w-])(?:(an?|one|two|three|four|five)[- ])(half|halves|{'|'.join(_DENOMINATORS)})s?(?![\w])"
    r"|(?<![\w-])(half)(?=\s(?:of|the|as|that|its)\b)|(?<=\bby\s)(half)\b|(?<=\bin\s)(half)\b",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    rf"(?<![\w-])(?:(twice|thrice)|(doubl|tripl|quadrupl)(?:es|ed|ing)\b|(doubl|tripl)e(?=\sthe\b)|({_SMALL})-?fold\b)",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"(?<![\w-])({_SMALL})\sin\s(?:every\s)?({_SMALL})\b(?!-)", re.IGNORECASE)
_HALF_DOZEN = re.compile(r"\bhalf\s(?:an?\s)dozen\b", re.IGNORECASE)
_ORDINAL = re.compile(rf"(?<![\w-])({'|'.join(ORDINALS)})(?=[- ][a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number written in words, where it stands, and its kind where the words give it away."""

    start: int
    end: int
    value: Decimal
    kind: Kind | None = None


def spelled(text: str) -> tuple[Spelled, ...]:
    """Every number written in words, in order, none overlapping another.

    ``one`` counts only before a magnitude, a hyphen or ``point`` ("one million", "one-shot"); alone it is a pronoun.
    """
    found = [Spelled(match.start(), match.end(), Decimal(6)) for match in _HALF_DOZEN.finditer(text)]
    for match in _SHARE.finditer(text):
        top, bottom = word_value(match[1]), word_value(match[2])
        if 0 < top < bottom:  # "one in seven"
            found.append(Spelled(match.start(), match.end(), _percent(top, bottom), Kind.PERCENT))
    for match in _FRACTION.finditer(text):
        found.append(Spelled(match.start(), match.end(), _fraction(match), Kind.PERCENT))
    for match in _MULTIPLE.finditer(text):
        found.append(Spelled(match.start(), match.end(), _multiple(match), Kind.RATIO))
    for match in _WORDS.finditer(text):
        if not _pronoun(match[0], text[match.end() : match.end() + 8]):
            found.append(Spelled(match.start(), match.end(), word_value(match[0])))
    for match in _ORDINAL.finditer(text):
        found.append(Spelled(match.start(), match.end(), ORDINALS[match[1].casefold()], Kind.ORDINAL))
    kept: list[Spelled] = []
    taken: set[int] = set()
    for item in found:  # fractions and multiples were found first and win: "one third" is no "one"
        if taken.isdisjoint(range(item.start, item.end)):
            kept.append(item)
            taken.update(range(item.start, item.end))
    return tuple(sorted(kept, key=lambda item: item.start))


def word_value(text: str) -> Decimal:
    """The value of a number in words: ``twenty-seven`` is 27, ``one hundred and five thousand`` is 105000."""
    total = current = Decimal(0)
    for word in re.split(r"[-\s]+", text.casefold()):
        if word in MAGNITUDES:
            current = (current or Decimal(1)) * MAGNITUDES[word]
            if MAGNITUDES[word] >= 1000:
                total, current = total + current, Decimal(0)
        else:
            current += _UNITS.get(word, _TENS.get(word, Decimal(0)))
    return total + current


def _pronoun(word: str, after: str) -> bool:
    lowered = word.casefold()
    if lowered == "zero":
        return after.startswith("-")
    return lowered == "one" and not re.match(r"-(?!third|half|to-)[a-z]|\spoint", after)


def _fraction(match: re.Match[str]) -> Decimal:
    if match[1] is None:
        return Decimal(50)
    top = {"a": Decimal(1), "an": Decimal(1)}.get(match[1].casefold()) or _UNITS[match[1].casefold()]
    bottom = match[2].casefold().rstrip("s")
    bottom = "half" if bottom.startswith("hal") else bottom
    return _percent(top, Decimal(_DENOMINATORS[bottom]))


def _percent(top: Decimal, bottom: Decimal) -> Decimal:
    return (100 * top / bottom).quantize(Decimal("0.01"))


def _multiple(match: re.Match[str]) -> Decimal:
    stem = next(group for group in match.groups() if group).casefold()
    return Decimal(_TIMES[stem]) if stem in _TIMES else word_value(stem)
