"""Model sizes: the range that a question asks for, and the sizes that a sentence states. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

_SCALE = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "t": 1e12,
    "trillion": 1e12,
}
_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"[\s-]?(k|m|b|bn|t|thousand|million|billion|trillion)\b"
_SIZE = re.compile(_NUMBER + _UNIT, re.IGNORECASE)
_RANGE = re.compile(
    _NUMBER + rf"(?:{_UNIT})?" + r"\s*(?:to|and|-|–|—|up to|through)\s*" + _NUMBER + _UNIT, re.IGNORECASE
)
_OF_A_MODEL = re.compile(
    r"^[\s-]*(?:[a-z]+[\s-]+){0,2}?(?:param\w*|model|models|version|variant|weights)\b", re.IGNORECASE
)
_OF_DATA = re.compile(
    r"^[\s-]*(?:[a-z]+[\s-]+){0,2}?(?:tokens?|words?|sentences?|pairs?|examples?|documents?|pages?|images?|samples?|"
    r"articles?|users?|queries|instances?|steps?|flops?)\b",
    re.IGNORECASE,
)


def asked_range(phrase: str) -> tuple[float, float] | None:
    """The range of sizes in a phrase, in parameters: ``1B to 10B parameters`` gives ``(1e9, 1e10)``.

    A single size gives the same number twice; None where the phrase names no size.
    """
    match = _RANGE.search(phrase)
    if match:
        high = float(match[3]) * _SCALE[match[4].casefold()]
        low = float(match[1]) * _SCALE[(match[2] or match[4]).casefold()]
        return min(low, high), max(low, high)
    single = _SIZE.search(phrase)
    if single is None or _OF_DATA.match(phrase[single.end() :]):
        return None
    value = float(single[1]) * _SCALE[single[2].casefold()]
    return value, value


def stated_sizes(sentence: str) -> tuple[float, ...]:
    """The model sizes that a sentence states, in parameters; counts of tokens or examples are none."""
    sizes: list[float] = []
    if not any(character.isdigit() for character in sentence):
        return ()
    says_parameters = re.search(r"\bparam", sentence, re.IGNORECASE) is not None
    for match in _SIZE.finditer(sentence):
        after = sentence[match.end() :]
        before = sentence[: match.start()]
        if _OF_DATA.match(after):
            continue
        named = re.search(r"[A-Za-z0-9]-$|\b[A-Z][\w.-]*\s$", before) is not None and match[2] in ("B", "M")
        if says_parameters or named or _OF_A_MODEL.match(after):
            sizes.append(float(match[1]) * _SCALE[match[2].casefold()])
    return tuple(sizes)


def spans(asked: tuple[float, float], stated: Iterable[float]) -> bool:
    """Whether stated sizes cover an asked one.

    A range is covered where the stated sizes inside it (10% of play at its ends) reach over at least a third of it
    on a logarithmic scale: one size says nothing of scaling. A single size needs a stated size within 10%.
    """
    low, high = asked
    inside = [size for size in stated if low * 0.9 <= size <= high * 1.1]
    if not inside:
        return False
    if low == high:
        return True
    return math.log(max(inside) / min(inside)) >= math.log(high / low) / 3
