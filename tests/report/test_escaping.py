"""No text of a paper can break a table, open a tag or make a link, in Markdown or HTML."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from synth.report.html import link, showable
from synth.report.markdown import escape, markdown
from synth.report.plain import one_line
from tests.report.reading import markdown_text, markdown_tokens

NASTY = st.text(st.sampled_from("\\`*_{}[]()<>|~$&#+-=.!:;'\"1 aB\n\t/é"), max_size=30)
TEXTS = st.one_of(NASTY, st.text(max_size=60))


@given(TEXTS)
@example("1. one")
@example("1) one")
@example("    code")
@example("--- | ---")
@example("<https://evil.example>")
@example("[a](javascript:alert(1))")
@example("&lt;b&gt;")
@example("![x](y)")
@example("a\\")
@example("~~a~~ **b** __c__")
@example("=====")
@example("\u202eabc")
def test_a_paragraph_stays_text(text: str) -> None:
    kinds = {token.type for token in markdown_tokens(escape(text))}
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert markdown_text(escape(text)) == one_line(text).strip()


@given(TEXTS, TEXTS)
def test_a_table_keeps_its_cells(one: str, two: str) -> None:
    table = f"| a | b |\n|---|---|\n| {escape(one)} | {escape(two)} |\n"
    tokens = markdown_tokens(table)
    assert [token.type for token in tokens].count("td_open") == 2
    assert not {token.type for token in tokens} & {"html_inline", "html_block", "link_open", "em_open", "code_inline"}
    assert markdown_text(table) == f"ab{one_line(one).strip()}{one_line(two).strip()}"


@given(TEXTS)
def test_after_a_list_mark_and_a_quote_mark_it_stays_text(text: str) -> None:
    for mark in ("- ", "> ", "# "):
        kinds = {token.type for token in markdown_tokens(f"{mark}x {escape(text)}")}
        assert not kinds & {"html_inline", "html_block", "code_block", "fence", "link_open", "table_open", "hr"}


@given(TEXTS)
def test_html_shows_it_as_it_is(text: str) -> None:
    shown = Markup.escape(showable(text))
    assert "<" not in shown
    assert '"' not in shown
    assert shown.unescape() == one_line(text)


def test_marked_up_text_and_numbers_pass() -> None:
    assert markdown(Markup("**a**")) == "**a**"
    assert markdown(3) == 3
    assert showable(2.5) == 2.5


def test_marks_that_turn_the_direction_of_text_are_shown_not_obeyed() -> None:
    assert one_line("a\u202eb\x00c\ud800") == "a\ufffdb\ufffdc\ufffd"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://arxiv.org.evil.example/abs/1",
        'https://arxiv.org/abs/1" onclick="x',
        "https://arxiv.org/abs/1\n",
        "http://arxiv.org/abs/1501.00001",
        "",
    ],
)
def test_only_arxiv_is_ever_linked(url: str) -> None:
    with pytest.raises(ValueError, match="no page of arXiv"):
        link(url)


def test_pages_of_arxiv_are_linked() -> None:
    assert link("https://arxiv.org/pdf/1501.00001v2#page=3") == "https://arxiv.org/pdf/1501.00001v2#page=3"
    assert link("https://arxiv.org/abs/hep-ex/0406020v1") == "https://arxiv.org/abs/hep-ex/0406020v1"
