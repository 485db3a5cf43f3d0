"""The sentences of a paper that may become claims, each in words that stand alone.

What a sentence's form allows depends on its paper alone, never on the question, so it is found out once a paper: the
store keeps it beside the document, and another question begins with the choice among them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from synth.claims.candidates import candidates
from synth.claims.wording import self_contained
from synth.types import Document, Paper, Sentence


@dataclass(frozen=True, slots=True)
class Draft:
    """One candidate."""

    sentence: Sentence
    text: str | None
    """The sentence as a claim would word it; None where it needs another sentence to be understood."""


def drafts(document: Document, paper: Paper) -> tuple[Draft, ...]:
    """All candidates of a document, in reading order."""
    return tuple(Draft(sentence, self_contained(sentence, document, paper)) for sentence in candidates(document))


def drafts_to_json(found: tuple[Draft, ...], document: Document) -> str:
    """Drafts as JSON: the number of each sentence in its document, and its wording."""
    places = {sentence.start: number for number, sentence in enumerate(document.sentences)}
    return json.dumps([[places[draft.sentence.start], draft.text] for draft in found], ensure_ascii=False)


def drafts_from_json(body: str, document: Document) -> tuple[Draft, ...]:
    """The drafts that :func:`drafts_to_json` wrote of the same document."""
    return tuple(Draft(document.sentences[number], text) for number, text in json.loads(body))
