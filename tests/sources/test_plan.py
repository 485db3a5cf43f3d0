from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import ConfigError
from synth.question import phrases
from synth.sources.merge import merge
from synth.sources.plan import MAX_QUERIES, plan, widen
from synth.sources.query import Query, filters, narrowed, safe, term
from synth.sources.related import related_terms
from synth.sources.terms import search_terms
from synth.types import Paper, Source

CODE = (
    "How does intermediate-task training on English code generation tasks affect the zero-shot cross-lingual "
    "performance of multilingual models on the XNLI benchmark?"
)
questions = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=80),
    st.lists(st.sampled_from([*CODE.split(), "(", '"', ":", "AND", "OR", "cat:", "x*", "]["]), max_size=14).map(
        " ".join
    ),
)
TERM = r'(?:ti|abs):"[^"]+"|cat:[\w.*-]+|submittedDate:\[\d{12} TO \d{12}\]'
TOKEN = re.compile(rf"\s*(\(|\)|(?:AND|OR|{TERM})(?=[\s()]|$))")


def paper(number: int, title: str = "A title", abstract: str = "", version: int = 1) -> Paper:
    return Paper(
        id=f"2005.{number:05d}v{version}",
        title=title,
        authors=(),
        abstract=abstract,
        published=dt.date(2020, 5, 1),
        source=Source.ARXIV,
    )


def assert_well_formed(text: str) -> None:
    """Balanced, every term quoted with its field, every two terms joined, no two operators mixed in one group."""
    groups: list[list[str]] = [[]]
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        assert match, f"not in the grammar at {position}: {text!r}"
        token, position = match[1], match.end()
        if token == "(":
            groups.append([])
        elif token == ")":
            assert_joined(groups.pop(), text)
            groups[-1].append("group")
        else:
            groups[-1].append(token)
    assert len(groups) == 1, f"unbalanced: {text!r}"
    assert_joined(groups[0], text)


def assert_joined(tokens: list[str], text: str) -> None:
    assert tokens, f"an empty group: {text!r}"
    operators = tokens[1::2]
    assert all(token in {"AND", "OR"} for token in operators), f"terms without an operator: {text!r}"
    assert not any(token in {"AND", "OR"} for token in tokens[::2]), f"operators without a term: {text!r}"
    assert len(set(operators)) <= 1, f"AND and OR without parentheses: {text!r}"
    assert len(tokens) % 2 == 1


@given(questions)
def test_every_query_is_in_the_grammar_and_never_the_whole_question(question):
    try:
        queries = plan(question, since=dt.date(2020, 1, 1), categories=["cs.CL", "cs.LG"])
    except ConfigError:
        return
    assert 1 <= len(queries) <= MAX_QUERIES
    assert len({query.text for query in queries}) == len(queries)
    for query in queries:
        assert_well_formed(query.text)
        assert query.why
        assert "\n" not in query.why


@given(questions, st.lists(st.builds(paper, st.integers(1, 99), questions, questions), max_size=6))
def test_every_widening_is_in_the_grammar(question, found):
    queries = widen(question, [*found, *found, *found])
    assert len(queries) <= 2
    for query in queries:
        assert_well_formed(query.text)


def test_the_plan_goes_from_narrow_to_broad():
    queries = plan(CODE)
    first, last = queries[0].text, queries[-1].text
    assert first.count(" AND ") >= 2
    assert " AND " not in last
    assert 'abs:"XNLI"' in last
    assert 'abs:"code generation"' in last
    assert all(CODE.rstrip("?") not in query.text for query in queries)
    assert queries[0].why == "all of 'intermediate-task training', 'code generation', 'XNLI'"


def test_one_phrase_is_enough():
    queries = plan("What causes the Hubble tension?")
    assert queries[0] == Query('(ti:"Hubble tension" OR abs:"Hubble tension")', "'Hubble tension'")
    for query in queries:
        assert_well_formed(query.text)


def test_a_question_that_arxiv_cannot_search_is_told():
    with pytest.raises(ConfigError, match=r"no Latin words .*; arXiv's search is English: translate it"):
        plan("多语言模型如何迁移?")


def test_a_question_of_generic_words_still_gives_a_plan():
    assert plan("Does model size matter?")


def test_days_and_categories_narrow_every_query():
    queries = plan(CODE, since=dt.date(2019, 2, 3), until=dt.date(2021, 4, 5), categories=["cs.CL", "stat.*"])
    for query in queries:
        assert query.text.endswith("AND (cat:cs.CL OR cat:stat.*) AND submittedDate:[201902030000 TO 202104052359]")
    assert filters(dt.date(2020, 1, 1), None, ()) == ("submittedDate:[202001010000 TO 209912312359]",)
    assert filters(None, None, ("cs.cl", "cs.CL", "math.*")) == ("(cat:cs.CL OR cat:math.*)",)
    assert filters(None, dt.date(2020, 1, 1), ()) == ("submittedDate:[199108140000 TO 202001012359]",)
    assert filters(None, None, ("Cond-Mat.str-el",)) == ("cat:cond-mat.str-el",)
    assert narrowed(Query("x", "why"), ()) == Query("x", "why")


