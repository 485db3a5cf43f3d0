"""Which claims are judged on purpose, and what their judges see."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from types import ModuleType

import pytest

from synth.types import Evidence, Stance
from tests.verification.made import calibrator, claim, evidence, origin, passage

PASSAGES = {f"P1#{at:04d}": passage(f"P1#{at:04d}", f"Passage {at} on transfer to Urdu.") for at in range(3)}
SURE = evidence("P1#0001", Stance.SUPPORTS, rank=2)
FAINT = evidence("P1#0001", Stance.SUPPORTS, logits=(0.4, 0.0, -1.0))
AGAINST = evidence("P1#0001", Stance.REFUTES)


@pytest.fixture
def marks(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("mark_rows")


def found(marks: ModuleType, name: str, *pieces: Evidence):
    about = dataclasses.replace(claim(origins=[origin("P1", 500, 600)]), id=name)
    return marks.Weighed(about, "P1", pieces, PASSAGES)


def test_every_sure_claim_that_is_labelled_supported_is_kept_and_no_other(marks: ModuleType) -> None:
    claims = (found(marks, "sure", SURE), found(marks, "faint", FAINT), found(marks, "refuted", AGAINST))
    kept = marks.surest(claims, calibrator())
    assert set(kept) == {"sure"}
    assert kept["sure"][1] >= marks.LEVEL


def test_the_judge_sees_the_passages_in_order_and_not_what_was_made_of_them(marks: ModuleType) -> None:
    first = evidence("P1#0002", Stance.NEUTRAL, rank=1)
    shown = marks.to_judge("sure", found(marks, "sure", SURE, first), 0.912345)
    assert [one["text"] for one in shown["passages"]] == ["Passage 2 on transfer to Urdu.", PASSAGES["P1#0001"].text]
    assert set(shown["passages"][0]) == {"paper", "text"}
    assert (shown["key"], shown["from"], shown["confidence"]) == ("sure", "P1", 0.9123)


def test_without_papers_it_says_how_it_is_called(marks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["mark_rows.py"])
    with pytest.raises(SystemExit, match="usage: python benchmarks/mark_rows"):
        marks.main()
