"""Claims on passages: where a passage stands, how its tokens are mended, what is read and what is left out."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import ConfigError
from synth.training.own import written_pairs
from synth.training.pairs import PairLabel
from synth.training.passages import Place, mend, place, read_passage_claims

SENTENCES = [
    "The red parser gains two points over the blue one .",
    "On long inputs ( over 40 words ) the blue parser is ahead .",
    "Removing the gate costs 1.5 points .",
    "Self - training adds nothing .",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with four sentences of one document, and three claims on two of its passages."""
    rows = [{"set": "ncg", "doc": "parsing/7", "i": i, "text": text} for i, text in enumerate(SENTENCES, 10)]
    with lzma.open(tmp_path / "sentences.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in reversed(rows))
    claims = [
        {
            "id": "P-1",
            "claim": "The gate gives 1.5 points.",
            "label": "entailment",
            "passage": "ncg:parsing/7:11-13",
        },
        {"id": "P-2", "claim": "The blue parser leads.", "label": "contradiction", "passage": "ncg:parsing/7:10-10"},
        {"id": "P-3", "claim": "Nothing is known of it.", "label": "neutral", "passage": "ncg:parsing/7:13-19"},
    ]
    _write(tmp_path, claims)
    return tmp_path


def _write(folder: Path, claims: list[dict[str, str]]) -> None:
    text = "".join(json.dumps(claim) + "\n" for claim in claims)
    (folder / "passage_claims.jsonl").write_text(text, encoding="utf-8")


def test_a_claim_has_the_sentences_of_its_passage_in_order_and_in_print_spacing(folder: Path) -> None:
    found = read_passage_claims([folder])
    assert [claim.id for claim in found] == ["P-1", "P-2"]
    assert found[0].abstract == (
        "On long inputs (over 40 words) the blue parser is ahead. Removing the gate costs 1.5 points."
        " Self-training adds nothing."
    )
    assert found[0].paper == found[1].paper == "ncg:parsing/7"
    assert found[1].label is PairLabel.CONTRADICTION


def test_a_passage_that_is_not_whole_is_left_out(folder: Path) -> None:
    assert "P-3" not in {claim.id for claim in read_passage_claims([folder])}


def test_claims_without_their_sentences_are_left_out(folder: Path) -> None:
    (folder / "sentences.jsonl.xz").unlink()
    assert read_passage_claims([folder]) == []


def test_a_bad_place_is_an_error_that_names_its_line(folder: Path) -> None:
    _write(folder, [{"id": "P-1", "claim": "C.", "label": "neutral", "passage": "parsing/7, 10 to 12"}])
    with pytest.raises(ConfigError, match=r"passage_claims\.jsonl, line 1: expected a passage as SET:DOCUMENT"):
        read_passage_claims([folder])


@given(st.integers(0, 999), st.integers(0, 999))
def test_a_place_is_read_as_it_is_written(first: int, last: int) -> None:
    assert place(f"ncg:part-of-speech_tagging/2:{first}-{last}") == Place(
        "ncg", "part-of-speech_tagging/2", first, last
    )


@given(st.text(max_size=80))
def test_mending_leaves_letters_and_figures_alone_and_is_done_once(text: str) -> None:
    kept = "".join(mark for mark in mend(text) if mark.isalnum())
    assert kept == "".join(mark for mark in text if mark.isalnum())


def test_pairs_carry_the_licence_of_their_passages_and_meet_the_whole_passage(folder: Path) -> None:
    claims = read_passage_claims([folder])
    pairs = written_pairs(claims, 0, "passage_claims", whole=1.0)
    assert {pair.set for pair in pairs} <= {"passage_claims", "passage_claims_elsewhere", "passage_claims_far"}
    assert all("ncg" in pair.licence for pair in pairs)
    assert {claim.abstract for claim in claims} <= {pair.premise for pair in pairs}


def test_short_claims_are_read_from_a_file_of_their_own(folder: Path) -> None:
    (folder / "passage_claims.jsonl").rename(folder / "short_claims.jsonl")
    assert read_passage_claims([folder]) == []
    assert [claim.id for claim in read_passage_claims([folder], "short_claims")] == ["P-1", "P-2"]
