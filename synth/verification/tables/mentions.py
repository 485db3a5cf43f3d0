"""Which rows and columns of a table a claim names (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from synth.text import STOPWORDS, stem
from synth.verification.names import LANGUAGES, names, normal
from synth.verification.tables.grid import Grid, Row
from synth.verification.tables.lexicon import CONDITIONS, LANGUAGE_OF, METRICS, SIZES

_WORD = re.compile(r"[^\s(),;:|\[\]]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_PAIR = re.compile(r"^([a-z]{2})[-→↔>]+([a-z]{2})$")
_LONGEST = 6
"""Words of a label."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a claim, where it stands, and the form in which spellings are one."""

    start: int
    end: int
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a claim that names a row, or several of one name."""

    start: int
    end: int
    rows: tuple[Row, ...]


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text without the punctuation around them."""
    found = []
    for match in _WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match[0].rstrip(".,;:!?\"”'’"))
        if normal(bare):
            found.append(Word(match.start(), match.start() + len(bare), bare, normal(bare)))
    return tuple(found)


def mentions(claim: str, grid: Grid) -> tuple[Mention, ...] | None:
    """The places where a claim names rows of a grid, in order, the longest names first.

    A row is named by its whole label (``XLM-R Large``, however hyphened), or by its label without a size where
    no other row is of that name. A size behind a name that no label has belongs to a system that is not there.

    Returns:
        None where such a system is named: the claim is about something else, too.
    """
    labels = _labels(grid)
    words = words_of(claim)
    found: list[Mention] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            span = words[at : at + length]
            key = "".join(word.key for word in span)
            rows = labels.get(key)
            if rows is None or not _is_label(claim, span):
                continue
            following = words[at + length].key if at + length < len(words) else ""
            if following in SIZES:
                return None
            found.append(Mention(span[0].start, span[-1].end, tuple(rows)))
            at += length
            break
        else:
            at += 1
    return tuple(found)


def _is_label(claim: str, span: Sequence[Word]) -> bool:
    """Whether words of a claim may be a label: together, and no ordinary word by itself."""
    if any(re.search(r"[,;:|]", claim[one.end : two.start]) for one, two in pairwise(span)):
        return False
    return len(span) > 1 or not span[0].text.islower() or any(char.isdigit() for char in span[0].text)


@lru_cache(maxsize=1024)
def _labels(grid: Grid) -> dict[str, list[Row]]:
    """The rows by their labels, and by what is left of a label without its size; kept, for every claim asks."""
    labels: dict[str, list[Row]] = {}
    for row in grid.rows:
        key = _label_key(row.label)
        if len(key) > 1 and any(char.isalpha() for char in key):
            labels.setdefault(key, []).append(row)
    return labels | _without_sizes(labels)


def _label_key(label: str) -> str:
    return "".join(word.key for word in words_of(label))


def _without_sizes(labels: dict[str, list[Row]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row] | None] = {}
    for key, rows in labels.items():
        for size in SIZES:
            bare = key.removesuffix(size)
            if bare and bare != key and not any(bare != (bare.removesuffix(other)) for other in SIZES):
                found[bare] = None if bare in found or bare in labels else rows
    return {key: rows for key, rows in found.items() if rows is not None and key not in labels}


def columns_named(claim: str, grid: Grid, taken: Sequence[Mention]) -> tuple[str, ...]:
    """The columns that a claim names, apart from where it names rows: one where it is beyond doubt.

    A column whose every named word another column has too gives way to that other one (``POS F1`` and ``NER F1``
    for a claim on "NER F1").
    """
    said = _said(claim, taken)
    averages = set(grid.averages)
    found = {name: _key_words(name) & said for name in grid.columns if name not in averages}
    named = {name: keys for name, keys in found.items() if keys - METRICS}
    return tuple(name for name, keys in sorted(named.items()) if not any(keys < other for other in named.values()))


