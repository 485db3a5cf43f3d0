"""Claims in words that stand alone: who says it, what "this model" was, nothing that points to another page.

``self_contained`` is a chain of small rewritings. Each gives the mended text or None where a reader without the paper
could not know what is meant; a sentence is never cut, and what cannot be mended is dropped.
"""

from __future__ import annotations

import re

from synth.claims.apparatus import tidied, without_citations, without_marks, without_pointers
from synth.claims.connectives import without_connectives
from synth.claims.dangling import lacks_antecedent, lacks_referent, points_outside
from synth.claims.mention import Mention, mention_of
from synth.claims.voice import PERSON, attributed, names
from synth.types import Document, Paper, ReadFrom, SectionRole, Sentence

MIN_WORDS, MAX_WORDS = 6, 72
_OWN_ROLES = frozenset(
    {
        SectionRole.ABSTRACT,
        SectionRole.RESULTS,
        SectionRole.DISCUSSION,
        SectionRole.CONCLUSION,
        SectionRole.LIMITATIONS,
    }
)
"""Sections in which "the results" and a bare "this shows that" mean the paper's own results."""
_CITES = re.compile(r"\[\d|\bet al\b|\((?:19|20)\d\d|, (?:19|20)\d\d[a-z]?\)")
_METRICS = re.compile(r"\b(?:F1|F-?score|BLEU|LAS|UAS|AUC|ROUGE(?:-\w)?|MAP|MRR|P@\d+|GPU|CPU|RNN|CNN)s?\b")
_NAME = re.compile(r"(?<=\S )(?:[A-Z][\w-]+|[a-z]+[A-Z]\w*)|^[a-z]*[A-Z][\w-]*[A-Z0-9]\w*")
_AUTHORS = re.compile(r"\bthe authors?\b", re.IGNORECASE)
_FIRST = re.compile(r"[\"“‘']?(?:[A-ZÀ-Þ\d]|[a-z]+[A-Z0-9])")
_LAST = re.compile(r"[.!][\"”’')\]]*$")


def self_contained(sentence: Sentence, document: Document, paper: Paper) -> str | None:
    """The sentence in words that need no other sentence, or None where that cannot be had.

    "We" becomes the authors and the year, leading connectives and apparatus go, a leading "this model" becomes the
    model's name where the sentence before gives it. The verbatim original stays with the caller. Digests speak in
    the third person already: there the first person drops a sentence.
    """
    text = _without_apparatus(sentence.text)
    if text is None:
        return None
    text = without_connectives(tidied(text))
    mention = None if document.read_from is ReadFrom.DIGEST else mention_of(paper)
    ours = mention is not None and names(text, mention)
    if not ours and (lacks_antecedent(text) or _AUTHORS.search(text)):
        return None
    before = _sentence_before(sentence, document)
    own = sentence.role in _OWN_ROLES and not _CITES.search(before)
    voiced = attributed(text, before, mention, own=own) if mention else text
    if voiced is None or PERSON.search(voiced):
        return None
    # an author may be called He, a title begin with This
    nameless = re.sub(re.escape(mention.subject), "Someone", voiced, flags=re.IGNORECASE) if mention else voiced
    if points_outside(nameless) or lacks_referent(nameless, paper.title):
        return None
    text = tidied(voiced)
    return text if _is_whole(text) and (mention is None or _is_anchored(text, mention)) else None


def _without_apparatus(text: str) -> str | None:
    """The text without marks, pointers and bracketed citations; None where one of them cannot go."""
    found: str | None = text
    for step in (without_marks, without_pointers, without_citations):
        found = step(found) if found is not None else None
    return found


def _sentence_before(sentence: Sentence, document: Document) -> str:
    """The sentence in front of this one in its paragraph, or an empty text."""
    before = [
        other for other in document.sentences if other.paragraph == sentence.paragraph and other.end <= sentence.start
    ]
    return max(before, key=lambda other: other.end).text if before else ""


def _is_anchored(text: str, mention: Mention) -> bool:
    """Whether a number has an owner: the paper itself, or a name ("an F1 of 89.4" alone could be anybody's)."""
    return names(text, mention) or re.search(r"\d", text) is None or _NAME.search(_METRICS.sub("", text)) is not None


def _is_whole(text: str) -> bool:
    """Whether the text is one sentence with a capital, a stop, closed brackets and a sane length."""
    return (
        MIN_WORDS <= len(text.split()) <= MAX_WORDS
        and _FIRST.match(text) is not None
        and _LAST.search(text) is not None
        and all(text.count(left) == text.count(right) for left, right in ("()", "[]", "“”"))
        and "  " not in text
    )
