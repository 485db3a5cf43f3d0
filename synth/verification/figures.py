"""Where the very figures of a claim are printed, whatever the model makes of the place (pure).

A row of a table is mostly figures, and a figure weighs little among the words of a claim: neither words nor meaning
find it, and the cross-encoder reads it badly. Yet a decimal, or a number of three digits, stands in few places of a
paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from synth.text import sentences, stem
from synth.types import Claim, Passage, PassageKind, ScoredPassage
from synth.verification.evidence import is_origin
from synth.verification.numbers.extract import read, word_set
from synth.verification.numbers.quantity import Kind, Quantity
from synth.verification.numbers.tokens import SPACED, fractions, plain_value, power_of_ten
from synth.verification.tables.lexicon import FULL_WORDS

MOST = 3
"""Passages that may be read for a claim because of its figures."""

_FULL = {stem(short): stem(full) for short, full in FULL_WORDS.items()}

_PRINTED = re.compile(rf"(?<![\w.])(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|{SPACED}|\d+(?:\.\d+)?|\.\d+)")
_FIGURES_ONLY = re.compile(r"[-−–+±\d.,/%()\s*†‡]+")
_DELIMITER = " | "
_CENT = Decimal(100)


def printed(text: str) -> frozenset[str]:
    """The numbers that a text prints, without sign, unit, separators and closing zeros.

    A number times a power of ten is one (``1e-4``, ``2 × 10^-5``); a small fraction is also its percentage.
    """
    found = {_normal(one.value) for one in fractions(text)}
    at = 0
    while match := _PRINTED.search(text, at):
        power, at = power_of_ten(text, match[0], match.end()) or (0, match.end())
        found.add(_normal(plain_value(match[0]).scaleb(power)))
    return frozenset(found)


@lru_cache(maxsize=4096)
def wanted(claim: str) -> tuple[frozenset[str], ...]:
    """The distinctive figures of a claim, each as the ways to print it: 0.45 or 45, 42k or 42,000."""
    quantities = [one for one in read(claim).quantities if one.distinctive and one.kind is not Kind.YEAR]
    return tuple(_ways(one, claim) for one in quantities)


def all_printed(claim: str, passages: Iterable[Passage]) -> bool:
    """Whether passages print every distinctive figure of a claim, in whatever meaning; true where it has none."""
    there = frozenset[str]().union(*(printed(one.text) for one in passages))
    return all(ways & there for ways in wanted(claim))


def passages_with_figures(
    run: Sequence[ScoredPassage], claim: Claim, passages: Mapping[str, Passage], figures: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """The passages that print most of a claim's figures, and these best placed, in the papers that a run has met.

    Args:
        run: Passages found for the claim.
        claim: The claim.
        passages: The passages by id.
        figures: What each of them prints, as :func:`printed` gives it.

    Returns:
        Ids, best first: those of the :data:`MOST` best that the run lacks; none for a claim without distinctive
        figures.
    """
    asked = wanted(claim.text)
    if not asked:
        return ()
    there = {line.passage_id for line in run}
    papers = {passages[name].paper_id for name in there}
    words = full_words(claim.text)
    ranked = sorted(
        (-found, -sum(_beside(ways, words, one) for ways in asked), -len(words & full_words(one.text)), name)
        for name, one in passages.items()
        if one.paper_id in papers
        and (found := sum(bool(ways & figures[name]) for ways in asked))
        and not is_origin(claim, one)
    )
    return tuple(name for *_, name in ranked[:MOST] if name not in there)


@lru_cache(maxsize=65536)
def full_words(text: str) -> frozenset[str]:
    """The content words of a text without numbers, those that tables abbreviate in full: "Avg", "acc.", "sw"."""
    return frozenset(_FULL.get(word, word) for word in word_set(text))


def placing(claim: str, passages: Iterable[Passage]) -> float:
    """How well a claim's figures are placed: for each the share of the claim's words beside it, at best; their mean.

    Beside a figure stands its sentence; in a row of a table the caption, the label, and the name of its column. Only
    the places of one page are taken together: two systems that a claim compares have a row each.

    Args:
        claim: The claim's text.
        passages: Those that were read for it, in any order.

    Returns:
        0 (no figure is printed, or the claim has none) to 1.
    """
    asked = wanted(claim)
    words = full_words(claim)
    if not asked or not words:
        return 0.0
    pages: dict[tuple[str, int], list[Passage]] = defaultdict(list)
    for one in passages:
        pages[one.paper_id, one.page].append(one)
    return max(
        (sum(max(_beside(ways, words, one) for one in page) for ways in asked) / len(asked) for page in pages.values()),
        default=0.0,
    )


def _beside(ways: frozenset[str], words: frozenset[str], passage: Passage) -> float:
    """The share of words that stand beside a figure in a passage; 0 where it is not printed there."""
    return max(
        (len(words & beside) / len(words) for figures, beside in _places(passage) if ways & figures), default=0.0
    )


@lru_cache(maxsize=8192)
def _places(passage: Passage) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Figures and words of each sentence, or of each cell with its label; kept, for claim after claim asks."""
    if passage.kind is not PassageKind.TABLE_ROW:
        return tuple((printed(sentence), full_words(sentence)) for sentence in sentences(passage.text))
    caption, *cells = passage.text.split(_DELIMITER)
    values = [cell for cell in cells if _FIGURES_ONLY.fullmatch(_value(cell))]
    label = full_words(_DELIMITER.join([caption, *(cell for cell in cells if cell not in values)]))
    return tuple((printed(_value(cell)), label | full_words(cell)) for cell in values)


def _value(cell: str) -> str:
    return cell.rpartition(": ")[2]


def _ways(one: Quantity, claim: str) -> frozenset[str]:
    value = abs(one.value)
    ways = {_normal(value)}
    stated = printed(claim[one.start : one.end])
    if len(stated) == 1:  # "42k"; the 1 and the 3 of "1/3" are not the figure
        ways |= stated
    if one.kind in (Kind.PERCENT, Kind.PLAIN, Kind.POINTS):
        ways.add(_normal(value / _CENT) if value > 1 else _normal(value * _CENT))
    return frozenset(ways)


def _normal(value: Decimal) -> str:
    return f"{value.normalize():f}"
