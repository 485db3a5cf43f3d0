"""Every change has its sign and is readable without colour; no control code of a claim gets through."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from synth.diff.delta import Delta, Meaning
from synth.diff.shown.terminal import MOST, delta_text, reports_text
from tests.diff.delta_examples import DELTA, DELTAS, EMPTY, row

CODE = re.compile(r"\x1b\[[0-9;]*m")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@settings(deadline=None, max_examples=60)
@given(DELTAS, st.integers(1, 200), st.booleans())
@example(DELTA, 80, True)
def test_without_colour_there_is_no_control_code(delta: Delta, width: int, everything: bool) -> None:
    text = delta_text(delta, width=width, everything=everything)
    assert not CONTROL.search(text)
    assert text.encode() and text.endswith("\n")
    assert not re.search(r" +$", text, re.MULTILINE)


@settings(deadline=None, max_examples=60)
@given(DELTAS)
@example(DELTA)
def test_with_colour_the_codes_are_ours(delta: Delta) -> None:
    assert not CONTROL.search(CODE.sub("", delta_text(delta, colour=True, everything=True)))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [80, 120])
def test_every_change_has_its_sign_and_words(width: int) -> None:
    text = delta_text(DELTA, width=width)
    lines = text.splitlines()
    assert any(re.match(r" - 5 +Snow keeps", line) for line in lines)
    assert any(re.match(r" \+ 4 +Salt lowers", line) for line in lines)
    assert any(re.match(r" ~ 4 → 3 +Fish grow", line) for line in lines)
    for said in (
        "- HEAD~1:reports/ice/claims.csv",
        "+ reports/ice/claims.csv",
        "Claims: 1 removed, 1 label changed, 1 added, 1 reworded, 2 confidence changed,",
        "Papers added: 1 (1502.00002v1)",
        "Papers removed: 1 (1503.00003v1)",
        "Answer: [-Only in part-]{+Ice grows from the shore.",
        "Quality score: 6.4 → 7.1",
        "3 by id and 1 by meaning",
        "moved by more than 0.050 (half the calibration error)",
        "0.91 → 0.34",
        "[-13.8-]{+14.6+}",
        "figures differ, perhaps another claim",
        "+ 1502.00002v1, refutes",
        "[red]text[/red]",
    ):
        assert said in flat(text), said
    assert "Lakes freeze" not in text


def test_unchanged_claims_are_listed_when_asked_for() -> None:
    assert "Lakes freeze earlier" in delta_text(DELTA, everything=True)
    assert "Lakes freeze earlier" not in delta_text(EMPTY)
    assert "Nothing changed: 5 claims" in delta_text(EMPTY)


def test_colours_stand_for_the_signs_of_changed_words() -> None:
    text = delta_text(DELTA, colour=True)
    assert "[-" not in text and "{+" not in text
    assert re.search(r"\x1b\[9;31m13\.8\x1b\[0m\x1b\[4;32m14\.6\x1b\[0m", text)


def test_matching_by_meaning_that_was_left_out_is_told() -> None:
    assert "matching by meaning was left out" in delta_text(replace(DELTA, meaning=Meaning.LEFT_OUT))
    assert "left out" not in delta_text(DELTA)


def test_the_same_place_with_other_words_shows_them() -> None:
    one = DELTA.pairs[2]
    quote = replace(one.old.evidence[0], text="Growth was much the same.")
    moved = replace(DELTA, pairs=(replace(one, new=replace(one.new, evidence=(quote,))),))
    text = flat(delta_text(moved, width=80))
    assert "- 1501.00001v1, p. 4, supports: “Growth was higher under clear ice.…”" in text
    assert "+ 1501.00001v1, p. 4, supports: “Growth was much the same.…”" in text


def test_a_claim_that_the_table_cut_says_so() -> None:
    cut = replace(DELTA, removed=(row(1, "Snow keeps the", cut=True),))
    assert "Snow keeps the…" in delta_text(cut)


def test_folders_show_what_changed_and_count_the_rest() -> None:
    text = reports_text([DELTA, EMPTY], ["reports/gone"], ["reports/come"])
    assert text.count("HEAD~1:reports/ice/claims.csv") == 1
    assert "2 reports in both folders, 1 of them changed, 1 removed and 1 added." in text
    assert "- reports/gone\n+ reports/come\n" in text
    assert "Nothing changed" in reports_text([EMPTY], [], [], everything=True)


def test_a_very_long_list_is_cut_and_counted_unless_all_is_asked_for() -> None:
    rows = tuple(row(place, f"Lake {place}.") for place in range(1, MOST + 1))
    text = delta_text(replace(DELTA, removed=rows))
    assert "4 more claims changed; --all lists them here" in text
    assert f" - {MOST} " in text
    assert "more claim" not in delta_text(DELTA)
