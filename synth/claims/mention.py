"""How a claim names the paper that it comes from: "Conneau et al. (2019)", and the grammar that goes with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from synth.claims.patterns import one_of
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
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "nor",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "with",
        "via",
        "as",
    ]
)
_ABBREVIATION = re.compile(
    r"\w*\d\w*|[B-DF-HJ-NP-TV-XZ]{2,}S?|(?:M|RO|AL|SCI|DISTIL)?BERT|"
    + one_of(
        "LSTMS? BILSTMS? RNNS? CNNS? GRUS? NLP NLI NLU NLG NER POS AI ASR OCR QA VQA API GAN GANS VAE VAES AMR LLAMA",
        "ELMO GLUE SQUAD SNLI MNLI XNLI BLEU ROUGE IR UD US UK EU USA DNA RNA AUC ROC ICA PCA LDA LSA IOT MIMO ARMA",
        "GPU GPUS CPU CPUS IEEE BPE SGD MRI EEG OFDM COVID ARXIV LASER NMT SMT",
    )
)
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


def in_title_case(title: str) -> str:
    """A title printed all in capitals, in capitals and small letters: "A Lexicon for BERT"; any other stays.

    What may be a name keeps its capitals: words with digits, known abbreviations, words without a vowel, a hyphenated
    word with one of these, and a single word before a colon.
    """
    words = title.split()
    if len(words) < 3 or not title.isupper():
        return title
    return " ".join(
        _cased(word, first=at == 0, opens=at == 0 or words[at - 1].endswith(":")) for at, word in enumerate(words)
    )


def _cased(word: str, *, first: bool, opens: bool) -> str:
    parts = re.findall(r"[^\W_]+(?:[’'][^\W_]+)?", word)
    if any(_ABBREVIATION.fullmatch(part) for part in parts) or (first and word.endswith(":")):
        return word
    if not opens and word.casefold() in _SMALL:
        return word.casefold()
    return re.sub(r"[^\W_]+(?:[’'][^\W_]+)?", lambda found: found[0].capitalize(), word)


def mention_of(paper: Paper) -> Mention:
    """The names and the year of a paper; its title where no author is known."""
    names = [name for name in map(family_name, paper.authors) if name]
    year = f" ({paper.year})" if paper.year else ""
    if not names:
        return Mention(f"the paper “{in_title_case(paper.title.strip(' .'))}”", "", "it", "it", "its", plural=False)
    if len(names) == 1:
        (name,) = names
        owner = name + ("’" if name.endswith("s") else "’s")
        group = _GROUP.search(name) is not None
        again = ("it", "it", "its") if group else ("the author", "the author", "the author’s")
        return Mention(name + year, owner + year, *again, plural=False)
    who = f"{names[0]} and {names[1]}" if len(names) == 2 else f"{names[0]} et al."
    return Mention(who + year, f"{who}’s{year}", "they", "them", "their", plural=True)
