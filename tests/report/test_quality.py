"""The reviewers' formulas, worked out by hand, and zero of everything."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.report.quality import overall, redated, reviews
from synth.types import Facet, Review
from tests.report.example import DATE, FACETS, example
from tests.report.example_claims import CLAIMS
from tests.report.example_papers import PAPERS


def scores(given: tuple[Review, ...]) -> dict[str, float]:
    return {review.name: review.score for review in given}


def test_the_example_by_hand() -> None:
    found = scores(reviews(FACETS, CLAIMS, PAPERS, DATE))
    ages = [2026 - year for year in (2020, 2021, 2022)]
    entropy = -(4 / 8 * math.log(4 / 8) + 2 * 1 / 8 * math.log(1 / 8) + 2 / 8 * math.log(2 / 8))
    counts = {"1501": 4, "1502": 1, "1503": 2, "file": 1}
    assert sum(counts.values()) == len(CLAIMS)
    assert found == {
        "Coverage of the question": 6.7,  # 4 of 6
        "Strength of evidence": 3.8,  # (0.9312 + 0.8427 + 0.8811) / 7
        "Independence": 6.7,  # 2 of 3
        "Diversity of papers": round(10 * entropy / math.log(4), 1),
        "Recency": round(10 * sum(0.5 ** (age / 5) for age in ages) / 3, 1),
        "Completeness of reading": 7.0,  # (3 + 0.5) of 5
    }


def test_nothing_gives_nothing() -> None:
    empty = reviews((), (), (), DATE)
    assert set(scores(empty).values()) == {0.0}
    assert all("nothing to measure" in review.inputs for review in empty)
    assert overall(empty) == 0.0
    assert overall(()) == 0.0


def test_every_review_says_how_it_came_about() -> None:
    for review in reviews(FACETS, CLAIMS, PAPERS, DATE):
        assert review.formula.startswith("10 × ")
        assert review.inputs


def test_a_report_before_its_papers_is_no_younger_than_new() -> None:
    assert scores(reviews(FACETS, CLAIMS, PAPERS, dt.date(1999, 1, 1)))["Recency"] == 10.0


def test_a_paper_younger_than_the_report_makes_up_for_no_older_one() -> None:
    found = scores(reviews(FACETS, CLAIMS, PAPERS, dt.date(2021, 1, 1)))
    assert found["Recency"] == round(10 * (0.5 ** (1 / 5) + 1 + 1) / 3, 1)


def test_two_papers_that_give_a_claim_each_are_as_diverse_as_two_can_be() -> None:
    assert scores(reviews(FACETS, (CLAIMS[0], CLAIMS[3]), PAPERS[:2], DATE))["Diversity of papers"] == 10.0


def test_a_day_moves_no_score_and_a_year_moves_recency_alone() -> None:
    report = example()
    assert redated(report, DATE) == report
    assert redated(report, DATE.replace(month=12, day=31)).reviews == report.reviews
    later = redated(report, DATE.replace(year=2031))
    assert [a.name for a, b in zip(report.reviews, later.reviews, strict=True) if a != b] == ["Recency"]
    assert later.quality < report.quality


@pytest.mark.parametrize(("shown", "expected"), [([6.7, 3.8], 5.3), ([0.1, 0.2], 0.2), ([10.0] * 6, 10.0)])
def test_the_overall_score_is_the_mean_of_what_is_shown(shown: list[float], expected: float) -> None:
    assert overall([Review(name="n", score=score, formula="f", inputs="i") for score in shown]) == expected


@given(st.integers(0, 8), st.integers(0, 6), st.integers(0, 6), st.dates(dt.date(1995, 1, 1), dt.date(2100, 1, 1)))
def test_scores_stay_between_nought_and_ten(n_claims: int, n_papers: int, n_facets: int, date: dt.date) -> None:
    given = reviews(FACETS[:n_facets], CLAIMS[:n_claims], PAPERS[:n_papers], date)
    for review in given:
        assert 0 <= review.score <= 10
        assert round(review.score, 1) == review.score
    assert 0 <= overall(given) <= 10


def test_more_coverage_never_lowers_the_score() -> None:
    parts = [Facet(text=str(index), covered=False) for index in range(5)]
    rising = []
    for index in range(6):
        rising.append(scores(reviews(parts, (), (), DATE))["Coverage of the question"])
        if index < 5:
            parts[index] = Facet(text=str(index), covered=True)
    assert rising == [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
