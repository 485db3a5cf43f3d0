from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from synth.errors import NoTextLayer, UnreadablePdf
from synth.parsing import reader
from synth.parsing.passages import passages
from synth.parsing.reader import READER, Limits, read_front_matter, read_pdf
from synth.types import Paper, ReadFrom, SectionRole
from tests.parsing.conftest import LEFT, Press


def test_a_paper_in_two_columns_reads_as_its_author_wrote_it(two_columns: Callable[[], Path], paper: Paper) -> None:
    document = read_pdf(two_columns(), paper)
    assert [sentence.text for sentence in document.sentences] == [
        "We compare two models.",
        "The large one wins by 2.5 points on the test set in every run.",
        "Language models learn from text in many languages at once.",
        "Our model reads cross-lingual data and gains 2.5 points on the test set.",
        "It keeps cross-lingual transfer stable over seeds, and performance grows with size.",
        "The performance of the small model stays below that of the large one in every setting that we tried, although "
        "the small one needs a tenth of the memory.",
        "We trained both models on the same corpus for three days.",
        "Longer training did not change the ranking of the two models on any task.",
        "Table 1 holds the scores of both models.",
        "The gap is the same for every language.",
        "Size helps, and it helps in all languages that we tried.",
        "We hope that others try more of them soon.",
        "The large model has twelve layers.",
        "Its vocabulary holds thirty thousand words.",
        "A footnote says that seeds were fixed by hand.",
    ]
    assert document.read_from is ReadFrom.PDF
    assert document.n_pages == 2
    assert [caption.text for caption in document.captions] == ["Table 1: Accuracy of both models by language."]


def test_every_sentence_knows_its_place(two_columns: Callable[[], Path], paper: Paper) -> None:
    document = read_pdf(two_columns(), paper)
    places = {sentence.text.split()[0]: sentence for sentence in document.sentences}
    assert places["Language"].section == "1 Introduction"
    assert places["Language"].role is SectionRole.INTRODUCTION
    assert places["Size"].page == 2
    assert places["Its"].role is SectionRole.APPENDIX
    across = next(s for s in document.sentences if s.text.startswith("The performance"))
    assert across.page == 1
    assert across.box is not None
    assert across.box.x1 < 306, "the box covers the part in the first column only"
    for sentence in (*document.sentences, *document.captions):
        assert document.text[sentence.start : sentence.end] == sentence.text


def test_the_table_comes_out_cell_by_cell(two_columns: Callable[[], Path], paper: Paper) -> None:
    document = read_pdf(two_columns(), paper)
    (table,) = document.tables
    assert table.header == ("Model", "en", "de", "sw")
    assert table.rows == (("Small", "70.1", "65.2", "50.3"), ("Large", "72.6", "68.0", "55.1"))
    assert [p.text for p in passages(document)][-1] == (
        "Table 1: Accuracy of both models by language. | Model: Large | en: 72.6 | de: 68.0 | sw: 55.1"
    )


def test_reading_twice_gives_the_same(two_columns: Callable[[], Path], paper: Paper) -> None:
    path = two_columns()
    assert read_pdf(path, paper) == read_pdf(path, paper)


def test_the_first_pages_give_the_abstract(two_columns: Callable[[], Path], press: Press, tmp_path: Path) -> None:
    assert read_front_matter(two_columns()).abstract == (
        "We compare two models. The large one wins by 2.5 points on the test set in every run."
    )
    press.new_page().put(72, 72, "A letter without any abstract", 16)
    assert read_front_matter(press.save(tmp_path / "letter.pdf")).abstract == ""


def test_a_locked_pdf_is_refused(press: Press, paper: Paper, tmp_path: Path) -> None:
    press.new_page().put(72, 72, "Nobody may read this sentence.")
    path = press.save(tmp_path / "locked.pdf", encryption=4, user_pw="secret", owner_pw="owner")
    with pytest.raises(UnreadablePdf, match="locked with a password") as caught:
        read_pdf(path, paper)
    assert caught.value.facts["paper_id"] == paper.id
    assert "\n" not in caught.value.message


