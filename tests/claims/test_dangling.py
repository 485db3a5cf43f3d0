"""A sentence that needs the one before it is told from one that stands alone."""

from __future__ import annotations

import pytest

from synth.claims.dangling import lacks_referent, points_outside


@pytest.mark.parametrize(
    "text",
    [
        "The improvement becomes significant as the target language lies farther from the source language.",
        "The gains persist when the model grows.",
        "The effect also holds for small models.",
        "The usual choice of a checkpoint is a main cause of the difficulty.",
        "Tokenisation explains most of the gap.",
        "It improves accuracy by two points.",
        "The evaluation covers several classification and question answering tasks.",
        "The study trains RoBERTa on 110 combinations of tasks.",
        "The proposed method is faster than its rivals.",
        "The results contradict the belief that a shared vocabulary is needed.",
        "The resulting representations perform on par with supervised ones.",
        "The large improvement remains with more data.",
        "Similar variation can be seen in the parsers of Finnish.",
        "An exception is Finnish, where a lexicon leads to a drop of 2.1 points.",
        "When tested on harder treebanks, we find that they fail on Finnish.",
        "The parser gains three points on Finnish, but loses two on the other three languages.",
        "The parser with a lexicon is ahead of Moreno in all six configurations.",
    ],
)
def test_what_needs_the_sentence_before_is_noticed(text):
    assert points_outside(text)


@pytest.mark.parametrize(
    "text",
    [
        "The improvement of byte models over subword models is large.",
        "The gain on XNLI is 3 points.",
        "The effect of scale also holds for small models.",
        "Tokenisation explains most of the gap between high and low resources.",
        "It is possible to train without labels.",
        "Small models lose accuracy, and the loss grows with noise.",
        "The evaluation of Moreno covers several classification tasks.",
        "The resulting model CCLM is better than its rivals.",
        "The models compared in XGLUE have 12 layers.",
        "The results show that lexica help most parsers of Finnish.",
        "The results of Moreno contradict the belief that a lexicon is needed.",
        "The resulting representations of CCLM are better.",
    ],
)
def test_what_stands_alone_is_left_alone(text):
    assert not points_outside(text)


@pytest.mark.parametrize(
    "text",
    [
        "The trees are generally shallow on short sentences.",
        "The large drops suggest a limit of transfer between scripts.",
        "The results suggest limits of lexica for parsers of Finnish.",
        "The seed lexicon also helps with rare words of Finnish.",
        "Separate tags alone reduce the score to 0.30 in both runs.",
        "Transfer to Finnish is 3 points below the supervised method.",
        "Replacing rare words of Finnish lifts the score to 0.74.",
        "The overall GLUE score of 76.9 is 2.3 points higher than that of ELMo.",
        "Among the baselines, translating the test data gives the best scores.",
    ],
)
def test_a_thing_that_nothing_in_sentence_or_title_names_is_noticed(text: str) -> None:
    assert lacks_referent(text, "Aligned Words")


@pytest.mark.parametrize(
    "text",
    [
        "The trees of the Finnish treebank are generally shallow.",
        "The words are generally shorter in Finnish than in English.",
        "The results show that lexica help most parsers of Finnish.",
        "The best parsers use a lexicon of rare words of Finnish.",
        "The weak result of joint training contrasts with earlier ones.",
        "The DARTS treebank is the largest of all treebanks of Finnish.",
        "Transfer to Finnish is 3 points below the supervised method of Lind.",
        "The gain of BERT on GLUE has a score of 76.9 in its favour.",
        "Among the baselines of Lind, translating the test data is best.",
    ],
)
def test_a_thing_that_is_named_has_its_referent(text: str) -> None:
    assert not lacks_referent(text, "Aligned Words")
