from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synth.claims.wording import MAX_WORDS, MIN_WORDS, self_contained
from synth.types import Paper, ReadFrom, SectionRole
from tests.claims.examples import NOBODY, ONE, THREE, TWO, document, paper


def worded(
    text: str,
    *,
    before: str | None = None,
    paper: Paper = THREE,
    role: SectionRole = SectionRole.RESULTS,
    read_from: ReadFrom = ReadFrom.PDF,
) -> str | None:
    texts = (text,) if before is None else (before, text)
    read = document(*texts, role=role, read_from=read_from)
    return self_contained(read.sentences[-1], read, paper)


FIRST_PERSON = [
    (THREE, "We show that lexica help parsers.", "Moreno et al. (2020) show that lexica help parsers."),
    (TWO, "We show that lexica help parsers.", "Moreno and Lind (2020) show that lexica help parsers."),
    (ONE, "We show that lexica help parsers.", "Moreno (2020) shows that lexica help parsers."),
    (NOBODY, "We show that lexica help parsers.", "The paper “Aligned Words” shows that lexica help parsers."),
    (
        THREE,
        "Our model gains 3.2 points on seven treebanks.",
        "The model of Moreno et al. (2020) gains 3.2 points on seven treebanks.",
    ),
    (
        THREE,
        "Our tiny Finnish lexicon helps parsers of Estonian.",
        "Moreno et al.’s (2020) tiny Finnish lexicon helps parsers of Estonian.",
    ),
    (
        THREE,
        "In our experiments, we find that our lexicon helps parsers.",
        "In their experiments, Moreno et al. (2020) find that their lexicon helps parsers.",
    ),
    (
        THREE,
        "In this paper, we also propose a parser that we train on raw text.",
        "Moreno et al. (2020) propose a parser that they train on raw text.",
    ),
    (
        THREE,
        "A larger lexicon helps us to parse Finnish.",
        "A larger lexicon helps Moreno et al. (2020) to parse Finnish.",
    ),
    (
        THREE,
        "This paper presents a parser that needs no lexicon.",
        "The paper of Moreno et al. (2020) presents a parser that needs no lexicon.",
    ),
    (
        THREE,
        "The proposed parser gains 3.2 points over the baseline.",
        "The parser proposed by Moreno et al. (2020) gains 3.2 points over the baseline.",
    ),
    (
        THREE,
        "A larger lexicon allows us to parse Finnish, enabling us to tag it.",
        "A larger lexicon makes it possible to parse Finnish, making it possible to tag it.",
    ),
    (
        THREE,
        "We find that a larger lexicon gave us the best parser.",
        "Moreno et al. (2020) find that a larger lexicon gave the best parser.",
    ),
    (
        NOBODY,
        "Our parser could be trained with a lexicon, but we observe that it needs none.",
        "The parser of the paper “Aligned Words” could be trained with a lexicon, but the authors observe that it "
        "needs none.",
    ),
    (
        NOBODY,
        "We can train the parser in a day, and we release it.",
        "The authors of the paper “Aligned Words” can train the parser in a day, and the authors release it.",
    ),
    (
        NOBODY,
        "The proposed parser gets better results than the baseline.",
        "The parser proposed in the paper “Aligned Words” gets better results than the baseline.",
    ),
    (
        NOBODY,
        "Experimental analysis shows that a lexicon helps parsers of Finnish.",
        "Experimental analysis in the paper “Aligned Words” shows that a lexicon helps parsers of Finnish.",
    ),
    (
        THREE,
        "With a smaller lexicon, accuracy drops to .33 and .21 for Finnish.",
        "With a smaller lexicon, accuracy drops to .33 and .21 for Finnish.",
    ),
    (
        THREE,
        "At the same time, parsers do well on Finnish, however, they fail on Estonian.",
        "Parsers do well on Finnish; however, they fail on Estonian.",
    ),
    (
        THREE,
        "The following proposition shows that every parser of Finnish needs a lexicon.",
        "Every parser of Finnish needs a lexicon.",
    ),
    (THREE, "Parsers of US English profit from a lexicon.", "Parsers of US English profit from a lexicon."),
]


