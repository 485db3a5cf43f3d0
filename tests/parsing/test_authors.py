"""The authors as a first page shows them: all of them, and nobody else."""

from __future__ import annotations

import pytest

from synth.parsing.authors import authors_of
from synth.parsing.pages import Fragment, Page, Span
from synth.types import Box

TITLE = "Lexica for Parsers of Finnish"


def line(text: str, y: float, x: float = 72, size: float = 11, raised: str = "") -> Fragment:
    spans = [Span(text, size, False, False, False, False, False, x, y + size, x + 90)]
    if raised:
        spans.append(Span(raised, 6, False, False, False, True, False, x + 90, y + size, x + 95))
    return Fragment(Box(x, y, x + 95, y + size), tuple(spans), 1)


def found(*lines: Fragment, title: str = TITLE) -> tuple[str, ...]:
    return authors_of([Page(1, 612, 792, (line(title, 80, size=16), *lines))], title)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Moreno", ("Ada Moreno",)),
        ("Ada Moreno and Bo Lind", ("Ada Moreno", "Bo Lind")),
        ("Ada Moreno, Bo Lind & Cy W. Ode", ("Ada Moreno", "Bo Lind", "Cy W. Ode")),
        ("Ada Moreno1∗, Bo Lind2, and Cy Ode1,2", ("Ada Moreno", "Bo Lind", "Cy Ode")),
        ("Ada Moreno♠Bo Lind♣♠", ("Ada Moreno", "Bo Lind")),
        ("Ada Moreno * 1 Bo Lind * 2 Cy Ode 2", ("Ada Moreno", "Bo Lind", "Cy Ode")),
        ("Rob van der Veen, Marc’Aurelio Rossi", ("Rob van der Veen", "Marc’Aurelio Rossi")),
        ("Herv´e J´egou and Hinrich Sch¨utze", ("Hervé Jégou", "Hinrich Schütze")),
        ("ADA B. MORENO AND BO LIND", ("Ada B. Moreno", "Bo Lind")),
        ("J. M. Moreno, Jean-Paul Lind", ("J. M. Moreno", "Jean-Paul Lind")),
    ],
)
def test_a_line_of_names(text: str, names: tuple[str, ...]) -> None:
    assert found(line(text, 120), line("Abstract", 200)) == names


def test_raised_marks_part_names() -> None:
    row = (line("Ada Moreno", 120, 72, raised="a"), line("Bo Lind", 121, 200, raised="b"))
    assert found(*row) == ("Ada Moreno", "Bo Lind")


def test_a_grid_of_names_above_their_institutes_and_addresses() -> None:
    assert found(
        line("Ada Moreno", 120, 72),
        line("Bo Lind", 120, 300),
        line("Finnish Language Lab, University of Espoo", 134, 72),
        line("Lexicon Inc., Mountain View", 134, 300),
        line("ada@example.org", 148, 72),
        line("{bo,cy}@example.org", 148, 300),
        line("Cy Ode", 170, 72),
        line("& Applied Linguistics", 184, 72),
        line("Eve Rask", 170, 300),
        line("Abstract", 230),
        line("Gus Tamm", 260),
    ) == ("Ada Moreno", "Bo Lind", "Cy Ode", "Eve Rask")


@pytest.mark.parametrize(
    "first",
    [
        "Moreno",
        "UNC Espoo",
        "We show that lexica help most parsers of Finnish",
        "Ada Moreno, the Lexicon and others",
    ],
)
def test_where_the_first_line_is_no_line_of_names_nothing_is_said(first: str) -> None:
    assert found(line(first, 120), line("Ada Moreno", 134), line("Abstract", 200)) == ()


@pytest.mark.parametrize("first", ["A study on seven treebanks of Finnish", "Technical Report", "A Survey", "Espoo AI"])
def test_a_subtitle_or_an_institute_is_nobody(first: str) -> None:
    assert found(line(first, 120), line("Ada Moreno", 134), line("Abstract", 200)) == ("Ada Moreno",)


def test_words_of_the_title_are_nobody() -> None:
    assert found(line("Ada Moreno", 120), line("Parsers Finnish", 150), line("Abstract", 200)) == ("Ada Moreno",)


def test_names_below_the_upper_part_of_the_page_are_other_peoples() -> None:
    assert found(line("Ada Moreno", 120), line("Bo Lind", 500)) == ("Ada Moreno",)


def test_without_a_title_or_a_page_nothing_is_known() -> None:
    assert found(line("Ada Moreno", 120), title="") == ()
    assert authors_of([], TITLE) == ()
