"""Which facts back which claims; above all, which do not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.backing.facts import Fact, read_facts, shipped_facts
from synth.backing.match import MOST, backings
from synth.types import BackingKind
from tests.backing.examples import effect, gain, score

LARGE, SMALL = "xlm-r-large", "mbert"
FACTS = (
    score("xnli", LARGE, "61.5"),
    score("xnli", SMALL, "51.5"),
    score("xnli", "xlm-r-base", "56.5"),
    score("paws-x", LARGE, "71.5", kind=BackingKind.DIFFERS, words="differs, Table 9 gives 72.0"),
    score("mlqa", LARGE, "66.5", metric="F1"),
    score("mlqa", LARGE, "45.5", metric="EM"),
    score("xtreme", LARGE, "60.1", metric="score"),
    score("xtreme", SMALL, "50.1", metric="score"),
    score("xnli", SMALL, "58.5", setting="translate-train"),
    gain("xtreme", "3.1", ("squad",)),
    gain("xtreme", "2.1", ("mnli",)),
    gain("xtreme", "6.1", words="as the abstract of 2401.00001v1 prints it", kind=BackingKind.PUBLISHED),
    gain("paws-x", "1.7", treatment="robust training", model=SMALL),
    gain("ner", "-1.3", kind=BackingKind.DERIVED, metric="F1", words="arithmetic on Table 9"),
)


def kinds(text: str) -> list[str]:
    return [one.kind.value for one in backings(text, FACTS)]


@pytest.mark.parametrize(
    "text",
    [
        "XLM-R Large reaches 61.5 on XNLI.",
        "On XNLI, XLM-R has an accuracy of 61.5 percent.",
        "The XNLI average of XLM-R Large over languages from Thai to Urdu is 61.5.",
        "On XNLI, mBERT has 51.5, far below XLM-R Large.",
        "XLM-R Large has 66.5 F1 and 45.5 EM on MLQA.",
        "With translate-train, mBERT reaches 58.5 on XNLI.",
        "The average XNLI accuracy of XLM-R Large is 61.5%, 10.0 points above mBERT.",
        "XLM-R Large (61.5) is ahead of mBERT (51.5) on XNLI.",
        "XLM-R Large has the best average score with 60.1, ahead of mBERT with 50.1.",
    ],
)
def test_a_stated_score_is_backed(text: str) -> None:
    assert kinds(text) == ["recomputed"]


@pytest.mark.parametrize(
    "text",
    [
        "XLM-R Large reaches 61.6 on XNLI.",  # another number
        "XLM-R Large reaches 61.5 on MLDoc.",  # another task
        "XLM-R Large reaches 61.5 on XTREME-R.",
        "XLM-R Large reaches 61.5 on MLQA.",
        "XLM-R base reaches 61.5 on XNLI.",  # another model
        "Unicoder reaches 61.5 on XNLI, XLM-R Large less.",
        "mBERT reaches 61.5 and XLM-R Large 51.5 on XNLI.",  # swapped
        "XLM-R Large exceeds mBERT by 61.5 points on XNLI.",  # a difference
        "XLM-R Large reaches 61.5 on Chinese XNLI.",  # one language
        "With translate-test, XLM-R Large reaches 61.5 on XNLI.",  # another setting
        "mBERT reaches 58.5 on XNLI.",
        "After intermediate-task training, XLM-R Large reaches 61.5 on XNLI.",  # treated
        "XLM-R Large reaches an exact match of 66.5 on MLQA.",  # another metric
        "XLM-R Large has the best average score with 60.1.",  # of what, it does not say
        "XLM-R Large was trained on 61.5 GB of XNLI.",
        "The proposed method obtains 61.5 on XNLI, more than XLM-R Large.",  # a subject without a name
        "It reaches 61.5 on XNLI, which XLM-R Large does not.",
        "Cats sleep 61.5 percent of the day.",
        "",
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert [one for one in backings(text, FACTS) if "61.5" in one.text or "recomputed" in one.text] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Intermediate-task training on SQuAD and MNLI brings 3.1 and 2.1 points.", "3.1 and 2.1"),
        ("Intermediate-task training on SQuAD improves XTREME by 3.1 points.", "3.1"),
        ("Robust training improves mBERT on PAWS-X by 1.7 points.", "1.7"),
    ],
)
def test_a_gain_without_a_source(text: str, values: str) -> None:
    found = backings(text, FACTS)
    assert [(one.kind, one.text) for one in found] == [(BackingKind.NO_SOURCE, f"{values}: no source at hand")]


@pytest.mark.parametrize(
    "text",
    [
        "Intermediate-task training on SQuAD and MNLI brings 2.1 and 3.1 points.",  # swapped
        "Intermediate-task training on HellaSwag brings 3.1 points.",
        "Intermediate-task training on SQuAD brings 3.1 points on XNLI.",
        "Intermediate-task training on SQuAD brings 3.1 points on GLUE.",
        "Intermediate-task training on SQuAD lowers XTREME by 3.1 points.",
        "Robust training brings 3.1 points on XTREME.",
        "Intermediate-task training with adapters on SQuAD brings 3.1 points on XTREME.",
        "Robust training improves XLM-R base on PAWS-X by 1.7 points.",
        "With intermediate-task training on SQuAD the model improves by 6.1 points.",
    ],
)
def test_a_gain_of_something_else_is_not_matched(text: str) -> None:
    assert kinds(text) == []


def test_the_best_task_for_each_target_is_no_single_one() -> None:
    assert kinds("Choosing the best intermediate model for each task adds 6.1 points on XTREME.") == ["as_published"]


def test_the_gravest_comes_first_and_alike_ones_share_a_line() -> None:
    found = backings("XLM-R Large has 61.5 on XNLI, 71.5 on PAWS-X and 66.5 on MLQA.", FACTS)
    assert [one.text for one in found] == [
        "71.5: differs, Table 9 gives 72.0",
        "61.5 and 66.5: recomputed from Table 9 of 2401.00001v1",
    ]
    assert found[1].reference == "audit t/xlm-r-large/xnli and t/xlm-r-large/mlqa; synth experiment audit"


def test_a_loss_is_matched_as_a_loss() -> None:
    assert kinds("Intermediate-task training lowers NER by 1.3 points.") == ["derived"]
    assert not [
        one
        for one in backings("Intermediate-task training improves NER by 1.3 points.", FACTS)
        if one.text[:3] == "-1."
    ][1:]


def test_no_facts_no_backing() -> None:
    assert backings("XLM-R Large reaches 61.5 on XNLI.", ()) == ()


@given(
    st.permutations(FACTS), st.sampled_from(["XLM-R Large has 61.5 on XNLI, 71.5 on PAWS-X.", "mBERT: 51.5 on XNLI."])
)
def test_the_order_of_facts_does_not_matter(facts: list[Fact], text: str) -> None:
    assert backings(text, facts) == backings(text, FACTS)


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    assert len(backings(text, FACTS)) <= MOST


def test_at_most_three() -> None:
    names = ("xnli", "paws-x", "pos", "ner", "bucc")
    facts = [score(name, LARGE, f"6{place}.5", words=f"from Table {place}") for place, name in enumerate(names)]
    text = "XLM-R Large has 60.5 on XNLI, 61.5 on PAWS-X, 62.5 on POS, 63.5 on NER and 64.5 on BUCC."
    random.Random(3).shuffle(facts)
    assert [one.text for one in backings(text, facts)] == [f"6{n}.5: from Table {n}" for n in range(3)]


def test_shipped_facts_are_there_and_back_what_they_should() -> None:
    facts = read_facts(shipped_facts())
    text = "Intermediate-task training on SQuAD, MNLI and HellaSwag gains 8.2, 7.5 and 7.0 points."
    assert [one.kind for one in backings(text, facts)] == [BackingKind.NO_SOURCE]
    averages = backings("On XTREME, XLM-R Large has an average score of 68.2 and mBERT has 59.8.", facts)
    assert [one.text for one in averages] == ["68.2 and 59.8: recomputed from Table 2 of 2003.11080v5"]
    assert effect("qa", "xnli", 1, 2).measured