@pytest.mark.parametrize(("paper", "text", "wording"), FIRST_PERSON)
def test_the_papers_own_voice_becomes_authors_and_year(paper: Paper, text: str, wording: str) -> None:
    assert worded(text, paper=paper) == wording


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("However, lexica help most parsers of Finnish.", "Lexica help most parsers of Finnish."),
        (
            "Thus, in this work, we note that lexica help some parsers of Finnish.",
            "Lexica help some parsers of Finnish.",
        ),
        ("Note that lexica help parsers of all languages.", "Lexica help parsers of all languages."),
        ("Overall, mBERT profits from a lexicon of Finnish.", "mBERT profits from a lexicon of Finnish."),
        (
            "The gain over our neural network based parsers grows with the lexicon of Finnish.",
            "The gain over Moreno et al.’s (2020) neural network based parsers grows with the lexicon of Finnish.",
        ),
        ("But lexica help parsers of Finnish and Estonian.", "Lexica help parsers of Finnish and Estonian."),
        (
            "As shown in Table 2, lexica help most parsers of Finnish (see Figure 3).",
            "Lexica help most parsers of Finnish.",
        ),
        ("Lexica help most parsers of Finnish (Ode et al., 2019).", "Lexica help most parsers of Finnish."),
        (
            "Table 2 shows that lexica help most parsers of Finnish.",
            "Moreno et al. (2020) find that lexica help most parsers of Finnish.",
        ),
        (
            "Lexica help parsers on several treebanks used in this study.",
            "Lexica help parsers on several treebanks.",
        ),
        (
            "A lexicon of Finnish is used in this study by all of the parsers.",
            "A lexicon of Finnish is used by all of the parsers.",
        ),
        (
            "The crawler adds treebanks that it finds in papers cited by the current paper.",
            "The crawler adds treebanks that it finds in papers cited by the current paper.",
        ),
        (
            "The current paper shows that lexica help most parsers of Finnish.",
            "The paper of Moreno et al. (2020) shows that lexica help most parsers of Finnish.",
        ),
        ("It is possible to parse Finnish without a lexicon.", "It is possible to parse Finnish without a lexicon."),
    ],
)
def test_ties_to_other_sentences_and_pages_go(text: str, wording: str) -> None:
    assert worded(text) == (wording)


@pytest.mark.parametrize("family", ["He", "So", "Such"])
def test_an_author_may_be_called_like_a_pronoun(family: str) -> None:
    by = paper(f"Kai {family}", "Bo Lind", "Cy Ode")
    assert worded("We show that lexica help most parsers of Finnish.", paper=by) == (
        f"{family} et al. (2020) show that lexica help most parsers of Finnish."
    )


def test_nothing_is_given_to_a_paper_by_its_title() -> None:
    text = "The lexicon of Finnish gave us an increase of 1.79 points."
    assert worded(text, paper=NOBODY) == (
        "The lexicon of Finnish gave an increase of 1.79 points in the paper “Aligned Words”."
    )
    assert worded(text) == "The lexicon of Finnish gave Moreno et al. (2020) an increase of 1.79 points."


def test_a_verb_before_its_subject_is_not_reworded_for_one_author_or_a_title() -> None:
    text = "Only with rare words of Finnish do we observe that lexica help parsers."
    assert worded(text, paper=NOBODY) is None
    assert worded(text, paper=THREE) == (
        "Only with rare words of Finnish do Moreno et al. (2020) observe that lexica help parsers."
    )


@pytest.mark.parametrize(
    "text",
    [
        "We should note that lexica help most parsers of Finnish.",
        "It should be noted that lexica help most parsers of Finnish.",
        "However, it is evident that lexica help most parsers of Finnish.",
    ],
)
def test_what_only_asks_for_attention_goes(text: str) -> None:
    assert worded(text, paper=NOBODY) == "Lexica help most parsers of Finnish."


@pytest.mark.parametrize(
    "text",
    [
        "We can see that lexica help most parsers of Finnish.",
        "We can clearly see that lexica help most parsers of Finnish.",
        "We see that lexica help most parsers of Finnish.",
        "It can be seen that lexica help most parsers of Finnish.",
        "As can be seen, lexica help most parsers of Finnish.",
        "However, as we can see, lexica help most parsers of Finnish.",
    ],
)
def test_what_turns_the_eye_to_a_result_says_whose_it_is(text: str) -> None:
    assert worded(text) == "Moreno et al. (2020) find that lexica help most parsers of Finnish."


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (
            "For texts in Finnish, we can see that lexica help parsers.",
            "For texts in Finnish, Moreno et al. (2020) find that lexica help parsers.",
        ),
        (
            "In Finnish, we can see for rare words that lexica help parsers.",
            "In Finnish, Moreno et al. (2020) find for rare words that lexica help parsers.",
        ),
        (
            "Comparing both kinds of lexica and parsers, we see that lexica help.",
            "Comparing both kinds of lexica and parsers, Moreno et al. (2020) find that lexica help.",
        ),
        (
            "We observe in practice that lexica help parsers.",
            "Moreno et al. (2020) observe that lexica help parsers.",
        ),
    ],
)
def test_seeing_and_observing_behind_a_front_become_finding(text: str, wording: str) -> None:
    assert worded(text) == wording


