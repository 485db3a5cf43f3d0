"""How alike two wordings are."""

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from synth.diff.matching.wording import common, key, opening, read, same_beginning, same_figures, similarity
from tests.diff.examples import CUT_AT, LONG, claims


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zero-shot transfer works.", "Zero shot transfer works"),
        ("Fine-tuning on nine tasks helps.", "Finetuning on 9 tasks helps."),
        ("It has 1,000 rows, and 5 percent are wrong.", "It has 1000 rows and 5% are wrong."),
        ("“Larger” models gain 7.0 points.", "'Larger' models gain 7 points"),
        ("GPT-4 wins.", "GPT 4 wins."),
        ("It changes by −5 points.", "It changes by -5 points."),
    ],
)
def test_light_differences_do_not_count(one: str, other: str) -> None:
    assert key(read(one)) == key(read(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It gains 8.1 points.", "It gains 81 points."),
        ("It changes by -5 points.", "It changes by 5 points."),
        ("It takes < 5 hours.", "It takes > 5 hours."),
        ("Layers 1 and 2 help.", "Layer 12 helps."),
        ("It gains 5 points.", "It gains 5% points."),
        ("Version 1.2.10 helps.", "Version 1.2.1 helps."),
    ],
)
def test_what_is_no_light_difference(one: str, other: str) -> None:
    assert key(read(one)) != key(read(other))


@given(claims, claims)
def test_similarity_is_symmetric_and_one_for_the_same(one: str, other: str) -> None:
    first, second = read(one), read(other)
    assert similarity(first, second) == similarity(second, first)
    assert 0 <= similarity(first, second) <= 1
    assert similarity(first, first) == 1
    assert (similarity(first, second) == 1) == (first.tokens == second.tokens)


def test_similarity_by_hand() -> None:
    # 4 words of 4 and 5 are shared, 3 of them in order: (4 + 3) / 9
    assert similarity(read("red lakes freeze early"), read("early red lakes freeze there")) == pytest.approx(7 / 9)
    assert similarity(read("the the the"), read("the")) == pytest.approx(2 / 4)
    assert similarity(read("?!"), read("?!")) == 1
    assert similarity(read("?!"), read("!")) == 0


@given(st.lists(st.sampled_from("abc"), max_size=9), st.lists(st.sampled_from("abc"), max_size=9))
def test_common_is_the_longest_common_subsequence(one: list[str], other: list[str]) -> None:
    @cache
    def longest(i: int, j: int) -> int:
        if i == len(one) or j == len(other):
            return 0
        if one[i] == other[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    assert common(one, other) == longest(0, 0)


@given(st.text(), st.integers(0, 200))
@example(LONG, CUT_AT)
@example("Cafe\u0301s rose by 8.75%.", 4)
@example("It’s 1,000 – or -5.", 8)
def test_what_is_cut_begins_like_the_whole(text: str, length: int) -> None:
    assert opening(text).startswith(opening(text[:length]))


def test_a_cut_word_or_figure_is_not_taken_for_a_whole_one() -> None:
    assert read("It improves transfer to Fin", cut=True).tokens == ("it", "improves", "transfer", "to")
    assert read("It gains 8", cut=True).figures == ()
    assert read("It gains 8 ", cut=True).tokens == ("it", "gains", "8")
    assert read("It gains 8").figures == ("8",)


def test_same_beginning_needs_a_cut() -> None:
    whole, part = "It gains 8.7 points.", "It gains 8"
    assert same_beginning(part, whole, one_cut=True, other_cut=False)
    assert same_beginning(whole, part, one_cut=False, other_cut=True)
    assert not same_beginning(part, whole, one_cut=False, other_cut=False)
    assert not same_beginning(part, whole, one_cut=False, other_cut=True)
    assert not same_beginning("", whole, one_cut=True, other_cut=False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It gains 8.1 points.", "It gains 8.7 points.", False),
        ("It gains 8.10 points on nine tasks.", "On 9 tasks it gains 8.1 points.", True),
        ("Nine tasks help (Meadow et al., 2019).", "Nine tasks help (2021).", True),
        ("In 2019 nine tasks were used.", "In 2021 nine tasks were used.", False),
        ("It helps.", "It helps by 3 points.", False),
    ],
)
def test_figures(one: str, other: str, same: bool) -> None:
    assert same_figures(read(one), read(other)) is same


def test_figures_of_a_cut_wording_as_far_as_shown() -> None:
    whole = read("It gains 8.7 points in 9 languages.")
    assert same_figures(read("It gains 8.7 poi", cut=True), whole)
    assert same_figures(read("It gains 8.", cut=True), whole)
    assert not same_figures(read("It gains 8.1 poi", cut=True), whole)
    assert not same_figures(read("From 5 to 8 days, it", cut=True), read("From 8 to 5 days, it grows."))


def test_cut_wordings_are_as_alike_as_what_both_show() -> None:
    short, long = read("red lakes freeze ea", cut=True), read("red lakes freeze early in the north of", cut=True)
    assert similarity(short, long) == 1
    assert similarity(short, read("in the red lakes freeze early")) == pytest.approx(2 / 6)
