"""What turns a near wording into another claim."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from synth.diff.matching.sense import turned
from synth.diff.matching.wording import read
from tests.diff.examples import claims

PAIRS = Path(__file__).resolve().parents[3] / "benchmarks" / "diff_pairs.jsonl"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Adapters help Larkspur.", "Adapters do not help Larkspur."),
        ("The adapter improves recall.", "The adapter reduces recall."),
        ("It is better with adapters.", "It is worse with adapters."),
        ("Transfer is supervised.", "Transfer is unsupervised."),
        ("In tests Larkspur fails there.", "In tests Tessera fails there."),
        ("English is easy to read.", "Finnish is easy to read."),
        ("The encoder outperforms the decoder.", "The decoder outperforms the encoder."),
        ("It transfers from English to Finnish.", "It transfers from Finnish to English."),
        ("It works in all languages.", "It works in some languages."),
    ],
)
def test_another_claim(one: str, other: str) -> None:
    assert turned(read(one), read(other))
    assert turned(read(other), read(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("In tests mBERT improves.", "In tests multilingual BERT improves."),
        ("The XLM-R model improves.", "The pretrained XLM-R model improves (Meadow, 2020)."),
        ("On XNLI it improves over BERT.", "It improves over BERT on XNLI."),
        ("Transfer into Finnish works.", "Transfer to Finnish works."),
        ("It doesn't help.", "It does not help."),
        ("The adapter never fails on lakes.", "The adapter works on lakes."),
        ("In tests it improves (Meadow, 2020).", "In tests it improves (Larkspur, 2021)."),
    ],
)
def test_the_same_claim(one: str, other: str) -> None:
    assert not turned(read(one), read(other))


def test_the_part_that_is_not_shown_turns_nothing() -> None:
    assert not turned(read("In tests of Larkspur the enc", cut=True), read("In tests the encoder of Tessera improves."))
    assert not turned(read("The encoder helps in the ca", cut=True), read("The encoder helps in the case, not always."))


@given(claims, claims)
def test_symmetric_and_false_for_one_wording(one: str, other: str) -> None:
    assert turned(read(one), read(other)) == turned(read(other), read(one))
    assert not turned(read(one), read(one))


def test_no_rewording_of_the_measured_pairs_is_another_claim() -> None:
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    assert [pair["reworded"] for pair in pairs if turned(read(pair["claim"]), read(pair["reworded"]))] == []
