"""Judged claims: which text each side gets, what a judgement teaches, what is left out."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from synth.errors import ConfigError
from synth.training.judged import LABELS, LICENCE, judged_passages, read_judged
from synth.training.own import held_out
from synth.training.pairs import PairLabel
from synth.verification.nli import STATED

LINES = [
    (0, "title"),
    (1, "A Parser for Long Inputs"),
    (2, "abstract"),
    (3, "We present a parser that is twice as fast as the old one on long inputs ."),
    (4, "Results"),
    (5, "The new parser needs half the time of the old one on inputs of over 40 words ."),
    (6, "The gate gives 1.5 points on the development set ."),
]
KEPT, HELD = "parsing/1", "parsing/10"
"""One document that is trained on, and one that is held out."""


def row(doc: str, sentence: int, **passages: str) -> dict[str, Any]:
    """One judged claim; passages as ``s5_6="whole"``."""
    places = [[f"ncg:{doc}:{name[1:].replace('_', '-')}", label] for name, label in passages.items()]
    return {"id": f"J-{doc}-{sentence}", "sentence": f"ncg:{doc}:{sentence}-{sentence}", "passages": places}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sentences of two documents."""
    assert not held_out(f"ncg:{KEPT}")
    assert held_out(f"ncg:{HELD}")
    rows = [{"set": "ncg", "doc": doc, "i": i, "text": text} for doc in (KEPT, HELD) for i, text in LINES]
    with lzma.open(tmp_path / "sentences.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in rows)
    return tmp_path


def _write(folder: Path, *rows: dict[str, Any]) -> None:
    text = "".join(json.dumps(one) + "\n" for one in rows)
    (folder / "judged_claims.jsonl").write_text(text, encoding="utf-8")


def test_a_claim_is_worded_as_a_report_words_it_and_meets_each_passage(folder: Path) -> None:
    _write(folder, row(KEPT, 3, s5_6="whole", s6_6="neither"))
    first, second = read_judged([folder])
    assert first.hypothesis == second.hypothesis
    assert first.hypothesis.startswith(STATED)
    assert first.hypothesis.endswith("present a parser that is twice as fast as the old one on long inputs.")
    assert "et al." in first.hypothesis
    assert first.premise == (
        "The new parser needs half the time of the old one on inputs of over 40 words. "
        "The gate gives 1.5 points on the development set."
    )
    assert second.premise == "The gate gives 1.5 points on the development set."
    assert (first.set, first.licence, first.group) == ("judged_claims", LICENCE, f"ncg:{KEPT}")


def test_a_passage_of_another_paper_is_told_from_the_papers_own(folder: Path) -> None:
    judged = row(KEPT, 3, s5_6="whole")
    judged["passages"].append([f"ncg:{HELD}:5-6", "neither"])
    _write(folder, judged)
    own, other = judged_passages([folder])
    assert (own.independent, other.independent) == (False, True)
    assert (own.judgement, other.judgement, own.stated) == ("whole", "neither", True)
    assert not own.claim.startswith(STATED)


def test_a_written_claim_keeps_its_words(folder: Path) -> None:
    written = {"id": "J-1", "claim": "The gate costs 1.5 points.", "about": f"ncg:{KEPT}:5-6"}
    held = {**written, "about": f"ncg:{HELD}:5-6"}
    _write(folder, *({**one, "passages": [[f"ncg:{KEPT}:6-6", "against"]]} for one in (written, held)))
    (pair,) = read_judged([folder])
    assert (pair.hypothesis, pair.label) == ("The gate costs 1.5 points.", PairLabel.CONTRADICTION)
    assert pair.set == "judged_readers_claims"
    assert (pair.premise, pair.group) == ("The gate gives 1.5 points on the development set.", f"ncg:{KEPT}")


@pytest.mark.parametrize(("judgement", "label"), sorted(LABELS.items()))
def test_only_the_whole_claim_is_entailed(folder: Path, judgement: str, label: PairLabel) -> None:
    _write(folder, row(KEPT, 3, s5_5=judgement))
    assert [pair.label for pair in read_judged([folder])] == [label]
    assert (label is PairLabel.ENTAILMENT) is (judgement == "whole")


def test_claims_of_held_out_papers_are_for_measuring_alone(folder: Path) -> None:
    _write(folder, row(KEPT, 3, s5_5="whole"), row(HELD, 3, s5_5="whole", s6_6="part"))
    assert {pair.group for pair in read_judged([folder])} == {f"ncg:{KEPT}"}
    assert [pair.group for pair in read_judged([folder], measured=True)] == [f"ncg:{HELD}"] * 2


def test_sentences_that_are_no_claim_and_passages_that_are_not_there_are_left_out(folder: Path) -> None:
    _write(folder, row(KEPT, 4, s5_5="whole"), row(KEPT, 3, s5_9="whole", s4_6="part"))
    assert read_judged([folder]) == []


def test_without_the_sentences_there_are_no_pairs(folder: Path) -> None:
    _write(folder, row(KEPT, 3, s5_5="whole"))
    (folder / "sentences.jsonl.xz").unlink()
    assert read_judged([folder]) == []
    assert read_judged([folder / "absent"]) == []


def test_an_unknown_judgement_is_an_error_that_names_its_line(folder: Path) -> None:
    _write(folder, row(KEPT, 3, s5_5="whole"), row(KEPT, 3, s5_5="mostly"))
    with pytest.raises(ConfigError, match=r"line 2: expected a judgement of whole, part, neither, against, found 'm"):
        read_judged([folder])
