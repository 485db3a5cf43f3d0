"""Published, recomputed, rerun: the three sides of an effect; scores with their spread."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.rerun_card.comparing import sections
from synth.experiment.rerun_card.scoring import measured, task_lines
from synth.experiment.results import Score
from tests.experiment.rerun_card.examples import AUDITED, effect, run


def row(*effects, **changed) -> Any:
    ((one,),) = [section.rows for section in sections(run(effects=effects, **changed), AUDITED)]
    return one


@pytest.mark.parametrize(
    ("name", "published", "recomputed"),
    [
        ("intermediate/all", "+5.4", "as printed; nothing at hand gives it by arithmetic"),
        ("nli/all", "+7.5", "no source at hand"),
        ("intermediate/panx", "–", "−1.4, by arithmetic on published scores"),
        ("intermediate/tydiqa", "–", "+12.7, by arithmetic on published scores"),
        ("intermediate/tatoeba", "gain", "+15.3 implied for BUCC and Tatoeba together; no source prints it"),
        ("nli/xnli", "–", "–"),
    ],
)
def test_each_kind_of_published_side(name, published, recomputed):
    one = row(effect(name, 1.5))
    assert (one.published, one.recomputed) == (published, recomputed)
    assert (one.difference, one.interval, one.p) == ("+1.5", "+0.5 to +2.5", "0.002")


def test_a_number_of_another_file_is_shown_as_the_run_has_it():
    one = row(effect("qa/xnli", 1.5, published=3.3, published_sign=1, source="mine/number"))
    assert (one.published, one.recomputed) == ("+3.3", "not in the published file at hand")


def test_a_direction_alone_is_words():
    loss = row(effect("qa/xnli", 1.5, published_sign=-1, source="2401.00001"))
    assert (loss.published, loss.recomputed) == ("loss", "a direction alone, nothing to recompute")


def test_an_outcome_stands_only_where_something_was_published():
    assert row(effect("commonsense/xnli", 3.0)).outcome == ""
    assert row(effect("intermediate/all", 3.0)).outcome == "same direction"
    assert row(effect("intermediate/all", -3.0)).outcome == "opposite"


def test_every_effect_stands_once_and_their_order_does_not_depend_on_the_files():
    whole = run()
    made = sections(whole, AUDITED)
    assert sorted(one.id for section in made for one in section.rows) == sorted(one.id for one in whole.effects)
    assert made == sections(replace(whole, effects=whole.effects[::-1]), AUDITED)
    assert [one.title for one in made][:2] == [
        "Intermediate training, mean of all intermediate tasks",
        "Intermediate training: inference",
    ]


def score(value: float, language: str = "en", seed: int = 0, **changed: Any) -> Score:
    return Score(
        **{
            "arm": "none",
            "task": "xquad",
            "language": language,
            "metric": "f1",
            "seed": seed,
            "value": value,
            "n": 9,
            **changed,
        }
    )


def test_the_spread_is_over_seeds_of_means_over_languages():
    found = measured([score(10.0), score(30.0, "de"), score(20.0, seed=1), score(40.0, "de", seed=1)])
    assert (found.mean, found.seeds) == (25.0, 2)
    assert found.spread == pytest.approx(7.0710678)
    assert measured([score(10.0), score(30.0, metric="em")]).mean == 20.0
    assert measured([score(10.0)]).spread is None
    with pytest.raises(ValueError, match="no scores"):
        measured([])


def test_arms_are_compared_on_the_languages_that_all_were_tested_on():
    scores = (score(10.0), score(90.0, "de"), score(20.0, arm="nli"))
    (line,) = task_lines(run(scores=scores), AUDITED)
    assert line.languages == 1
    assert [(arm, one.mean) for arm, one in line.by_arm if one] == [("none", 10.0), ("nli", 20.0)]
    assert line.reference == pytest.approx((76.6 + 60.8) / 2)


@pytest.mark.parametrize(
    ("task", "n", "values", "guess", "guessed"),
    [
        ("xnli", 60, (33.0, 34.0), 100 / 3, True),
        ("xnli", 60, (40.0, 41.0), 100 / 3, False),
        ("xnli", 60, (30.0, 50.0), 100 / 3, True),
        ("pawsx", 60, (49.0,), 50.0, True),
        ("tatoeba", 200, (0.4,), 0.5, True),
        ("tatoeba-all", 200, (0.6,), 0.5, False),
        ("xquad", 60, (0.0,), None, False),
    ],
)
def test_what_guessing_scores_is_told_where_it_can_be(task, n, values, guess, guessed):
    scores = tuple(score(value, task=task, seed=seed, n=n) for seed, value in enumerate(values))
    (line,) = task_lines(run(scores=scores), AUDITED)
    assert line.guess == (None if guess is None else pytest.approx(guess))
    assert line.guessed is guessed


def test_the_most_frequent_class_is_the_guess_where_a_run_tells_it():
    scores = (score(44.0, task="xnli"), score(56.0, task="pawsx"))
    told = run(scores=scores, facts={"majority": {"xnli": 45.0, "pawsx": 55.0}})
    assert [(line.guess, line.guessed) for line in task_lines(told, AUDITED)] == [(45.0, True), (55.0, False)]


def test_a_task_is_above_guessing_where_one_arm_is():
    scores = (score(33.0, task="xnli"), score(48.0, task="xnli", arm="nli"))
    (line,) = task_lines(run(scores=scores), AUDITED)
    assert not line.guessed


def test_noise_and_other_sizes_are_no_scores_of_the_table():
    kept = [score(10.0), score(12.0, seed=1)]
    scores = (*kept, score(1.0, condition="typos"), score(2.0, size="small"))
    (line,) = task_lines(run(scores=scores), AUDITED)
    assert line.by_arm[0][1] == measured(kept)


@given(
    st.lists(st.tuples(st.floats(0, 100), st.sampled_from(["en", "de"]), st.integers(0, 3)), min_size=1), st.randoms()
)
def test_the_order_of_scores_does_not_matter(rows, chance):
    scores = [score(value, language, seed) for value, language, seed in rows]
    before = measured(scores)
    chance.shuffle(scores)
    assert measured(scores) == before
    assert -1e-9 <= before.mean <= 100 + 1e-9
