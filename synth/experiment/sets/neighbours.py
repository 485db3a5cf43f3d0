"""Words that the same foreign words translate: neighbours for augmentation, from nothing but the parallel text.

Huang et al. (2021) take counter-fitted vectors, which other resources have taught to tell synonyms from antonyms.
Words that merely stand in the same places, as vectors of one language find them, put *hot* beside *cold* and would
break the labels of an inference set. Pivoting over translations does not (Bannard and Callison-Burch, ACL 2005): few
words translate both. A translation is told by Dice's coefficient over short sentence pairs; it has to be shared in
several languages, since one foreign word may have two meanings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_TOKEN = re.compile(r"[^\W\d_]+")
_LONGEST = 12
"""Words of a sentence that is counted: the longer it is, the more words are no translations of each other."""
_FEWEST = 4
"""Times that a word and its translation stand together."""
_WEAKEST = 0.15
"""Dice coefficient of a translation."""
_BEST = 2
"""Translations of a word in a language."""
_LANGUAGES = 2
"""Languages in which two words share a translation."""
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\S+",
        "a about above after again against all also although am an and any are as at be because been before being "
        "below between both but by can cannot could did do does doing down during each either else ever every few for "
        "from further had has have having he her here hers herself him himself his how i if in into is it its itself "
        "just least less many may me might mine more most much must my myself neither never no nobody none nor not "
        "nothing now of off on once one only onto or other others our ours ourselves out over own per same shall she "
        "should since so some still such than that the their theirs them themselves then there these they this those "
        "though through to too toward under until up upon us very was we were what when where whether which while who "
        "whom whose why will with within without would yet you your yours yourself yourselves s d ll m re ve don didn "
        "isn wasn doesn t two three four five six seven eight nine ten hundred thousand million first second third",
    )
)
"""They carry the logic of a sentence: a pair in which *not* became *also* would keep a wrong label. And numerals."""


def neighbours(parallel: Mapping[str, Sequence[tuple[str, str]]], size: int) -> dict[str, tuple[str, ...]]:
    """Of each English word, those that share its translations, the nearest first; words that have none are left out.

    Args:
        parallel: Foreign sentences and their English translations by language, as
            :func:`~synth.experiment.sets.bitext.parallel` reads them; languages written without spaces add nothing.
        size: How many neighbours a word has at most.
    """
    weight: defaultdict[tuple[str, str], float] = defaultdict(float)
    shared: Counter[tuple[str, str]] = Counter()
    for language in sorted(parallel):
        for pair, strength in sorted(_sharing(parallel[language]).items()):
            weight[pair] += strength
            shared[pair] += 1
    found: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for (one, other), strength in weight.items():
        if shared[one, other] >= _LANGUAGES:
            found[one].append((-strength, other))
            found[other].append((-strength, one))
    return {word: tuple(other for _, other in sorted(found[word])[:size]) for word in sorted(found)}


def _sharing(pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """English words that share a translation, in the order of the alphabet, with the weaker of the two bonds."""
    meanings: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for english, foreign, strength in _translations(pairs):
        if english not in _FUNCTION_WORDS:
            meanings[foreign].append((english, strength))
    found: dict[tuple[str, str], float] = {}
    for words in meanings.values():
        for place, (one, strength) in enumerate(words):
            for other, another in words[place + 1 :]:
                pair = (one, other) if one < other else (other, one)
                found[pair] = max(found.get(pair, 0.0), min(strength, another))
    return found


def _translations(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, float]]:
    """The best translations of each English word of a language: word, foreign word, Dice coefficient."""
    both = [(_words(english), _words(foreign)) for foreign, english in pairs]
    both = [(one, other) for one, other in both if 0 < len(one) <= _LONGEST and 0 < len(other) <= _LONGEST]
    if not both:
        return
    english, foreign = (sorted({word for sides in both for word in sides[side]}) for side in (0, 1))
    rows, columns = _numbered([one for one, _ in both], english), _numbered([other for _, other in both], foreign)
    cells = np.concatenate(
        [np.add.outer(row * len(foreign), column).ravel() for row, column in zip(rows, columns, strict=True)]
    )
    cell, together = np.unique(cells, return_counts=True)
    of_row = np.bincount(np.concatenate(rows), minlength=len(english))
    of_column = np.bincount(np.concatenate(columns), minlength=len(foreign))
    row, column = np.divmod(cell, len(foreign))
    dice = 2 * together / (of_row[row] + of_column[column])
    kept = (together >= _FEWEST) & (dice >= _WEAKEST)
    taken: Counter[int] = Counter()
    row, column, dice = row[kept], column[kept], dice[kept]
    order = np.lexsort((column, -dice, row))
    for place in order:
        word = int(row[place])
        if taken[word] < _BEST:
            taken[word] += 1
            yield english[word], foreign[int(column[place])], float(dice[place])


def _words(text: str) -> list[str]:
    return sorted({word.lower() for word in _TOKEN.findall(text)})


def _numbered(texts: Sequence[Sequence[str]], words: Sequence[str]) -> list[NDArray[np.int64]]:
    place = {word: number for number, word in enumerate(words)}
    return [np.array([place[word] for word in text], dtype=np.int64) for text in texts]