def test_pictures_of_pages_are_refused(press: Press, paper: Paper, tmp_path: Path) -> None:
    press.new_page().page.draw_rect((100, 100, 300, 300))
    with pytest.raises(NoTextLayer, match="OCR"):
        read_pdf(press.save(tmp_path / "scan.pdf"), paper)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Rate exceeded.</body></html>", "an HTML page"),
        (b"hello", "no PDF"),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF", "no page|cannot be opened"),
    ],
)
def test_what_is_no_pdf_is_refused(tmp_path: Path, paper: Paper, body: bytes, said: str) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(body)
    with pytest.raises(UnreadablePdf, match=said) as caught:
        read_pdf(path, paper)
    assert not caught.value.passing


def test_a_missing_file_is_refused(tmp_path: Path, paper: Paper) -> None:
    with pytest.raises(UnreadablePdf, match="cannot be opened"):
        read_pdf(tmp_path / "none.pdf", paper)


def test_a_pdf_cut_in_the_middle_is_refused_or_read(two_columns: Callable[[], Path], paper: Paper) -> None:
    path = two_columns()
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises((UnreadablePdf, NoTextLayer)):
        read_pdf(path, paper)


def test_a_large_file_is_refused_unread(two_columns: Callable[[], Path], paper: Paper) -> None:
    with pytest.raises(UnreadablePdf, match="more than the 1,000 allowed"):
        read_pdf(two_columns(), paper, Limits(file_bytes=1000))


def test_pages_beyond_the_limit_are_left_and_noted(two_columns: Callable[[], Path], paper: Paper) -> None:
    document = read_pdf(two_columns(), paper, Limits(pages=1))
    assert document.n_pages == 1
    assert document.notes == ("only the first 1 of 2 pages were read",)


def _stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str) -> None:
    child = tmp_path / "child.py"
    child.write_text(body, encoding="utf-8")
    monkeypatch.setattr(reader, "_CHILD", child)


def test_a_child_that_hangs_is_killed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, two_columns: Callable[[], Path], paper: Paper
) -> None:
    _stand_in(monkeypatch, tmp_path, "import time\ntime.sleep(600)\n")
    with pytest.raises(UnreadablePdf, match="longer than allowed") as caught:
        read_pdf(two_columns(), paper, Limits(seconds=0.5))
    assert caught.value.passing


CRASHING = """
import json, os, signal, sys
first = int(sys.argv[2])
print(json.dumps({"pages": 3, "title": ""}), flush=True)
said = "Page %d says that one bad page costs itself and takes no other page along with it."
line = [72, 300, 500, 312, 1, 0, 0, [[said, 10, 0, "Helvetica", 72, 310, 500]]]
for number in range(first, 4):
    if number == BAD:
        os.kill(os.getpid(), signal.SIGSEGV)
    text = json.dumps({"n": number, "w": 612, "h": 792, "lines": [line]}).replace("%d", str(number))
    print(text, flush=True)
print(json.dumps({"end": True}), flush=True)
"""


@pytest.mark.parametrize("bad", [1, 2, 3])
def test_a_page_that_crashes_the_child_costs_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, two_columns: Callable[[], Path], paper: Paper, bad: int
) -> None:
    _stand_in(monkeypatch, tmp_path, CRASHING.replace("BAD", str(bad)))
    document = read_pdf(two_columns(), paper)
    assert document.n_pages == 2
    assert document.notes == (f"page {bad} was lost: the reading broke down (signal {int(signal.SIGSEGV)})",)
    assert {sentence.page for sentence in document.sentences} <= {1, 2, 3} - {bad}


