"""The page is whole, loads and runs nothing, and shows both texts exactly, with marks that are not colour alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from markupsafe import Markup

from synth.diff.delta import Delta
from synth.diff.shown.html import delta_html, marked, reports_html
from synth.diff.shown.marks import Op, marks, side
from synth.report.html import style_hash
from synth.report.plain import one_line
from tests.diff.delta_examples import DELTA, DELTAS, EMPTY, NASTY, REMOVED, TEXTS
from tests.report.reading import Page

ALLOWED = set(
    re.findall(
        r"\w+",
        "html head meta title style body main header p h1 h2 h3 strong dl dt dd table caption thead tbody tr th td "
        "section details summary span ul li blockquote del ins",
    )
)


@settings(deadline=None)
@given(TEXTS, TEXTS)
@example("", NASTY)
def test_marked_text_is_both_texts(old: str, new: str) -> None:
    old, new = one_line(old), one_line(new)
    pieces = marks(old, new)
    for text, op, other in ((old, Op.DELETED, "ins"), (new, Op.INSERTED, "del")):
        body = marked(side(pieces, op))
        assert Markup(re.sub(r"</?(?:del|ins)>", "", body)).unescape() == text
        assert f"<{other}>" not in body


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(DELTAS)
@example(DELTA)
def test_a_page_is_whole_and_holds_no_tag_of_a_text(delta: Delta) -> None:
    for body in (delta_html(delta), reports_html([delta], ["<b>"], ["<script>"])):
        page = Page(body)
        assert set(page.tags) <= ALLOWED
        assert len(page.ids) == len(set(page.ids))
        assert not page.links
        assert body.encode()


def test_the_policy_admits_this_style_sheet_and_nothing_else() -> None:
    body = delta_html(DELTA)
    css = body.split("<style>")[1].split("</style>")[0]
    assert f"default-src 'none'; style-src '{style_hash(css)}'" in body
    assert "url(" not in css and "@import" not in css


def test_the_page_shows_old_and_new_beside_each_other() -> None:
    body = delta_html(DELTA)
    text = Page(body).text
    assert "<del>13.8</del>" in body and "<ins>14.6</ins>" in body
    assert one_line(REMOVED.text) in text
    line = body.split('id="label_changed"')[1].split("</section>")[0]
    assert re.search(r"<del>✓ supported</del>.*<del>0.91</del>.*<ins>✗ refuted</ins>.*<ins>0.34</ins>", line, re.DOTALL)
    assert "<ins>1502.00002v1, refutes</ins><blockquote>Growth was lower under clear ice.</blockquote>" in line
    assert "not in this table" in text
    assert "Unchanged (1)" in text and "half the calibration error" in text


def test_a_confidence_within_the_noise_band_is_shown_without_a_mark() -> None:
    part = delta_html(DELTA).split('id="reworded"')[1].split("</section>")[0]
    assert "confidence 0.71" in part and "confidence 0.74" in part


def test_folders_count_what_is_the_same() -> None:
    page = Page(reports_html([EMPTY, DELTA], ["gone"], ["come"]))
    assert "2 reports in both folders, 1 of them changed, 1 removed and 1 added." in page.text
    assert page.tags.count("dl") == 1


@pytest.mark.parametrize("lang", ['lang="en"', "<main>", "<h1>", 'name="viewport"', 'scope="row"', "<caption"])
def test_the_page_can_be_read_aloud_and_on_a_phone(lang: str) -> None:
    assert lang in delta_html(DELTA)


def test_an_empty_difference_says_so() -> None:
    text = Page(delta_html(EMPTY)).text
    assert "Nothing changed: 5 claims" in text
    assert "Removed" not in text
    assert "What changed beside" not in Page(delta_html(replace(EMPTY, pairs=()))).text
