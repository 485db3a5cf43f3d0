"""Marks are both texts exactly, and mark the words that changed and no others."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from synth.diff.shown.marks import Op, Piece, inline, marks, side

WORDS = st.lists(st.sampled_from(["ice", "13.8", "lake", " ", "  ", ",", ".", "\n", "über", "\ud800", "a-b"])).map(
    "".join
)
TEXTS = st.one_of(WORDS, st.text(max_size=40))


def joined(pieces: tuple[Piece, ...], op: Op) -> str:
    return "".join(piece.text for piece in side(pieces, op))


@settings(deadline=None)
@given(TEXTS, TEXTS)
@example("a b c", "a c")
@example("", "x")
@example(" x", "x ")
def test_the_marks_are_both_texts_exactly(old: str, new: str) -> None:
    pieces = marks(old, new)
    assert joined(pieces, Op.DELETED) == old
    assert joined(pieces, Op.INSERTED) == new


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_pieces_are_whole_and_in_order(old: str, new: str) -> None:
    ops = [piece.op for piece in marks(old, new)]
    assert all(piece.text for piece in marks(old, new))
    for one, other in pairwise(ops):
        assert one is not other
        assert (one, other) != (Op.INSERTED, Op.DELETED)


@settings(deadline=None)
@given(TEXTS)
def test_a_text_has_no_change_to_itself(text: str) -> None:
    assert marks(text, text) == ((Piece(Op.KEPT, text),) if text else ())


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_swapping_the_texts_leaves_what_is_kept_exact(old: str, new: str) -> None:
    back = marks(new, old)
    assert joined(back, Op.DELETED) == new
    assert joined(back, Op.INSERTED) == old


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("The ice is 13.8 cm thick.", "The ice is 14.6 cm thick.", "The ice is [-13.8-]{+14.6+} cm thick."),
        ("Ice is cold.", "Ice is very cold.", "Ice is {+very +}cold."),
        ("a b c d", "x y c z", "[-a b-]{+x y+} c [-d-]{+z+}"),
        ("one, two three", "four, five three", "[-one, two-]{+four, five+} three"),
        ("don't", "do", "[-don't-]{+do+}"),
        ("same", "same", "same"),
    ],
)
def test_words_are_marked_whole(old: str, new: str, shown: str) -> None:
    assert inline(marks(old, new)) == shown


def test_very_long_texts_are_one_change_between_what_they_share() -> None:
    old, new = "start " + "a " * 5000 + "end", "start " + "b " * 5000 + "end"
    assert [piece.op for piece in marks(old, new)] == [Op.KEPT, Op.DELETED, Op.INSERTED, Op.KEPT]
    assert marks(old, new)[0].text == "start "
