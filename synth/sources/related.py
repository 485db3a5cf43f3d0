"""What the first results call the things of a question: abbreviations, variants and neighbours of its terms. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synth.sources.query import safe
from synth.sources.terms import Term, is_generic, parts_of
from synth.text import STOPWORDS, content_words, stem
from synth.types import Paper

FIRST_RESULTS = 40
_MIN_PAPERS = 3
_MAX_VARIANTS = 3
_MAX_BESIDE = 4
_PREFIX = 5
_ACADEMIC = frozenset(
    [
        *("results", "experiments", "experiment", "experimental", "extensive", "demonstrate", "show", "shows", "paper"),
        *(
            "findings",
            "across",
            "various",
            "propose",
            "proposed",
            "existing",
            "improve",
            "reduce",
            "highlight",
            "achieve",
        ),
        *(
            "introduce",
            "present",
            "novel",
            "outperforms",
            "significant",
            "significantly",
            "using",
            "based",
            "different",
        ),
        *(
            "empirical",
            "comprehensive",
            "suggest",
            "reveal",
            "remains",
            "remain",
            "wide",
            "crucial",
            "recent",
            "et",
            "al",
        ),
        *("achieved", "achieves", "better", "best", "impressive", "remarkable", "superior", "promising", "competitive"),
        *("evaluate", "mitigate", "study", "studies", "work", "analysis", "address", "challenge", "challenges", "code"),
    ]
)
"""Words of the way papers are written."""
_EVERYWHERE = frozenset(
    [
        *(
            "language",
            "languages",
            "natural",
            "neural",
            "network",
            "networks",
            "learning",
            "machine",
            "pretrained",
            "pre",
        ),
        *("trained", "processing", "intelligence", "artificial", "nlp", "llm", "llms", "publicly", "available"),
    ]
)
"""Words that stand beside everything in the fields that use them."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[^\w\s]")
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z]*[A-Z][A-Za-z]{0,6}|[A-Z]{2,8}(?:-[A-Z]{1,4})?)s?\)")


@dataclass(frozen=True, slots=True)
class Related:
    """Terms met in the first results, with the number of papers that use each."""

    variants: Mapping[str, tuple[str, ...]]
    """For a term of the question, other names of it, most used first."""
    beside: tuple[str, ...]
    """Phrases that share no word with the question, most used first."""
    counts: Mapping[str, int]


def related_terms(question: str, terms: Sequence[Term], found: Sequence[Paper]) -> Related:
    """Terms that at least three of the first 40 papers use and the question does not.

    A variant of a term shares its telling words and brings another one ("intermediate-task transfer" for
    "intermediate-task training"), or is the abbreviation that two papers give it; the others stand beside the
    question's terms.
    """
    texts = [f"{paper.title}. {paper.abstract}" for paper in found[:FIRST_RESULTS]]
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_phrases(text))
    common = _without_parts({name: n for name, n in counts.items() if n >= _MIN_PAPERS})
    asked = content_words(question.replace("-", " "))
    variants: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for wanted in terms:
        names = {name: n for name, n in common.items() if name not in taken and _is_variant(name, wanted, asked)}
        short = {} if wanted.is_name else _abbreviations(wanted, texts)
        counts.update(short)
        if chosen := _ranked({**names, **short})[:_MAX_VARIANTS]:
            variants[wanted.text] = tuple(chosen)
            taken.update(chosen)
    free = {name: n for name, n in common.items() if name not in taken and _stands_beside(name, set(asked))}
    return Related(variants, tuple(_ranked(free)[:_MAX_BESIDE]), counts)


def _without_parts(counts: Mapping[str, int]) -> dict[str, int]:
    """Without phrases that mostly occur inside a longer one ("large language" in "large language models")."""
    longer = {name: n for name, n in counts.items() if name.count(" ") > 1}
    return {
        name: n
        for name, n in counts.items()
        if not any(f" {name} " in f" {other} " and 2 * m >= n for other, m in longer.items() if other != name)
    }


def _ranked(names: Mapping[str, int]) -> list[str]:
    return sorted(names, key=lambda name: (-names[name], -len(name), name))


def _phrases(text: str) -> set[str]:
    """Runs of two or three words that could name something, each once."""
    tokens = _WORD.findall(text.casefold())
    found: set[str] = set()
    for width in (2, 3):
        for start in range(len(tokens) - width + 1):
            run = tokens[start : start + width]
            if all(token[0].isalnum() and token not in STOPWORDS for token in run) and _names_something(run):
                found.add(" ".join(run))
    return found


def _names_something(run: Sequence[str]) -> bool:
    """Neither a number, an adverb nor a form of a verb at its edges, and one word at least is telling."""
    if any(token[0].isdigit() or token.endswith("ly") or len(token) == 1 for token in run):
        return False
    if run[0] in _ACADEMIC or run[-1] in _ACADEMIC or run[0].endswith("ing"):
        return False
    if run[-1].endswith(("ed", "ing")) and run[-1] not in {"training", "learning", "tuning", "embedding", "reasoning"}:
        return False
    return not all(is_generic(part) for part in parts_of(" ".join(run)))


def _is_variant(name: str, wanted: Term, asked: Sequence[str]) -> bool:
    """Whether a phrase is another name of a term: it shares its telling words and brings a new one.

    A phrase that only lengthens the term finds nothing new, unless the new word takes up another of the question
    ("hallucination detection", where it asks whether models detect hallucinations).
    """
    here = [stem(part) for part in parts_of(name)]
    there = [stem(part) for part in wanted.parts]
    telling = {stem(part) for part in wanted.parts if not is_generic(part)}
    new = [part for part in here if part not in there and not is_generic(part)]
    if not telling or not telling <= set(here) or not new:
        return False
    if f" {' '.join(there)} " in f" {' '.join(here)} ":
        return any(part[:_PREFIX] == word[:_PREFIX] for part in new for word in asked if len(word) >= _PREFIX)
    return True


def _stands_beside(name: str, asked: set[str]) -> bool:
    """Whether a phrase shares no word with the question and has two words that say something."""
    parts = parts_of(name)
    telling = [part for part in parts if not is_generic(part) and part not in _EVERYWHERE]
    return len(telling) > 1 and not asked & {stem(part) for part in parts}


def _abbreviations(wanted: Term, texts: Sequence[str]) -> dict[str, int]:
    """Abbreviations that two papers at least give a term, with their number: "cross-lingual transfer (XLT)"."""
    counts: Counter[str] = Counter()
    telling = {stem(part) for part in wanted.parts if not is_generic(part)}
    for text in texts:
        counts.update(
            {
                safe(match[1])
                for match in _ABBREVIATION.finditer(text)
                if _spells(match[1], text[max(0, match.start() - 100) : match.start()], telling)
            }
        )
    return {name: n for name, n in counts.items() if n > 1 and name.casefold() not in wanted.text.casefold()}


def _spells(short: str, before: str, telling: set[str]) -> bool:
    """Whether the words right before an abbreviation begin with its letters, and hold a term's telling words."""
    letters = [letter.casefold() for letter in short if letter.isalpha()]
    parts = [part.casefold() for part in re.split(r"[\W_]+", before) if part][-len(letters) :]
    begins = [
        part[0] == letter or (letter == "x" and part.startswith("cross"))
        for part, letter in zip(parts, letters, strict=False)
    ]
    return len(parts) == len(letters) and all(begins) and bool(telling) and telling <= {stem(part) for part in parts}
