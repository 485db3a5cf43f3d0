from __future__ import annotations

import hashlib

import pytest

from synth.errors import ConfigError
from synth.sources.files import is_there, papers_in
from synth.types import Source


def test_pdfs_of_a_folder_each_content_once(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "b_second-paper.PDF").write_bytes(b"two")
    (tmp_path / "2003.11080v3.pdf").write_bytes(b"one")
    (tmp_path / "sub" / "copy.pdf").write_bytes(b"one")
    (tmp_path / "notes.txt").write_text("no paper")
    (tmp_path / ".hidden.pdf").write_bytes(b"three")
    first, second = papers_in(tmp_path)
    assert first.id == "file:" + hashlib.sha256(b"one").hexdigest()[:12]  # the file's name proves no arXiv id
    assert first.title == "2003.11080v3"
    assert first.path == str(tmp_path / "2003.11080v3.pdf")
    assert (second.title, second.source) == ("b second paper", Source.FILE)


def test_several_places_and_single_files(tmp_path):
    for name in ("x.pdf", "y.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    assert [paper.title for paper in papers_in([tmp_path / "y.pdf", tmp_path])] == ["y", "x"]
    assert papers_in([]) == ()


def test_a_link_that_leads_back_up_is_no_endless_way(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [paper.path for paper in papers_in(tmp_path)] == [str(tmp_path / "x.pdf")]


def test_what_cannot_be_read_is_told_in_one_line(tmp_path):
    with pytest.raises(ConfigError, match="does not exist"):
        papers_in(tmp_path / "absent")
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(ConfigError, match=r"holds 1 files, none of them a \.pdf"):
        papers_in(tmp_path)
    with pytest.raises(ConfigError, match=r"is no \.pdf"):
        papers_in(tmp_path / "notes.txt")


def test_an_unreadable_folder_is_told(tmp_path, monkeypatch):
    folder = tmp_path / "closed"
    folder.mkdir()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(folder), "iterdir", refuse)
    with pytest.raises(ConfigError, match=r"closed cannot be read \(Permission denied\)"):
        papers_in(folder)


def test_a_name_that_is_too_long_names_nothing(tmp_path):
    assert not is_there(tmp_path / ("long" * 75))
    assert is_there(tmp_path)
    assert not is_there(tmp_path / "none")
    with pytest.raises(ConfigError, match=r"cannot be read \(File name too long\)"):
        papers_in(tmp_path / ("long" * 75))


def test_what_must_not_be_looked_at_is_there(tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "stat", refuse)
    assert is_there(tmp_path / "closed" / "x.pdf")
