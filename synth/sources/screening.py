"""Which of the papers found are about the question: words, embeddings and phrases over title and abstract.

BM25 ranks by the question's words, cosine similarity by its meaning, coverage by how many of its phrases a paper
touches: one that sets two of them beside each other goes before one that repeats a single one. The rankings are joined
by reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): a paper's score is the sum of ``1 / (60 + rank)``.
Raw scores are never added: they live on different scales.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from synth.question import phrases
from synth.sources.terms import Term, is_generic, parts_of, search_terms
from synth.sources.withdrawal import is_withdrawn
from synth.text import content_words, stem
from synth.types import Paper, RetrievedPaper, Role

GIVEN = "given as a file"
"""How the reason begins for which a paper is read that the user gave."""
RRF_K = 60
FLOOR = 0.2
"""Cosine similarity under which a paper is not about the question (all-MiniLM-L6-v2)."""
_MAX_ENCODED = 120
"""Papers behind this place of the BM25 ranking are not embedded; none of them could reach the first places."""


class Encoder(Protocol):
    """Texts in, unit vectors out; what :class:`synth.retrieval.dense.MiniLmEncoder` offers."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, unit length."""


def screen(
    question: str, papers: Sequence[Paper], encoder: Encoder, *, keep: int, given: Sequence[Paper] = ()
) -> tuple[RetrievedPaper, ...]:
    """The papers ranked for the question, the best of them used, each with the reason in one line.

    Withdrawn papers and those under the floor of similarity are screened out, and so is what stands below the first
    ``keep``. Relevance is the fused score as a share of the best possible one, in [0, 1]. Ties are broken by id.

    Args:
        question: The research question.
        papers: What was found.
        encoder: Embeds question, titles and abstracts.
        keep: How many of the found ones are used at most.
        given: Papers that the user gave: used whatever the ranking says. Those about the question are as relevant as
            their places among themselves say, for whoever gave them meant them to be read; the others as any.
    """
    own = {paper.id for paper in given}
    by_id = sorted([*papers, *given], key=lambda paper: paper.id)
    withdrawn = [paper for paper in by_id if is_withdrawn(paper) and paper.id not in own]
    standing = [paper for paper in by_id if not is_withdrawn(paper) or paper.id in own]
    sparse = _bm25(question, standing)
    by_words = _ranking(sparse, standing)
    order = [place for row, place in enumerate(by_words) if row < _MAX_ENCODED or standing[place].id in own]
    encoded = [standing[place] for place in order]
    cosines = _cosines(question, encoded, encoder)
    covered = np.array([_coverage(search_terms(question), paper) for paper in encoded])
    rankings = [list(range(len(encoded))), _ranking(cosines, encoded), _ranking(covered, encoded)]
    scores = _fused(rankings)
    ranked = sorted(range(len(encoded)), key=lambda place: (-scores[place], encoded[place].id))
    meant = frozenset(place for place in ranked if encoded[place].id in own and cosines[place] >= FLOOR)
    among_given = _fused([[place for place in ranking if place in meant] for ranking in rankings])
    total = len(standing)
    beside = " beside the given ones" if given else ""
    results: list[RetrievedPaper] = []
    used = 0
    for rank, place in enumerate(ranked, 1):
        paper, cosine = encoded[place], float(cosines[place])
        if paper.id in own:
            role = Role.USED
            why = f"{GIVEN}; ranked {rank} of {total}: {_matched(question, paper)}similarity {cosine:.2f}"
        elif cosine < FLOOR:
            role, why = Role.SCREENED_OUT, f"similarity {cosine:.2f}: not about the question"
        elif used >= keep:
            role, why = Role.SCREENED_OUT, f"ranked {rank} of {total}, below the {keep} asked for" + beside
        else:
            role, why = Role.USED, f"ranked {rank} of {total}: {_matched(question, paper)}similarity {cosine:.2f}"
            used += 1
        relevance = max(scores[place], among_given.get(place, 0.0))
        results.append(RetrievedPaper(paper=paper, role=role, reason=why, relevance=round(relevance, 4)))
    behind = [place for place in by_words if place not in frozenset(order)]
    for rank, place in enumerate(behind, len(encoded) + 1):
        why = f"ranked {rank} of {total} by its words, too low to be compared closely"
        results.append(RetrievedPaper(paper=standing[place], role=Role.SCREENED_OUT, reason=why, relevance=0.0))
    results += [
        RetrievedPaper(
            paper=paper, role=Role.SCREENED_OUT, reason="withdrawn, as its record on arXiv says", relevance=0.0
        )
        for paper in withdrawn
    ]
    return tuple(sorted(results, key=lambda found: found.role is not Role.USED))