def test_a_child_that_never_starts_well_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, two_columns: Callable[[], Path], paper: Paper
) -> None:
    _stand_in(monkeypatch, tmp_path, "import sys\nsys.exit(75)\n")
    with pytest.raises(UnreadablePdf, match="out of memory") as caught:
        read_pdf(two_columns(), paper)
    assert caught.value.passing


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(("name", "passing"), [("SIGKILL", True), ("SIGTERM", True), ("SIGSEGV", False)])
def test_a_child_that_is_killed_may_do_better_another_time_one_that_crashes_does_not(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    two_columns: Callable[[], Path],
    paper: Paper,
    name: str,
    passing: bool,
) -> None:
    _stand_in(monkeypatch, tmp_path, f"import os, signal\nos.kill(os.getpid(), signal.{name})\n")
    with pytest.raises(UnreadablePdf, match=rf"broke down \(signal {int(getattr(signal, name))}\)") as caught:
        read_pdf(two_columns(), paper)
    assert caught.value.passing is passing
    assert pickle.loads(pickle.dumps(caught.value)).passing is passing


def test_little_memory_is_an_error_and_no_traceback(two_columns: Callable[[], Path], paper: Paper) -> None:
    with pytest.raises(UnreadablePdf, match=r"broke down|out of memory"):
        read_pdf(two_columns(), paper, Limits(memory=30_000_000))


def test_a_page_set_sideways_is_read(press: Press, paper: Paper, tmp_path: Path) -> None:
    press.new_page(792, 612)
    press.column(
        60, 100, ("This page was turned by a quarter before it was", "saved. It is read like any other page of it.")
    )
    press.page.set_rotation(90)
    document = read_pdf(press.save(tmp_path / "turned.pdf"), paper)
    assert [s.text for s in document.sentences] == [
        "This page was turned by a quarter before it was saved.",
        "It is read like any other page of it.",
    ]


def test_a_page_of_nothing_but_tiny_text_is_read(press: Press, paper: Paper, tmp_path: Path) -> None:
    press.new_page().column(
        60, 100, ("This page says what the paper is about, and the", "next one holds a mark that nobody is to see.")
    )
    press.new_page().put(50, 50, "Watermark", 0.01)
    document = read_pdf(press.save(tmp_path / "tiny.pdf"), paper)
    assert document.n_pages == 2
    assert document.sentences[0].text.startswith("This page says")


def test_a_page_that_no_document_comes_of_is_refused(
    monkeypatch: pytest.MonkeyPatch, two_columns: Callable[[], Path], paper: Paper
) -> None:
    def broken(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(reader, "build_document", broken)
    with pytest.raises(UnreadablePdf, match=r"paper\.pdf cannot be read: .*RecursionError") as caught:
        read_pdf(two_columns(), paper)
    assert caught.value.facts["paper_id"] == paper.id
    assert "\n" not in caught.value.message


def test_the_front_matter_of_a_loose_pdf(two_columns: Callable[[], Path]) -> None:
    found = read_front_matter(two_columns())
    assert found.title == "A Study of Small and Large Models"
    assert found.arxiv_id is None
    assert found.stamp is None


@pytest.mark.parametrize(
    ("x", "rotate", "believed"),
    [(32, 90, True), (32, 0, False), (32, 270, False), (300, 90, False), (600, 90, False)],
)
def test_a_stamp_stands_upright_in_the_left_margin(
    press: Press, tmp_path: Path, x: int, rotate: int, believed: bool
) -> None:
    press.new_page().put(120, 80, "A Study of Small and Large Models", 16)
    press.put(x, 560, "arXiv:2005.00396v3  [cs.CL]  8 Feb 2021", 20, rotate=rotate)
    press.column(120, 180, LEFT)
    found = read_front_matter(press.save(tmp_path / "stamped.pdf"))
    assert (found.arxiv_id == "2005.00396v3") is believed


def test_the_reader_has_a_version() -> None:
    assert READER.startswith("reader-")
    assert "pymupdf-" in READER


def test_the_parent_never_imports_pymupdf() -> None:
    code = "import sys, synth.parsing.reader; sys.exit('pymupdf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
