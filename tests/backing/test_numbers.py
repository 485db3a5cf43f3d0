"""Which number of a claim is of what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.backing.fields import claim_fields


def stated(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(str(one.value), one.model.name, one.task.name) for one in claim_fields(text).numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("XLM-R Large reaches 61.5 on XNLI.", [("61.5", "xlm-r-large", "xnli")]),
        (
            "XLM-R Large reaches 61.5 on XNLI and 71.5 on PAWS-X.",
            [("61.5", "xlm-r-large", "xnli"), ("71.5", "xlm-r-large", "paws-x")],
        ),
        (
            "On XNLI, mBERT has 51.5, against 61.5 for XLM-R Large.",
            [("51.5", "mbert", "xnli"), ("61.5", "xlm-r-large", "xnli")],
        ),
        (
            "On XNLI, XLM-R Large and mBERT reach 61.5 and 51.5.",
            [("61.5", "xlm-r-large", "xnli"), ("51.5", "mbert", "xnli")],
        ),
        (
            "XNLI and PAWS-X scores of mBERT are 51.5 and 52.5 percent.",
            [("51.5", "mbert", "xnli"), ("52.5", "mbert", "paws-x")],
        ),
        ("XLM-R Large and mBERT together reach 61.5 on XNLI.", [("61.5", None, "xnli")]),  # whose it is, is not said
        ("XLM-R is beaten by Unicoder with 61.5 on XNLI.", [("61.5", "Unicoder", "xnli")]),
        (
            "XLM-R Large has 61.5/45.5 F1/EM on MLQA.",
            [("61.5", "xlm-r-large", "mlqa"), ("45.5", "xlm-r-large", "mlqa")],
        ),
        ("XLM-100 has 36 languages of 2020, see section 4.2.1.", []),
    ],
)
def test_numbers_and_what_they_are_of(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "gain"),
    [
        ("Intermediate training gives +4.2 on XNLI.", True),
        ("Intermediate training improves XNLI by 4.2 points.", True),
        ("Intermediate training yields an average gain of 4.2 on XNLI.", True),
        ("Intermediate training brings 4.2 points on XNLI.", True),
        ("The model reaches 84.2 percent on XNLI.", False),
        ("The model scores 84.2 points on XNLI.", False),
        ("The accuracy on XNLI is 84.2.", False),
    ],
)
def test_gains_and_scores(text: str, gain: bool) -> None:
    assert [one.gain for one in claim_fields(text).numbers] == [gain]


def test_each_of_a_list_goes_to_its_own() -> None:
    fields = claim_fields("Intermediate tasks SQuAD, MNLI and HellaSwag bring gains of 1.1, 2.2 and 3.0 points.")
    assert [(str(one.value), one.means.name, one.gain) for one in fields.numbers] == [
        ("1.1", "squad", True),
        ("2.2", "mnli", True),
        ("3.0", "hellaswag", True),
    ]


def test_whole_numbers_count_only_with_a_unit() -> None:
    assert [str(one.value) for one in claim_fields("Nine tasks, 40 languages, 7 points.").numbers] == ["7"]


def test_a_printed_sign_is_kept() -> None:
    assert [one.sign for one in claim_fields("XNLI +1.5, NER −1.4, POS 0.3 points.").numbers] == [1, -1, 0]


@given(st.integers(0, 9999))
def test_every_score_is_read_to_its_last_digit(tenths: int) -> None:
    printed = f"{tenths // 10}.{tenths % 10}"
    assert stated(f"On XNLI, mBERT reaches {printed} percent.") == [(printed, "mbert", "xnli")]
