"""Examples of the experiment's tasks, as its readers give them and its models and metrics take them.

Languages are ISO 639-1 codes as XTREME writes them (``en``, ``zh``, ``sw``); texts are as the files have them,
stripped of surrounding white space.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextPair:
    """Two texts and the class of their relation: XNLI, PAWS-X and the intermediate inference sets."""

    first: str
    second: str
    label: int
    """Index into the task's labels."""


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """Words with a tag each: UDPOS (parts of speech) and PAN-X (entities, IOB2)."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question on a context that holds its answer: SQuAD, XQuAD, MLQA, TyDiQA-GoldP."""

    id: str
    context: str
    question: str
    answers: tuple[str, ...]
    """All accepted answers, verbatim."""
    start: int
    """Character offset of the first answer in the context."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A context and question with options, one of them right: CosmosQA, SocialIQA, COPA."""

    context: str
    question: str
    options: tuple[str, ...]
    right: int
    """Index of the right option."""


@dataclass(frozen=True, slots=True)
class Bitext:
    """Sentences of a language and their English translations, line by line: Tatoeba, NTREX, FLORES."""

    language: str
    foreign: tuple[str, ...]
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mining:
    """Two heaps of sentences, some of which translate each other: BUCC."""

    language: str
    foreign: tuple[tuple[str, str], ...]
    """Ids and texts."""
    english: tuple[tuple[str, str], ...]
    gold: frozenset[tuple[str, str]]
    """Pairs of ids, foreign then English."""
