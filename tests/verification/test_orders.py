from __future__ import annotations

import pytest

from synth.verification.orders import direction, nearest_sentence, negated, negation_differs, opposed


@pytest.mark.parametrize(
    ("text", "expected"),
    [("It improves accuracy.", 1), ("Accuracy drops.", -1), ("It helps some and hurts others.", 0), ("It is.", 0)],
)
def test_direction(text, expected):
    assert direction(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("It does not help.", True), ("It doesn't help.", True), ("It never helps.", True), ("It helps.", False)],
)
def test_negation(text, expected):
    assert negated(text) is expected


def test_the_nearest_sentence_decides():
    passage = "The weather worsens and falls. Accuracy on Urdu is higher with more layers."
    assert nearest_sentence("Accuracy on Urdu grows with layers.", passage).startswith("Accuracy")
    assert not opposed("Accuracy on Urdu grows with layers.", passage)
    assert opposed("Accuracy on Urdu drops with layers.", passage)
    assert negation_differs("Accuracy on Urdu does not change with layers.", passage)


def test_an_empty_passage_opposes_nothing():
    assert not opposed("It grows.", "")
