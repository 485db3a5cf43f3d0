from __future__ import annotations

import pytest

from synth.errors import ConfigError, UnreadablePdf, WrongPaper
from synth.experiment.audit import audit
from synth.experiment.findings import Result
from synth.experiment.papers import read_papers
from synth.experiment.printed import CellState
from synth.experiment.published import parse_published
from tests.experiment.examples import ROWS, TOML, paper

PUBLISHED = parse_published(TOML, "fruit.toml")
OTHER = [list(row) for row in ROWS]
OTHER[1][2] = "71.0"


def test_a_pdf_is_compared_cell_by_cell(tmp_path):
    reading = read_papers([paper(tmp_path / "x.pdf")], PUBLISHED)
    found = audit(PUBLISHED, reading.papers, reading.notes)
    assert found.tables[0].whole and not found.unexpected and not found.notes
    printed = {one.id: one.printed for one in found.findings}
    assert printed["fruit-1/small/pears/f1"] is CellState.SAME
    assert printed["cellar/gain"] is None


def test_another_cell_of_the_cited_version_is_unexpected(tmp_path):
    reading = read_papers([paper(tmp_path / "x.pdf", rows=OTHER)], PUBLISHED)
    found = audit(PUBLISHED, reading.papers, reading.notes)
    assert found.unexpected == ("fruit-1/small/apples is 70.0, the PDF prints 71.0",)


def test_another_cell_of_another_version_is_not(tmp_path):
    reading = read_papers([paper(tmp_path / "x.pdf", stamp="2401.00001v1", rows=OTHER)], PUBLISHED)
    found = audit(PUBLISHED, reading.papers, reading.notes)
    assert found.tables[0].count(CellState.DIFFERS) == 1 and not found.unexpected
    assert "is 2401.00001v1, the published file cites 2401.00001v2" in found.notes[0]
    assert found.count(Result.DIFFERS) == 0


def test_a_paper_without_a_stamp_is_known_by_its_title(tmp_path):
    reading = read_papers([paper(tmp_path / "x.pdf", stamp="")], PUBLISHED)
    assert reading.papers[0].source == "fruit" and not reading.papers[0].same_version
    assert "no arXiv stamp" in reading.notes[0]


def test_another_paper_is_refused(tmp_path):
    path = paper(tmp_path / "x.pdf", stamp="2401.00002v1", title="Something Else Entirely About Ice")
    with pytest.raises(WrongPaper, match=r"x.pdf is 2401.00002v1; fruit.toml has tables of 2401.00001v2"):
        read_papers([path], PUBLISHED)
    with pytest.raises(WrongPaper, match="none of the 1 PDF"):
        read_papers([tmp_path], PUBLISHED)


def test_a_folder_may_hold_others(tmp_path):
    paper(tmp_path / "a.pdf", stamp="2401.00002v1", title="Something Else Entirely About Ice")
    (tmp_path / "b.pdf").write_bytes(b"no PDF at all")
    paper(tmp_path / "c.pdf", stamp="2401.00001v1", rows=OTHER)
    paper(tmp_path / "d.pdf")
    said: list[str] = []
    reading = read_papers([tmp_path], PUBLISHED, say=said.append)
    assert [one.printed_id for one in reading.papers] == ["2401.00001v2"]
    assert any("b.pdf cannot be read" in note for note in reading.notes)
    assert any("1 PDF of other papers" in note for note in reading.notes)
    assert "looking through 4 PDFs" in said[0]


def test_what_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "b.pdf").write_bytes(b"no PDF at all")
    with pytest.raises(UnreadablePdf, match=r"b\.pdf cannot be read"):
        read_papers([tmp_path / "b.pdf"], PUBLISHED)
    with pytest.raises(ConfigError, match="does not exist"):
        read_papers([tmp_path / "none.pdf"], PUBLISHED)


def test_what_the_workspace_keeps_is_taken_unasked(tmp_path):
    kept = tmp_path / "pdf"
    assert read_papers([], PUBLISHED, kept=kept).papers == ()
    paper(kept / "2401.00001v2.pdf")
    assert read_papers([], PUBLISHED, kept=kept).papers[0].same_version
    (kept / "2401.00001v2.pdf").write_bytes(b"broken")
    reading = read_papers([], PUBLISHED, kept=kept)
    assert reading.papers == () and "cannot be read" in reading.notes[0]
