"""The claim table: which sentences of all used papers go into it, how many of each, and in what order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from synth.claims.drafts import Draft
from synth.claims.merge import merge
from synth.claims.scorer import ROLE_PRIOR, Scorer
from synth.text import claim_id, content_words
from synth.types import Claim, Document, Origin, RetrievedPaper, Role, SectionRole, Sentence

SHORTLIST = 150
"""Candidates of one document that are embedded. Sections and words shared with the question choose them, which costs
nothing; 15 papers then need at most 2,250 embeddings (about 15 s on two cores, once: the pipeline keeps them), not
4,000 and more."""
DIVERSITY = 0.3
"""Weight of unlikeness to what is already chosen from the same paper (maximal marginal relevance,
Carbonell and Goldstein 1998)."""
PHRASE_WEIGHT = 0.35
"""Weight of the question's words in the relevance, beside the embeddings' cosine."""
FIRM = 0.3
"""Claims below this worthiness fill the table only after all papers' better ones: on the development questions most of
the unfit ones lay below, most of the fit ones above."""
MIN_WORTHINESS = 0.05
"""Below this a sentence is no claim, however few others there are."""


class Encoder(Protocol):
    """Texts in, unit vectors out."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A claim with the embedding of its verbatim sentence."""

    claim: Claim
    embedding: NDArray[np.float32]

    @property
    def firm(self) -> bool:
        """Whether it is worthy of a check beyond doubt."""
        return self.claim.worthiness >= FIRM

    @property
    def score(self) -> float:
        return self.claim.worthiness * self.claim.relevance


def select(
    question: str,
    question_embedding: NDArray[np.float32],
    papers: Sequence[RetrievedPaper],
    documents: Mapping[str, Document],
    drafts: Mapping[str, Sequence[Draft]],
    encoder: Encoder,
    scorer: Scorer,
    *,
    n: int,
) -> tuple[Claim, ...]:
    """At most ``n`` claims from all used papers, best first.

    Each paper gets a share in proportion to its relevance and at least one claim; near-duplicates are merged with
    all their origins, and what merging frees is given to the next best.

    Args:
        question: The research question.
        question_embedding: Its embedding. Shape ``(384,)``.
        papers: The retrieved papers; only those with role ``USED`` count.
        documents: Documents by paper id; a used paper without one gives no claim.
        drafts: The candidates of each of these documents (:func:`synth.claims.drafts.drafts`), by paper id.
        encoder: Embeds the verbatim sentences.
        scorer: Gives their check-worthiness.
        n: Claims wanted.
    """
    used = sorted(
        (p for p in papers if p.role is Role.USED and p.paper.id in documents), key=lambda p: (-p.relevance, p.paper.id)
    )
    ranked = []
    for paper in used:
        found = documents[paper.paper.id], drafts[paper.paper.id]
        drawn = _draw(question, question_embedding, paper, *found, encoder, scorer)
        if drawn:
            ranked.append((paper.relevance, _diverse(drawn)))
    caps = [max(1, sum(item.firm for item in drawn)) for _, drawn in ranked]
    shares = apportion([relevance for relevance, _ in ranked], n, caps=caps)
    chosen = [item for share, (_, drawn) in zip(shares, ranked, strict=True) for item in drawn[:share]]
    spare = [item for share, (_, drawn) in zip(shares, ranked, strict=True) for item in drawn[share:]]
    spare.sort(key=lambda item: (not item.firm, -item.score, item.claim.id))
    merged = _merged(chosen)
    while len(merged) < n and spare:
        missing = n - len(merged)
        chosen, spare = chosen + spare[:missing], spare[missing:]
        merged = _merged(chosen)
    return merged[:n]


def apportion(weights: Sequence[float], n: int, *, caps: Sequence[int]) -> tuple[int, ...]:
    """Seats by weight: one each where there are enough, the rest by the largest-remainder method, none above its cap.

    Ties go to the earlier entry. Weights that are all zero count as equal.
    """
    seats = [1 if row < n and cap > 0 else 0 for row, cap in enumerate(caps)]
    wanted = min(n, sum(caps))
    while sum(seats) < wanted:
        open_rows = [row for row, cap in enumerate(caps) if seats[row] < cap]
        total = sum(max(weights[row], 0.0) for row in open_rows)

        def owed(row: int, total: float = total, count: int = len(open_rows)) -> float:
            share = max(weights[row], 0.0) / total if total > 0 else 1.0 / count
            return share * n - seats[row]

        seats[max(open_rows, key=lambda row: (owed(row), -row))] += 1
    return tuple(seats)


