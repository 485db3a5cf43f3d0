from __future__ import annotations

import datetime as dt

import pytest

from synth.sources.withdrawal import is_withdrawn
from synth.types import Paper, Source


def paper(*, abstract: str = "We measure the heat of small stars.", comment: str = "") -> Paper:
    return Paper(
        id="2005.00001v2",
        title="Small stars",
        authors=(),
        abstract=abstract,
        published=dt.date(2020, 5, 1),
        source=Source.ARXIV,
        comment=comment,
    )


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn",
        "THIS MANUSCRIPT WAS WITHDRAWN",
        "This paper has been\n  withdrawn by the second author, who found a gap in Lemma 4",
        "9 pages, 3 figures This article has now been retracted because of a fault in Table 3",
        "5 pages. The preprint is temporarily withdrawn; a new version follows",
        "Lemma 4 is wrong. For this reason it has been withdrawn",
        "Our submission has been withdrawn from the arXiv",
        "Paper withdrawn, a longer one is being written",
        "Withdrawn",
        "8 pages (withdrawn)",
        "8 pages; withdrawn as Lemma 4 does not hold",
        "Withdrawn by the author since the data were damaged",
        "withdrawn by arXiv administrators",
        "Withdrawing due to a fault in the sampling",
        "arXiv admin note: submission has been withdrawn by arXiv administrators due to a quarrel over authorship",
        "This version withdrawn by arXiv administrators",
        "arXiv admin note: This version has been removed, as it breaks a licence",
        "Removed by arXiv administrators over a licence",
        "This paper has bee withdrawan by the authors",
        "The numbers of Table 2 are wrong and we have decided to withdraw this paper",
        "There is a gap in Lemma 4, thus withdrawing it",
        "I ask to withdraw the manuscript from arXiv",
    ],
)
def test_a_comment_says_anywhere_that_the_paper_was_withdrawn(comment):
    assert is_withdrawn(paper(comment=comment))


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "12 pages",
        "A much longer form of the withdrawn paper on large stars",
        "12 pages; extends a since-withdrawn draft",
        "An earlier draft of this paper was withdrawn",
        "Rests on arXiv:2001.00001, which was withdrawn",
        "Withdrawn from a workshop of 2019",
        "The paper is withdrawn from the proceedings, as nobody could travel",
        "Withdrawn by the authors from a journal; this is the full text",
        "Accepted in 2018 but later withdrawn for lack of funds",
        "It lay with a journal for a year, when it was withdrawn. Shown here for those who want it",
        "We had to withdraw the paper from the meeting",
        "v2: we withdraw the second experiment",
        "Withdrawn drugs: list and code in the appendix",
        "Retracted-paper corpus and code are public",
        "Two figures removed by the authors; typographical faults removed",
        "On the withdrawal of care",
    ],
)
def test_a_comment_that_only_has_the_word_does_not(comment):
    assert not is_withdrawn(paper(comment=comment))


@pytest.mark.parametrize(
    "abstract",
    [
        "This paper has been withdrawn.",
        "  This paper has been retracted by its authors: the second table is wrong. We measured small stars.",
        "This submission was withdrawn due to a fault in Lemma 4",
        "[This article is withdrawn.] We measure the heat of small stars.",
        "The manuscript has been withdrawn by the author.",
        "Paper has been withdrawn",
        "withdrawn by author",
        "Withdrawn.",
        "arXiv admin note: this paper has been withdrawn by arXiv administrators.",
        "This version withdrawn by arXiv administrators over a licence.",
    ],
)
def test_an_abstract_says_it_with_its_first_words(abstract):
    assert is_withdrawn(paper(abstract=abstract))


@pytest.mark.parametrize(
    "abstract",
    [
        "",
        "Thalidomide was withdrawn from the market in 1961; we follow those who had taken it.",
        "Retracted papers are cited for years after their retraction.",
        "Retracted by authors or editors, papers live on in reviews.",
        "Withdrawn from the market, a drug is still found in homes.",
        "Withdrawn drugs are a sign of what trials overlook.",
        "We ask whether a reader learns that the paper was withdrawn.",
        "Support is withdrawn step by step; our article is about when.",
        "The article was retracted in 2010, and half of its citations are younger.",
        "Many believe what was refuted. This paper has been withdrawn, readers were told, and they believed it.",
        "The approach-retract curve of a probe is measured. The work is withdrawn along the curve.",
    ],
)
def test_an_abstract_on_withdrawals_does_not(abstract):
    assert not is_withdrawn(paper(abstract=abstract))
