"""A kept search is known by the bytes of the given PDFs, whatever else lies in their folder."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from synth.errors import ConfigError
from synth.pipeline.found import search_key
from synth.pipeline.options import ReportOptions
from synth.pipeline.synthesize import make_report
from tests.pipeline.arxiv import QUESTION, pdf

OPTIONS = ReportOptions(n_papers=3, n_claims=5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two PDFs, and what other programs leave beside them."""
    place = tmp_path / "papers"
    place.mkdir()
    (place / "a.pdf").write_bytes(pdf("2105.00005v1"))
    (place / "b.pdf").write_bytes(pdf("2103.00003v1"))
    (place / "._a.pdf").write_bytes(b"left by another system")
    (place / "old.pdf").mkdir()
    (place / "gone.pdf").symlink_to(tmp_path / "nowhere")
    return place


def test_only_what_is_read_is_counted(parts, folder):
    for options, count in ((dataclasses.replace(OPTIONS, pdfs=(folder,)), 2), (OPTIONS, 0)):
        asked = make_report(QUESTION, options, parts).report.asked
        assert asked is not None
        assert asked.n_pdfs == count


def test_the_key_is_that_of_the_bytes(parts, folder):
    def key(*places: Path) -> str:
        return search_key(QUESTION, dataclasses.replace(OPTIONS, pdfs=places), parts)

    assert key(folder) == key(folder / "b.pdf", folder / "a.pdf") != key(folder / "a.pdf")
    before = key(folder)
    (folder / "a.pdf").write_bytes(b"others")
    assert key(folder) != before


def test_a_place_without_a_pdf_is_told(parts, tmp_path):
    with pytest.raises(ConfigError, match=r"none of them a \.pdf"):
        search_key(QUESTION, dataclasses.replace(OPTIONS, pdfs=(tmp_path / "workspace",)), parts)
