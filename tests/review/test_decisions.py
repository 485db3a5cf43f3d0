from __future__ import annotations

import dataclasses
import json
import random

from hypothesis import given
from hypothesis import strategies as st

from synth.review.decisions import entry_on, live, note, seen, states, undoing, with_noted
from synth.store.reviews import Act
from synth.types import Decision, Label, Report, ReviewNote
from tests.report.example import example
from tests.review.examples import DAY, Notebook, changed, rows, with_confidence, with_label, with_text, without_evidence


def basis(report: Report, number: int = 1) -> str:
    return seen(report)[number - 1].basis


def test_the_basis_follows_label_and_evidence_and_nothing_else():
    report = example()
    assert basis(report) == basis(dataclasses.replace(report, title="Another", notes=()))
    assert basis(report) == basis(changed(report, 1, with_confidence(0.1)))
    assert basis(report) != basis(changed(report, 1, with_label(Label.REFUTED)))
    assert basis(report) != basis(changed(report, 1, without_evidence))


def test_the_order_of_the_evidence_is_no_part_of_the_basis_but_its_words_are():
    report = example()

    def turned(row):
        return dataclasses.replace(
            row, verdict=dataclasses.replace(row.verdict, evidence=tuple(reversed(row.verdict.evidence)))
        )

    assert basis(report) == basis(changed(report, 1, turned))
    quoted = report.claims[0].verdict.evidence[0].passage_id
    passages = tuple(
        dataclasses.replace(one, text=f"{one.text} More.") if one.id == quoted else one for one in report.passages
    )
    assert basis(report) != basis(dataclasses.replace(report, passages=passages))


def test_case_spaces_and_final_stop_make_no_other_claim():
    report = example()
    (first, *_) = rows(report)
    louder = changed(report, 1, with_text(f" {report.claims[0].claim.text.upper().rstrip('.')}  "))
    assert rows(louder)[0].id == first.id
    other = changed(report, 1, with_text(report.claims[0].claim.text.replace("5.4", "5.5")))
    assert rows(other)[0].id != first.id


def test_what_was_shown_is_kept_whole():
    one = rows()[0]
    entry = entry_on(one, "Ann", Act.ACCEPT, DAY)
    shown = json.loads(entry.shown)
    assert shown["label"] == "supported" and shown["confidence"] == 0.9312
    assert [piece["paper"] for piece in shown["evidence"]] == ["1502.00002v1", "1501.00001v2"]
    assert shown["evidence"][0]["quote"] and shown["evidence"][0]["section"]


def test_an_undo_uncovers_what_stood_before():
    book, one = Notebook(), rows()[0]
    first = book.act(one)
    second = book.act(one, act=Act.REJECT)
    book.save(undoing(second, DAY))
    assert live(book.entries) == (first,)
    book.save(undoing(first, DAY))
    assert live(book.entries) == ()


acts = st.lists(
    st.tuples(st.sampled_from(["Ann", "Bo"]), st.integers(0, 2), st.sampled_from([Act.ACCEPT, Act.REJECT, Act.UNDO])),
    max_size=12,
)


@given(acts, st.randoms(use_true_random=False))
def test_folding_agrees_with_a_stack_and_never_asks_for_the_order(plan, chance: random.Random):
    book, table = Notebook(), rows()
    stacks: dict[tuple[str, int], list[int]] = {}
    for reviewer, at, act in plan:
        stack = stacks.setdefault((reviewer, at), [])
        if act is not Act.UNDO:
            stack.append(book.act(table[at], reviewer, act).id)
        elif stack:
            book.save(undoing(book.entries[stack.pop() - 1], DAY))
    shuffled = list(book.entries)
    chance.shuffle(shuffled)
    assert live(shuffled) == live(book.entries)
    found = {(who, claim): entry.id for (who, claim, _), entry in states(shuffled).items()}
    assert found == {(who, table[at].id): stack[-1] for (who, at), stack in stacks.items() if stack}


def test_a_colleagues_note_in_the_report_counts_until_the_store_knows_better():
    told = ReviewNote(reviewer="Cy", decision=Decision.LABEL, day=DAY.date(), label=Label.REFUTED, comment="no")
    report = changed(example(), 1, lambda row: dataclasses.replace(row, reviewed=(told,)))
    table = rows(report)
    (only,) = with_noted(table, ())
    assert (only.reviewer, only.act, only.label, only.id) == ("Cy", Act.LABEL, Label.REFUTED, 0)
    assert note(only) == told
    book = Notebook()
    undone = book.act(table[0], "Cy")
    book.save(undoing(undone, DAY))
    assert live(with_noted(table, book.entries)) == ()


def test_a_claim_left_open_gives_no_note():
    assert note(entry_on(rows()[0], "Ann", Act.SKIP, DAY, comment="later")) is None
