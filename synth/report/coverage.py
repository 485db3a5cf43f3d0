"""Which parts of the question which papers cover. Pure.

A part is covered by a paper where its title or abstract names it, or at least two of its sentences outside related
work do; a passing mention, and a sentence that says what was *not* done, count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from synth.report import sizes
from synth.report.abbreviations import abbreviations, expand
from synth.report.terms import Phrase, found_in, phrase_of, words_of
from synth.types import Document, Facet, ReadFrom, SectionRole, Sentence

_NEEDED = 2
_SKIPPED_ROLES = frozenset({SectionRole.RELATED, SectionRole.LIMITATIONS})
_CORE_ROLES = frozenset({SectionRole.METHOD, SectionRole.RESULTS, SectionRole.CONCLUSION})
_LISTED = re.compile(r"\s*(?:,\s*)?(?:(?:and|or|and/or)\s+)?(?:(?:the|an?)\s+)?|\s*/\s*")
"""What stands between two items of a list."""
_BOTH = re.compile(
    r"\b(?:between|both|together|combin\w*|versus|vs|compar\w*|relat(?:e|es|ed|ion|ionship)|correlat\w*|interact\w*|"
    r"trade-?offs?|differen(?:ce|ces|t)|than)\b"
)
"""Words of a question that is about two things at once."""
_NOT_DONE = re.compile(
    r"\bfuture (?:work|research|studies|directions?)\b|\bleave\b.{0,80}\bto\b|"
    r"\b(?:beyond|outside|out of) (?:the |our )?scope\b|"
    r"\b(?:do|does|did|is|are|was|were|has|have|had)(?: not|n[’']t) (?:\w+ )?"
    r"(?:consider|stud|cover|includ|evaluat|test|address|examin|explor|investigat|experiment|report)|"
    r"\bwithout (?:considering|studying|covering|evaluating)\b",
    re.IGNORECASE,
)


def facets(
    question: str,
    phrases: Sequence[str],
    documents: Mapping[str, Document],
    *,
    titles: Mapping[str, str] | None = None,
) -> tuple[Facet, ...]:
    """The parts of the question, each with the papers that cover it.

    Args:
        question: The question, to keep the phrases in its order.
        phrases: Its content phrases; general ones ("performance", "models") are no parts and left out.
        documents: The used papers as they were read, by id.
        titles: Their titles by id, where a title counts as coverage.

    Returns:
        One facet a phrase, in the order of the question; the papers of each in order of id.
    """
    place = question.casefold().find
    ordered = sorted(dict.fromkeys(phrases), key=lambda text: place(text.casefold()) % (len(question) + 1))
    readings = {paper_id: _Reading(document) for paper_id, document in sorted(documents.items())}
    result: list[Facet] = []
    seen: set[frozenset[str]] = set()
    for text in ordered:
        asked = sizes.asked_range(text)
        phrase = phrase_of(text)
        key = frozenset({text.casefold()}) if asked or phrase is None else phrase.roots
        if (asked is None and phrase is None) or key in seen:
            continue
        seen.add(key)
        names = titles or {}
        papers = tuple(
            paper_id
            for paper_id, reading in readings.items()
            if (reading.states(asked) if asked else reading.names(text, names.get(paper_id, "")))
        )
        result.append(Facet(text=text, covered=bool(papers), papers=papers))
    return tuple(result)


def together(parts: Sequence[Facet], question: str = "") -> tuple[str, ...]:
    """Ids of the papers that cover every part of the question, in order; of a list one item is enough.

    "Does X help A, B and C?" asks of each by itself; "the gap between A and B" asks of both.
    """
    covering = [frozenset(paper for part in group for paper in part.papers) for group in _alternatives(parts, question)]
    return tuple(sorted(frozenset.intersection(*covering))) if covering else ()


def _alternatives(parts: Sequence[Facet], question: str) -> list[list[Facet]]:
    """The parts, those that the question lists side by side together."""
    groups: list[list[Facet]] = []
    text, end = question.casefold(), -1
    listing = not _BOTH.search(text)
    for part in parts:
        start = text.find(part.text.casefold(), max(end, 0))
        if groups and listing and 0 <= end <= start and _LISTED.fullmatch(text[end:start]):
            groups[-1].append(part)
        else:
            groups.append([part])
        end = start + len(part.text) if start >= 0 else -1
    return groups


class _Reading:
    """One document, ready to be asked for many phrases."""

    def __init__(self, document: Document) -> None:
        self._long_forms = abbreviations(document.text)
        kept = [sentence for sentence in (*document.sentences, *document.captions) if _counts(sentence)]
        self._weights = [_weight(sentence, document.read_from) for sentence in kept]
        self._words = [words_of(expand(sentence.text, self._long_forms)) for sentence in kept]
        self._texts = [sentence.text for sentence in kept]

    def states(self, asked: tuple[float, float]) -> bool:
        """Whether the paper states model sizes of the asked range."""
        return sizes.spans(asked, (size for text in self._texts for size in sizes.stated_sizes(text)))

    def names(self, text: str, title: str) -> bool:
        """Whether the paper is about a phrase, and does not merely mention it."""
        phrase: Phrase | None = phrase_of(expand(text, self._long_forms))
        if phrase is None:
            return False
        if found_in(phrase, words_of(title)):
            return True
        weights = (weight for weight, words in zip(self._weights, self._words, strict=True) if found_in(phrase, words))
        total = 0
        for weight in weights:
            total += weight
            if total >= _NEEDED:
                return True
        return False


def _counts(sentence: Sentence) -> bool:
    return sentence.role not in _SKIPPED_ROLES and _NOT_DONE.search(sentence.text) is None


def _weight(sentence: Sentence, read_from: ReadFrom) -> int:
    """An abstract names what a paper is about; so does a digest, which has no room for passing mentions."""
    if sentence.role is SectionRole.ABSTRACT or read_from is ReadFrom.ABSTRACT:
        return _NEEDED
    if read_from is ReadFrom.DIGEST and sentence.role in _CORE_ROLES:
        return _NEEDED
    return 1
