"""Which rows are one claim: by id, by wording, by meaning; one to one, and the same from both sides."""

import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.diff.delta import MatchedBy, Meaning
from synth.diff.matching.pairs import LIKE, LIKE_WITH_OTHER_FIGURES, Matching, match
from synth.diff.matching.sense import turned
from synth.diff.matching.wording import read, same_figures, similarity
from synth.diff.table import Row, Table
from synth.text import normalise
from tests.diff.examples import CUT_AT, LONG, claims, row, rows, shortened, tables


def texts(matching: Matching) -> set[tuple[str, str, MatchedBy]]:
    return {(pair.old.text, pair.new.text, pair.matched_by) for pair in matching.pairs}


def only(matching: Matching) -> tuple[MatchedBy, float, bool]:
    (pair,) = matching.pairs
    return pair.matched_by, pair.similarity, pair.figures_changed


class Judge:
    """Takes wordings for one claim by a table of strengths."""

    def __init__(self, **strengths: float) -> None:
        self.strengths = strengths
        self.asked: list[tuple[Sequence[str], Sequence[str]]] = []

    def same(self, old: Sequence[str], new: Sequence[str]) -> Mapping[tuple[int, int], float]:
        self.asked.append((old, new))
        return {
            (i, j): self.strengths[one + other]
            for i, one in enumerate(old)
            for j, other in enumerate(new)
            if one + other in self.strengths
        }


def test_by_id_first_even_if_the_wording_changed() -> None:
    old = [row("Ice forms early.", name="a"), row("Snow melts late.", name="b")]
    new = [row("Ice forms early.", name="b"), row("Snow melts late.", name="a")]
    assert texts(match(old, new)) == {
        ("Ice forms early.", "Snow melts late.", MatchedBy.ID),
        ("Snow melts late.", "Ice forms early.", MatchedBy.ID),
    }


def test_light_differences() -> None:
    matching = match(rows("Fine-tuning on nine tasks helps."), rows("Finetuning on 9 tasks helps!"))
    assert only(matching)[0] is MatchedBy.WORDING
    assert matching.meaning is Meaning.NOT_NEEDED


def test_the_same_wording_under_another_id() -> None:
    assert only(match([row("It helps.", name="a")], [row("it  helps", name="b")])) == (MatchedBy.WORDING, 1.0, False)


def test_same_figures_are_preferred_to_a_nearer_wording() -> None:
    old = rows("The encoder improves recall on long documents by 8.1 points.")
    nearer = "The encoder improves recall on long documents by 8.7 points."
    same = "The small encoder improves the recall on all long documents by 8.1 points there."
    matching = match(old, rows(nearer, same))
    assert texts(matching) == {(old[0].text, same, MatchedBy.WORDING)}
    assert not matching.pairs[0].figures_changed
    by, alike, changed = only(match(old, rows(nearer)))
    assert (by, changed) == (MatchedBy.WORDING, True)
    assert alike == pytest.approx(9 / 10)  # one token of ten, as 8.1 is one


def test_other_claims_stay_apart() -> None:
    old = rows("The encoder improves recall on long documents.", "Larkspur beats Tessera on long documents.")
    new = rows("The encoder does not improve recall on long documents.", "Tessera beats Larkspur on long documents.")
    matching = match(old, new)
    assert matching.pairs == ()
    assert (matching.old_rest, matching.new_rest) == (old, new)
    assert matching.meaning is Meaning.LEFT_OUT


def test_cut_claims_match_their_whole_ones() -> None:
    whole = row(LONG)
    other = row("Training the encoder on parallel sentences before fine-tuning costs one hour.")
    matching = match([shortened(whole)], [other, whole])
    assert only(matching) == (MatchedBy.CUT, 1.0, False)
    assert matching.pairs[0].new is whole
    assert only(match([shortened(whole)], [shortened(whole)]))[0] is MatchedBy.ID
    assert only(match([shortened(whole, 90)], [shortened(whole)])) == (MatchedBy.CUT, 1.0, False)


def test_a_whole_claim_is_no_beginning() -> None:
    part, whole = (
        "Multi-task training performs best",
        "Multi-task training performs best by far on every one of the sets.",
    )
    assert match([row(part)], [row(whole)]).pairs == ()
    assert only(match([row(part, cut=True)], [row(whole)]))[0] is MatchedBy.CUT


def test_of_two_beginnings_the_longer_one() -> None:
    whole, short, long = row(LONG), shortened(row(LONG), 60), shortened(row(LONG), 110)
    matching = match([short, long], [whole])
    assert [pair.old for pair in matching.pairs] == [long]
    assert matching.old_rest == (short,)


def test_a_reworded_cut_claim() -> None:
    whole = LONG.replace("Training the encoder", "If one trains the encoder")
    by, alike, changed = only(match([shortened(row(LONG))], [row(whole)]))
    assert (by, changed) == (MatchedBy.WORDING, False)
    assert 0.7 < alike < 1


def test_by_meaning_only_what_is_left() -> None:
    old, new = rows("It helps.", "Lakes freeze."), rows("It helps.", "Ponds turn to ice.", "Snow falls.")
    judge = Judge(**{"Lakes freeze.Ponds turn to ice.": 0.7, "Lakes freeze.Snow falls.": 0.6})
    matching = match(old, new, judge=judge)
    assert judge.asked == [(["Lakes freeze."], ["Ponds turn to ice.", "Snow falls."])]
    assert ("Lakes freeze.", "Ponds turn to ice.", MatchedBy.MEANING) in texts(matching)
    assert [left.text for left in matching.new_rest] == ["Snow falls."]
    assert matching.meaning is Meaning.USED


