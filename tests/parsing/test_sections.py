from __future__ import annotations

from dataclasses import replace

import pytest

from synth.parsing.lines import Line
from synth.parsing.pages import Fragment, Span
from synth.parsing.sections import Heading, Outline, heading_of, role_of
from synth.types import Box, SectionRole


def _line(text: str, size: float = 10.0, *, bold: bool = False) -> Line:
    box = Box(72, 100, 72 + 5 * len(text), 110)
    span = Span(text, size, bold, False, False, False, False, box.x0, box.y1, box.x1)
    return Line(1, 0, 72, 300, box, (Fragment(box, (span,), 0),), text, size, 0)


@pytest.mark.parametrize(
    ("line", "alone", "found"),
    [
        (_line("3.1 Setup", bold=True), True, "3.1 Setup"),
        (_line("1. Introduction", 12, bold=True), False, "1 Introduction"),
        (_line("A Appendix", bold=True), True, "A Appendix"),
        (_line("IV. RESULTS"), True, "IV RESULTS"),
        (_line("References", 12, bold=True), True, "References"),
        (_line("Limitations"), True, "Limitations"),
        (_line("How well does it transfer", bold=True), True, "How well does it transfer"),
        (_line("2 models were trained on the same data for two days"), False, None),
        (_line("A model of this kind"), False, None),
        (_line("We find that it works well in all cases."), True, None),
        (_line("R F1 P R F1", bold=True), True, None),
    ],
)
def test_headings_are_told_from_text(line: Line, alone: bool, found: str | None) -> None:
    heading = heading_of(line, 10.0, alone=alone)
    assert (heading.text if heading else None) == found


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Abstract", SectionRole.ABSTRACT),
        ("1 Introduction", SectionRole.INTRODUCTION),
        ("2 Related Work", SectionRole.RELATED),
        ("3 Model Architecture", SectionRole.METHOD),
        ("4.1 Experiment Setup", SectionRole.METHOD),
        ("1 Introduction and Related Work", SectionRole.INTRODUCTION),
        ("4.2 Main Results", SectionRole.RESULTS),
        ("5 Conclusion and Future Work", SectionRole.CONCLUSION),
        ("Limitations", SectionRole.LIMITATIONS),
        ("Discussion", SectionRole.DISCUSSION),
        ("Acknowledgments", SectionRole.OTHER),
        ("Ethics Statement", SectionRole.OTHER),
        ("Supplementary Material", SectionRole.APPENDIX),
        ("A Tale of Words", None),
    ],
)
def test_names_tell_roles(name: str, role: SectionRole | None) -> None:
    assert role_of(name) is role


def test_an_outline_follows_a_paper() -> None:
    outline = Outline()
    seen = []
    for number, name in (
        ("", "Abstract"),
        ("1", "Introduction"),
        ("2", "XLM-Q"),
        ("3", "Experiments"),
        ("3.1", "Languages"),
        ("4", "Conclusion"),
        ("", "Acknowledgements"),
        ("", "References"),
        ("A", "Hyper-parameters"),
    ):
        outline.enter(Heading(number, name))
        seen.append("references" if outline.in_references else outline.role.value)
    assert seen == [
        "abstract", "introduction", "method", "results", "results", "conclusion", "other", "references", "appendix",
    ]  # fmt: skip


def test_references_end_at_an_appendix_only() -> None:
    outline = Outline()
    outline.enter(Heading("", "References"))
    outline.enter(Heading("", "Attention is all they cite"))
    assert outline.in_references
    outline.enter(Heading("B", "More Results"))
    assert not outline.in_references
    assert outline.role is SectionRole.APPENDIX


def test_a_bold_line_inside_a_numbered_section_opens_none() -> None:
    outline = Outline()
    outline.enter(Heading("4", "Results"))
    outline.enter(Heading("", "Why it works"))
    assert outline.section == "4 Results"


@pytest.mark.parametrize("name", ["APPENDIX: PROOF OF COROLLARY 9", "Appendix A: Proofs", "APPENDIX II PROOFS"])
def test_an_appendix_with_a_subject_ends_the_conclusion(name: str) -> None:
    heading = heading_of(_line(name, bold=True), 10.0, alone=True)
    assert heading is not None
    outline = Outline()
    for one in (Heading("VI", "RESULTS"), Heading("VII", "CONCLUSION"), heading):
        outline.enter(one)
    assert outline.section == name
    assert outline.role is SectionRole.APPENDIX


def test_an_appendix_in_small_capitals_is_a_heading() -> None:
    line = _line("APPENDIX: PROOF OF COROLLARY 9", 8.0)
    first = Span("A", 10.0, False, False, False, False, False, line.box.x0, line.box.y1, line.box.x0 + 7)
    fragment = Fragment(line.box, (first, *line.spans), 0)
    heading = heading_of(replace(line, fragments=(fragment,)), 10.0, alone=True)
    assert heading == Heading("", "APPENDIX: PROOF OF COROLLARY 9")


def test_a_bold_line_about_an_appendix_opens_none() -> None:
    outline = Outline()
    outline.enter(Heading("4", "Results"))
    outline.enter(Heading("", "Appendix tables of all lexica"))
    assert outline.section == "4 Results"
