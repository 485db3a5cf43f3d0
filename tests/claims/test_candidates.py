from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synth.claims.candidates import MAX_WORDS, MIN_WORDS, candidates, has_finite_verb, why_unfit
from tests.claims.examples import document

FIT = [
    "We show that shared parameters matter more than a shared vocabulary.",
    "Our parser gains 3.2 points over the strongest baseline on seven treebanks.",
    "mBERT transfers well between languages with the same word order.",
    "The gain vanishes when fewer than 1,000 labelled sentences are available.",
    "Moreno et al. (2019) show that attention alone suffices for this kind of transfer.",
    "We fine-tune all layers because frozen encoders lose four points of accuracy.",
    "We trained for ten epochs, and the parser was better than all parsers of Finnish.",
    "We explore the problem of parsing Finnish and show that a lexicon improves accuracy.",
]
UNFIT = {
    "length": "Accuracy drops sharply.",
    "start": "and this is why the scores of the parser drop by two points.",
    "end": "The results of the parser on all seven treebanks with and without the lexicon",
    "brackets": "The parser (which we train on seven treebanks is better than the baseline.",
    "broken": "The multi- lingual parser is better than the baseline on all seven treebanks.",
    "table": "The parser reaches 81.2 83.4 85.9 points with the lexicon on the treebanks.",
    "question": "Does the parser profit from a lexicon, or is the corpus of raw text enough?",
    "address": "The parser and its models can be loaded from https://example.org by anyone.",
    "availability": "The code of the parser and all its models is publicly available to everyone.",
    "outline": "In this section we describe how the parser was trained on the treebanks.",
    "figure": "Figure 3 shows the architecture of the parser with its three attention layers.",
    "thanks": "We thank the anonymous reviewers for their helpful comments on the parser.",
    "reference": "In Proceedings of the ninth workshop on parsing, the parser was described first.",
    "notice": "Permission to make digital copies of this work is granted without a fee.",
    "aim": "In this paper, we investigate the role of the lexicon in parsing with little data.",
    "source": "The abstract of Moreno et al. gives no figures for the parsers of small treebanks.",
    "future": "We leave the question of whether a lexicon helps other parsers to future work.",
    "imperative": "Let the parser be a function that maps each sentence to its best tree.",
    "mark-up": "The parser is described at <a href=x> and it is better than the baseline.",
    "equation": "The loss is a sum ∑ over all the arcs of the trees that the parser gives.",
    "example": "For example, the parser attaches the adverb to the verb of the main clause.",
    "enumeration": "The parser was trained on the treebanks of the following seven languages:",
    "placement": "The parser that was mentioned earlier is better than the one described above.",
    "attribution": "Moreno et al. (2019) introduced the treebank of seven languages for parsing.",
    "verb": "A parser for seven treebanks of low-resource languages with a large lexicon.",
}


@pytest.mark.parametrize("text", FIT)
def test_fit_sentences_pass(text: str) -> None:
    assert why_unfit(text) is None


@pytest.mark.parametrize(("rule", "text"), UNFIT.items())
def test_each_rule_names_its_fault(rule: str, text: str) -> None:
    assert why_unfit(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "The pap er is better than the \ufffd baseline on all of the seven treebanks.",
        "Parser scores We observe that the parser is better than the baseline by far.",
        "The remainder of this paper is organised into four parts that follow each other.",
        "Thereis a large gain of the parser with a lexicon over the one without it.",
        "The parser with a lexicon is better than the baseline on a large numberof treebanks.",
        "We introducea parser with a lexicon that is better than the baseline on all treebanks.",
        "We show that thecorresponding parser is better than the baseline on all of the treebanks.",
        "Table 4 lists the treebanks and the number of sentences that each of them has.",
        "Smith, J. and Jones, K. show that the parser is better than the baseline here.",
    ],
)
def test_debris_is_left_out(text: str) -> None:
    assert why_unfit(text) is not None


