"""A reviewing session, line by line, without terminal and store."""

from __future__ import annotations

import dataclasses
import io
from typing import Any

import pytest
from rich.console import Console

from synth.errors import ConfigError
from synth.review.carrying import with_notes
from synth.review.decisions import live
from synth.review.desk import Desk
from synth.review.screen import summary_line
from synth.review.session import run
from synth.store.reviews import Act
from synth.types import CheckedClaim, Decision, Label, Origin, Passage, Report
from tests.report.example import empty, example
from tests.review.examples import Notebook, changed, rows, with_label, with_text

REPORT = example()


class Context:
    def around(self, place: Passage | Origin) -> tuple[str, str]:
        return ("It was said before.", "It was said behind.") if isinstance(place, Passage) else ("", "")

    def nearest(self, claim_id: str) -> tuple[Passage, ...]:
        return REPORT.passages[:1]


def review(book: Notebook, *lines: str, report: Report = REPORT, reviewer: str = "Ann", **options: Any) -> str:
    """What a reviewer sees who types these lines; the input ends behind them."""
    screen = io.StringIO()
    console = Console(file=screen, width=120)
    typed = iter(lines)
    desk = Desk(report, reviewer, book.entries, save=book.save, now=book.now, **options)

    def ask(prompt: str) -> str | None:
        console.print(prompt, markup=False)
        return next(typed, None)

    run(desk, ask, console.print, Context())
    console.print(summary_line(desk), markup=False)
    return screen.getvalue()


def acts(book: Notebook) -> list[tuple[int, Act]]:
    numbers = {one.id: one.row.number for one in rows(REPORT)}
    return [(numbers[e.claim_id], e.act) for e in live(book.entries)]


def test_every_decision_is_stored_and_the_next_claim_is_shown():
    book = Notebook()
    shown = review(book, "a", "r", "l r", "q")
    assert acts(book) == [(1, Act.ACCEPT), (2, Act.REJECT), (3, Act.LABEL)]
    assert book.entries[2].label is Label.REFUTED
    assert "claim 4 of 8 · 3 decided by Ann" in shown and "claim 5 of 8" not in shown
    assert "1 accepted, 1 rejected, 1 relabelled in this session; 3 of 8 claims decided, 5 open" in " ".join(
        shown.split()
    )


def test_a_claim_is_shown_with_label_quotes_and_context():
    shown = " ".join(review(Notebook()).replace("│", " ").split())
    passages = {one.id: one for one in REPORT.passages}
    row = REPORT.claims[0]
    assert row.claim.text in shown and "✓ supported · confidence 0.93" in shown and row.verdict.reason in shown
    for piece in row.verdict.evidence:
        assert f"It was said before. “{passages[piece.passage_id].text}” It was said behind." in shown
    assert "supports it" in shown and "another paper" in shown and "figures agree" in shown and "page" in shown


def test_a_claim_is_shown_with_the_words_of_its_paper_and_a_digest_has_no_pages():
    shown = " ".join(review(Notebook(), "3").replace("│", " ").split())
    first, third = shown.split("claim 3 of 8")
    assert f"“{REPORT.claims[0].claim.origins[0].verbatim}”" in first and "another paper" in first
    assert "the claim's own paper" in third and "another paper" not in third
    assert "Results" in third and "page" not in third


def test_a_claim_without_evidence_shows_what_is_nearest():
    shown = " ".join(review(Notebook(), "4").replace("│", " ").split())
    assert "No passage speaks for or against it. The nearest that were read:" in shown
    assert REPORT.passages[0].text in shown


def test_the_next_run_goes_on_at_the_first_open_claim():
    book = Notebook()
    review(book, "a", "k", "a", "q")
    shown = review(book, "a", "q")
    assert "claim 1 of 8" not in shown and "claim 2 of 8" in shown and "claim 3 of 8" not in shown
    assert acts(book) == [(1, Act.ACCEPT), (3, Act.ACCEPT), (2, Act.ACCEPT)]


def test_undo_goes_back_to_the_claim_also_in_a_later_run():
    book = Notebook()
    shown = review(book, "a", "r", "u", "a", "q")
    assert "undone: reject on claim 2" in shown
    assert acts(book) == [(1, Act.ACCEPT), (2, Act.ACCEPT)]
    review(book, "u", "u", "u", "q")
    assert acts(book) == []
    assert [entry.act for entry in book.entries].count(Act.UNDO) == 3
    assert "nothing of yours to undo" in review(book, "u")


def test_undo_takes_back_nobody_elses_decision():
    book = Notebook()
    review(book, "a", reviewer="Bo")
    assert "nothing of yours" in review(book, "u")
    assert len(live(book.entries)) == 1


def test_a_decision_on_a_claim_that_is_gone_is_not_undone():
    book = Notebook()
    review(book, "a", "q")
    shorter = dataclasses.replace(REPORT, claims=REPORT.claims[1:])
    assert "nothing of yours" in review(book, "u", report=shorter)
    assert acts(book) == [(1, Act.ACCEPT)]


def test_a_comment_is_undone_as_a_comment_and_counts_as_no_decision():
    book = Notebook()
    assert "1 accepted in this session" in review(book, "a", "b", "c see table 2", "q")
    assert "undone: comment on claim 2" in review(book, "2", "c hm", "u", "q")
    assert acts(book) == [(1, Act.ACCEPT), (1, Act.ACCEPT)]


