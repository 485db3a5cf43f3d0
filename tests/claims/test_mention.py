from __future__ import annotations

import pytest

from synth.claims.agreement import agree, third_person
from synth.claims.mention import family_name, mention_of
from tests.claims.examples import NOBODY, ONE, THREE, TWO, paper


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ada Moreno", "Moreno"),
        ("Rob van der Goot", "van der Goot"),
        ("Moreno, Ada", "Moreno"),
        ("Sam Lind Jr.", "Lind"),
        ("Bo Lind (Example University)", "Lind"),
        ("NLLB Team", "NLLB Team"),
        ("Plato", "Plato"),
        ("", ""),
    ],
)
def test_family_names(author: str, name: str) -> None:
    assert family_name(author) == name


def test_one_two_and_more_authors() -> None:
    assert mention_of(ONE).subject == "Moreno (2020)"
    assert mention_of(TWO).subject == "Moreno and Lind (2020)"
    assert mention_of(THREE).subject == "Moreno et al. (2020)"
    assert not mention_of(ONE).plural
    assert mention_of(TWO).plural


def test_genitives() -> None:
    assert mention_of(THREE).owner == "Moreno et al.’s (2020)"
    assert mention_of(paper("Rex Jonas")).owner == "Jonas’ (2020)"


def test_a_paper_without_authors_goes_by_its_title() -> None:
    assert mention_of(NOBODY).subject == "the paper “Aligned Words”"
    assert mention_of(NOBODY).again == "it"


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("PARSING OF FINNISH USING LEX-LSTM AND A LEXICON", "Parsing of Finnish Using LEX-LSTM and a Lexicon"),
        ("LEXBANK: A CROSS-LINGUAL TREEBANK FOR BERT", "LEXBANK: A Cross-Lingual Treebank for BERT"),
        ("WHAT THE PARSER’S WORD2VEC KNOWS", "What the Parser’s WORD2VEC Knows"),
        ("Parsing With BERT", "Parsing With BERT"),
        ("BERT", "BERT"),
    ],
)
def test_a_title_all_in_capitals_is_not_shouted(printed: str, title: str) -> None:
    assert mention_of(paper(title=printed)).subject == f"the paper “{title}”"


def test_a_paper_without_a_date_has_no_year() -> None:
    assert mention_of(paper("Ada Moreno", year=None)).subject == "Moreno"


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("show", "shows"),
        ("have", "has"),
        ("are", "is"),
        ("were", "was"),
        ("study", "studies"),
        ("employ", "employs"),
        ("pass", "passes"),
        ("reach", "reaches"),
        ("found", "found"),
        ("proposed", "proposed"),
        ("can", "can"),
        ("need", "needs"),
        ("exceed", "exceeds"),
        ("used", "used"),
        ("tied", "tied"),
        ("feed", "feeds"),
        ("sent", "sent"),
    ],
)
def test_third_person(verb: str, form: str) -> None:
    assert third_person(verb) == form


def test_joined_verbs_agree_too() -> None:
    assert agree(" train a parser and evaluate it on seven treebanks.") == (
        " trains a parser and evaluates it on seven treebanks."
    )
    assert (
        agree(" also find that it helps, and show that it scales.")
        == " also finds that it helps, and shows that it scales."
    )


def test_verbs_of_a_clause_between_stay() -> None:
    assert agree(" show that parsers learn and use a lexicon.") == " shows that parsers learn and use a lexicon."


@pytest.mark.parametrize(
    ("after", "mended"),
    [
        (" consider seven treebanks and demonstrate gains.", " considers seven treebanks and demonstrates gains."),
        (
            " choose seven treebanks, and experiment with a lexicon.",
            " chooses seven treebanks, and experiments with a lexicon.",
        ),
        (
            " prove that a lexicon is needed and demonstrate gains on Finnish.",
            " proves that a lexicon is needed and demonstrates gains on Finnish.",
        ),
        (
            " prove that parsers need lexica, and demonstrate gains on Finnish.",
            " proves that parsers need lexica, and demonstrates gains on Finnish.",
        ),
        (
            " train a parser, evaluate it on Finnish, and release the lexicon.",
            " trains a parser, evaluates it on Finnish, and releases the lexicon.",
        ),
        (" build a lexicon to train and test parsers.", " builds a lexicon to train and test parsers."),
        (" use a lexicon to tag words and find verbs.", " uses a lexicon to tag words and find verbs."),
        (" use the same train and test sets.", " uses the same train and test sets."),
        (
            " use a lexicon to tag words and test it on Finnish.",
            " uses a lexicon to tag words and tests it on Finnish.",
        ),
        (" cannot train a parser and evaluate it.", " cannot train a parser and evaluate it."),
        (", in contrast, train a parser.", ", in contrast, trains a parser."),
        (" apply the lexicon to Finnish.", " applies the lexicon to Finnish."),
        (" train a parser and rely on a lexicon.", " trains a parser and relies on a lexicon."),
        (" just use a lexicon.", " just uses a lexicon."),
        (" always include the lexicon.", " always includes the lexicon."),
        (" simply used a lexicon.", " simply used a lexicon."),
    ],
)
def test_every_verb_of_the_subject_agrees_and_no_other(after: str, mended: str) -> None:
    assert agree(after) == mended


@pytest.mark.parametrize("after", [" in turn use a lexicon.", " the authors use it."])
def test_where_no_verb_is_found_nothing_is_guessed(after: str) -> None:
    assert agree(after) is None


def test_a_verb_that_may_be_the_clauses_or_the_papers_is_not_guessed() -> None:
    assert agree(" show that parsers need lexica and demonstrate gains on Finnish.") is None