def test_the_judge_is_not_asked_without_need() -> None:
    judge = Judge()
    assert match(rows("It helps."), rows("It helps.", "Snow falls."), judge=judge).meaning is Meaning.NOT_NEEDED
    assert judge.asked == []


def test_by_meaning_the_best_total() -> None:
    judge = Judge(AB=0.9, AD=0.8, CB=0.8)
    assert {(pair.old.text, pair.new.text) for pair in match(rows("A", "C"), rows("B", "D"), judge=judge).pairs} == {
        ("A", "D"),
        ("C", "B"),
    }


def test_doubled_ids_and_empty_wordings_are_survived() -> None:
    old = [row("It helps.", 1), row("It helps.", 2), row("", 3, name="x"), row("?", 4, name="y", cut=True)]
    matching = match(old, [row("It helps.", 1), row("", 2, name="z")])
    assert len(matching.pairs) == 1
    assert len(matching.old_rest) == 3


def mirrored(matching: Matching) -> set[tuple[Row, Row, MatchedBy, float, bool]]:
    return {(p.new, p.old, p.matched_by, p.similarity, p.figures_changed) for p in matching.pairs}


def straight(matching: Matching) -> set[tuple[Row, Row, MatchedBy, float, bool]]:
    return {(p.old, p.new, p.matched_by, p.similarity, p.figures_changed) for p in matching.pairs}


@given(tables(), tables())
def test_swapping_the_tables_mirrors_the_pairs(old: Table, new: Table) -> None:
    there, back = match(old.rows, new.rows), match(new.rows, old.rows)
    assert straight(there) == mirrored(back)
    assert (there.old_rest, there.new_rest, there.meaning) == (back.new_rest, back.old_rest, back.meaning)


@given(tables(), tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_count(old: Table, new: Table, dice: random.Random) -> None:
    others = dice.sample(old.rows, len(old.rows)), dice.sample(new.rows, len(new.rows))
    assert match(*others) == match(old.rows, new.rows)


@given(tables(), tables())
def test_each_row_is_in_one_place(old: Table, new: Table) -> None:
    matching = match(old.rows, new.rows)
    olds = [*(pair.old.id for pair in matching.pairs), *(left.id for left in matching.old_rest)]
    news = [*(pair.new.id for pair in matching.pairs), *(left.id for left in matching.new_rest)]
    assert sorted(olds) == sorted(left.id for left in old.rows)
    assert sorted(news) == sorted(left.id for left in new.rows)


@given(tables(), st.integers(0, 200))
def test_a_cut_claim_finds_its_whole_one_when_only_one_begins_so(old: Table, place: int) -> None:
    wholes = [left for left in old.rows if not left.cut]
    if not wholes:
        return
    whole = wholes[place % len(wholes)]
    long = row(f"{LONG[:80]} {whole.text}", 99)  # longer than the cut, and unlike all others at its beginning
    matching = match([*old.rows, shortened(long, CUT_AT)], [*old.rows, long])
    assert next(pair.new for pair in matching.pairs if pair.old.cut and pair.old.number == 99) == long


different = st.lists(claims, max_size=5, unique_by=normalise)


@given(different, different)
def test_wording_is_as_good_as_the_best_of_all_assignments(olds: list[str], news: list[str]) -> None:
    old, new = rows(*olds), rows(*news)
    matching = match(old, new)
    rest_old = [left for left in old if left.id not in {other.id for other in new}]
    rest_new = [left for left in new if left.id not in {other.id for other in old}]
    # the first step alone: wordings with the same figures (none of these differ lightly)
    weights = {
        (i, j): similarity(first, second)
        for i, first in enumerate(read(left.text) for left in rest_old)
        for j, second in enumerate(read(left.text) for left in rest_new)
        if same_figures(first, second) and not turned(first, second) and similarity(first, second) >= LIKE
    }
    size = max(len(rest_old), len(rest_new))
    best = max(sum(weights.get((i, j), 0.0) for i, j in enumerate(order)) for order in permutations(range(size)))
    reached = [
        pair.similarity for pair in matching.pairs if pair.matched_by is MatchedBy.WORDING and not pair.figures_changed
    ]
    assert sum(reached) == pytest.approx(best, abs=1e-3)
    others = [pair for pair in matching.pairs if pair.figures_changed]
    assert all(pair.similarity >= LIKE_WITH_OTHER_FIGURES for pair in others)


def test_neither_scipy_nor_numpy_is_loaded_for_a_few_edits() -> None:
    program = (
        "import sys; from synth.diff.matching.pairs import match;"
        "from tests.diff.examples import row, rows, shortened, LONG;"
        "old = (*rows('Ice forms early in lakes.', 'Snow falls on nine hills.'), row(LONG));"
        "new = (*rows('Ice forms very early in lakes.', 'Snow falls on 9 hills.'), shortened(row(LONG)));"
        "assert len(match(old, new).pairs) == 3;"
        "import hypothesis; print(sorted({'scipy', 'torch', 'sklearn', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")