def test_candidates_keep_reading_order_and_each_wording_once() -> None:
    read = document(FIT[0], UNFIT["aim"], FIT[1], FIT[0].replace("We show", "we show").replace("we", "We"))
    assert [sentence.text for sentence in candidates(read)] == [FIT[0], FIT[1]]


@pytest.mark.parametrize(
    "text",
    [
        "As shown in Table 2, the parser with a lexicon is better than the baseline on all treebanks.",
        "Table 2 shows that the parser with a lexicon is better than the baseline on all treebanks.",
    ],
)
def test_a_finding_behind_a_pointer_is_a_candidate(text: str) -> None:
    assert why_unfit(text) is not None
    assert [one.text for one in candidates(document(text))] == [text]


def test_a_list_of_what_a_figure_holds_is_none() -> None:
    assert candidates(document("Table 2 shows the treebanks and the number of sentences that each of them has.")) == ()


@pytest.mark.parametrize("verb", ["enhances", "declines with", "narrows beside", "validates", "stands behind"])
def test_verbs_of_change_and_of_proof_are_verbs(verb: str) -> None:
    assert has_finite_verb(f"The parser of Finnish {verb} the lexicon.")


@pytest.mark.parametrize("section", ["Acknowledgements", "References", "8 Ethics Statement", "Footnotes"])
def test_sections_that_state_nothing_are_skipped(section: str) -> None:
    assert candidates(document(*FIT, section=section)) == ()


