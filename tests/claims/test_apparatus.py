from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synth.claims.apparatus import capitalised, tidied, without_citations, without_marks, without_pointers


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Parsers profit from lexica (Moreno et al., 2019).", "Parsers profit from lexica."),
        ("Parsers profit (Moreno and Lind, 2019; Ode, 2020a,b) from lexica.", "Parsers profit from lexica."),
        ("Parsers [12] profit from lexica [3, 4].", "Parsers profit from lexica."),
        ("Following (Moreno et al., 2019), parsers use lexica.", "Following Moreno et al. (2019), parsers use lexica."),
        ("Moreno et al. (2019) show that lexica help.", "Moreno et al. (2019) show that lexica help."),
        ("The parser (with a lexicon) gains 2 points.", "The parser (with a lexicon) gains 2 points."),
        ("The corpus of 2019 (in Finnish) is small.", "The corpus of 2019 (in Finnish) is small."),
    ],
)
def test_citations_go_where_the_sentence_stays_whole(text: str, mended: str) -> None:
    assert without_citations(text) == mended


@pytest.mark.parametrize(
    "text",
    [
        "[12] shows that lexica help.",
        "The parser is better than [12].",
        "As in [3, 4], the parser has a lexicon.",
        "The parser of (Moreno, 2019; Lind, 2020) has a lexicon.",
    ],
)
def test_a_citation_that_the_sentence_needs_drops_it(text: str) -> None:
    assert without_citations(text) is None


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("As shown in Table 2, the lexicon helps.", "The lexicon helps."),
        ("As can be seen from Figures 3 and 4, the lexicon helps.", "The lexicon helps."),
        ("Table 2 shows that the lexicon helps.", "We find that the lexicon helps."),
        ("Tables 2 and 3 clearly suggest that the lexicon helps.", "We find that the lexicon helps."),
        ("Figure 3a reveals that mBERT needs no lexicon.", "We find that mBERT needs no lexicon."),
        ("The lexicon helps (see Table 2).", "The lexicon helps."),
        ("The lexicon helps, as shown in Fig. 3a.", "The lexicon helps."),
        ("We see, as shown in Figure 3, that the lexicon helps.", "We see that the lexicon helps."),
        ("The results in Table 2 show that the lexicon helps.", "The results show that the lexicon helps."),
        ("From Table 5, we see that the lexicon helps.", "We see that the lexicon helps."),
        ("bloomz needs no lexicon.", "bloomz needs no lexicon."),
        ("The tables of the lexicon are large.", "The tables of the lexicon are large."),
    ],
)
def test_pointers_go(text: str, mended: str) -> None:
    assert without_pointers(text) == mended


@pytest.mark.parametrize(
    "text",
    [
        "Section 4 and Table 3 compare the lexica.",
        "The prompts for the lexicon are in Appendix B.1.",
        "The scores and the sizes are in Table 4 (left).",
        "The lexicon and its sizes were in Figures 3 and 4.",
    ],
)
def test_a_pointer_that_cannot_go_drops_the_sentence(text: str) -> None:
    assert without_pointers(text) is None


def test_what_is_in_a_table_and_says_more_stays() -> None:
    assert without_pointers("The gains are in Table 4 larger than before.") == "The gains are larger than before."


def test_marks_go_and_glued_ones_drop_the_sentence() -> None:
    assert without_marks("• The lexicon² helps the parser†.") == "The lexicon helps the parser."
    assert without_marks("The lexicon helps the parser3 in all cases.") is None
    assert without_marks("We use word2vec and a layer of size 300.") == "We use word2vec and a layer of size 300."


@pytest.mark.parametrize(
    "text",
    [
        "The bound holds as p∗ ≤ p for each parser.",
        "The norm of A† equals the norm of A.",
        "The parser stops after log∗ n steps.",
        "The treebank covers 40 km² and 10³ villages.",
        "The loss grows with R² and with x³.",
        "The value of (a + b)∗ is what 3∗4 gives.",
        "The cost OPT∗ ≤ OPT holds, and cost∗ ≤ cost as well.",
    ],
)
def test_what_belongs_to_a_formula_is_no_mark(text: str) -> None:
    assert without_marks(text) == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("The lexicon∗ helps the parser.‡", "The lexicon helps the parser."),
        ("∗The lexicon helps, ² and the parser (Finnish)⋆ too.", "The lexicon helps, and the parser (Finnish) too."),
    ],
)
def test_marks_behind_words_go(text: str, mended: str) -> None:
    assert without_marks(text) == mended


def test_a_symbol_at_the_start_keeps_its_case() -> None:
    assert capitalised("p is at most q.") == "p is at most q."
    assert capitalised("a parser helps.") == "A parser helps."


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("the lexicon  helps , always .", "The lexicon helps, always."),
        ("mBERT helps.", "mBERT helps."),
        (", , the lexicon, , helps,.", "The lexicon, helps."),
    ],
)
def test_tidied(text: str, mended: str) -> None:
    assert tidied(text) == mended


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_tidying_twice_changes_nothing(text: str) -> None:
    once = tidied(text)
    assert tidied(once) == once
    assert "  " not in once


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_no_text_breaks_a_step(text: str) -> None:
    for step in (without_citations, without_pointers, without_marks):
        found = step(text)
        assert found is None or isinstance(found, str)
    assert capitalised(text).casefold() == text.casefold() or capitalised(text)
