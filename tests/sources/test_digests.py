from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from synth.errors import ConfigError
from synth.resources import data_path
from synth.sources.digests import read_library
from synth.types import Source

GOOD = """---
id: 2005.00001v2
title: A Title: With a Colon
authors: [Ada Example, Bob Sample]
published: 2020-05-28
categories: [cs.CL]
basis: abstract
---
## Abstract
Example and Sample measure
two things.

## Results
They gain 5.4 points.
"""


def write(folder: Path, text: str, name: str = "2005.00001.md") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_digest_is_a_paper_and_its_body(tmp_path):
    write(tmp_path, "# About", "README.md")
    ((paper, body),) = read_library(write(tmp_path, GOOD))
    assert paper.id == "2005.00001v2"
    assert paper.title == "A Title: With a Colon"
    assert paper.authors == ("Ada Example", "Bob Sample")
    assert (paper.published, paper.categories) == (dt.date(2020, 5, 28), ("cs.CL",))
    assert paper.abstract == "Example and Sample measure two things."
    assert paper.source is Source.DIGEST
    assert body.startswith("## Abstract\n")
    assert body.endswith("They gain 5.4 points.\n")


def test_no_known_category_is_allowed(tmp_path):
    ((paper, _),) = read_library(write(tmp_path, GOOD.replace("[cs.CL]", "[]")))
    assert paper.categories == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("---\nid", "id", r"line 1: expected ---"),
        ("basis: abstract\n---", "basis: abstract", r"line \d+: (found|the front matter)"),
        ("id: 2005.00001v2", "id: ../../etc/passwd", r"line 2: '\.\./\.\./etc/passwd' is no arXiv id"),
        ("title: A Title: With a Colon\n", "", "title is missing"),
        ("title: A Title: With a Colon", "title:", "line 3: title is missing"),
        ("[Ada Example, Bob Sample]", "Ada Example", r"line 4: .*expected a list in brackets"),
        ("2020-05-28", "May 2020", "line 5: found the day 'May 2020', expected YYYY-MM-DD"),
        ("basis: abstract", "basis: hearsay", "line 7: found basis 'hearsay'"),
        ("published:", "published", "line 5: .*expected 'key: value'"),
        ("published: 2020-05-28", "title: B", "line 5: title stands twice"),
        ("## Abstract", "## Summary", "expected a section '## Abstract'"),
    ],
)
def test_a_broken_digest_names_file_and_line(tmp_path, old, new, message):
    assert old in GOOD
    with pytest.raises(ConfigError, match=message) as caught:
        read_library(write(tmp_path, GOOD.replace(old, new, 1)))
    assert str(caught.value).startswith("2005.00001.md, line ")


def test_two_digests_of_one_paper_are_refused(tmp_path):
    write(tmp_path, GOOD)
    with pytest.raises(ConfigError, match=r"b\.md: 2005\.00001v2 is in 2005\.00001\.md already"):
        read_library(write(tmp_path, GOOD, "b.md"))


def test_an_empty_or_absent_library_is_told(tmp_path):
    with pytest.raises(ConfigError, match="holds no digest"):
        read_library(tmp_path)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_library(tmp_path / "absent")


def test_the_embedded_library_can_be_read():
    library = read_library(data_path("library"))
    assert len(library) >= 30
    assert [paper.path for paper, _ in library] == sorted(paper.path or "" for paper, _ in library)
