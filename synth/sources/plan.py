"""The search plan: from a question to a few queries, narrow to broad, each with its reason. Pure.

The whole question in quotes finds nothing, and its bare words, OR-ed by arXiv, find everything. The plan joins the
question's telling phrases instead: three at once, two at once, their words, words in titles, and any of them. After the
first results, :func:`widen` asks for what the found papers call the same things.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import combinations

from synth.errors import ConfigError
from synth.question import is_searchable
from synth.sources.query import Query, every, filters, narrowed, some, term
from synth.sources.related import Related, related_terms
from synth.sources.terms import Term, is_generic, search_terms
from synth.types import Paper

MAX_QUERIES = 6
_MAX_WIDENING = 2
_MAX_BROAD = 8


def plan(
    question: str,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    categories: Sequence[str] = (),
) -> tuple[Query, ...]:
    """One to six queries for a question, narrow to broad.

    Args:
        question: As :func:`synth.question.check_question` gives it.
        since: First day of submission (of version 1).
        until: Last day of submission.
        categories: arXiv categories, any of which a paper must carry.

    Raises:
        ConfigError: If the question has no Latin word to search for, or a filter is malformed.
    """
    narrowing = filters(since, until, categories)
    terms = search_terms(question) if is_searchable(question) else ()
    if not terms:
        raise ConfigError("no Latin words in the question to search for; arXiv's search is English: translate it")
    concepts, names = _concepts_and_names(terms, question)
    parts = _parts(concepts, names)
    drafts = [
        *([_together(parts)] if len(parts) > 2 else []),
        *_pairs(parts, "two of"),
        *_pairs(_parts(concepts, names, loose=True), "the telling words of two of"),
        *_two_in_title(concepts, names),
        _in_title(concepts[0], terms),
        _any_head(terms),
    ]
    queries: dict[str, Query] = {}
    for draft in drafts:
        queries.setdefault(draft.text, draft)
    return tuple(narrowed(query, narrowing) for query in queries.values())


def widen(
    question: str,
    found: Sequence[Paper],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    categories: Sequence[str] = (),
) -> tuple[Query, ...]:
    """Up to two queries with words that the first results use and the question does not.

    Args:
        question: The question.
        found: Papers of the first queries, best first.
        since: As for :func:`plan`.
        until: As for :func:`plan`.
        categories: As for :func:`plan`.

    Raises:
        ConfigError: If a filter is malformed.
    """
    narrowing = filters(since, until, categories)
    terms = search_terms(question)
    related = related_terms(question, terms, found)
    drafts = [draft for draft in (_renamed(terms, related), _beside(terms, related)) if draft]
    return tuple(narrowed(query, narrowing) for query in drafts[:_MAX_WIDENING])


def _concepts_and_names(terms: Sequence[Term], question: str) -> tuple[list[Term], list[Term]]:
    """Up to three phrases in the question's order, what it asks about first; and its names of one word (``XNLI``)."""
    lowered = question.casefold()
    names = [found for found in terms if found.is_name]
    ordered = sorted(
        (found for found in terms if not found.is_name), key=lambda found: lowered.find(found.phrase.casefold())
    )
    if not ordered:
        return names[:3], []
    subject = next((found for found in ordered if found.weight >= 2), ordered[0])
    others = [found for found in terms if found in ordered and found is not subject][:2]
    return [subject, *(found for found in ordered if found in others)], names


_Part = tuple[str, str]
"""A part of a query, and how to name it to the reader."""


def _anywhere(found: Term) -> str:
    """A phrase of two words as it stands; the words of a longer one wherever they stand, as papers vary them."""
    tokens = found.text.split()
    return term(found.text) if len(tokens) < 3 else every([term(token) for token in tokens])


def _telling(found: Term) -> list[str]:
    """The words of a phrase that do not occur in papers of every kind; all where none is."""
    tokens = found.text.split()
    return [token for token in tokens if not is_generic(token.casefold())] or tokens


