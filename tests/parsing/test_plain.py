from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from synth.parsing.plain import read_abstract, read_digest
from synth.types import Paper, ReadFrom, SectionRole

PAPER = Paper(
    id="1911.00001v2",
    title="A Title",
    authors=("A. Writer",),
    abstract="We train a model, e.g. a small one.  It gains $2.5\\times$ on 3 tasks.",
    published=None,
    source="arxiv",  # type: ignore[arg-type]  # equal to the member, as StrEnum has it
)


def test_an_abstract_is_a_document() -> None:
    document = read_abstract(PAPER)
    assert document.read_from is ReadFrom.ABSTRACT
    assert document.notes == ("no PDF: abstract only",)
    assert [s.text for s in document.sentences] == [
        "We train a model, e.g. a small one.",
        "It gains 2.5× on 3 tasks.",
    ]
    assert {(s.page, s.section, s.role) for s in document.sentences} == {(0, "Abstract", SectionRole.ABSTRACT)}


def test_an_empty_abstract_says_so() -> None:
    document = read_abstract(replace(PAPER, abstract=" "))
    assert document.sentences == ()
    assert "no abstract either" in document.notes[0]


DIGEST = """# A Title

A line in front of all sections.

## Method

The model is **small**. It reads
over line ends.

- A first item stands alone.
- So does a second one.

## Results ##

It gains 2.5 points on XNLI.
"""


def test_a_digest_has_the_sections_of_its_headings() -> None:
    document = read_digest(PAPER, DIGEST)
    assert document.read_from is ReadFrom.DIGEST
    assert [(s.section, s.paragraph, s.text) for s in document.sentences] == [
        ("Digest", 0, "A line in front of all sections."),
        ("Method", 1, "The model is small."),
        ("Method", 1, "It reads over line ends."),
        ("Method", 2, "A first item stands alone."),
        ("Method", 3, "So does a second one."),
        ("Results", 4, "It gains 2.5 points on XNLI."),
    ]
    assert document.sentences[-1].role is SectionRole.RESULTS


@given(st.text())
def test_offsets_hold_for_any_text(text: str) -> None:
    for document in (read_digest(PAPER, text), read_abstract(replace(PAPER, abstract=text))):
        for sentence in document.sentences:
            assert document.text[sentence.start : sentence.end] == sentence.text
