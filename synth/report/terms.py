"""Finding a phrase of the question in a sentence: roots of words, hyphens, abbreviations. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from synth.text import STOPWORDS

_HYPHENS = frozenset("-‐‑–")
_LETTER_TAG = re.compile(r"(?<=[^\W_]{2})[-‐‑–][^\W\d_](?![^\W_])")
_ATOM = re.compile(r"[^\W_]+(?:\.\d+)?")
_COMPOUND = re.compile(r"[^\W_]+(?:\.\d+)?(?:[-‐‑–/'’][^\W_]+(?:\.\d+)?)*")
_ENDINGS = (
    ("ization", "iz"),
    ("isation", "iz"),
    ("izing", "iz"),
    ("ising", "iz"),
    ("ized", "iz"),
    ("ised", "iz"),
    ("ize", "iz"),
    ("ise", "iz"),
    ("ation", "at"),
    ("ating", "at"),
    ("ated", "at"),
    ("ator", "at"),
    ("ate", "at"),
    ("ality", "al"),
    ("ness", ""),
    ("ment", ""),
    ("ies", "y"),
    ("ing", ""),
    ("ed", ""),
    ("ly", ""),
    ("e", ""),
    ("y", ""),
)
_GENERIC_HEADS_TEXT = """
ability accuracy analysis application approach area art aspect attempt baseline benchmark capability case change
comparison condition consequence context data dataset degree difference domain effect effectiveness evaluation
evidence example experiment extent factor field framework gap gain impact implication improvement influence
input issue level literature method methodology metric model number one outcome paper performance problem quality
question rate regime relationship research result role scenario score setting setup state strategy study success
system task technique term test type use user variant version way work
"""
_GENERIC_HEADS = frozenset(_GENERIC_HEADS_TEXT.split())
_GENERIC_LEADS_TEXT = """
best better certain common current different effective efficient existing general good key known main major
modern more multiple new novel other overall particular popular possible recent several significant similar
single specific state-of-the-art standard strong such typical various
"""
_GENERIC_LEADS = frozenset(_GENERIC_LEADS_TEXT.split())
_WHOLE = frozenset({"meaning", "being"})
"""Nouns that mean another thing than the verb they come from."""
_TAILS = frozenset({"based", "only", "level", "specific", "style", "like", "oriented", "related"})


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """What the forms of an English word share: ``tuning``, ``tuned``, ``tunes`` give ``tun``.

    Stronger than :func:`synth.text.stem`, for matching only; at least three letters with a vowel stay.
    """
    word = word.casefold()
    if word.removesuffix("s") in _WHOLE:
        return word.removesuffix("s")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ies")):
        word = word[:-1]
    for ending, instead in _ENDINGS:
        kept = word[: len(word) - len(ending)]
        if word.endswith(ending) and len(kept) >= (4 if instead in ("iz", "al") else 3) and re.search("[aeiouy]", kept):
            return kept + instead
    return word


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a sentence, taken apart at hyphens."""

    roots: tuple[str, ...]
    raw: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    """Offsets of each word in the sentence."""
    tagged: tuple[bool, ...]
    """True where a hyphen and a single letter follow: the ``XTREME`` of ``XTREME-R`` is another name."""
    hyphened: tuple[bool, ...]
    """True where a hyphen leads on to the next word: the ``code`` of ``code-switching`` is another thing."""
    capitals: frozenset[str]
    """Words in capital letters, without a plural s (``LLMs`` as ``LLM``)."""
    letters: str
    """All words in lower case without anything between, to see quickly what cannot be here."""


