from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from synth.claims.drafts import Draft, drafts
from synth.claims.scorer import Scorer
from synth.claims.select import (
    BEARING,
    FEW,
    LEAST_WORTHINESS,
    MIN_WORTHINESS,
    MOST_OF_ONE,
    PHRASE_WEIGHT,
    SHORTLIST,
    select,
    shortlist,
)
from synth.text import claim_id
from synth.types import Claim, Document, Paper, RetrievedPaper, Role, SectionRole
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


HELPS = "Our results show that lexicon {} improves the accuracy of parsers of Finnish by 3.2 points."


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer()


class Told(Scorer):
    """Every sentence is worth a check but for what it is told; remembers where in the abstract each stood."""

    def __init__(self, worth: Mapping[str, float] | None = None) -> None:
        super().__init__()
        self.worth = worth or {}
        self.places: list[float] = []

    def scores(
        self,
        texts: Sequence[str],
        embeddings: NDArray[np.float32],
        roles: Sequence[SectionRole],
        places: Sequence[float] | None = None,
    ) -> NDArray[np.float64]:
        self.places += places or ()
        return np.array([self.worth.get(text, 1.0) for text in texts])


def documents() -> dict[str, Document]:
    return {name: document(*texts, paper_id=name) for name, texts in TEXTS.items()}


def drafted(read: dict[str, Document]) -> dict[str, tuple[Draft, ...]]:
    return {name: drafts(one, {FIRST.id: FIRST, SECOND.id: SECOND}[name]) for name, one in read.items()}


def chosen(scorer: Scorer, n: int, papers: tuple[RetrievedPaper, ...] | None = None) -> tuple[str, ...]:
    encoder = WordEncoder()
    retrieved = papers if papers is not None else (used(FIRST, 0.8), used(SECOND, 0.4))
    question = encoder.encode([QUESTION])[0]
    read = documents()
    found = select(QUESTION, question, retrieved, read, drafted(read), encoder, scorer, n=n, bearing=0)
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


def test_the_title_by_which_a_claim_names_its_paper_brings_it_no_nearer(scorer: Scorer) -> None:
    encoder = WordEncoder()
    question = encoder.encode([QUESTION])[0]
    relevance = []
    for title in ("Does a Lexicon Help Parsers of Finnish", "Aligned Words"):
        one = replace(FIRST, authors=(), title=title)
        read = {one.id: document("We find that the gain vanishes when the treebank is large.", paper_id=one.id)}
        found = {one.id: drafts(read[one.id], one)}
        (claim,) = select(QUESTION, question, (used(one, 0.8),), read, found, encoder, scorer, n=1, bearing=0)
        assert title in claim.text
        relevance.append(claim.relevance)
    assert relevance[0] == relevance[1]


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
        bearing=0,
    )
    scores = [math.sqrt(claim.worthiness) * claim.relevance for claim in claims]
    assert len(claims) == 3
    assert scores == sorted(scores, reverse=True)


def test_merging_frees_a_place_for_the_next_best(scorer: Scorer) -> None:
    assert len(chosen(scorer, 3)) == 3


def test_papers_that_are_not_used_or_not_read_give_nothing(scorer: Scorer) -> None:
    unread: Paper = paper("Hal Unger", id="2003.00003v1")
    papers = (used(FIRST, 0.8, Role.SCREENED_OUT), used(unread, 0.9))
    assert chosen(scorer, 5, papers) == ()


def test_a_sentence_that_is_printed_twice_is_stated_in_both_places(scorer: Scorer) -> None:
    first, second = TEXTS[FIRST.id][:2]
    read = {FIRST.id: document(first, second, first, paper_id=FIRST.id)}
    encoder = WordEncoder()
    asked = encoder.encode([QUESTION])[0]
    drawn = drafted(read)
    claims = select(QUESTION, asked, (used(FIRST, 0.8),), read, drawn, encoder, scorer, n=5, bearing=0)
    (stated,) = (claim for claim in claims if "lexicon" in claim.text)
    assert [origin.start for origin in stated.origins] == [0, len(first) + len(second) + 2]
    assert {origin.verbatim for origin in stated.origins} == {first}


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


def test_claims_off_the_question_stay_out_and_the_nearest_are_shown_all_the_same(scorer: Scorer) -> None:
    near = [HELPS.format(row) for row in range(4)]
    off = [
        HELPS.replace("lexicon", "telescope").replace("parsers of Finnish", "maps of stars").format(row)
        for row in range(FEW + 5)
    ]
    read = {FIRST.id: document(*near, *off)}
    encoder = WordEncoder()
    question = encoder.encode([QUESTION])[0]

    def table(bearing: float) -> tuple[Claim, ...]:
        retrieved = (used(FIRST, 1.0),)
        return select(QUESTION, question, retrieved, read, drafted(read), encoder, scorer, n=30, bearing=bearing)

    claims = table(BEARING)
    assert sum("lexicon" in claim.text for claim in claims) == len(near)
    assert len(claims) == FEW
    assert len(table(0)) == len(near) + len(off)


def test_the_paper_that_stands_first_for_the_question_gets_most_of_the_table(scorer: Scorer) -> None:
    texts = [HELPS.format(row) for row in range(20)]
    others = [text.replace("lexicon", "wordlist") for text in texts]
    read = {FIRST.id: document(*texts), SECOND.id: document(*others, paper_id=SECOND.id)}
    encoder = WordEncoder()
    question = encoder.encode([QUESTION])[0]
    for papers, first in (
        ((used(FIRST, 1.0), used(SECOND, 0.8)), FIRST),
        ((used(FIRST, 0.7), used(SECOND, 1)), SECOND),
    ):
        claims = select(QUESTION, question, papers, read, drafted(read), encoder, scorer, n=9)
        places = [claim.origins[0].paper_id for claim in claims]
        assert places[: math.ceil(9 * MOST_OF_ONE)] == [first.id] * 3
        assert len(claims) == 9


