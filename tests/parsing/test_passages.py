from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from synth.parsing.passages import MOST_WORDS, WINDOW, passages, row_text
from synth.types import Box, Document, PassageKind, ReadFrom, SectionRole, Sentence, Table

SECTIONS = st.lists(st.lists(st.integers(1, 90), min_size=1, max_size=9), max_size=4)


def _document(sections: list[list[int]]) -> Document:
    text = ""
    sentences: list[Sentence] = []
    for number, lengths in enumerate(sections):
        for length in lengths:
            body = " ".join(["word"] * length) + "."
            text += "\n\n" if text else ""
            sentences.append(
                Sentence(
                    text=body,
                    start=len(text),
                    end=len(text) + len(body),
                    page=1 + number,
                    section=f"{number} Section",
                    role=SectionRole.METHOD,
                    box=Box(0, 10 * length, 100, 10 * length + 9),
                    paragraph=len(sentences),
                )
            )
            text += body
    return Document(paper_id="2005.00001v1", read_from=ReadFrom.PDF, text=text, sentences=tuple(sentences))


@given(SECTIONS)
def test_windows_hold_every_sentence_and_stay_in_their_section(sections: list[list[int]]) -> None:
    document = _document(sections)
    made = passages(document)
    for sentence in document.sentences:
        holders = [p for p in made if p.start <= sentence.start and sentence.end <= p.end]
        assert holders
        assert {p.section for p in holders} == {sentence.section}
    for passage in made:
        inside = [s for s in document.sentences if passage.start <= s.start and s.end <= passage.end]
        assert 1 <= len(inside) <= WINDOW
        assert len(inside) == 1 or len(passage.text.split()) <= MOST_WORDS
        assert passage.text == " ".join(document.text[passage.start : passage.end].split())
    assert len({p.id for p in made}) == len(made)
    assert [p.id for p in made] == [f"2005.00001v1#{n:04d}" for n in range(1, len(made) + 1)]
    assert len({(p.start, p.end) for p in made}) == len(made), "no window stands twice"


def test_windows_of_three_step_by_two() -> None:
    document = _document([[3, 3, 3, 3, 3]])
    starts = [s.start for s in document.sentences]
    assert [(p.start, p.end) for p in passages(document)] == [
        (starts[0], document.sentences[2].end),
        (starts[2], document.sentences[4].end),
    ]


def test_a_box_covers_the_sentences_of_the_first_page() -> None:
    (passage,) = passages(_document([[1, 2]]))
    assert passage.box == Box(0, 10, 100, 29)


def test_rows_of_tables_are_said_in_words() -> None:
    table = Table(caption="Table 2: F1.", page=3, header=("Model", "", "de"), rows=(("XLM", "base", ""),))
    assert row_text(table, ("XLM", "base", "65.4")) == "Table 2: F1. | Model: XLM | base | de: 65.4"
    caption = Sentence(text="Table 2: F1.", start=0, end=12, page=3, section="4 Results", role=SectionRole.RESULTS)
    document = Document(
        paper_id="x", read_from=ReadFrom.PDF, text="Table 2: F1.", sentences=(), captions=(caption,), tables=(table,)
    )
    assert [(p.kind, p.page, p.text) for p in passages(document)] == [
        (PassageKind.CAPTION, 3, "Table 2: F1."),
        (PassageKind.TABLE_ROW, 3, "Table 2: F1. | Model: XLM | base"),
    ]


def test_an_empty_document_has_no_passage() -> None:
    assert passages(_document([])) == ()
