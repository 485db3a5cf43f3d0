"""Finds the numbers of a text and reads value, precision, unit and kind off each (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from synth.verification.numbers.lexicon import MAGNITUDES, spelled
from synth.verification.numbers.quantity import Kind

_SIZE = r"(?:dim|hidden|unit|neuron|channel|bit|and\b|or\b|to\b|vs)"
"""Words before which "2 300" is two numbers: two vectors of 300 dimensions, an end of a list."""
_ALONE = r"(?![.,]?\d| \d|\w)"
SPACED = (
    rf"(?<!\d )(?:[1-9]\d{{0,2}}(?: \d{{3}})++{_ALONE}(?<= 000)"
    rf"|[1-9]\d{{1,2}} \d{{3}}{_ALONE}(?=\s(?!{_SIZE})[a-z]{{2,}})"
    rf"|[1-9]\d{{0,2}}(?: \d{{3}})++{_ALONE}(?=(?:\s(?!{_SIZE})[a-z][a-z-]*){{0,2}}\s(?!{_SIZE})[a-z]{{3,}}s\b))"
)
"""Thousands set apart by spaces, "12 000": only beside no other number, and where what is counted follows."""
_NUMBER = re.compile(
    r"(?<![\w¤.,])(?P<currency>US\$|[$€£])?(?P<sign>(?<![\w)\]¤%}])[+\-−–])?"
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|{SPACED}|\d+(?:\.\d+)?|\.\d+)(?![¤])"
)
_SCIENTIFIC = re.compile(
    r"\s?[×x·∗*]\s?10(?:\s?\^\s?(?P<open>[({])?(?P<power>[-−–+]?\d{1,2})(?(open)[)}])"
    r"|\s?(?P<round>\()?(?P<signed>[-−–]\d{1,2})(?(round)\))|\s?(?P<bare>[1-9]\d?))(?![.,]?\d)"
    r"|[eE](?P<e>[-−–+]?\d{1,2})(?!\w)"
)
_POWER = re.compile(r"\s?\^\s?(?P<open>[({])?(?P<power>[-−–+]?\d{1,2})(?(open)[)}])(?![.,]?\d)")
_OPERATIONS = re.compile(r"\s?(?:[A-Z]?FLOPs?\b|floating|operations?\b)", re.IGNORECASE)
_LETTER = re.compile(r"(?P<letter>[kKMBT]|bn|mn)(?![\w¤])")
_WORD = re.compile(r"[-\s](?P<word>hundred|thousand|million|billion|trillion)s?\b", re.IGNORECASE)
_BYTES = re.compile(r"[-\s]?(?P<prefix>[KMGTP])i?B\b|(?P<giga>G)\b")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_POINTS = re.compile(
    r"\s?(?:%\s?-?(?:points?\b|p\b)|percentage[-\s]points?\b|p\.p\.|pp\b|pts?\b)"
    r"|[-\s](?:(?!data|anchor|time|check|end|and|or|of|to|on)[A-Za-z][\w¤@%.+]*[-\s]){0,2}points?\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:%|percent\b|per\scent\b)", re.IGNORECASE)
_RATIO = re.compile(
    r"\s?×(?!\s?\d)|[xX]\b(?!\s?\d)|-?fold\b"
    r"|\stimes(?=\s(?:faster|slower|more|less|fewer|larger|smaller|higher|lower|as|the|longer|better|bigger|greater)\b)"
)
_CURRENCY = re.compile(r"\s(?:US\s)?(?:dollars?|USD|euros?|EUR)\b", re.IGNORECASE)
_SMALL_FRACTION = re.compile(r"(?<![\w./,¤])(?P<top>[1-9])/(?P<bottom>[2-9]|10)(?![\w./%])")
MOST_POWER = 30
"""No count of words or operations has as many digits; a side of an image does."""
_POWERS = {"k": 3, "K": 3, "M": 6, "mn": 6, "B": 9, "bn": 9, "T": 12}
_BYTE_POWERS = {"K": 3, "M": 6, "G": 9, "T": 12, "P": 15}


@dataclass(frozen=True, slots=True)
class Token:
    """A number as it is printed, before anything is known of its surroundings."""

    start: int
    end: int
    """Behind the unit, where there is one."""
    value: Decimal
    step: Decimal
    kind: Kind | None
    unit: str = ""
    signed: bool = False
    worded: bool = False


def tokens(hidden: str) -> tuple[Token, ...]:
    """The numbers of a text whose other digits are hidden, in order; the second half of ``a ± b`` is left out."""
    found: list[Token] = list(fractions(hidden))
    taken = {at for item in found for at in range(item.start, item.end)}
    for match in _NUMBER.finditer(hidden):
        before = hidden[max(0, match.start() - 8) : match.start()].rstrip()
        if match.start() not in taken and not before.endswith(("±", "+/-", "+/−")):
            found.append(_digits(hidden, match))
            taken.update(range(found[-1].start, found[-1].end))
    for word in spelled(hidden):
        if taken.isdisjoint(range(word.start, word.end)):
            kind, end, _ = (word.kind, word.end, "") if word.kind else _unit(hidden, word.end)
            step = Decimal(1) if word.value == word.value.to_integral_value() else Decimal("0.7")
            found.append(Token(word.start, end, word.value, step, kind, worded=True))
    return tuple(sorted(found, key=lambda item: item.start))


def _digits(text: str, match: re.Match[str]) -> Token:
    value = plain_value(match["digits"])
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    if match["sign"] and match["sign"] != "+":
        value = -value
    power, end, magnified = _magnitude(text, match["digits"], match.end())
    value, step = value.scaleb(power), step.scaleb(power)
    kind, end, unit = _unit(text, end)
    if match["currency"]:
        unit = "$"
    elif magnified == "bytes":
        unit = "bytes"
    return Token(match.start(), end, value, step, kind, unit, signed=bool(match["sign"]))


def plain_value(digits: str) -> Decimal:
    """The value of printed digits, thousands set apart or not."""
    return Decimal(re.sub(r"[, ]", "", digits))


def power_of_ten(text: str, digits: str, end: int) -> tuple[int, int] | None:
    """The power of ten that printed digits are to be taken times, and where it ends.

    Args:
        text: Any text.
        digits: Digits that it prints.
        end: Where they end.

    Returns:
        -4 for ``1e-4``, -5 for ``2 × 10^-5``, 4 for ``10^5``; None where there is no such power.
    """
    if digits == "10" and (match := _POWER.match(text, end)):
        return _signed(match["power"]) - 1, match.end()
    match = _SCIENTIFIC.match(text, end)
    if match is None or (match["bare"] and _is_size(int(match["bare"]), text[match.end() : match.end() + 16], digits)):
        return None
    return _signed(match["power"] or match["signed"] or match["bare"] or match["e"]), match.end()


def _magnitude(text: str, digits: str, end: int) -> tuple[int, int, str]:
    """Power of ten, where its wording ends, and ``bytes`` where it names them."""
    if match := _BYTES.match(text, end):
        return _BYTE_POWERS[match["prefix"] or match["giga"]], match.end(), "bytes"
    if match := _LETTER.match(text, end):
        return _POWERS[match["letter"]], match.end(), ""
    if raised := power_of_ten(text, digits, end):
        return *raised, ""
    power = 0
    while match := _WORD.match(text, end):
        power += int(MAGNITUDES[match["word"].casefold()].log10())
        end = match.end()
    return power, end, ""


def _is_size(power: int, after: str, factor: str) -> bool:
    """Whether what looks like a power that lost its height is the side of a matrix: ``3 × 1024``, ``1920 × 1080``."""
    return power >= MOST_POWER or (power == 24 and "." not in factor and not _OPERATIONS.match(after))


def _signed(power: str) -> int:
    return int(power.replace("−", "-").replace("–", "-"))


def _unit(text: str, end: int) -> tuple[Kind | None, int, str]:
    if match := _ORDINAL.match(text, end):
        return Kind.ORDINAL, match.end(), ""
    if match := _POINTS.match(text, end):
        return Kind.POINTS, match.end(), ""
    if match := _PERCENT.match(text, end):
        return Kind.PERCENT, match.end(), ""
    if match := _RATIO.match(text, end):
        return Kind.RATIO, match.end(), ""
    if match := _CURRENCY.match(text, end):
        return None, match.end(), "$"
    return None, end, ""


def fractions(text: str) -> Iterator[Token]:
    """Small fractions in digits as percent: ``1/3``."""
    for match in _SMALL_FRACTION.finditer(text):
        top, bottom = Decimal(match["top"]), Decimal(match["bottom"])
        if top < bottom:
            share = (100 * top / bottom).quantize(Decimal("0.01"))
            yield Token(match.start(), match.end(), share, Decimal("0.7"), Kind.PERCENT, worded=True)
