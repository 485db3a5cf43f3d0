from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.scoring import accuracy, averages


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1))
def test_accuracy_is_the_mean_of_its_examples(rows):
    predictions, gold = zip(*rows, strict=True)
    outcomes = accuracy.exact(predictions, gold)
    assert set(outcomes) <= {0.0, 1.0}
    assert accuracy.accuracy(predictions, gold) == pytest.approx(100 * sum(outcomes) / len(rows))


@pytest.mark.parametrize(("predictions", "gold"), [([1], [1, 0]), ([], [])])
def test_other_numbers_of_predictions_are_refused(predictions, gold):
    with pytest.raises(ValueError, match="predictions for"):
        accuracy.accuracy(predictions, gold)


def test_a_task_is_the_plain_mean_of_its_languages_and_answers_count_half_each():
    assert averages.task_score({"en": 80.0, "sw": 40.0}) == 60.0
    assert averages.qa_score({"en": 40.0, "sw": 20.0}, {"sw": 60.0, "en": 80.0}) == 50.0
    with pytest.raises(ValueError, match="sw"):
        averages.qa_score({"en": 40.0}, {"en": 40.0, "sw": 60.0})
    with pytest.raises(ValueError, match="no scores"):
        averages.task_score({})


def test_the_published_row_of_mbert_gives_its_published_average():
    tasks = {"xnli": 65.4, "pawsx": 81.9, "udpos": 71.5, "panx": 62.2, "bucc": 56.7, "tatoeba": 38.7}
    tasks |= {"xquad": (64.5 + 49.4) / 2, "mlqa": (61.4 + 44.2) / 2, "tydiqa": (59.7 + 43.9) / 2}
    assert averages.overall(tasks) == pytest.approx(59.8, abs=0.05)
    assert averages.group_scores(tasks)["tagging"] == pytest.approx((71.5 + 62.2) / 2)


def test_a_task_less_is_no_overall_score_and_no_score_of_its_group():
    tasks = dict.fromkeys(averages.TASKS, 50.0)
    assert len(averages.TASKS) == 9 and averages.overall(tasks) == 50.0
    del tasks["mlqa"]
    assert averages.overall(tasks) is None
    assert set(averages.group_scores(tasks)) == {"classification", "tagging", "retrieval"}