def words_of(text: str) -> Words:
    """Takes a sentence apart."""
    atoms = list(_ATOM.finditer(text))
    raw = tuple(atom[0] for atom in atoms)
    spans = tuple(atom.span() for atom in atoms)
    starts = {start for start, _ in spans}
    tags = {tag.start() for tag in _LETTER_TAG.finditer(text)}
    return Words(
        roots=tuple(root(word) for word in raw),
        raw=raw,
        spans=spans,
        tagged=tuple(end in tags for _, end in spans),
        hyphened=tuple(text[end : end + 1] in _HYPHENS and end + 1 in starts for _, end in spans),
        capitals=frozenset(word.removesuffix("s") for word in raw if word.removesuffix("s").isupper()),
        letters="".join(raw).casefold(),
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of the question, ready to be looked for."""

    text: str
    units: tuple[tuple[str, ...], ...]
    """Words in order; the parts of a hyphenated one must stand together."""
    wholes: tuple[str, ...]
    """The root of each unit written as one word."""
    initials: str
    """``LLM`` for "large language models"; empty under three letters."""
    merged: str
    """The root of a two-word phrase written as one word (``fine tuning`` as ``finetuning``); else empty."""

    @property
    def roots(self) -> frozenset[str]:
        """Every root of the phrase."""
        return frozenset(part for unit in self.units for part in unit)


def phrase_of(text: str) -> Phrase | None:
    """A phrase without the words that say nothing ("performance", "models"); None where none is left."""
    compounds = [match[0] for match in _COMPOUND.finditer(text)]
    initials = "".join(part[0][0] for word in compounds for part in _ATOM.finditer(word) if word not in STOPWORDS)
    kept = [word for word in (_without_tail(word) for word in compounds) if word.casefold() not in STOPWORDS]
    while kept and kept[0].casefold() in _GENERIC_LEADS:
        kept.pop(0)
    if all(_is_generic(word) for word in kept):
        return None
    if [word.casefold().removesuffix("s") for word in kept[-2:]] == ["neural", "network"] and _is_telling(kept[:-2]):
        del kept[-2:]  # convolutional, recurrent, ...: papers name theirs
    while len(kept) > 1 and _is_generic(kept[-1]) and _is_telling(kept[:-1]):
        kept.pop()
    units = tuple(tuple(root(part[0]) for part in _ATOM.finditer(word)) for word in kept)
    return Phrase(
        text=text,
        units=units,
        wholes=tuple(root("".join(_ATOM.findall(word))) for word in kept),
        initials=initials.upper() if len(initials) > 2 and len(compounds) > 1 else "",
        merged=root("".join(kept)) if len(kept) == 2 else "",
    )


def _without_tail(word: str) -> str:
    head, hyphen, tail = word.rpartition("-")
    return head if hyphen and tail.casefold() in _TAILS else word


def _is_generic(word: str) -> bool:
    lowered = word.casefold()
    return lowered in _GENERIC_HEADS or lowered.removesuffix("s") in _GENERIC_HEADS or lowered in _GENERIC_LEADS


def _is_telling(words: list[str]) -> bool:
    """Whether words still name something when the general noun behind them is left out."""
    return len(words) > 1 or (bool(words) and _tells(words[0]))


def _tells(word: str) -> bool:
    return "-" in word or len(word) >= 9 or not word[1:].islower()


def locate(phrase: Phrase, words: Words, *, slack: int = 6) -> tuple[int, int] | None:
    """Offsets of the first place where every word of a phrase stands close together, in any order.

    Args:
        phrase: What to look for.
        words: Where to look.
        slack: How many other words may stand between.

    Returns:
        Start and end in the sentence, or None.
    """
    places = []
    for unit, whole in zip(phrase.units, phrase.wholes, strict=True):
        places.append(_places(unit, whole, words, phrase.roots))
        if not places[-1]:
            break
    window = sum(len(unit) for unit in phrase.units) + slack
    if places and places[-1]:
        for start in sorted({place for found in places for place in found}):
            chosen = [next((p for p in found if start <= p < start + window), None) for found in places]
            taken = [place for place in chosen if place is not None]
            if len(taken) == len(places):
                last = max(place + len(unit) - 1 for place, unit in zip(taken, phrase.units, strict=True))
                return words.spans[min(taken)][0], words.spans[min(last, len(words.spans) - 1)][1]
    if phrase.merged and phrase.merged in words.roots:
        return words.spans[words.roots.index(phrase.merged)]
    return None


def found_in(phrase: Phrase, words: Words) -> bool:
    """Whether a sentence holds a phrase, or its initials as an abbreviation."""
    return locate(phrase, words) is not None or (bool(phrase.initials) and phrase.initials in words.capitals)


def most_of(phrase: Phrase, words: Words) -> bool:
    """Whether a sentence holds more than half of a phrase's words (not the "of" of a compound), or its initials."""
    telling = frozenset(part for part in phrase.roots if part not in STOPWORDS)
    shared = telling & frozenset(words.roots)
    return 2 * len(shared) > len(telling) or (bool(phrase.initials) and phrase.initials in words.capitals)


def _places(unit: tuple[str, ...], whole: str, words: Words, company: frozenset[str]) -> list[int]:
    """Where a word stands: as it is, its parts side by side, or written together where the question parts it."""
    if _stub(unit[0]) not in words.letters:
        return []
    size = len(unit)
    roots, raw = words.roots, words.raw
    places = []
    for place, here in enumerate(roots):
        if size > 1:
            fits = here == whole or (here == unit[0] and roots[place : place + size] == unit)
        elif here == whole:
            fits = not words.tagged[place] and not (len(company) > 1 and _is_first_half(place, words, company))
        else:
            fits = _is_joined(unit[0], raw[place : place + 2])
        if fits:
            places.append(place)
    return places


def _is_first_half(place: int, words: Words, company: frozenset[str]) -> bool:
    """Whether a word only opens a compound that goes on to something the phrase does not say."""
    if not words.hyphened[place]:
        return False
    return words.roots[place + 1] not in company and words.raw[place + 1].casefold() not in _TAILS


def _stub(word_root: str) -> str:
    """What every word with a root surely starts with: endings that :func:`root` writes are two letters at most."""
    return word_root[: max(3, len(word_root) - 2)]


def _is_joined(word_root: str, pair: tuple[str, ...]) -> bool:
    """Whether two neighbours written together are a word (``cross-lingual`` for ``crosslingual``)."""
    if len(pair) < 2 or pair[0][:1].casefold() != word_root[:1]:
        return False
    together = (pair[0] + pair[1]).casefold()
    return together.startswith(_stub(word_root)) and root(together) == word_root
