from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from synth.parsing.layout import lines_in_order
from synth.parsing.lines import body_size
from synth.parsing.pages import Fragment, Page, Span
from synth.types import Box

WORDS = "words of running text stand in this line of"


def _fragment(
    x: float, y: float, text: str, *, width: float | None = None, size: float = 10.0, block: int = 0
) -> Fragment:
    box = Box(x, y, x + (width if width is not None else 5 * len(text)), y + size)
    return Fragment(box, (Span(text, size, False, False, False, False, False, x, box.y1, box.x1),), block)


def _page(fragments: Sequence[Fragment], number: int = 1) -> Page:
    return Page(number, 612, 792, tuple(fragments))


def _texts(*pages: Page) -> list[str]:
    return [line.text for line in lines_in_order(pages)]


def _column(x: float, name: str, *, top: float = 100, n: int = 8) -> list[Fragment]:
    return [_fragment(x, top + 12 * i, f"{name}{i} {WORDS}", width=230, block=hash(name) % 100) for i in range(n)]


def test_two_columns_are_read_one_after_the_other() -> None:
    page = _page([f for pair in zip(_column(60, "left"), _column(320, "right"), strict=True) for f in pair])
    assert [text.split()[0] for text in _texts(page)] == [f"left{i}" for i in range(8)] + [
        f"right{i}" for i in range(8)
    ]


def test_full_width_text_parts_the_columns_above_and_below() -> None:
    wide = _fragment(60, 230, "wide " + WORDS + WORDS, width=490, block=50)
    above = _column(60, "a", n=6) + _column(320, "b", n=6)
    below = _column(60, "c", top=260, n=6) + _column(320, "d", top=260, n=6)
    firsts = [text.split()[0] for text in _texts(_page([*below, wide, *above]))]
    assert firsts == [f"{c}{i}" for c in "ab" for i in range(6)] + ["wide"] + [
        f"{c}{i}" for c in "cd" for i in range(6)
    ]


def test_one_column_is_read_from_top_to_bottom() -> None:
    lines = [_fragment(100, 100 + 12 * i, f"line{i} {WORDS} {WORDS}", width=400) for i in range(9)]
    assert [text.split()[0] for text in _texts(_page(lines[::-1]))] == [f"line{i}" for i in range(9)]


@given(st.permutations(range(16)))
def test_the_order_in_the_file_does_not_count(order: list[int]) -> None:
    fragments = [*_column(60, "left"), *_column(320, "right")]
    assert _texts(_page([fragments[i] for i in order])) == _texts(_page(fragments))


def test_hanging_references_do_not_hide_the_columns() -> None:
    right = [
        _fragment(309 if i % 4 == 0 else 320, 100 + 12 * i, f"right{i} {WORDS}", width=230, block=i) for i in range(12)
    ]
    firsts = [text.split()[0] for text in _texts(_page(_column(60, "left", n=12) + right))]
    assert firsts == [f"left{i}" for i in range(12)] + [f"right{i}" for i in range(12)]


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pages = [
        _page(
            [
                _fragment(200, 30, f"{number} A. WRITER AND B. READER", size=8),
                *_column(60, "left"),
                *_column(320, "right"),
                _fragment(300, 760, str(number), size=9),
                _fragment(
                    60, 745, "c⃝ 2019 The Authors. Preprint. Under review." if number == 1 else "last words here", size=8
                ),
            ],
            number,
        )
        for number in (1, 2, 3)
    ]
    texts = _texts(*pages)
    assert not any("WRITER" in text or text.isdigit() or "Preprint" in text for text in texts)
    assert texts.count("last words here") == 0, "a line that repeats at the foot is furniture"


def test_line_numbers_of_review_copies_are_dropped() -> None:
    numbers = [_fragment(30, 100 + 12 * i, f"{i:03d}", size=7) for i in range(12)]
    prose = [_fragment(100, 100 + 12 * i, f"line{i} {WORDS} {WORDS}", width=400) for i in range(12)]
    assert [text.split()[0] for text in _texts(_page(numbers + prose))] == [f"line{i}" for i in range(12)]