@pytest.mark.parametrize(
    "text",
    [
        "This makes parsers of Finnish and Estonian better.",
        "It gains 3.2 points over the strongest baseline.",
        "They use a lexicon of Finnish in all their parsers.",
        "The former profits more from a lexicon than the latter.",
        "Parsers of Finnish profit in both settings from a lexicon.",
        "To address this, parsers of Finnish use a large lexicon.",
        "Such parsers gain 3.2 points over the strongest baseline.",
        "We compare it with parsers that use a large lexicon.",
        "Their method gains 3.2 points over the strongest baseline.",
        "Similar to this work, we show that lexica help most parsers of Finnish.",
        "The authors show that lexica help parsers of Finnish.",
        "Training on all languages leads to an F1 of 89.4 points.",
        "A possible reason may be that lexica help parsers of Finnish.",
        "At least for parsing, both seem to profit from a lexicon.",
        "The four properties of a lexicon help; the four modifications hurt.",
        "We cannot say more of I and my parser of Finnish here.",
        "Our results are better than those that are ours in name.",
        "Lexica help parsers of Finnish as discussed before in this section.",
    ],
)
def test_what_needs_another_sentence_is_dropped(text: str) -> None:
    assert worded(text) is None


def test_this_model_takes_the_name_that_the_sentence_before_gives() -> None:
    before = "LexBERT is trained on a lexicon of Finnish."
    assert worded("This model gains 3.2 points on seven treebanks.", before=before) == (
        "LexBERT gains 3.2 points on seven treebanks."
    )
    assert worded("This model gains 3.2 points on seven treebanks.", before="The lexicon is large.") is None


def test_data_are_the_papers_own_only_where_it_says_so() -> None:
    text = "The final dataset contains 600 sentences of Finnish."
    assert worded(text, before="The Lexbank reviews were collected in two years.") is None
    assert worded(text, before="We collect reviews in Finnish.") == (
        "The final dataset of Moreno et al. (2020) contains 600 sentences of Finnish."
    )
    assert worded(text.replace("final", "full"), before="We make two sets of the Lexbank reviews.") is None


def test_a_thing_named_elsewhere_drops_the_sentence() -> None:
    assert worded("The trees are generally shallow on short sentences of Finnish.") is None
    assert worded("The words are generally shorter in Finnish than in English.") is not None


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (
            "This suggests that lexica help parsers.",
            "The results of Moreno et al. (2020) suggest that lexica help parsers.",
        ),
        (
            "These findings show that lexica help parsers.",
            "The findings of Moreno et al. (2020) show that lexica help parsers.",
        ),
        (
            "Experiments show that lexica help parsers.",
            "Experiments of Moreno et al. (2020) show that lexica help parsers.",
        ),
        (
            "This analysis implies that lexica help parsers.",
            "The analysis of Moreno et al. (2020) implies that lexica help parsers.",
        ),
    ],
)
def test_bare_results_are_the_papers_own_where_it_reports_them(text: str, wording: str) -> None:
    assert worded(text) == wording
    assert worded(text, role=SectionRole.RELATED) in (None, text)
    assert worded(text, before="Ode et al. (2019) train a parser.") in (None, text)


def test_digests_speak_in_the_third_person_already() -> None:
    text = "Moreno et al. show that lexica help parsers of Finnish."
    assert worded(text, read_from=ReadFrom.DIGEST) == text
    assert worded("We show that lexica help parsers of Finnish.", read_from=ReadFrom.DIGEST) is None


def test_own_name_in_the_text_is_not_named_twice() -> None:
    text = "Moreno et al. (2020) show that lexica help parsers."
    assert worded(text) == text
    assert worded("We follow Moreno et al. (2020) and use a lexicon of Finnish.") is None


_PIECES = st.sampled_from(
    [
        "We",
        "we",
        "our",
        "Our",
        "us",
        "this",
        "This",
        "paper",
        "model",
        "results",
        "show",
        "shows",
        "that",
        ",",
        "lexica",
        "help",
        "parsers",
        ".",
        "(Ode, 2019)",
        "[3]",
        "However,",
        "it",
        "they",
        "in Table 2",
        "the",
        "proposed",
        "method",
        "of",
        "and",
        "BERT",
        "3.2 points",
        "train",
        "(see Figure 3)",
        "also",
        "not",
    ]
)


@settings(deadline=None, max_examples=80)
@given(st.lists(_PIECES, min_size=5, max_size=24), st.sampled_from([THREE, TWO, ONE, NOBODY]))
def test_every_wording_is_whole_stands_alone_and_stays(pieces: list[str], paper: Paper) -> None:
    wording = worded(" ".join(pieces) + ".", paper=paper)
    if wording is None:
        return
    assert not re.search(r"\b(?:we|our|us|ours)\b", wording, re.IGNORECASE)
    assert MIN_WORDS <= len(wording.split()) <= MAX_WORDS
    assert wording[0].isupper() or wording[0] in "“\"'(" or wording[0].isdigit()
    assert wording.rstrip("”\"')]").endswith((".", "!"))
    assert "  " not in wording
    assert worded(wording, paper=replace(paper)) == wording
