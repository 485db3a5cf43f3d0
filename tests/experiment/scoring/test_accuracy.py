from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.scoring import accuracy


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