def test_a_document_without_sentences_has_no_candidates() -> None:
    assert candidates(document()) == ()


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400))
def test_any_text_gets_an_answer_and_fit_ones_have_a_sane_length(text: str) -> None:
    if why_unfit(text) is None:
        assert MIN_WORDS <= len(text.split()) <= MAX_WORDS
        assert has_finite_verb(text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("vague", "There is also a wide spread of results across languages."),
        ("pointer", "We show the full results of the parser on seven treebanks in all languages."),
        ("pointer", "We then present the results of the parser on seven treebanks in all languages."),
        ("pointer", "We observe the impact of the lexicon on the parser of Finnish and Estonian."),
        ("pointer", "We make three observations about the parser with a lexicon of Finnish."),
        ("pointer", "To sum up, we make the following contributions to the parsing of Finnish."),
        ("pointer", "We will give a comprehensive overview of the parsers with a lexicon of Finnish."),
        ("pointer", "We list treebanks for parsers and the most important findings of two recent shared tasks."),
        ("pointer", "The main finding on parsers with a lexicon is summarized by the following theorem."),
        ("figure", "The systems that use the shared corpus of Finnish news are marked with * here."),
        ("outline", "The approach of coded parsers can be used here as well, similar to Section III-A."),
        ("statement", "Lemma 3.3 Every projective tree of the treebank has a parser that finds it."),
        ("pointer", "The results of the other parsers are taken from the paper on treebanks of Moreno."),
        ("source", "The abstract makes no comparison with parsers that were trained on Finnish texts."),
        ("display", "The results of the parsers with and without a lexicon are shown (Figure 3)."),
        ("display", "The learning curves of both parsers on Finnish are presented and discussed."),
        ("display", "Additional comparisons of the parser with other parsers of Finnish can be found."),
        ("display", "The grey arrows indicate the sentences in which the parser finds no verb."),
        ("display", "Training starts from random weights, and the description of the parser follows."),
        ("credit", "A.M., B.L. and C.O. trained the parser and wrote the lexicon of Finnish words."),
        ("credit", "Both authors read the sentences of the treebank and agreed on all of their trees."),
        ("pronoun", "We found that it does not further improve the accuracy of the parser on Finnish."),
        ("pronoun", "Our experiments show that they outperform the older parsers of seven languages."),
        ("headless", "Outperforms all of the older parsers of Finnish on short and on long sentences."),
        ("placement", "In the second example of the treebank the parser takes the adverb for a verb."),
        ("verb", "Examples of long sentences parsed wrongly by the parser without its lexicon."),
        ("verb", "A case study of the parser with a lexicon for seven low-resource languages."),
        ("figure", "Not contained in the chart is the gain of the parser with a larger lexicon of Finnish."),
        ("figure", "Plots of the learning curves of both parsers suggest that a lexicon helps with Finnish."),
        ("figure", "The parser with a lexicon lies above the parser without a lexicon in all the plots."),
        ("figure", "The gain of the parser with a lexicon of Finnish is visible from the diagram as well."),
        ("figure", "In the figure the parser with a lexicon of Finnish gains more than the parser without."),
        ("availability", "The group will publish its code and its parsers once the lexicon has been checked."),
        ("availability", "The lexicon and the parsers will make parsing easier, and the code will be published soon."),
        ("availability", "We make our code and parsers public so that others can repeat the tests on Finnish."),
        ("availability", "We provide the source code of the parser together with the lexicon of Finnish words."),
        ("imperative", "Regarding the lexicon: when the parser loses accuracy with it, try removing rare words."),
        ("imperative", "On lexica of Finnish: use a small lexicon of frequent words for parsers with little data."),
        ("equation", "The widths of the parser satisfy bN ≤ 12 for all the sizes of the lexicon and the treebank."),
        ("equation", "The depth of every parser of Finnish is at most µR when the lexicon is large enough."),
        ("speed", "We are more than three times faster than the parser with a lexicon."),
        ("setup", "All parameters were updated with Adagrad, and the learning rate was set to 0.05."),
        ("aim", "We explored the impact that the lexicon has on parsers of Finnish and Estonian."),
        ("aim", "We finally describe experiments on Finnish to show what the lexicon may be good for."),
        ("aim", "We explore the problem of parsing Finnish with a lexicon of few words."),
        ("aim", "The main intention of the lexicon is to provide the first parsers of Finnish."),
        ("outline", "We also gave extra discussions about the impact that the lexicon has on parsers."),
        ("setup", "We chose a starting learning rate of 0.025 and decreased it at the end of each epoch."),
        ("setup", "For experiments reported further, we used just one training epoch with the lexicon."),
        ("setup", "To test the parser, further evaluation is carried on the treebank of Finnish."),
        ("praise", "With over 80K words, our lexicon can serve as a reliable base of parsers of Finnish."),
        ("figure", "The numbers in the y-axes are accuracies for tagging, and scores for parsing Finnish."),
        ("broken", "The lexicon improves the parser when the the treebank of Finnish has few trees."),
    ],
)
def test_statements_of_no_finding_are_left_out(rule: str, text: str) -> None:
    assert why_unfit(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "We show that it is possible to parse Finnish with a lexicon of a thousand words.",
        "We show that the parser needs a lexicon, and that it loses four points without one.",
        "Results on seven treebanks show that the parser with a lexicon is the better one.",
        "A comparison of both parsers reveals that the lexicon matters on short sentences.",
        "The parser finds the verb that is not shown to the reader in most of the sentences.",
        "The plots of novels are retold better by a parser with a lexicon than without one.",
        "We provide a treebank of 3,000 sentences on which parsers with a lexicon lose accuracy.",
        "A lexicon makes the data available to parsers of Finnish faster than raw text does.",
        "The parser profits from two sources: use of a lexicon and training on longer sentences.",
        "A droplet of 5 µL suffices to measure the acidity of the soil within two minutes.",
        "Performance on long sentences improved by four points when the lexicon was added.",
    ],
)
def test_findings_that_look_like_pointers_stay(text: str) -> None:
    assert why_unfit(text) is None


def test_glued_words_of_any_length_are_turned_away_at_once() -> None:
    assert why_unfit("We show that " + "lexicon" * 5000 + " helps parsers of Finnish a lot.") == "length"


def test_a_setup_that_changes_the_outcome_stays() -> None:
    assert why_unfit("A learning rate of 0.05 is critical because larger ones hurt parsers of Finnish.") is None
    assert why_unfit("We analyse parsers of seven languages and find that a lexicon helps most of them.") is None
