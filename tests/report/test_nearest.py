"""What comes nearest to an answer: near to the question, with figures where it asks for them, and a finding."""

from __future__ import annotations

import dataclasses

import pytest

from synth.report.nearest import nearest
from synth.types import CheckedClaim, Label
from tests.report.example_claims import origin, row

FIRST = "1501.00001v2"


def said_near(number: int, text: str, relevance: float) -> CheckedClaim:
    one = row(number, text, Label.NOT_ENOUGH_INFO, 0.5, origins=[origin(FIRST, "", 1, text)])
    return dataclasses.replace(one, claim=dataclasses.replace(one.claim, relevance=relevance))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What accuracy does training reach on XNLI?", 2),
        ("How much does training help on XNLI?", 2),
        ("Which tasks help on XNLI?", 1),
    ],
)
def test_a_question_for_figures_is_answered_by_claims_that_have_some(question: str, first: int) -> None:
    rows = [
        said_near(1, "Moreno et al. (2020) find that XNLI profits from GPT-2 training.", 0.31),
        said_near(2, "Training reaches 79.2 on XNLI.", 0.2 if first == 2 else 0.29),
    ]
    assert [(one.number,) for one in nearest(question, rows, 5)][:1] == [(1,)]
    crowd = [said_near(n, f"Training helps parser {chr(60 + n)} a lot.", 0.33) for n in range(10, 14)]
    shown = [(one.number,) for one in nearest(question, [*rows, *crowd], 5)]
    assert ((2,) in shown) == (first == 2)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Moreno et al. (2020) choose XNLI for evaluation.", False),
        ("Moreno and Lind (2020) introduce a benchmark of nine languages.", False),
        ("The paper “On Transfer” uses a training set of XNLI.", False),
        ("Moreno et al. (2020) propose a model that outperforms all others on XNLI.", True),
        ("Moreno et al. (2020) find that training helps.", True),
        ("Choosing XNLI for training helps.", True),
    ],
)
def test_what_was_made_or_chosen_is_no_answer(text: str, answers: bool) -> None:
    assert bool(nearest("Does training help on XNLI?", [said_near(1, text, 0.8)], 5)) is answers
