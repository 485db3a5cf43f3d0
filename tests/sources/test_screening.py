from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from synth.sources.screening import matched_phrases, screen
from synth.text import content_words
from synth.types import Paper, Role, Source


class Words:
    """An encoder that knows words only: texts with common words are near each other."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        rows = np.zeros((len(texts), 256), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in content_words(text.replace("-", " ")):
                row[hashlib.sha256(word.encode()).digest()[0]] += 1
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
        return rows


def paper(number: int, title: str, abstract: str = "", comment: str = "") -> Paper:
    return Paper(
        id=f"2005.{number:05d}v1",
        title=title,
        authors=(),
        abstract=abstract,
        published=dt.date(2020, 5, 1),
        source=Source.ARXIV,
        comment=comment,
    )


QUESTION = "Does intermediate-task training improve cross-lingual transfer on XNLI?"
PAPERS = (
    paper(1, "Intermediate-task training", "Intermediate-task training improves cross-lingual transfer on XNLI."),
    paper(2, "Cross-lingual transfer", "A study of transfer across languages on XNLI."),
    paper(3, "Galaxies", "The rotation of distant galaxies and their dust."),
    paper(4, "Cross-lingual transfer by training", "Transfer for many languages."),
)


def test_the_best_are_used_and_every_paper_has_its_reason():
    found = screen(QUESTION, PAPERS, Words(), keep=2)
    assert [row.paper.id[5:10] for row in found if row.role is Role.USED] == ["00001", "00002"]
    first = found[0]
    assert first.reason.startswith(
        "ranked 1 of 4: matches 'intermediate-task training', 'cross-lingual transfer', 'XNLI'; similarity 0."
    )
    assert first.relevance == 1.0
    reasons = {row.paper.id[5:10]: row.reason for row in found}
    assert reasons["00004"] == "ranked 3 of 4, below the 2 asked for"
    assert reasons["00003"] == "similarity 0.00: not about the question"
    assert all(0 <= row.relevance <= 1 for row in found)
    assert len(found) == len(PAPERS)


def test_the_order_of_the_papers_given_does_not_count():
    assert screen(QUESTION, PAPERS, Words(), keep=2) == screen(QUESTION, PAPERS[::-1], Words(), keep=2)


def test_equal_papers_are_ordered_by_id():
    twins = [paper(number, "Cross-lingual transfer", "On XNLI.") for number in (9, 7, 8)]
    assert [row.paper.id[5:10] for row in screen(QUESTION, twins, Words(), keep=9)] == ["00007", "00008", "00009"]


@pytest.mark.parametrize("papers", [(), (paper(1, "!"),), (paper(1, "!"), paper(2, "?"))])
def test_nothing_to_rank_is_no_crash(papers):
    found = screen(QUESTION, papers, Words(), keep=5)
    assert [row.role for row in found] == [Role.SCREENED_OUT] * len(papers)


@pytest.mark.parametrize(
    ("abstract", "comment", "expected"),
    [
        ("This paper has been withdrawn by the author.", "", True),
        ("On XNLI.", "This submission was withdrawn due to an error in lemma 2", True),
        ("Retracted papers are cited for years after their retraction.", "12 pages", False),
    ],
)
def test_withdrawn_papers_are_screened_out_with_that_reason(abstract, comment, expected):
    withdrawn = paper(5, "Cross-lingual transfer on XNLI", abstract, comment)
    rows = {row.paper.id: row for row in screen(QUESTION, [*PAPERS, withdrawn], Words(), keep=5)}
    assert (rows[withdrawn.id].reason == "withdrawn, as its record on arXiv says") is expected
    assert not expected or rows[withdrawn.id].role is Role.SCREENED_OUT


def test_matches_look_past_endings_and_hyphens_but_not_across_words():
    found = paper(1, "Cross lingual transfers", "Training on an intermediate task; XNLI results.")
    assert matched_phrases(QUESTION, found) == ("cross-lingual transfer", "XNLI")


def test_a_long_list_is_embedded_only_as_far_as_it_can_matter(monkeypatch):
    monkeypatch.setattr("synth.sources.screening._MAX_ENCODED", 3)
    encoder = Words()
    found = screen(QUESTION, PAPERS, encoder, keep=2)
    assert len(encoder.encoded) == 4
    last = next(row for row in found if row.paper.id.startswith("2005.00003"))
    assert last.reason == "ranked 4 of 4 by its words, too low to be compared closely"
    assert last.relevance == 0.0


def test_nothing_kept_is_nothing_used():
    assert {row.role for row in screen(QUESTION, PAPERS, Words(), keep=0)} == {Role.SCREENED_OUT}


def test_given_papers_are_used_whatever_the_ranking_says():
    found = screen(QUESTION, PAPERS[:2], Words(), keep=1, given=PAPERS[2:])
    rows = {row.paper.id[5:10]: row for row in found}
    assert {name for name, row in rows.items() if row.role is Role.USED} == {"00001", "00003", "00004"}
    assert rows["00003"].reason.startswith("given as a file; ranked 4 of 4: similarity 0.00")
    assert rows["00002"].reason == "ranked 2 of 4, below the 1 asked for beside the given ones"


def test_a_given_paper_about_the_question_stands_among_the_given_and_others_among_all():
    found = screen(QUESTION, PAPERS[:2], Words(), keep=2, given=PAPERS[2:])
    rows = {row.paper.id[5:10]: row.relevance for row in found}
    assert rows["00004"] == 1.0, "the best of the given ones about the question"
    assert rows["00003"] < rows["00002"], "galaxies gain nothing by being given"


def test_a_given_paper_is_compared_however_low_its_words_rank(monkeypatch):
    monkeypatch.setattr("synth.sources.screening._MAX_ENCODED", 1)
    found = screen(QUESTION, PAPERS[:2], Words(), keep=2, given=PAPERS[3:])
    row = next(row for row in found if row.paper.id.startswith("2005.00004"))
    assert "similarity 0." in row.reason
    assert row.relevance == 1.0


def test_names_are_alternatives_to_each_other_and_a_phrase_beside_one_of_them_goes_before_all_of_them():
    beside = paper(1, "Lexicon induction", "On XNLI.")
    named = paper(2, "XNLI, PAWS and MLQA", "XNLI, PAWS, MLQA.")
    question = "Does lexicon induction help on XNLI, PAWS or MLQA?"
    assert [row.paper for row in screen(question, [named, beside], Words(), keep=2)] == [beside, named]
