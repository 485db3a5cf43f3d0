"""Candidates by wording: nothing is lost in small tables, little in crowded ones."""

from hypothesis import given
from hypothesis import strategies as st

from synth.diff.matching import candidates
from synth.diff.matching.candidates import beginnings, near, nearest
from synth.diff.matching.wording import Wording, read, same_beginning, similarity
from tests.diff.examples import claims

wordings = st.lists(
    st.builds(lambda text, cut: read(text[: len(text) - 3 * cut], cut=cut), claims, st.booleans()), max_size=7
)


@given(wordings, wordings, st.sampled_from([0.4, 0.6, 0.9]))
def test_near_finds_what_comparing_all_finds(old: list[Wording], new: list[Wording], least: float) -> None:
    every = {
        (i, j): similarity(one, other)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if similarity(one, other) >= least and one.tokens and other.tokens
    }
    assert near(old, new, least) == every


@given(wordings, wordings)
def test_beginnings_are_those_of_every_pair(old: list[Wording], new: list[Wording]) -> None:
    assert beginnings(old, new) == {
        (i, j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if same_beginning(one.text, other.text, one_cut=one.cut, other_cut=other.cut)
    }


def test_in_a_crowd_of_common_words_neighbours_lead_to_the_candidate() -> None:
    texts = [f"Model {n} scores well on task {m}." for n in range(20) for m in range(20)]
    assert len(texts) > candidates.COMMON
    found = near([read(text) for text in texts], [read("The model 7 scores well on task 13 here.")], 0.8)
    assert max(found, key=lambda pair: found[pair])[0] == texts.index("Model 7 scores well on task 13.")


def test_nearest_keeps_ties_and_drops_the_rest() -> None:
    row = {(0, n): 0.9 if n < 3 else 0.6 for n in range(30)}
    crowd = {(n, m): 0.95 for n in range(1, 20) for m in range(30)}
    kept = nearest(row | crowd)
    assert all((0, n) in kept for n in range(30))  # the ties at the twelfth place
    assert nearest({(0, n): n / 100 for n in range(30)} | crowd).keys() == crowd.keys() | {
        (0, n) for n in range(18, 30)
    }