def shortlist(sentences: Sequence[Sentence], question: str) -> tuple[Sentence, ...]:
    """The :data:`SHORTLIST` candidates most likely to matter, in reading order; no model is asked."""
    asked = frozenset(content_words(question))
    if len(sentences) <= SHORTLIST:
        return tuple(sentences)

    def promise(sentence: Sentence) -> float:
        shared = len(asked & frozenset(content_words(sentence.text)))
        return ROLE_PRIOR[sentence.role] + 0.2 * min(shared, 4)

    best = sorted(sentences, key=lambda sentence: (-promise(sentence), sentence.start))[:SHORTLIST]
    return tuple(sorted(best, key=lambda sentence: sentence.start))


def _draw(
    question: str,
    question_embedding: NDArray[np.float32],
    paper: RetrievedPaper,
    document: Document,
    drafts: Sequence[Draft],
    encoder: Encoder,
    scorer: Scorer,
) -> list[_Drawn]:
    """The claims of one paper with their scores, in reading order."""
    texts = {draft.sentence.start: draft.text for draft in drafts}
    worded = [
        (sentence, text)
        for sentence in shortlist([draft.sentence for draft in drafts], question)
        if (text := texts[sentence.start]) is not None
    ]
    verbatim = [sentence.text for sentence, _ in worded]
    embeddings = encoder.encode(verbatim)
    roles = [sentence.role for sentence, _ in worded]
    worthiness = scorer.scores(verbatim, embeddings, roles, _places(document, [sentence for sentence, _ in worded]))
    asked = frozenset(content_words(question))
    drawn = []
    for row, (sentence, text) in enumerate(worded):
        if worthiness[row] < MIN_WORTHINESS:
            continue
        drawn.append(
            _Drawn(
                Claim(
                    id=claim_id(text),
                    text=text,
                    origins=(_origin(paper.paper.id, sentence),),
                    worthiness=float(worthiness[row]),
                    relevance=_relevance(float(embeddings[row] @ question_embedding), text, asked),
                ),
                embeddings[row],
            )
        )
    return drawn


def _relevance(cosine: float, text: str, asked: frozenset[str]) -> float:
    """Cosine with the question, and the share of the question's content words in the claim. In [0, 1]."""
    shared = len(asked & frozenset(content_words(text))) / max(1, min(len(asked), 6))
    return round((1 - PHRASE_WEIGHT) * min(max(cosine, 0.0), 1.0) + PHRASE_WEIGHT * min(shared, 1.0), 6)


def _places(document: Document, sentences: Sequence[Sentence]) -> list[float]:
    """Where each sentence stands in its paper's abstract, 0 first and 1 last; NaN elsewhere."""
    abstract = [sentence.start for sentence in document.sentences if sentence.role is SectionRole.ABSTRACT]
    order = {start: place / max(1, len(abstract) - 1) for place, start in enumerate(sorted(abstract))}
    return [order.get(sentence.start, math.nan) for sentence in sentences]


def _origin(paper_id: str, sentence: Sentence) -> Origin:
    return Origin(
        paper_id=paper_id,
        section=sentence.section,
        page=sentence.page,
        start=sentence.start,
        end=sentence.end,
        verbatim=sentence.text,
        box=sentence.box,
    )


def _diverse(drawn: Sequence[_Drawn]) -> list[_Drawn]:
    """All claims of a paper in the order of maximal marginal relevance; ties by id."""
    highest = max(max(item.score for item in drawn), 1e-9)
    vectors = np.stack([item.embedding for item in drawn])
    nearest = np.zeros(len(drawn))
    left = sorted(range(len(drawn)), key=lambda row: drawn[row].claim.id)
    order: list[_Drawn] = []
    while left:
        gain = {
            row: drawn[row].firm + (1 - DIVERSITY) * drawn[row].score / highest - DIVERSITY * float(nearest[row])
            for row in left
        }
        best = max(left, key=lambda row: round(gain[row], 9))
        order.append(drawn[best])
        left.remove(best)
        nearest = np.maximum(nearest, vectors @ vectors[best])
    return order


def _merged(chosen: Sequence[_Drawn]) -> tuple[Claim, ...]:
    if not chosen:
        return ()
    return merge([item.claim for item in chosen], np.stack([item.embedding for item in chosen]))
