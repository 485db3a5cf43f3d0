"""What of a question is worth searching for, most telling first. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from synth.question import phrases
from synth.sources.query import safe
from synth.text import STOPWORDS, stem, words


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAIL = _set(
    "accuracy approach approaches condition conditions evaluation evaluations method methods performance quality "
    "result results score scores technique techniques"
)
"""Nouns that a phrase can lose and still name its thing: "cross-lingual performance" is about "cross-lingual"."""
_GENERIC = _set(
    "ability accuracy advantage algorithm amount analysis application approach area average base baseline "
    "behavior behaviour benchmark big capability capacity change choice class clean common comparison complex "
    "complexity condition cost count current data dataset deep design difference domain early efficiency "
    "efficient english error evaluation example existing experiment factor feature final finding first framework "
    "free full gain gap general given good growth high idea improvement increase individual information input "
    "issue item key knowledge large later learning length less level limit limitation limited line literature "
    "little local long low mechanism method metric model modern module new novel number objective open order "
    "output parameter part people performance phase point popular power practice present prior problem procedure "
    "process property proposed quality quantity question range rate ratio real recent region relative report "
    "representation research resource response result rule sample scale scaling scenario science score second "
    "series set setting several short similar simple single size small solution source space specific speed stage "
    "standard state step strategy strong structure study subject success support system target task technique "
    "technology term test theory time tool total training type use user value variable variant various version "
    "view way weak work world year"
)
"""Words that occur in papers of every kind; a phrase of these alone finds everything."""
_GENERIC_STEMS = frozenset(stem(word) for word in _GENERIC) | _GENERIC
_NUMBER = re.compile(r"\d[\d.,]*(?:[kKmMbBtT]|bn|%)?")


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase to search for."""

    text: str
    phrase: str
    """The phrase of the question that it comes from."""
    weight: float
    """How telling it is, by its form: 3 for a name (``XTREME-R``), 2 for several words, 1 for one, 0.5 if generic."""

    @property
    def is_name(self) -> bool:
        """Whether it is a name of one word (``XNLI``, ``GPT-4``)."""
        return self.weight >= 3 and " " not in self.text

    @property
    def parts(self) -> tuple[str, ...]:
        """Its words, those joined by hyphens apart, lower-cased."""
        return parts_of(self.text)


def parts_of(text: str) -> tuple[str, ...]:
    """Words in lower case, those joined by hyphens apart, stop words left out."""
    return tuple(word for word in words(text.replace("-", " ")) if word not in STOPWORDS)


def is_generic(word: str) -> bool:
    """Whether a word occurs in papers of every kind."""
    return word in _GENERIC_STEMS or stem(word) in _GENERIC_STEMS


def search_terms(question: str) -> tuple[Term, ...]:
    """The terms of a question, most telling first, in the question's order among equals.

    Quantities are left out, as no abstract says them in the question's words. Where all else is generic, the generic
    phrases stay.
    """
    found: dict[str, Term] = {}
    for phrase in phrases(question):
        text = _shortened(safe(phrase))
        if text and not _is_quantity(text):
            found.setdefault(text.casefold(), Term(text, phrase, _weight(text)))
    ordered = sorted(found.values(), key=lambda found_term: -found_term.weight)
    telling = [found_term for found_term in ordered if found_term.weight >= 1]
    return tuple(telling or ordered)


def _shortened(text: str) -> str:
    """Without nouns at its end that name nothing, as long as something telling of two words stays."""
    tokens = text.split()
    while len(tokens) > 1 and tokens[-1].casefold() in _TAIL and len(parts_of(" ".join(tokens[:-1]))) > 1:
        tokens.pop()
    return " ".join(tokens)


def _is_quantity(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.split()[0]))


def _weight(text: str) -> float:
    parts = parts_of(text)
    telling = [part for part in parts if not is_generic(part)]
    if not telling:
        return 0.5
    if any(character.isupper() for character in text[1:]) or any(character.isdigit() for character in text):
        return 3.0
    return 2.0 + min(len(telling), 3) / 10 if len(parts) > 1 else 1.0