def test_a_single_paper_may_fill_the_table(scorer: Scorer) -> None:
    texts = [HELPS.format(row) for row in range(20)]
    read = {FIRST.id: document(*texts)}
    encoder = WordEncoder()
    found = select(
        QUESTION, encoder.encode([QUESTION])[0], (used(FIRST, 1.0),), read, drafted(read), encoder, scorer, n=9
    )
    assert len(found) == 9


def test_what_is_hardly_worth_a_check_stays_out_where_there_is_better(scorer: Scorer) -> None:
    faint = "The gain of the lexicon vanishes when the Finnish treebank is large enough."
    encoder = WordEncoder()
    question = encoder.encode([QUESTION])[0]

    def table(better: int) -> list[float]:
        read = {FIRST.id: document(*[HELPS.format(row) for row in range(better)], faint)}
        found = select(QUESTION, question, (used(FIRST, 1.0),), read, drafted(read), encoder, scorer, n=30)
        return [claim.worthiness for claim in found]

    assert min(table(FEW)) >= LEAST_WORTHINESS
    assert min(table(FEW - 1)) < LEAST_WORTHINESS
    assert len(table(0)) == 1


def test_how_high_the_best_paper_stands_among_all_that_were_found_does_not_count(scorer: Scorer) -> None:
    texts = [HELPS.format(row) for row in range(FEW + 5)]
    read = {FIRST.id: document(*texts)}
    encoder = WordEncoder()
    question = encoder.encode([QUESTION])[0]

    def table(relevance: float) -> tuple[Claim, ...]:
        retrieved = (used(FIRST, relevance),)
        return select(QUESTION, question, retrieved, read, drafted(read), encoder, scorer, n=30)

    assert table(0.3) == table(1.0)
    assert len(table(0.0)) == len(texts)


def table(
    read: dict[str, Document], scorer: Scorer, *, n: int, question: str = QUESTION, turned: float = 1
) -> list[Claim]:
    """The claims of papers that stand alike for the question, whatever they bear on."""
    encoder = WordEncoder()
    asked = turned * encoder.encode([question])[0]
    retrieved = [used(one, 1.0) for one in (FIRST, SECOND) if one.id in read]
    return list(select(question, asked, retrieved, read, drafted(read), encoder, scorer, n=n, bearing=0))


def test_what_is_no_claim_at_all_stays_out_whoever_asks() -> None:
    texts = [HELPS.format(row) for row in range(3)]
    read = {FIRST.id: document(*texts)}
    worth = {texts[1]: MIN_WORTHINESS, texts[2]: MIN_WORTHINESS - 0.01}
    assert [claim.origins[0].verbatim for claim in table(read, Told(worth), n=9)] == texts[:2]


UNLIKE = "Parsers of Finnish and Estonian lose speed, memory and much else without a lexicon of rare nouns and verbs."


def test_a_paper_says_another_thing_before_it_says_the_same_again() -> None:
    read = {FIRST.id: document(HELPS.format(1), HELPS.format(2), UNLIKE)}
    assert UNLIKE in {claim.origins[0].verbatim for claim in table(read, Told(), n=2)}


def test_what_another_paper_says_too_is_no_less_worth_for_it() -> None:
    read = {
        FIRST.id: document(HELPS.format(1), UNLIKE),
        SECOND.id: document(HELPS.format(2), paper_id=SECOND.id),
    }
    chosen = {claim.origins[0].verbatim for claim in table(read, Told(), n=2)}
    assert chosen == {HELPS.format(1), HELPS.format(2)}


def test_no_claim_is_less_than_off_the_question() -> None:
    assert all(claim.relevance >= 0 for claim in table(documents(), Told(), n=9, turned=-1))


def test_six_words_of_a_long_question_are_all_that_a_claim_can_share() -> None:
    question = "Does a lexicon improve accuracy of parsers of Finnish, Estonian, Livonian, Votic or Sami with results?"
    (claim,) = table({FIRST.id: document(HELPS.format("one"))}, Told(), n=1, question=question, turned=0)
    assert claim.relevance == PHRASE_WEIGHT


def test_the_scorer_is_told_where_a_sentence_stands_in_its_abstract() -> None:
    abstract = document(*[HELPS.format(row) for row in range(3)], role=SectionRole.ABSTRACT, section="Abstract")
    rest = document(UNLIKE)
    start = len(abstract.text) + 1
    moved = replace(rest.sentences[0], start=start, end=start + len(UNLIKE))
    read = replace(abstract, text=f"{abstract.text} {rest.text}", sentences=(*abstract.sentences, moved))
    scorer = Told()
    table({FIRST.id: read}, scorer, n=9)
    assert scorer.places[:3] == [0.0, 0.5, 1.0]
    assert math.isnan(scorer.places[3])


def test_the_shortlist_prefers_what_shares_words_with_the_question() -> None:
    off = [f"The telescope shows many stars of kind {row}." for row in range(SHORTLIST)]
    near = "A lexicon helps parsers of Finnish."
    found = shortlist(document(*off, near).sentences, QUESTION)
    assert len(found) == SHORTLIST
    assert near in [sentence.text for sentence in found]