def _parts(concepts: Sequence[Term], names: Sequence[Term], *, loose: bool = False) -> list[_Part]:
    """One part a phrase, and one for all names, which count as alternatives to each other."""
    parts = [
        (every([term(token) for token in _telling(found)]) if loose else _anywhere(found), f"'{found.text}'")
        for found in concepts
    ]
    return [*parts, (some([term(name.text) for name in names]), _either(names))] if names else parts


def _together(parts: Sequence[_Part]) -> Query:
    """The first two phrases together with the names, or with the third phrase."""
    chosen = [*parts[:2], parts[-1]]
    return Query(every([part[0] for part in chosen]), f"all of {', '.join(part[1] for part in chosen)}")


def _pairs(parts: Sequence[_Part], why: str) -> list[Query]:
    """Any two of the parts, in one query: papers with more of them come first."""
    if len(parts) < 2:
        return [Query(parts[0][0], parts[0][1])]
    pairs = [every([first[0], second[0]]) for first, second in combinations(parts, 2)]
    return [Query(some(pairs), f"{why} {', '.join(part[1] for part in parts)}")]


def _two_in_title(concepts: Sequence[Term], names: Sequence[Term]) -> list[Query]:
    """Words of two phrases in one title: papers that set the two things beside each other, however they word it."""
    words = [[f'ti:"{token}"' for token in _telling(found)] for found in concepts]
    words += [[f'ti:"{name.text}"' for name in names]] if names else []
    if len(words) < 2:
        return []
    pairs = [every([some(first), some(second)]) for first, second in combinations(words, 2)]
    told = ", ".join([*(f"'{found.text}'" for found in concepts), *([_either(names)] if names else [])])
    return [Query(some(pairs), f"words of two of {told} in the title")]


def _in_title(subject: Term, terms: Sequence[Term]) -> Query:
    """The subject in the title, those papers first that hold more of the question's phrases."""
    tokens = _telling(subject)
    if len(tokens) == 1 and "-" not in tokens[0]:  # one word of a phrase is too little ("laws" of "scaling laws")
        tokens = [subject.text]
    title = every([f'ti:"{token}"' for token in tokens])
    others = [term(found.text) for found in terms if found is not subject][:_MAX_BROAD]
    text = every([title, some([title, *others])]) if others else title
    return Query(text, f"'{' '.join(tokens)}' in the title, best with other phrases of the question")


def _any_head(terms: Sequence[Term]) -> Query:
    """Any phrase of the question, long ones by their last two words."""
    heads = {head.casefold(): head for found in terms[:_MAX_BROAD] if (head := " ".join(found.text.split()[-2:]))}
    return Query(
        some([term(head) for head in heads.values()]), "any of " + ", ".join(f"'{head}'" for head in heads.values())
    )


def _either(terms: Sequence[Term]) -> str:
    return " or ".join(f"'{found.text}'" for found in terms)


def _renamed(terms: Sequence[Term], related: Related) -> Query | None:
    """What the results call one of the question's phrases, with another phrase under any of its names."""
    candidates = [found for found in terms if found.text in related.variants]
    if not candidates:
        return None
    renamed = max(candidates, key=lambda found: sum(related.counts[name] for name in related.variants[found.text]))
    names = related.variants[renamed.text]
    others = [found for found in terms if found is not renamed][:3]
    alternatives = [_anywhere(found) for found in others]
    alternatives += [term(name) for found in others for name in related.variants.get(found.text, ())]
    parts = [some([term(name) for name in names]), *([some(alternatives)] if alternatives else [])]
    told = ", ".join(f"'{name}' ({related.counts[name]} papers)" for name in names)
    beside = f", with {_either(others)}" if others else ""
    return Query(every(parts), f"what the first results say for '{renamed.text}': {told}{beside}")


def _beside(terms: Sequence[Term], related: Related) -> Query | None:
    """The question's first phrase together with what the results speak of beside it."""
    if not related.beside or not terms:
        return None
    told = ", ".join(f"'{name}' ({related.counts[name]} papers)" for name in related.beside)
    group = some([term(name) for name in related.beside])
    first = next((found for found in terms if not found.is_name), terms[0])
    return Query(
        every([_anywhere(first), group]), f"'{first.text}' with what the first results speak of beside it: {told}"
    )