def test_the_last_claim_can_be_undone_too():
    book = Notebook()
    shown = review(book, *(["a"] * 8), "u", "r", "")
    assert "No claim is left to ask" in shown
    assert acts(book)[-1] == (8, Act.REJECT) and len(acts(book)) == 8
    assert "8 of 8 claims decided, 0 open" in shown


def test_a_comment_goes_with_the_decision_and_stays_where_none_is_made():
    book = Notebook()
    review(book, "c see table 2", "r", "c later", "k", "q")
    notes = with_notes(REPORT, book.entries).claims
    assert notes[0].reviewed[0].comment == "see table 2" and notes[0].reviewed[0].decision is Decision.REJECT
    assert notes[1].reviewed == ()
    assert "left open by Ann" in review(book, "q") and "later" in review(book, "q")
    review(book, "b", "c see table 3", "q")
    (note,) = with_notes(REPORT, book.entries).claims[0].reviewed
    assert (note.decision, note.comment) == (Decision.REJECT, "see table 3")


def test_back_and_numbers_show_what_was_said():
    shown = review(Notebook(), "a", "b", "k", "8", "99", "b", "1", "b")
    assert "So far: accepted by Ann on 2026-07-08" in shown
    assert "there is no claim 99; the table has 8 claims" in shown
    assert "this is the first claim" in shown


def test_a_typing_error_costs_nothing():
    book = Notebook()
    shown = review(book, "x", "l", "l supportd", "l s", "", "\x1b[A", "a b", "q")
    assert book.entries == []
    assert "did you mean supported?" in shown and "is the label that is shown" in shown
    assert shown.count("claim 1 of 8") == 1


def test_only_some_claims_are_asked():
    def asked(**options: Any) -> list[int]:
        shown = review(Notebook(), *(["k"] * 9), **options)
        return [row.number for row in REPORT.claims if f"claim {row.number} of 8" in shown]

    assert asked(only="verified") == [1, 2, 3]
    assert asked(only="unverified") == [4, 5, 6, 7, 8]
    assert asked(only="refuted") == [6] == asked(only="R")
    assert asked(only="undecided") == list(range(1, 9))
    with pytest.raises(ConfigError, match=r"--only suported.*did you mean supported"):
        asked(only="suported")


def test_restart_asks_decided_claims_as_well():
    book = Notebook()
    review(book, "a", "a", "q")
    shown = review(book, "r", "k", "q", restart=True)
    assert "claim 1 of 8" in shown and "claim 2 of 8" in shown
    assert acts(book)[-1] == (1, Act.REJECT)


def test_a_claim_that_changed_is_asked_again_with_the_reason():
    book = Notebook()
    review(book, *(["a"] * 8))
    new = changed(REPORT, 5, with_label(Label.REFUTED))
    new = changed(new, 2, with_text("XNLI sees little benefit from intermediate-task training on English data."))
    shown = " ".join(review(book, "a", "r", report=new).replace("│", " ").split())
    assert "claim 2 of 8 · 6 decided by Ann" in shown and "claim 5 of 8" in shown and "claim 3 of 8" not in shown
    assert "Asked again: the wording changed, it was “XNLI sees no benefit" in shown
    assert "the label changed from conflicting to refuted" in shown
    assert "8 of 8 claims decided" in shown


def test_a_claim_that_changed_shows_the_decision_before_and_the_comment_since():
    book = Notebook()
    review(book, "a", "q")
    new = changed(REPORT, 1, with_label(Label.REFUTED))
    review(book, "c hm", "q", report=new)
    shown = " ".join(review(book, report=new).replace("│", " ").split())
    assert "Asked again: the label changed from supported to refuted. Before: accepted by Ann" in shown
    assert "So far: left open by Ann on 2026-07-08: hm" in shown
    assert "0 of 8 claims decided, 8 open, 1 of them to be asked again" in shown


def test_nothing_of_others_is_shown_to_a_reviewer():
    book = Notebook()
    review(book, "c Bo thinks so", "r", reviewer="Bo")
    assert "Bo" not in review(book)
    shown = review(book, report=changed(REPORT, 1, with_label(Label.REFUTED)))
    assert "Bo" not in shown and "sked again" not in shown


def test_control_characters_of_a_paper_do_not_reach_the_terminal():
    nasty = changed(REPORT, 1, with_text("A claim \x1b[2J[red]that\x07 clears[/red] the screen."))
    nasty = dataclasses.replace(
        nasty, passages=tuple(dataclasses.replace(p, text=f"\x1b]0;x\x07{p.text}") for p in nasty.passages)
    )
    shown = review(Notebook(), report=nasty)
    assert "\x1b" not in shown and "\x07" not in shown and "[red]that" in shown


def test_a_report_without_claims_has_nothing_to_ask():
    assert "0 open" in review(Notebook(), "u", "b", "1", "a", report=empty())


def test_the_sum_behind_a_table_stands_with_its_quote():
    def with_sum(row: CheckedClaim) -> CheckedClaim:
        first, *rest = row.verdict.evidence
        summed = dataclasses.replace(first, arithmetic="79.2 − 65.4 = 13.8 (Table 2)")
        return dataclasses.replace(row, verdict=dataclasses.replace(row.verdict, evidence=(summed, *rest)))

    number = next(row.number for row in REPORT.claims if row.verdict.evidence)
    there = str(number)
    assert "From the table" not in review(Notebook(), there, "q")
    assert "From the table: 79.2 − 65.4 = 13.8 (Table 2)" in review(
        Notebook(), there, "q", report=changed(REPORT, number, with_sum)
    )
