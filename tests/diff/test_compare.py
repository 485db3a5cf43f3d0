"""What changed between two tables."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.diff.compare import compare, evidence_changed, kinds, noise_band
from synth.diff.delta import Delta, Kind, MatchedBy, Meaning
from synth.diff.table import Quote, Row, Table
from synth.errors import ConfigError
from synth.types import Label, Stance
from tests.diff.examples import LONG, row, rows, shortened, table, tables

CLAIM = row("Lakes freeze early.")
QUOTE = Quote(paper_id="2101.00001v1", page=3, stance=Stance.SUPPORTS, text="They freeze.")
OTHER = Quote(paper_id="2102.00002v1", page=4, stance=Stance.REFUTES, text="They do not.")


def test_kinds_alone() -> None:
    assert kinds(CLAIM, replace(CLAIM, number=7)) == (Kind.SAME,)
    assert kinds(CLAIM, replace(CLAIM, text="lakes  freeze early")) == (Kind.SAME,)
    assert kinds(CLAIM, replace(CLAIM, text="Lakes freeze very early.")) == (Kind.REWORDED,)
    supported = replace(CLAIM, label=Label.SUPPORTED, verified=True)
    assert kinds(supported, replace(supported, label=Label.REFUTED)) == (Kind.LABEL_CHANGED,)
    assert kinds(supported, replace(supported, verified=False)) == (Kind.LABEL_CHANGED,)
    assert kinds(supported, CLAIM) == (Kind.SAME,)  # what one table does not say has not changed


def test_all_kinds_at_once_in_their_order() -> None:
    old = replace(CLAIM, label=Label.SUPPORTED, confidence=0.9, evidence=(QUOTE,))
    new = replace(CLAIM, text="Lakes freeze late.", label=Label.REFUTED, confidence=0.2, evidence=(OTHER,))
    expected = (Kind.REWORDED, Kind.LABEL_CHANGED, Kind.CONFIDENCE_CHANGED, Kind.EVIDENCE_CHANGED)
    assert kinds(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (0.5, 0.55, False),  # 0.55 - 0.5 is a little more than 0.05 in floats
        (0.55, 0.5, False),
        (0.5, 0.5501, True),
        (None, 0.5, True),
        (0.5, None, True),
        (None, None, False),
    ],
)
def test_confidence_moves_beyond_the_noise(old: float | None, new: float | None, changed: bool) -> None:
    found = kinds(replace(CLAIM, confidence=old), replace(CLAIM, confidence=new), noise=0.05)
    assert found == ((Kind.CONFIDENCE_CHANGED,) if changed else (Kind.SAME,))


def test_a_cut_claim_is_not_reworded() -> None:
    delta = compare(table(shortened(row(LONG))), table(row(LONG)))
    assert delta.pairs[0].matched_by is MatchedBy.CUT
    assert delta.pairs[0].kinds == (Kind.SAME,)
    assert delta.empty


@pytest.mark.parametrize(
    ("old", "new", "shows", "changed"),
    [
        ((QUOTE, OTHER), (OTHER, QUOTE), ("all", "all"), False),
        ((QUOTE,), (QUOTE, OTHER), ("all", "all"), True),
        ((QUOTE,), (QUOTE, OTHER), ("best", "all"), False),
        ((QUOTE, OTHER), (OTHER,), ("all", "best"), False),
        ((QUOTE,), (OTHER,), ("best", "all"), True),
        ((QUOTE,), (OTHER,), ("best", "best"), True),
        ((), (OTHER,), ("best", "all"), True),
        ((QUOTE,), (OTHER,), ("none", "all"), False),
        ((), (), ("best", "all"), False),
        ((QUOTE,), (replace(QUOTE, text="they  freeze"),), ("all", "all"), False),
        ((QUOTE,), (replace(QUOTE, page=4),), ("all", "all"), True),
        ((QUOTE,), (replace(QUOTE, page=None),), ("all", "all"), False),
        ((QUOTE,), (replace(QUOTE, stance=Stance.NEUTRAL),), ("all", "all"), True),
        ((QUOTE,), (replace(QUOTE, stance=None),), ("all", "all"), False),
        ((QUOTE,), (replace(QUOTE, paper_id="2101.00001v2"),), ("all", "all"), True),
    ],
)
def test_evidence(old: tuple[Quote, ...], new: tuple[Quote, ...], shows: tuple[str, str], changed: bool) -> None:
    assert evidence_changed(old, new, shows) is changed
    assert evidence_changed(new, old, (shows[1], shows[0])) is changed


def test_the_noise_band_and_why() -> None:
    plain, stated, worse = table(), table(error=0.03), table(error=0.08)
    assert noise_band(plain, plain) == (0.05, "neither table states the calibration error of its confidences")
    assert noise_band(plain, stated) == (
        0.03,
        "the calibration error that one table states, measured on held-out gold claims",
    )
    assert noise_band(worse, stated) == (
        0.08,
        "the larger calibration error of the two tables, measured on held-out gold claims",
    )
    assert noise_band(worse, stated, 0.0) == (0.0, "as asked for")


def test_a_calibration_error_that_is_no_number_is_none() -> None:
    assert noise_band(table(error=float("inf")), table(error=0.03))[0] == 0.03
    assert noise_band(table(error=float("nan")), table()) == noise_band(table(), table())


@pytest.mark.parametrize(
    "more", [{"papers": ("a",)}, {"papers": ("a", "b", "c")}, {"answer": "No."}, {"score": 5.0}], ids=repr
)
def test_what_changed_beside_the_claims_is_a_change(more: dict[str, Any]) -> None:
    one = table(CLAIM, papers=("a", "b"), answer="Yes.", score=4.0)
    assert compare(one, one).empty
    assert not compare(one, replace(one, **more)).empty
    silent = table(CLAIM, **{"papers": one.papers, "answer": one.answer, "score": one.score} | dict.fromkeys(more))
    assert compare(one, silent).empty and compare(silent, one).empty, "what one table does not tell has not changed"


@pytest.mark.parametrize("wish", [-0.1, 1.2, float("nan"), float("inf")])
def test_a_noise_band_that_is_none(wish: float) -> None:
    with pytest.raises(ConfigError, match="give a number from 0 to 1"):
        compare(table(), table(), noise=wish)


def test_papers_only_where_both_tables_name_them() -> None:
    old, new = table(papers=("a", "b")), table(papers=("b", "c", "d"))
    delta = compare(old, new)
    assert (delta.papers_added, delta.papers_removed) == (("c", "d"), ("a",))
    many = tuple("zyxwvutsrq")
    assert compare(table(papers=many), table(papers=())).papers_removed == tuple(sorted(many))
    delta = compare(replace(old, papers=None), new)
    assert (delta.papers_added, delta.papers_removed) == ((), ())


def test_the_order_of_what_is_shown() -> None:
    old = rows("Ice cracks.", "Snow falls.", "Lakes freeze.", "Rain stops.")
    new = rows("Wind blows.", "Lakes freeze.", "Snow falls.", "Frost bites.")
    delta = compare(table(*reversed(old)), table(*reversed(new)))
    assert [pair.new.text for pair in delta.pairs] == ["Lakes freeze.", "Snow falls."]
    assert [left.text for left in delta.added] == ["Wind blows.", "Frost bites."]
    assert [left.text for left in delta.removed] == ["Ice cracks.", "Rain stops."]
    assert delta.meaning is Meaning.LEFT_OUT


@given(tables())
def test_a_table_does_not_differ_from_itself(one: Table) -> None:
    delta = compare(one, one)
    assert delta.empty
    assert all(pair.old == pair.new and pair.matched_by is MatchedBy.ID for pair in delta.pairs)
    assert delta.meaning is Meaning.NOT_NEEDED


def seen(delta: Delta, *, mirror: bool = False) -> set[tuple[Row, Row, tuple[Kind, ...], bool]]:
    return {
        (pair.new if mirror else pair.old, pair.old if mirror else pair.new, pair.kinds, pair.figures_changed)
        for pair in delta.pairs
    }


@given(tables(), tables())
def test_swapping_the_tables_swaps_added_and_removed(old: Table, new: Table) -> None:
    there, back = compare(old, new), compare(new, old)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert (there.papers_added, there.papers_removed) == (back.papers_removed, back.papers_added)
    assert seen(there) == seen(back, mirror=True)
    assert (there.noise, there.noise_reason) == (back.noise, back.noise_reason)


@given(tables(), tables(), st.randoms(use_true_random=False))
def test_row_order_never_matters(old: Table, new: Table, dice: random.Random) -> None:
    mixed = [replace(one, rows=tuple(dice.sample(one.rows, len(one.rows)))) for one in (old, new)]
    delta, other = compare(old, new), compare(*mixed)
    assert (delta.pairs, delta.added, delta.removed) == (other.pairs, other.added, other.removed)
