from __future__ import annotations

import pytest

from synth.verification.numbers.hidden import hide


@pytest.mark.parametrize(
    "text",
    [
        "On the first task 95% of the answers are right.",
        "On the first task 95 percent of the answers are right.",
        "In this study 12,000 sentences are used.",
        "In this study 120 sentences are used.",
        "At this level 65.4% of the errors remain.",
        "The significance level 0.05 is used.",
        "Of all examples 10% are noisy.",
        "Of all examples 10.5 % are noisy.",
        "Of all examples 12,000 are noisy.",
        "It keeps accuracy at 95.3% on the test set.",
        "It keeps accuracy at 95.3 on the test set.",
        "It reaches recall at 80% coverage.",
        "It keeps accuracy at 12,000 sentences.",
    ],
)
def test_a_quantity_behind_a_word_that_may_have_a_label_stays(text):
    assert hide(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Precision at 1, recall at 10.", "Precision at ¤, recall at ¤¤."),
        ("recall at 1000", "recall at ¤¤¤¤"),
        ("task 2, level 1.3 and phase 3.", "task ¤, level ¤.¤ and phase ¤."),
        ("Llama 3.1 and GPT 4 on SQuAD 1.1.", "Llama ¤.¤ and GPT ¤ on SQuAD ¤.¤."),
        ("Examples 3,4, in Table A.1b", "Examples ¤,¤, in Table A.¤b"),
        ("Table 3: 95% of the pairs", "Table ¤: 95% of the pairs"),
        ("Section 4.2, 40% of them", "Section ¤.¤, 40% of them"),
        ("Sections 3 and 12% of them", "Sections ¤ and 12% of them"),
        ("pp. 12–15", "pp. ¤¤–¤¤"),
    ],
)
def test_labels_are_hidden(text, expected):
    assert hide(text) == expected


@pytest.mark.parametrize("piece", ["1", "1.", "1,", "1-", "task 1", "example 1, ", "accuracy at 1"])
def test_long_runs_are_read_in_a_blink(piece):
    assert len(hide("Table 1" + piece * 4000)) == 7 + len(piece) * 4000
