from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synth.claims.drafts import Draft, drafts
from synth.claims.scorer import Scorer
from synth.claims.select import SHORTLIST, apportion, select, shortlist
from synth.text import claim_id
from synth.types import Document, Paper, RetrievedPaper, Role, SectionRole
from tests.claims.examples import WordEncoder, document, paper, used

QUESTION = "Does a lexicon help parsers of Finnish?"
FIRST = paper("Ada Moreno", "Bo Lind", "Cy Ode", id="2001.00001v1")
SECOND = paper("Eve Rask", "Flo Sund", "Gus Tamm", id="2002.00002v1")
TEXTS = {
    FIRST.id: (
        "We show that a lexicon helps parsers of Finnish by 3.2 points.",
        "Our parser outperforms the baseline on all of the seven treebanks.",
        "Parsing has attracted much attention in recent years and is widely used.",
        "The gain of the lexicon vanishes when the treebank is large enough.",
        "Does the lexicon help parsers of other languages as much as Finnish?",
    ),
    SECOND.id: (
        "We show that a lexicon helps parsers of Finnish by 3.2 points.",
        "Taggers trained on raw text perform worse than parsers with a lexicon.",
        "We conclude that morphology matters more than the size of the corpus.",
    ),
}


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer()


def documents() -> dict[str, Document]:
    return {name: document(*texts, paper_id=name) for name, texts in TEXTS.items()}


def drafted(read: dict[str, Document]) -> dict[str, tuple[Draft, ...]]:
    return {name: drafts(one, {FIRST.id: FIRST, SECOND.id: SECOND}[name]) for name, one in read.items()}


def chosen(scorer: Scorer, n: int, papers: tuple[RetrievedPaper, ...] | None = None) -> tuple[str, ...]:
    encoder = WordEncoder()
    retrieved = papers if papers is not None else (used(FIRST, 0.8), used(SECOND, 0.4))
    question = encoder.encode([QUESTION])[0]
    read = documents()
    found = select(QUESTION, question, retrieved, read, drafted(read), encoder, scorer, n=n)
    return tuple(claim.text for claim in found)


def test_claims_come_from_all_used_papers_and_duplicates_are_one(scorer: Scorer) -> None:
    encoder = WordEncoder()
    claims = select(
        QUESTION,
        encoder.encode([QUESTION])[0],
        (used(FIRST, 0.8), used(SECOND, 0.4)),
        documents(),
        drafted(documents()),
        encoder,
        scorer,
        n=10,
    )
    merged = [claim for claim in claims if len(claim.origins) == 2]
    assert [{origin.paper_id for origin in claim.origins} for claim in merged] == [{FIRST.id, SECOND.id}]
    assert {origin.paper_id for claim in claims for origin in claim.origins} == {FIRST.id, SECOND.id}
    assert not any("?" in claim.text for claim in claims)


def test_origins_quote_the_document_word_for_word(scorer: Scorer) -> None:
    encoder = WordEncoder()
    read = documents()
    question = encoder.encode([QUESTION])[0]
    claims = select(QUESTION, question, (used(FIRST, 0.8),), read, drafted(read), encoder, scorer, n=3)
    for claim in claims:
        assert claim.id == claim_id(claim.text)
        assert 0 <= claim.relevance <= 1
        assert 0 <= claim.worthiness <= 1
        for origin in claim.origins:
            assert read[origin.paper_id].text[origin.start : origin.end] == origin.verbatim
            assert (origin.page, origin.section) == (3, "4 Results")


def test_the_table_is_in_order_and_no_longer_than_asked(scorer: Scorer) -> None:
    encoder = WordEncoder()
    claims = select(
        QUESTION,
        encoder.encode([QUESTION])[0],
        (used(FIRST, 0.8), used(SECOND, 0.4)),
        documents(),
        drafted(documents()),
        encoder,
        scorer,
        n=3,
    )
    scores = [claim.worthiness * claim.relevance for claim in claims]
    assert len(claims) == 3
    assert scores == sorted(scores, reverse=True)


def test_merging_frees_a_place_for_the_next_best(scorer: Scorer) -> None:
    assert len(chosen(scorer, 3)) == 3


def test_papers_that_are_not_used_or_not_read_give_nothing(scorer: Scorer) -> None:
    unread: Paper = paper("Hal Unger", id="2003.00003v1")
    papers = (used(FIRST, 0.8, Role.SCREENED_OUT), used(unread, 0.9))
    assert chosen(scorer, 5, papers) == ()


def test_the_order_of_the_papers_does_not_count(scorer: Scorer) -> None:
    papers = (used(FIRST, 0.8), used(SECOND, 0.4))
    assert chosen(scorer, 5, papers) == chosen(scorer, 5, papers[::-1])


def test_no_more_than_the_shortlist_is_embedded(scorer: Scorer) -> None:
    many = [f"We show that lexicon number {row} helps parsers of Finnish very much." for row in range(SHORTLIST + 50)]
    encoder = WordEncoder()
    question = encoder.encode([QUESTION])[0]
    encoder.seen.clear()
    read = {FIRST.id: document(*many)}
    select(QUESTION, question, (used(FIRST, 1.0),), read, drafted(read), encoder, scorer, n=5)
    assert len(encoder.seen) == SHORTLIST


def test_the_shortlist_prefers_sections_with_results_and_keeps_reading_order() -> None:
    related = [f"Moreno and others describe lexicon {row} at some length." for row in range(SHORTLIST)]
    rest = [f"The lexicon helps parsers of Finnish in case {row}." for row in range(20)]
    sentences = document(*related, role=SectionRole.RELATED).sentences + document(*rest).sentences
    found = shortlist(sentences, QUESTION)
    assert len(found) == SHORTLIST
    assert sum(sentence.role is SectionRole.RESULTS for sentence in found) == 20
    assert [sentence.start for sentence in found] == sorted(sentence.start for sentence in found)


def test_seats_by_largest_remainder() -> None:
    assert apportion([0.5, 0.3, 0.2], 10, caps=[99, 99, 99]) == (5, 3, 2)
    assert apportion([0.9, 0.05, 0.05], 5, caps=[99, 99, 99]) == (3, 1, 1)
    assert apportion([0.0, 0.0], 5, caps=[9, 9]) == (3, 2)
    assert apportion([0.9, 0.1], 10, caps=[2, 99]) == (2, 8)
    assert apportion([0.4, 0.3, 0.3], 2, caps=[9, 9, 9]) == (1, 1, 0)
    assert apportion([], 5, caps=[]) == ()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 40)), min_size=1, max_size=12),
    st.integers(0, 60),
)
def test_seats_add_up_within_the_caps(rows: list[tuple[float, int]], n: int) -> None:
    weights, caps = [weight for weight, _ in rows], [cap for _, cap in rows]
    seats = apportion(weights, n, caps=caps)
    assert sum(seats) == min(n, sum(caps))
    assert all(0 <= seat <= cap for seat, cap in zip(seats, caps, strict=True))
    assert n < len(rows) or min(seats) >= 1