def test_the_title_is_searched_for_the_first_phrase_of_several_words_and_never_for_a_single_one_of_them():
    parsers = plan("Do parsers need a bilingual lexicon?")
    assert any(query.why.startswith("'bilingual lexicon' in the title, best with") for query in parsers)
    laws = next(query for query in plan("Do scaling laws hold?") if "in the title" in query.why)
    assert 'ti:"scaling laws"' in laws.text
    assert 'ti:"laws"' not in laws.text


@pytest.mark.parametrize("category", ["", "cs CL", "cs.CL)", 'cs"', "CS.cl OR x", "cs.*.x"])
def test_a_malformed_category_is_refused(category):
    with pytest.raises(ConfigError, match="is no arXiv category"):
        plan(CODE, categories=[category])


def test_days_out_of_order_are_refused():
    with pytest.raises(ConfigError, match="swap them"):
        plan(CODE, since=dt.date(2021, 1, 1), until=dt.date(2020, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a "quoted" (thing): x*', "a quoted thing x"),
        ("cats AND dogs OR", "cats and dogs or"),
        ("C++ and GPT-4.5", "C++ and GPT-4.5"),
        ("Zipf’s law", "Zipf's law"),
        ("-edge- .dots.", "edge dots"),
    ],
)
def test_nothing_of_a_users_text_is_read_by_the_grammar(text, expected):
    assert safe(text) == expected
    assert term(text) == f'(ti:"{expected}" OR abs:"{expected}")'


def test_terms_are_ordered_by_how_telling_they_are_and_leave_quantities_out():
    question = (
        "How does model size from 1B to 10B parameters affect XNLI accuracy of zero-shot cross-lingual evaluation?"
    )
    assert [found.text for found in search_terms(question)] == ["XNLI accuracy", "zero-shot cross-lingual"]
    assert "1B to 10B parameters" in phrases(question)


def test_widening_takes_up_what_the_first_results_say():
    abstract = "We study intermediate-task transfer and sentence retrieval. Cross-lingual transfer (CLT) is zero-shot."
    found = [paper(number, "On transfer", abstract) for number in range(4)]
    question = "Does intermediate-task training help cross-lingual transfer?"
    renamed, beside = widen("Does intermediate-task training help?", found)
    assert 'abs:"intermediate-task transfer"' in renamed.text
    assert "'intermediate-task transfer' (4 papers)" in renamed.why
    assert 'abs:"sentence retrieval"' in beside.text
    related = related_terms(question, search_terms(question), found)
    assert related.variants["cross-lingual transfer"] == ("CLT",)


def test_what_stands_beside_goes_with_a_phrase_of_the_question_not_with_a_name():
    found = [paper(number, "Probes", "We study sentence retrieval.") for number in range(4)]
    (beside,) = widen("Does intermediate-task training help on XNLI?", found)
    assert beside.why.startswith("'intermediate-task training' with what the first results speak of beside it")
    assert "XNLI" not in beside.text


def test_the_phrase_that_the_results_rename_most_is_renamed_and_goes_with_the_others():
    often = [paper(number, "A study", "On intermediate-task transfer.") for number in range(5)]
    seldom = [paper(number, "A study", "On sentence pair retrieval.") for number in range(5, 8)]
    question = "Does sentence retrieval benefit from intermediate-task training?"
    renamed, *_ = widen(question, [*often, *seldom])
    assert renamed.why.startswith("what the first results say for 'intermediate-task training'")
    assert "'intermediate-task transfer' (5 papers)" in renamed.why
    assert 'abs:"sentence retrieval"' in renamed.text
    assert 'abs:"sentence pair retrieval"' in renamed.text
    assert 'abs:"intermediate-task training"' not in renamed.text


def test_an_abbreviation_needs_two_papers_and_may_write_cross_as_x():
    question = "Does a lexicon help cross-lingual transfer?"
    said, silent = "Cross-lingual transfer (XLT) is zero-shot.", "Nothing of it."
    for times, variants in ((1, ()), (2, ("XLT",))):
        found = [paper(number, "A study", said if number < times else silent) for number in range(4)]
        related = related_terms(question, search_terms(question), found)
        assert related.variants.get("cross-lingual transfer", ()) == variants


def test_beside_the_question_stand_whole_phrases_without_a_word_of_it():
    abstract = "We study lexicon induction. It rests on sparse optimal transport."
    found = [paper(number, "A study", abstract) for number in range(4)]
    question = "Does a bilingual lexicon help tagging?"
    assert related_terms(question, search_terms(question), found).beside == ("sparse optimal transport",)


def test_two_papers_are_not_enough_for_a_phrase_and_no_paper_is_no_widening():
    found = [paper(number, "Intermediate-task transfer", "About sentence retrieval.") for number in range(2)]
    assert widen("Does intermediate-task training help?", found) == ()
    assert widen(CODE, []) == ()


def test_merging_keeps_the_first_place_and_the_highest_version():
    merged = merge([[paper(1), paper(2)], [paper(3), paper(1, "Newer", version=2)], [paper(2)]])
    assert [found.id for found in merged] == ["2005.00001v2", "2005.00002v1", "2005.00003v1"]
    assert merged[0].title == "Newer"


@given(st.lists(st.lists(st.builds(paper, st.integers(1, 5), version=st.integers(1, 4)))))
def test_merging_loses_no_paper_and_doubles_none(lists):
    bases = [found.id.split("v")[0] for found in merge(lists)]
    assert len(set(bases)) == len(bases)
    assert set(bases) == {found.id.split("v")[0] for papers in lists for found in papers}
