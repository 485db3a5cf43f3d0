from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from synth.review.carrying import carried, with_notes
from synth.review.decisions import undoing
from synth.store.reviews import Act, Entry
from synth.types import Decision, Label, Report, ReviewNote
from tests.report.example import example
from tests.review.examples import DAY, Notebook, changed, rows, with_confidence, with_label, with_text, without_evidence

REPORT = example()


def decided(number: int = 1, **how: Any) -> list[Entry]:
    book = Notebook()
    book.act(rows(REPORT)[number - 1], **how)
    return book.entries


def test_nothing_decided_changes_nothing():
    assert with_notes(REPORT, ()) is REPORT
    assert with_notes(REPORT, (), earlier=REPORT) is REPORT


def test_a_decision_stands_on_its_row_and_no_other():
    noted = with_notes(REPORT, decided(2, act=Act.LABEL, label=Label.REFUTED, comment="look at page 3"))
    (note,) = noted.claims[1].reviewed
    assert note == ReviewNote(
        reviewer="Ann", decision=Decision.LABEL, day=DAY.date(), label=Label.REFUTED, comment="look at page 3"
    )
    assert not any(row.reviewed for row in noted.claims if row.number != 2)
    assert with_notes(noted, decided(2, act=Act.LABEL, label=Label.REFUTED, comment="look at page 3")) is noted


def test_reviewers_stand_in_the_order_of_their_names():
    book = Notebook()
    for name in ("Zoe", "Ann", "Mia"):
        book.act(rows(REPORT)[0], name)
    assert [note.reviewer for note in with_notes(REPORT, book.entries).claims[0].reviewed] == ["Ann", "Mia", "Zoe"]


def test_an_undone_decision_leaves_the_report():
    book = Notebook()
    entry = book.act(rows(REPORT)[0])
    noted = with_notes(REPORT, book.entries)
    book.save(undoing(entry, DAY))
    assert with_notes(noted, book.entries) == REPORT


def test_a_regenerated_report_keeps_what_is_the_same():
    moved = changed(REPORT, 1, with_confidence(0.5))
    moved = dataclasses.replace(moved, claims=tuple(reversed(moved.claims)), date=dt_after())
    (note,) = next(row for row in with_notes(moved, decided()).claims if row.number == 1).reviewed
    assert note.reviewer == "Ann"
    assert carried(moved, decided()).overtaken == ()


def dt_after() -> dt.date:
    return REPORT.date.replace(year=REPORT.date.year + 1)


def test_another_label_or_other_evidence_is_asked_again():
    for change, said in (
        (with_label(Label.CONFLICTING), "the label changed from supported to conflicting"),
        (without_evidence, "the evidence changed"),
    ):
        new = changed(REPORT, 1, change)
        assert with_notes(new, decided()) is new
        (again,) = carried(new, decided()).overtaken
        assert (again.number, again.entry.act, again.reason) == (1, Act.ACCEPT, said)


def test_a_reworded_claim_is_found_by_the_diffs_matching_and_asked_again():
    text = "English intermediate-task training improves the zero-shot average over all nine target tasks by 5.4 points."
    new = changed(REPORT, 1, with_text(text))
    assert with_notes(new, decided()) is new
    found = carried(new, decided())
    (again,) = found.overtaken
    assert again.number == 1 and f"the wording changed, it was “{REPORT.claims[0].claim.text}”" in again.reason
    assert found.gone == ()


def test_a_claim_that_the_table_has_no_more_is_gone_and_told():
    new = dataclasses.replace(REPORT, claims=REPORT.claims[1:])
    found = carried(new, decided())
    assert [entry.claim for entry in found.gone] == [REPORT.claims[0].claim.text]
    assert found.overtaken == ()


def test_of_several_decisions_on_what_changed_or_is_gone_the_last_is_told():
    book = Notebook()
    for act in (Act.ACCEPT, Act.REJECT):
        book.act(rows(REPORT)[0], act=act)
    (again,) = carried(changed(REPORT, 1, with_label(Label.CONFLICTING)), book.entries).overtaken
    assert again.entry.act is Act.REJECT
    (gone,) = carried(dataclasses.replace(REPORT, claims=REPORT.claims[1:]), book.entries).gone
    assert gone.act is Act.REJECT


def test_deciding_again_ends_the_asking_and_the_old_report_keeps_its_decision():
    new = changed(REPORT, 1, with_label(Label.CONFLICTING))
    book = Notebook()
    book.act(rows(REPORT)[0])
    book.act(rows(new)[0], act=Act.REJECT)
    assert carried(new, book.entries).overtaken == ()
    assert with_notes(new, book.entries).claims[0].reviewed[0].decision is Decision.REJECT
    assert with_notes(REPORT, book.entries).claims[0].reviewed[0].decision is Decision.ACCEPT


def test_a_comment_on_an_open_claim_is_no_decision():
    found = carried(REPORT, decided(act=Act.SKIP, comment="unsure"))
    assert [entry.comment for entry in found.holding[0]] == ["unsure"]
    assert with_notes(REPORT, decided(act=Act.SKIP, comment="unsure")) is REPORT


def test_a_colleagues_notes_go_over_from_the_report_that_stood_there_before():
    told = ReviewNote(reviewer="Cy", decision=Decision.ACCEPT, day=DAY.date())
    noted = tuple(dataclasses.replace(row, reviewed=(told,)) for row in REPORT.claims)
    before = dataclasses.replace(REPORT, claims=noted)
    new = changed(REPORT, 1, with_label(Label.CONFLICTING))
    found = with_notes(new, (), earlier=before)
    assert found.claims[0].reviewed == ()
    assert all(row.reviewed == (told,) for row in found.claims[1:])
    louder = dataclasses.replace(before, question=f" {before.question.upper()} ")
    assert with_notes(new, (), earlier=louder) == found
    other = dataclasses.replace(before, question="Does something else help?")
    assert with_notes(new, (), earlier=other) is new


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["Ann", "Bo"]), st.integers(0, 7)), max_size=10))
def test_every_decision_holds_is_overtaken_or_is_gone(plan):
    book = Notebook()
    for name, at in plan:
        book.act(rows(REPORT)[at], name)
    new = changed(dataclasses.replace(REPORT, claims=REPORT.claims[1:]), 2, with_label(Label.CONFLICTING))
    found = carried(new, book.entries)
    told = {(entry.reviewer, entry.claim_id) for holding in found.holding for entry in holding}
    told |= {(one.entry.reviewer, one.entry.claim_id) for one in found.overtaken}
    told |= {(entry.reviewer, entry.claim_id) for entry in found.gone}
    assert told == {(name, rows(REPORT)[at].id) for name, at in plan}


def test_a_comment_on_a_claim_that_changed_does_not_end_the_asking():
    new = changed(REPORT, 1, with_label(Label.CONFLICTING))
    book = Notebook()
    book.act(rows(REPORT)[0])
    book.act(rows(new)[0], act=Act.SKIP, comment="hm")
    (again,) = carried(new, book.entries).overtaken
    assert again.entry.act is Act.ACCEPT


def test_of_two_reports_that_differ_the_present_one_is_right():
    def told(decision: Decision) -> Report:
        note = ReviewNote(reviewer="Cy", decision=decision, day=DAY.date())
        return changed(REPORT, 1, lambda row: dataclasses.replace(row, reviewed=(note,)))

    found = with_notes(told(Decision.REJECT), (), earlier=told(Decision.ACCEPT))
    assert [note.decision for note in found.claims[0].reviewed] == [Decision.REJECT]
