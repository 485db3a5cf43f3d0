"""What is listed of a review: decisions as they count, rows to be asked again, agreement as figures."""

from __future__ import annotations

from synth.review.agreement import Agreement, PairAgreement
from synth.review.carrying import carried
from synth.review.listing import agreement_text, decisions_data, decisions_text
from synth.store.reviews import Act
from synth.types import Label
from tests.report.example import example
from tests.review.examples import Notebook, changed, rows, with_label

REPORT = example()


def test_a_claim_that_was_left_open_with_a_comment_counts_as_no_decision():
    book = Notebook()
    book.act(rows()[0], "Ann")
    book.act(rows()[1], "Bo", Act.SKIP, comment="unsure")
    text = decisions_text(REPORT, carried(REPORT, book.entries))
    assert text.splitlines()[0].endswith(": 1 of 8 claims decided by 1 reviewer")
    assert "left open by Bo on 2026-07-08: unsure" in text


def test_a_claim_that_two_people_are_asked_again_is_one_and_stands_in_its_row():
    book = Notebook()
    for name in ("Ann", "Bo"):
        book.act(rows()[0], name)
    new = changed(REPORT, 1, with_label(Label.CONFLICTING))
    found = carried(new, book.entries)
    assert decisions_text(new, found).splitlines()[0].endswith("; 1 to be asked again")
    asked = [[item["reviewer"] for item in row["ask_again"]] for row in decisions_data(new, found)["claims"]]
    assert asked == [["Ann", "Bo"]] + [[]] * 7


def test_an_agreement_of_nearly_nothing_has_no_sign():
    pair = PairAgreement(reviewers=("Ann", "Bo"), n=3, agreed=1, kappa=-0.0004)
    text = agreement_text(Agreement(reviewers=("Ann", "Bo"), n=3, pairs=(pair,), alpha=-0.0001, disputed=()))
    assert text.count(" 0.000 ") == 2
    assert "-0.000" not in text