def test_figures_in_a_table_are_no_line_numbers() -> None:
    cells = [_fragment(300, 100 + 12 * i, str(i + 1)) for i in range(12)]
    prose = [_fragment(100, 300 + 12 * i, f"line{i} {WORDS} {WORDS}", width=400) for i in range(5)]
    assert len(_texts(_page(cells + prose))) == 17


def test_captions_side_by_side_are_kept_apart() -> None:
    rows = [("Figure 1: The first", "Figure 2: The other"), ("of two captions.", "caption of the two.")]
    fragments = [
        _fragment(x, 300 + 11 * i, text, width=150, size=9, block=x)
        for i, row in enumerate(rows)
        for x, text in zip((80, 330), row, strict=True)
    ]
    prose = [_fragment(80, 400 + 12 * i, f"line{i} {WORDS} {WORDS}", width=450, block=9) for i in range(6)]
    texts = _texts(_page(fragments + prose))
    assert texts.index("of two captions.") == texts.index("Figure 1: The first") + 1
    assert texts.index("caption of the two.") == texts.index("Figure 2: The other") + 1


def test_cells_on_one_baseline_make_one_line() -> None:
    page = _page([_fragment(100, 100, "1", size=12), _fragment(130, 100, "Introduction", size=12)])
    assert _texts(page) == ["1 Introduction"]


def test_a_heading_in_small_capitals_keeps_its_number() -> None:
    number = _fragment(108, 100, "1", size=12)
    capital = Span("I", 12, False, False, False, False, False, 127, 112, 132)
    rest = Span("NTRODUCTION", 9.6, False, False, False, False, False, 132, 112, 206)
    assert _texts(_page([number, Fragment(Box(127, 100, 206, 112), (capital, rest), 0)])) == ["1 INTRODUCTION"]


def test_labels_of_a_figure_beside_the_text_stay_out_of_its_lines() -> None:
    prose = [_fragment(100, 100 + 12 * i, f"line{i} {WORDS}", width=230) for i in range(6)]
    label = _fragment(345, 113, "kn", size=5)
    assert f"line1 {WORDS}" in _texts(_page([*prose, label]))


def test_the_body_size_is_that_of_most_prose() -> None:
    table = [_fragment(100, 100 + 12 * i, "12.5 " * 12, size=7, width=300) for i in range(40)]
    prose = [_fragment(100, 600 + 12 * i, f"{WORDS} {WORDS}", size=11, width=400) for i in range(8)]
    assert body_size(lines_in_order([_page(table + prose)])) == 11


def test_text_too_small_to_have_a_width_makes_a_line() -> None:
    assert _texts(_page([_fragment(50, 50, "a hidden watermark", width=0.0, size=0.01)])) == ["a hidden watermark"]


def test_a_page_without_width_is_read() -> None:
    fragments = [*_column(60, "left"), *_column(320, "right")]
    texts = _texts(Page(1, 0, 0, tuple(fragments)))
    assert [text.split()[0] for text in texts] == [f"left{i}" for i in range(8)]
    assert all("right" in text for text in texts)


def test_captions_set_over_each_other_stay_together() -> None:
    wide = _fragment(60, 400, "Figure 1: A picture of the whole model.", width=400)
    small = _fragment(250, 401.5, "Figure 2: Another picture.", size=8.0)
    assert len(_texts(_page([wide, small]))) == 2


def test_a_caption_without_height_is_read() -> None:
    flat = Fragment(Box(320, 400, 500, 400), _fragment(320, 390, "Figure 2: Another picture.").spans, 0)
    assert len(_texts(_page([_fragment(60, 395, "Figure 1: A picture."), flat]))) == 2