def _pair_names(column: str) -> tuple[str, ...]:
    """What a claim calls a column of two languages: "en-de" is "English-to-German" and "English-German"."""
    both = [LANGUAGE_OF[code] for code in re.findall(r"\w+", column.casefold()) if code in LANGUAGE_OF]
    return ("to".join(both), "".join(both)) if len(both) == 2 else ()


def is_covered(claim: str, grid: Grid, rows: Sequence[Row], columns: Sequence[str], taken: Sequence[Mention]) -> bool:
    """Whether all that a claim names and all settings it speaks of stand in the caption or with these rows.

    A name that does not, or a word by which the table tells other rows apart, may change what is claimed.
    """
    texts = [grid.caption, *columns, *(part for row in rows for part in (row.label, row.group, *row.notes))]
    here = " ".join(texts)
    own = _vocabulary(here)
    joined = "".join(word.key for word in words_of(here))
    languages = {LANGUAGE_OF[word.text.casefold()] for word in words_of(" ".join(columns)) if _is_code(word.text)}
    languages |= {name for column in columns for name in _pair_names(column)}
    wanted = names(claim) | ({word.key for word in words_of(claim)} & LANGUAGES)
    inside = {word.key for word in words_of(claim) if any(one.start <= word.start < one.end for one in taken)}
    whole = {_label_key(claim[one.start : one.end]) for one in taken}
    for name in wanted:
        known = name in own or name in languages or name in inside or any(name in key for key in whole)
        if not known and not (len(name) >= 4 and name in joined) and name not in METRICS:
            return False
    free = {word.text.casefold() for word in words_of(claim) if word.key not in inside}
    parts = free | {part for word in free for part in word.split("-")}
    if any(word in CONDITIONS and normal(word) not in own for word in parts):
        return False
    others = {
        word
        for row in grid.rows
        for word in _vocabulary(" ".join((row.label, row.group, *row.notes)))
        if len(word) > 2 and word not in STOPWORDS and word not in METRICS
    }
    return not ({normal(word) for word in parts} & (others - own))


def _vocabulary(text: str) -> frozenset[str]:
    """The words of a text and the parts of hyphened ones, normalised."""
    return frozenset(normal(part) for word in words_of(text) for part in (word.text, *word.text.split("-")))


def _said(claim: str, taken: Sequence[Mention]) -> frozenset[str]:
    """The words of a claim that may name a column; languages by name, or by a code in capitals."""
    found: set[str] = set()
    for word in words_of(claim):
        if any(one.start <= word.start < one.end for one in taken):
            continue
        folded = word.text.casefold()
        ends = [part for part in folded.split("-") if part != "to"]
        if len(ends) == 2 and set(ends) <= LANGUAGES:
            found.add(">".join(ends))
        elif folded in LANGUAGES:
            found.add(folded)
        elif word.text.isupper() and _is_code(word.text):
            found.add(LANGUAGE_OF[folded])
        elif folded not in STOPWORDS and not _is_code(word.text):
            found |= {word.key, stem(word.key)}
    return frozenset(found)


@lru_cache(maxsize=4096)
def _key_words(header: str) -> frozenset[str]:
    found: set[str] = set()
    for word in words_of(header):
        folded = word.text.casefold()
        pair = _PAIR.match(folded)
        if pair and pair[1] in LANGUAGE_OF and pair[2] in LANGUAGE_OF:
            found.add(f"{LANGUAGE_OF[pair[1]]}>{LANGUAGE_OF[pair[2]]}")
        elif _is_code(word.text):
            found.add(LANGUAGE_OF[folded])
        elif folded not in STOPWORDS and any(char.isalpha() for char in word.key):
            found.add(word.key if len(word.key) > 3 and not word.text.islower() else stem(word.key))
    return frozenset(found)


def _is_code(text: str) -> bool:
    return text.casefold() in LANGUAGE_OF


def heads_language(column: str) -> bool:
    """Whether a column is headed by a language, named or in code."""
    return any(_is_code(word.text) or word.text.casefold() in LANGUAGES for word in words_of(column))
