from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.parsing.mend import Vocabulary, join_lines, mend_line, mend_small_caps, spans_text
from synth.parsing.pages import Span


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("beneﬁts of ﬂoating oﬃces", "benefits of floating offices"),
        ("Herv´e J´egou and Sch¨utze", "Hervé Jégou and Schütze"),
        ("soft\u00adware", "software"),
        ("a\u00a0 b\u2009c", "a b c"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("a\x00b\ue001", "ab "),
        ("( see Table 2 ) , too", "(see Table 2), too"),
        ("ρ ≈0.8 and 3 −50", "ρ ≈ 0.8 and 3 − 50"),
        ("of −50 points", "of −50 points"),
    ],
)
def test_lines_are_mended(raw: str, mended: str) -> None:
    assert mend_line(raw) == mended


@given(st.text())
def test_mending_twice_changes_nothing_in_plain_words(text: str) -> None:
    once = mend_line(" ".join(word for word in text.split() if word.isascii() and word.isalnum()))
    assert mend_line(once) == once


DOCUMENT = ("cross-lingual performance of fastText", "the softmax layer and a data set", "large-scale training")


@pytest.mark.parametrize(
    ("before", "line", "joined"),
    [
        ("a cross-", "lingual model", "a cross-lingual model"),  # the document writes the hyphen
        ("its perfor-", "mance grows", "its performance grows"),  # the document writes it joined
        ("we use fast-", "Text here", "we use fastText here"),
        ("with GPT-", "2 and", "with GPT-2 and"),
        ("an English-", "German pair", "an English-German pair"),
        ("a zero-", "training baseline", "a zero-training baseline"),
        ("an unheard-", "of thing", "an unheardof thing"),
        ("kept apart", "by a space", "kept apart by a space"),
        ("a soft\u00ad", "max layer", "a softmax layer"),
        ("see https://github.com/", "name/code for it", "see https://github.com/name/code for it"),
        ("from 1990–", "2000 on", "from 1990–2000 on"),
        ("", "  first", "first"),
    ],
)
def test_lines_are_joined(before: str, line: str, joined: str) -> None:
    assert join_lines(before, line, Vocabulary(DOCUMENT)) == joined


def test_the_rest_of_a_broken_word_is_no_word_of_the_document() -> None:
    vocabulary = Vocabulary(("we saw an improve-", "ment here", "and improve it"))
    assert "ment" not in vocabulary
    assert join_lines("an improve-", "ment", vocabulary) == "an improvement"


def _spans(*pieces: tuple[str, bool]) -> list[Span]:
    spans: list[Span] = []
    x = 0.0
    for text, raised in pieces:
        size = 6.0 if raised else 10.0
        spans.append(Span(text, size, False, False, False, raised, False, x, 100.0, x + 5 * len(text)))
        x += 5 * len(text)
    return spans


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ((("models.", False), ("12", True), (" We", False)), "models. We"),
        ((("10", False), ("−6", True), (" is small", False)), "10^−6 is small"),
        ((("in 2019", False), ("3", True), (" they", False)), "in 2019 they"),
        ((("the 1", False), ("st", True), (" of May", False)), "the 1st of May"),
        ((("Results with ", False), ("†", True), (" are old", False)), "Results with † are old"),
        ((("x", False), ("2", True)), "x^2"),
    ],
)
def test_raised_marks(pieces: tuple[tuple[str, bool], ...], text: str) -> None:
    assert spans_text(_spans(*pieces)) == text


def test_small_capitals_lose_their_gap() -> None:
    assert mend_small_caps("R ELATED W ORK") == "RELATED WORK"
    assert mend_small_caps("I NTRODUCTION") == "INTRODUCTION"
    assert mend_small_caps("Appendix A shows") == "Appendix A shows"
