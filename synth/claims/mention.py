"""How a claim names the paper that it comes from: "Conneau et al. (2019)", and the grammar that goes with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from synth.text import collapse
from synth.types import Paper

_PARTICLES = frozenset(
    [
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
        "zu",
        "zur",
        "af",
        "al",
        "bin",
        "ibn",
    ]
)
_SUFFIX = re.compile(r",?\s+(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_GROUP = re.compile(r"\b(?:team|group|consortium|collaboration|project|lab|ai)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper as the subject of a sentence.

    Attributes:
        subject: The first mention, in the form for the middle of a sentence.
        owner: The genitive ("Dufter's (2020)"), or empty where there is none that reads well.
        again: The subject of later mentions ("they").
        again_object: The object of later mentions ("them").
        again_owner: The possessive of later mentions ("their").
        plural: Whether verbs take the plural.
    """

    subject: str
    owner: str
    again: str
    again_object: str
    again_owner: str
    plural: bool


def family_name(author: str) -> str:
    """The family name of an author, particles included: "van der Goot", "Conneau", "NLLB Team"."""
    author = collapse(_SUFFIX.sub("", _BRACKETED.sub("", author)))
    if "," in author:
        return author.partition(",")[0].strip()
    if _GROUP.search(author):
        return author
    parts = author.split()
    start = len(parts) - 1
    while start > 1 and parts[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(parts[start:])


def mention_of(paper: Paper) -> Mention:
    """The names and the year of a paper; its title where no author is known."""
    names = [name for name in map(family_name, paper.authors) if name]
    year = f" ({paper.year})" if paper.year else ""
    if not names:
        return Mention(f"the paper “{paper.title.strip(' .')}”", "", "it", "it", "its", plural=False)
    if len(names) == 1:
        (name,) = names
        owner = name + ("’" if name.endswith("s") else "’s")
        group = _GROUP.search(name) is not None
        again = ("it", "it", "its") if group else ("the author", "the author", "the author’s")
        return Mention(name + year, owner + year, *again, plural=False)
    who = f"{names[0]} and {names[1]}" if len(names) == 2 else f"{names[0]} et al."
    return Mention(who + year, f"{who}’s{year}", "they", "them", "their", plural=True)
