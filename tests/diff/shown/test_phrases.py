"""The words in which every form of the diff says the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from synth.diff.delta import Delta, Kind, MatchedBy, Meaning
from synth.diff.shown import phrases
from synth.diff.table import Row
from synth.types import Label, Stance
from tests.diff.delta_examples import DELTA, EMPTY, OLD, pair, quote, row

CLAIM = row(1, "Lakes freeze early.")


def about(old: str | None, new: str | None, *, titles: tuple[str, str] = ("", "")) -> Delta:
    return replace(
        EMPTY, old=replace(OLD, question=old, title=titles[0]), new=replace(OLD, question=new, title=titles[1])
    )


@pytest.mark.parametrize(
    ("delta", "said"),
    [
        (about("Old?", "New?", titles=("Old", "New")), "New?"),
        (about("Old?", None, titles=("Old", "New")), "Old?"),
        (about(None, None, titles=("Old", "New")), "New"),
        (about(None, None, titles=("Old", "")), "Old"),
        (about(None, None), "Claim table"),
    ],
)
def test_a_heading_is_a_question_before_a_title_and_the_new_one_before_the_old(delta: Delta, said: str) -> None:
    assert phrases.heading(delta) == said


def test_two_questions_are_told_where_they_differ_in_words() -> None:
    assert phrases.questions(about("Do lakes freeze?", "Do ponds freeze?")) == ("Do lakes freeze?", "Do ponds freeze?")
    assert phrases.questions(about("Do lakes freeze?", "do lakes  freeze?")) is None
    assert phrases.questions(about("Do lakes freeze?", None)) is None


def test_how_claims_were_matched_and_what_was_left_out() -> None:
    left = "matching by meaning was left out"
    assert left in phrases.matching(replace(DELTA, meaning=Meaning.LEFT_OUT))
    assert left not in phrases.matching(replace(DELTA, meaning=Meaning.NOT_NEEDED))
    cut = replace(EMPTY, pairs=(pair(CLAIM, CLAIM, by=MatchedBy.CUT),))
    assert phrases.matching(cut) == "One claim of both tables matched: 1 as the broken-off beginning of the other."


def test_reports_that_changed_are_counted() -> None:
    assert phrases.reports([EMPTY, EMPTY], [], []) == "2 reports in both folders, 0 of them changed."


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (replace(CLAIM, text="Lakes fre", cut=True), CLAIM, CLAIM.text),
        (CLAIM, replace(CLAIM, text="Lakes fre", cut=True), CLAIM.text),
        (replace(CLAIM, text="Lakes", cut=True), replace(CLAIM, text="Lakes fre", cut=True), "Lakes fre…"),
        (replace(CLAIM, text="Lakes", cut=True), replace(CLAIM, text="Lakes fre...", cut=True), "Lakes fre..."),
    ],
)
def test_of_a_claim_that_is_not_reworded_the_whole_wording_is_shown(old: Row, new: Row, shown: str) -> None:
    assert phrases.wordings(pair(old, new)) == (shown, shown)


@pytest.mark.parametrize(
    ("label", "verified", "said"),
    [
        (None, True, "✓ verified"),
        (None, False, "not verified"),
        (None, None, "–"),
        (Label.REFUTED, False, "✗ refuted"),
        (Label.SUPPORTED, True, "✓ supported"),
    ],
)
def test_labels_with_their_signs(label: Label | None, verified: bool | None, said: str) -> None:
    assert phrases.label(replace(CLAIM, label=label, verified=verified)) == said


def test_a_supported_claim_without_its_check_mark_is_told_from_one_with_it() -> None:
    marked, bare = (phrases.label(replace(CLAIM, verified=verified)) for verified in (True, False))
    assert marked != bare


def test_where_evidence_stands() -> None:
    assert phrases.place(quote("1501.00001v1", "So.", 0, None)) == "1501.00001v1"
    assert phrases.place(quote("1501.00001v1", "So.", 4, Stance.REFUTES)) == "1501.00001v1, p. 4, refutes"


def test_evidence_is_told_by_its_words_where_its_place_is_the_same() -> None:
    old = replace(CLAIM, evidence=(quote("a", "They freeze."), quote("b", "Both.")))
    new = replace(CLAIM, evidence=(quote("a", "They thaw."), quote("b", "both"), quote("c", "More.")))
    found = phrases.evidence_changes(EMPTY, pair(old, new, Kind.EVIDENCE_CHANGED))
    assert found == (("a, p. 4, supports: “They freeze.…”",), ("a, p. 4, supports: “They thaw.…”", "c, p. 4, supports"))
    assert phrases.evidence_changes(EMPTY, pair(old, new)) == ((), ())


def test_the_best_piece_stands_against_the_first_of_all() -> None:
    delta = replace(EMPTY, old=replace(OLD, shows_evidence="best"))
    old = replace(CLAIM, evidence=(quote("a", "They freeze."),))
    new = replace(CLAIM, evidence=(quote("b", "They thaw."), quote("c", "More.")))
    assert phrases.evidence(delta, pair(old, new, Kind.EVIDENCE_CHANGED)) == (old.evidence, new.evidence[:1])


def test_evidence_is_compared_as_far_as_both_tables_tell_it() -> None:
    old = replace(CLAIM, evidence=(quote("a", "They freeze.", None, None),))
    new = replace(CLAIM, evidence=(quote("a", "They freeze."), quote("b", "They thaw.")))
    assert phrases.evidence(EMPTY, pair(old, new, Kind.EVIDENCE_CHANGED)) == ((), new.evidence[1:])


def test_of_many_papers_the_first_are_named() -> None:
    names = [f"p{at}" for at in range(13)]
    assert phrases.papers(names[:12]) == f"12 ({', '.join(names[:12])})"
    assert phrases.papers(names) == f"13 ({', '.join(names[:12])}, and 1 more)"
