"""Whatever characters a terminal or pipe has, a command's result comes out, and JSON reads back as the same."""

from __future__ import annotations

import json

import pytest

from synth.store.store import Store
from synth.types import Paper, ReadFrom, Source

TITLE = "Łukaszewicz ≤ β: 漢字 👍"
ENCODINGS = ("cp1252", "latin-1", "ascii", "utf-8")


@pytest.fixture
def library(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/.synth/synth.sqlite")
    paper = Paper(id="2101.00001v1", title=TITLE, authors=("Ł. Ω",), abstract="", published=None, source=Source.ARXIV)
    store.papers.save_document(
        key="k", paper=paper, reader="r", read_from=ReadFrom.PDF, n_pages=1, n_sentences=1, body="{}", passages=()
    )
    store.close()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.usefixtures("library")
def test_a_title_comes_out_in_every_encoding(synth, encoding):
    shown = synth("library", "list", PYTHONIOENCODING=encoding)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert (TITLE if encoding == "utf-8" else "?ukaszewicz ? ?: ?? ?") in shown.stdout
    told = synth("library", "list", "--json", PYTHONIOENCODING=encoding)
    assert json.loads(told.stdout)["papers"][0]["paper"]["title"] == TITLE


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_tables_and_complaints_come_out_in_every_encoding(synth, tmp_path, encoding):
    (tmp_path / "q.csv").write_text("question,papers\nDoes β help Łukasz?,0\n", encoding="utf-8")
    result = synth("batch", "q.csv", PYTHONIOENCODING=f"{encoding}:strict")
    assert result.returncode == 1
    assert "1 report: 1 failed." in result.stdout
    assert "Traceback" not in result.stderr
    unknown = synth("library", "show", "β", PYTHONIOENCODING=f"{encoding}:strict")
    assert unknown.returncode == 2
    assert unknown.stderr.startswith("error: ")
