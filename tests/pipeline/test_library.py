"""The library after a change of the reader: read again from what is on this machine, or named as left out."""

from __future__ import annotations

import dataclasses

import pytest

from synth.errors import ConfigError
from synth.pipeline.library import add, find, library_passages, remove
from synth.pipeline.parts import Parts
from synth.pipeline.verify import verify
from synth.types import Label
from tests.pipeline.arxiv import SmallArxiv, pdf

WHOLE, OTHER, BARE = "2101.00001v1", "2103.00003v1", "2104.00004v1"
CLAIM = "Byte-level tokenisation improves tagging of rare languages in nine of eleven reviewed studies."


@pytest.fixture
def newer_reader(monkeypatch: pytest.MonkeyPatch):
    return lambda: monkeypatch.setattr("synth.pipeline.reading.READER", "reader-999")


def test_what_another_reader_has_read_is_read_again_and_nobody_is_asked(
    parts: Parts, arxiv: SmallArxiv, newer_reader, monkeypatch
) -> None:
    add([WHOLE, OTHER], parts)
    before, asked = library_passages(parts, offline=False), len(arxiv.paths)
    newer_reader()
    assert library_passages(parts, offline=False) == before
    assert before.passages and not before.notes
    assert len(arxiv.paths) == asked
    monkeypatch.setattr("synth.pipeline.reading.read_pdf", lambda *_: pytest.fail("it was read before"))
    assert library_passages(parts, offline=False) == before


def test_a_claim_gets_its_verdict_whichever_reader_read_the_papers(parts: Parts, newer_reader, monkeypatch) -> None:
    monkeypatch.setattr("synth.pipeline.verify.is_checkworthy", lambda *_: True)
    add([OTHER], parts)
    newer_reader()
    verified = verify([CLAIM], parts)
    assert verified.claims[0].verdict.label is Label.SUPPORTED
    assert [paper.id for paper in verified.papers] == [OTHER]
    assert verified.notes == ()


def test_without_its_pdf_a_paper_is_read_from_its_abstract_and_named(parts: Parts, arxiv, newer_reader) -> None:
    add([WHOLE, OTHER], parts)
    (parts.pdf_folder / f"{WHOLE}.pdf").unlink()
    newer_reader()
    asked = len(arxiv.paths)
    for _ in range(2):  # not kept: the next run may find the PDF
        library = library_passages(parts, offline=False)
        assert [paper.id for paper in library.papers] == [WHOLE, OTHER]
        (note,) = library.notes
        assert note.startswith("1 of the library's 2 papers was read from the abstract alone: its PDF is not on this")
        assert note.endswith(WHOLE)
    assert len(arxiv.paths) == asked
    add([WHOLE], parts)
    assert library_passages(parts, offline=False).notes == ()


def test_a_paper_that_never_had_a_pdf_is_read_from_its_abstract_for_good(parts: Parts, arxiv, newer_reader) -> None:
    add([BARE], parts)
    newer_reader()
    asked = len(arxiv.paths)
    library = library_passages(parts, offline=False)
    assert ([paper.id for paper in library.papers], library.notes) == ([BARE], ())
    assert library.passages and len(arxiv.paths) == asked


@pytest.mark.parametrize(
    ("bytes_now", "said"), [(None, "cannot be read: No such file"), (pdf(WHOLE), "is another file now")]
)
def test_a_file_that_is_not_there_any_more_does_not_count_and_is_named(
    parts: Parts, newer_reader, tmp_path, monkeypatch, bytes_now, said
) -> None:
    monkeypatch.setattr("synth.pipeline.verify.is_checkworthy", lambda *_: True)
    mine = tmp_path / "mine.pdf"
    mine.write_bytes(pdf(OTHER))
    (added,) = add([str(mine)], parts)
    assert added.paper
    newer_reader()
    mine.unlink() if bytes_now is None else mine.write_bytes(bytes_now)
    verified = verify([CLAIM], parts)
    assert verified.papers == ()
    (note,) = verified.notes
    assert "1 of the library's 1 papers was left out: mine.pdf" in note
    assert said in note and added.paper.id in note


def test_a_paper_is_found_by_its_id_even_where_another_id_begins_so(parts: Parts) -> None:
    (added,) = add([WHOLE], parts)
    assert added.paper
    tenth = dataclasses.replace(added.paper, id=f"{WHOLE}0")
    parts.store.papers.save_papers([tenth])
    assert find(WHOLE, parts) == added.paper
    assert find(f" {tenth.id} ", parts) == tenth
    with pytest.raises(ConfigError, match=rf"names 2 papers \({WHOLE}, {tenth.id}\) of the library"):
        find("2101.00001", parts)


def test_a_paper_that_is_taken_out_takes_its_pdf_with_it(parts: Parts) -> None:
    whole, other = add([WHOLE, OTHER], parts)
    assert whole.paper and other.paper
    remove(whole.paper, parts)
    assert [path.name for path in parts.pdf_folder.glob("*.pdf")] == [f"{OTHER}.pdf"]
    assert library_passages(parts, offline=False).papers == (other.paper,)


def test_every_claim_of_a_reader_gets_its_row_in_the_order_given(parts: Parts) -> None:
    add([OTHER], parts)
    rows = verify(["Hello there!", CLAIM, "Is that so?", CLAIM], parts).claims
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert [row.claim.text for row in rows] == ["Hello there!", CLAIM, "Is that so?", CLAIM]
    assert [row.verdict.label is Label.NOT_CHECKWORTHY for row in rows] == [True, False, True, False]
    assert rows[1].verdict == rows[3].verdict


def test_an_empty_library_is_said_to_be_empty(parts: Parts) -> None:
    (note,) = verify(["Bytes help."], parts).notes
    assert "the library is empty" in note
