"""What turns a near wording into another claim: names, negations, directions, sides. Pure.

Most of two such wordings is alike, so neither shared words nor embeddings nor an entailment model tell them apart well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from synth.diff.matching.wording import CITED_YEAR, Wording, opening, shown
from synth.text import STOPWORDS, stem
from synth.verification.names import LANGUAGES, names
from synth.verification.numbers.derive import direction

_DENYING = (
    "not no never none neither nor cannot without hardly barely fail fails failed unable lack lacks little few rarely "
    "nothing impossible unlikely unnecessary ineffective"
)
_NEGATIONS = frozenset(_DENYING.split())
_PIVOTS = re.compile(
    r"than|but|whereas|while|over|versus|to|into|from|behind|outperform\w*|surpass\w*|exceed\w*|beats?|leads?|trails?"
)
_PREFIXES = ("un", "in", "im", "non")
_OPPOSITES: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("higher high highest larger large largest bigger", "lower low lowest smaller small smallest"),
        ("better best superior outperforms outperform helps", "worse worst inferior underperforms underperform hurts"),
        ("good well strong", "poor poorly bad badly weak"),
        ("more most", "less least fewer fewest few little"),
        ("rise rises grow grows increase increases raise raises", "shrink shrinks fall falls decrease decreases"),
        ("raise raises widen widens", "lower lowers narrow narrows reduce reduces"),
        ("faster fast fastest speeds speed", "slower slow slowest slows"),
        ("longer deeper wider upper", "shorter shallower narrower lower"),
        ("easy easier simple simpler", "hard harder difficult complex"),
        ("with", "without"),
        ("positive positively", "negative negatively"),
        ("similar same comparable equal", "different dissimilar distinct unequal"),
        ("can", "cannot"),
        ("necessary needed required crucial", "optional unneeded"),
        ("before", "after"),
        ("monolingual", "multilingual parallel"),
        ("always often", "never rarely"),
        ("all every each both always entirely", "most many several some half few neither only often usually partly"),
        ("gain gains advantage advantages success", "loss losses drawback drawbacks failure"),
        ("exceeds beats leads", "trails"),
        ("help helps benefit benefits", "hurt hurts harm harms"),
        ("substantially significantly strongly", "slightly marginally barely"),
        ("above", "below"),
    )
)


def turned(one: Wording, other: Wording) -> bool:
    """Whether two near wordings say different things: another name, a negation, another direction, sides changed."""
    first, second = shown(one, other)
    mine, yours = set(first.tokens) - set(second.tokens), set(second.tokens) - set(first.tokens)
    if _negated(first.tokens) != _negated(second.tokens):
        return True
    if _opposite(mine, yours) or _opposite(yours, mine) or (mine & LANGUAGES and yours & LANGUAGES):
        return True
    if direction(" ".join(first.tokens)) * direction(" ".join(second.tokens)) < 0:
        return True
    return _swapped(first.tokens, second.tokens) or _renamed(one, other)


def _opposite(one: Set[str], other: Set[str]) -> bool:
    """Whether a word of one stands against a word of the other: "rise" and "fall", "able" and "unable"."""
    if any(prefix + word in other for word in one if len(word) > 3 for prefix in _PREFIXES):
        return True
    return any(one & up and other & down for up, down in _OPPOSITES)


def _swapped(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words changed sides of a "than", a "but" or a "to", in both directions: "A beats B" and "B beats A"."""
    for pivot in {token for token in one if _PIVOTS.fullmatch(token)} & set(other):
        (left, right), (before, after) = _sides(one, pivot), _sides(other, pivot)
        if left & after and right & before:
            return True
    return False


def _sides(tokens: Sequence[str], pivot: str) -> tuple[frozenset[str], frozenset[str]]:
    """What stands before the pivot only, and behind it only."""
    place = tokens.index(pivot)
    left, right = (
        frozenset(stem(token) for token in part if token not in STOPWORDS)
        for part in (tokens[:place], tokens[place + 1 :])
    )
    return left - right, right - left


def _renamed(one: Wording, other: Wording) -> bool:
    """Whether either has a name that the other lacks: one name was put in another's place."""
    if one.cut or other.cut:
        return False  # the name may stand in the part that is not shown
    left, right = _letters(one.text), _letters(other.text)
    gone = any(name not in right for name in _names(one.text))
    return gone and any(name not in left for name in _names(other.text))


def _letters(text: str) -> str:
    return opening(text).replace(" ", "")


@lru_cache(maxsize=4096)
def _names(text: str) -> frozenset[str]:
    if text[1:] == text[1:].lower():
        return frozenset()  # names are known by their capitals; the first one says nothing
    return names(CITED_YEAR.sub(" ", text))


def _negated(tokens: Sequence[str]) -> bool:
    return sum(token in _NEGATIONS or token.endswith("n't") for token in tokens) % 2 == 1
