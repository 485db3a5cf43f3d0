"""The comment shows texts as they are, pings nobody, links nothing, and fits into what GitHub takes."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from synth.diff.delta import Delta
from synth.diff.shown.markdown import LIMIT, delta_markdown, marked, reports_markdown, safe
from synth.diff.shown.marks import Op, marks, side
from synth.report.plain import one_line
from tests.diff.delta_examples import DELTA, DELTAS, EMPTY, NASTY, TEXTS, row
from tests.report.reading import markdown_text, markdown_tokens

OURS = {"<del>", "</del>", "<ins>", "</ins>", "<br>", "<sub>", "</sub>", "<b>", "</b>"}
FORBIDDEN = {"link_open", "image", "em_open", "strong_open", "code_inline", "fence", "code_block", "s_open", "hr"}
LINKED = re.compile(r"@\w|#\d|GH-\d|:[a-z]+:|\b0a1b2c3d4e\b", re.IGNORECASE | re.ASCII)


def seen(text: str) -> str:
    return markdown_text(text).replace("\u200b", "")


@settings(deadline=None, max_examples=60)
@given(TEXTS)
@example(NASTY)
@example("fixes #1, GH-2, owner/repo#3 and @team/one; commit 0a1b2c3d4e")
def test_text_stays_text(text: str) -> None:
    kinds = {token.type for token in markdown_tokens(safe(text))}
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert seen(safe(text)) == one_line(text).replace("\u200b", "")
    assert not LINKED.search(markdown_text(safe(text)))


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS)
def test_marked_text_is_both_texts(old: str, new: str) -> None:
    old, new = one_line(old), one_line(new)
    pieces = marks(old, new)
    for text, op in ((old, Op.DELETED), (new, Op.INSERTED)):
        body = f"x{marked(side(pieces, op))}x"
        assert seen(body) == f"x{text}x".replace("\u200b", "")
        assert {token.content for token in markdown_tokens(body) if token.type == "html_inline"} <= OURS
        assert not {token.type for token in markdown_tokens(body)} & FORBIDDEN


@settings(deadline=None, max_examples=60)
@given(DELTAS)
@example(DELTA)
def test_a_comment_keeps_its_tables(delta: Delta) -> None:
    body = delta_markdown(delta)
    tokens = markdown_tokens(body)
    lines = [line for line in body.splitlines() if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 6 for line in lines)
    assert {token.content for token in tokens if token.type == "html_inline"} <= OURS
    assert not {token.type for token in tokens} & (FORBIDDEN - {"strong_open"})
    assert not [line for line in body.splitlines() if LINKED.search(markdown_text(line))]
    assert body.encode() and body.endswith("\n")


def test_the_comment_says_what_changed() -> None:
    body = delta_markdown(DELTA)
    for said in (
        "1 removed, 1 label changed, 1 added, 1 reworded, 2 confidence changed, 1 evidence changed and 1 unchanged",
        "**Removed (1)**",
        "✓ supported → ✗ refuted",
        "0.91 → 0.34",
        "<del>13.8</del><ins>14.6</ins>",
        "figures differ, perhaps another claim",
        "Confidence changed (2, 1 of them above)",
        "<ins>1502.00002v1, refutes</ins>",
        "Papers added: 1 (1502.00002v1)",
        "Quality score: 6.4 → 7.1",
        "half the calibration error",
    ):
        assert said in body, said
    assert "Lakes freeze" not in body


def test_nothing_changed_is_one_line() -> None:
    body = delta_markdown(EMPTY)
    assert "Nothing changed: 5 claims" in body
    assert "| No. |" not in body


@settings(deadline=None, max_examples=60)
@given(st.integers(1_000, 12_000), st.integers(0, 200))
def test_what_does_not_fit_is_left_out_by_whole_rows_and_counted(limit: int, number: int) -> None:
    rows = tuple(row(place, f"Lake number {place} freezes. {NASTY}") for place in range(1, number + 1))
    body = delta_markdown(replace(DELTA, removed=rows), limit=limit)
    assert len(body) <= limit
    shown = len(re.findall(r"^\| \d+ \| Lake number .*\|$", body, re.MULTILINE))
    left = re.search(r"\*\*([\d,]+) rows? (?:left out|and)", body)
    all_out = number + 4 - len([line for line in body.splitlines() if re.match(r"\| \d", line)])
    assert (int(left[1]) if left else 0) == all_out
    assert shown <= number
    assert body.count("<details>") == body.count("</details>")


def test_a_comment_on_many_claims_fits_into_github() -> None:
    rows = tuple(row(place, f"Lake number {place} freezes in winter, as it did before.") for place in range(1, 10_001))
    body = delta_markdown(replace(DELTA, added=rows))
    assert LIMIT - 1_000 < len(body) <= LIMIT < 65_536
    assert "<details><summary><b>Added (10,000)</b></summary>" in body
    assert "rows left out" in body


def test_a_very_long_answer_is_named_only() -> None:
    table = replace(DELTA.new, answer="word " * 50_000)
    assert "too long to show" in delta_markdown(replace(DELTA, new=table))


def test_folders_list_what_one_of_them_has_alone_and_leave_out_what_is_the_same() -> None:
    body = reports_markdown([DELTA, EMPTY], ["reports/<gone>"], ["reports/@new"])
    assert "2 reports in both folders, 1 of them changed, 1 removed and 1 added." in body
    assert "One report removed:\n\n- reports/\\<gone\\>\n" in body
    assert "One report added:\n\n- reports/@&#8203;new\n" in body
    assert body.count("####") == 1
