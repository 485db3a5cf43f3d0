"""The claim table: which sentences of all used papers go into it, how many of each, and in what order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from synth.claims.drafts import Draft
from synth.claims.merge import merge, score
from synth.claims.scorer import ROLE_PRIOR, Scorer
from synth.text import claim_id, content_words, normalise
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
STANDING = 6
"""Power of the paper's relevance, as a share of the best used paper's, in that of its claims: of the sentences near to
a question, those of the papers that stand first for it were found to bear on it, most others not (decisions/0019)."""
BEARING = 0.15
"""Relevance below which a claim is taken for off the question."""
FEW = 10
"""The nearest claims are shown even below that, up to so many, those worth a check first: they say what there was."""
MOST_OF_ONE = 1 / 3
"""Share of the table that one paper fills while others still have claims that bear on the question."""
LEAST_WORTHINESS = 0.3
"""Claims below this worthiness stay out however near they are to the question, where there are :data:`FEW` better ones:
of those that were judged three in five were unfit."""
MIN_WORTHINESS = 0.05
"""Below this a sentence is no claim, whoever asks."""


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
    def worthy(self) -> bool:
        """Whether it is worth a check, as far as the scorer can tell."""
        return self.claim.worthiness >= LEAST_WORTHINESS


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
    bearing: float = BEARING,
) -> tuple[Claim, ...]:
    """At most ``n`` claims from all used papers, best first.

    All claims compete for the table: what counts is how near a claim is to the question and its paper with it, whether
    the claim is worth a check, and that it is unlike what the same paper says already. Claims off the question stay
    out, so the table may be shorter than ``n``. Near-duplicates are merged with all their origins, and what merging
    frees is given to the next best.

    Args:
        question: The research question.
        question_embedding: Its embedding. Shape ``(384,)``.
        papers: The retrieved papers; only those with role ``USED`` count.
        documents: Documents by paper id; a used paper without one gives no claim.
        drafts: The candidates of each of these documents (:func:`synth.claims.drafts.drafts`), by paper id.
        encoder: Embeds the verbatim sentences.
        scorer: Gives their check-worthiness.
        n: Claims wanted.
        bearing: Relevance below which a claim stays out, but for the nearest few; 0 keeps all, worthy or not.
    """
    used = sorted((p for p in papers if p.role is Role.USED and p.paper.id in documents), key=lambda p: p.paper.id)
    best = max((paper.relevance for paper in used), default=0.0)  # the more were found, the lower the best may stand
    drawn: list[_Drawn] = []
    for paper in used:
        standing = (paper.relevance / best) ** STANDING if best > 0 else 1.0
        found = documents[paper.paper.id], drafts[paper.paper.id]
        drawn += _draw(question, question_embedding, paper.paper.id, standing, *found, encoder, scorer)
    order = _ordered(_on_the_question(drawn, bearing), most=math.ceil(n * MOST_OF_ONE))
    chosen, spare = order[:n], order[n:]
    merged = _merged(chosen)
    while len(merged) < n and spare:
        missing = n - len(merged)
        chosen, spare = chosen + spare[:missing], spare[missing:]
        merged = _merged(chosen)
    return merged[:n]


def _on_the_question(drawn: Sequence[_Drawn], bearing: float) -> list[_Drawn]:
    """What bears on the question, and the nearest few whether they do or not. Ordered by id."""
    if bearing > 0:
        nearest = sorted(drawn, key=lambda item: (not item.worthy, -item.claim.relevance, item.claim.id))
        drawn = [
            item for row, item in enumerate(nearest) if row < FEW or (item.worthy and item.claim.relevance >= bearing)
        ]
    return sorted(drawn, key=lambda item: (item.claim.id, _place(item)))


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
    paper_id: str,
    standing: float,
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
    printed: dict[str, list[Sentence]] = {}
    for sentence in document.sentences:
        printed.setdefault(normalise(sentence.text), []).append(sentence)
    drawn = []
    for row, (sentence, text) in enumerate(worded):
        if worthiness[row] < MIN_WORTHINESS:
            continue
        near = _nearness(float(embeddings[row] @ question_embedding), sentence.text, asked)
        claim = Claim(
            id=claim_id(text),
            text=text,
            origins=tuple(_origin(paper_id, place) for place in _all_places(sentence, printed)),
            worthiness=float(worthiness[row]),
            relevance=round(near * standing, 6),
        )
        drawn.append(_Drawn(claim, embeddings[row]))
    return drawn


def _nearness(cosine: float, text: str, asked: frozenset[str]) -> float:
    """Cosine with the question, and the share of its content words in the sentence. In [0, 1].

    The paper's own sentence, not the claim: one that names its paper by the title has the title's words.
    """
    shared = len(asked & frozenset(content_words(text))) / max(1, min(len(asked), 6))
    return (1 - PHRASE_WEIGHT) * min(max(cosine, 0.0), 1.0) + PHRASE_WEIGHT * min(shared, 1.0)


def _places(document: Document, sentences: Sequence[Sentence]) -> list[float]:
    """Where each sentence stands in its paper's abstract, 0 first and 1 last; NaN elsewhere."""
    abstract = [sentence.start for sentence in document.sentences if sentence.role is SectionRole.ABSTRACT]
    order = {start: place / max(1, len(abstract) - 1) for place, start in enumerate(sorted(abstract))}
    return [order.get(sentence.start, math.nan) for sentence in sentences]


def _all_places(sentence: Sentence, printed: Mapping[str, Sequence[Sentence]]) -> list[Sentence]:
    """Where a sentence is printed, itself first: one that stands in abstract and conclusion is stated in both."""
    return [sentence, *(one for one in printed[normalise(sentence.text)] if one.start != sentence.start)]


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


def _ordered(drawn: Sequence[_Drawn], *, most: int) -> list[_Drawn]:
    """All claims, each time the one that adds most: maximal marginal relevance, likeness counted within a paper.

    What a paper has beyond ``most`` comes after all else. Ties go to the earlier one.
    """
    if not drawn:
        return []
    vectors = np.stack([item.embedding for item in drawn])
    papers = np.array([item.claim.origins[0].paper_id for item in drawn])
    scores = np.array([score(item.claim) for item in drawn])
    worth = (1 - DIVERSITY) * scores / max(float(scores.max()), 1e-9)
    nearest = np.zeros(len(drawn))
    left = np.ones(len(drawn), dtype=bool)
    taken: Counter[str] = Counter()
    order: list[_Drawn] = []
    behind: list[_Drawn] = []
    while left.any():
        gain = np.where(left, np.round(worth - DIVERSITY * nearest, 9), -np.inf)
        best = int(gain.argmax())
        left[best] = False
        paper = str(papers[best])
        taken[paper] += 1
        (order if taken[paper] <= most else behind).append(drawn[best])
        own = papers == paper
        nearest[own] = np.maximum(nearest[own], vectors[own] @ vectors[best])
    return order + behind


def _place(item: _Drawn) -> tuple[str, int]:
    """Where a claim was first taken from."""
    return item.claim.origins[0].paper_id, item.claim.origins[0].start


def _merged(chosen: Sequence[_Drawn]) -> tuple[Claim, ...]:
    if not chosen:
        return ()
    return merge([item.claim for item in chosen], np.stack([item.embedding for item in chosen]))