def matched_phrases(question: str, paper: Paper) -> tuple[str, ...]:
    """The question's phrases whose words stand side by side in the title or the abstract, whatever their endings."""
    text = f" {' '.join(map(stem, parts_of(f'{paper.title}. {paper.abstract}')))} "
    return tuple(
        phrase
        for phrase in phrases(question)
        if (parts := parts_of(phrase)) and f" {' '.join(map(stem, parts))} " in text and not _is_all_generic(phrase)
    )


def _matched(question: str, paper: Paper) -> str:
    matched = matched_phrases(question, paper)
    return f"matches {', '.join(repr(phrase) for phrase in matched[:4])}; " if matched else ""


def _is_all_generic(phrase: str) -> bool:
    return all(map(is_generic, parts_of(phrase)))


def _bm25(question: str, papers: Sequence[Paper]) -> NDArray[np.float64]:
    """BM25+ of the question's words for each paper; zeros where nothing can be counted. Shape ``(n,)``."""
    documents = [_words(f"{paper.title} {paper.title} {paper.abstract}") for paper in papers]
    if not any(documents):  # BM25 divides by the mean length
        return np.zeros(len(papers))
    asked = [word for word in _words(question) if not is_generic(word)]
    return np.asarray(BM25Plus(documents).get_scores(asked or _words(question)), dtype=np.float64)


def _coverage(terms: Sequence[Term], paper: Paper) -> float:
    """Weights of the terms, each by the share of its telling words that the paper holds; half again for the title.

    Names of one word are alternatives to each other, as in the search plan: the best of them counts.
    """
    held, titled = set(_words(f"{paper.title} {paper.abstract}")), set(_words(paper.title))
    phrases_total, best_name = 0.0, 0.0
    for term in terms:
        words = set(_words(term.text))
        telling = {word for word in words if not is_generic(word)} or words
        share = (len(held & telling) + len(titled & telling) / 2) / max(len(telling), 1)
        if term.is_name:
            best_name = max(best_name, term.weight * share)
        else:
            phrases_total += term.weight * share
    return round(phrases_total + best_name, 6)


def _words(text: str) -> list[str]:
    return list(content_words(text.replace("-", " ")))


def _cosines(question: str, papers: Sequence[Paper], encoder: Encoder) -> NDArray[np.float64]:
    """Cosine similarity of the question and each paper's title with abstract. Shape ``(n,)``."""
    if not papers:
        return np.zeros(0)
    vectors = encoder.encode([question, *(f"{paper.title}. {paper.abstract}" for paper in papers)]).astype(np.float64)
    cosines: NDArray[np.float64] = np.round(vectors[1:] @ vectors[0], 6)
    return cosines


def _ranking(scores: NDArray[np.float64], papers: Sequence[Paper]) -> list[int]:
    """Places in ``papers``, best score first, ties by id."""
    return sorted(range(len(papers)), key=lambda place: (-scores[place], papers[place].id))


def _fused(rankings: Sequence[Sequence[int]]) -> dict[int, float]:
    """Reciprocal rank fusion, as a share of the score of a paper that is first everywhere."""
    places: dict[int, list[float]] = {}
    for ranking in rankings:
        for rank, place in enumerate(ranking, 1):
            places.setdefault(place, []).append(1 / (RRF_K + rank))
    return {place: math.fsum(parts) * (RRF_K + 1) / len(rankings) for place, parts in places.items()}
