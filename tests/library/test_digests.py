"""The embedded library: every digest has the form that data/library/README.md promises."""

from __future__ import annotations

import json
import lzma
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

LIBRARY = Path(__file__).resolve().parents[2] / "data" / "library"
KEYS = ("id", "title", "authors", "published", "categories", "basis")
SECTIONS = {"Abstract", "Introduction", "Method", "Data", "Results", "Analysis", "Limitations", "Conclusion"}
RUN = 8  # words in a row that a digest may not share with its source
DIGESTS = sorted(path for path in LIBRARY.glob("*.md") if path.name != "README.md")


@dataclass(frozen=True)
class Digest:
    """One digest as its file says it: the front matter, and the paragraphs of each section."""

    meta: dict[str, str]
    sections: tuple[tuple[str, str], ...]

    @property
    def body(self) -> str:
        return "\n\n".join(text for _, text in self.sections)


@cache
def read(path: Path) -> Digest:
    text = path.read_text(encoding="utf-8")
    match = re.fullmatch(r"---\n(.*?)\n---\n+(## .*)", text, re.DOTALL)
    assert match, f"{path.name}: front matter between two lines of ---, then a section"
    meta: dict[str, str] = {}
    for line in match[1].splitlines():
        key, separator, value = line.partition(": ")
        assert separator and value == value.strip() and value, f"{path.name}: {line!r} is not 'key: value'"
        assert key not in meta, f"{path.name}: {key} twice"
        meta[key] = value
    parts = re.split(r"^## (.+)$", match[2], flags=re.MULTILINE)[1:]
    return Digest(meta, tuple(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True)))


def items(value: str) -> list[str]:
    """The members of ``[a, b]``."""
    assert value.startswith("[") and value.endswith("]"), f"{value!r} is no list"
    return [item for item in value[1:-1].split(", ") if item]


def sentences(text: str) -> list[str]:
    joined = " ".join(text.split())
    return re.split(r"(?<=[.!?])(?<!\bet al\.)\s+", joined)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def runs(tokens: list[str]) -> set[tuple[str, ...]]:
    return {tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1)}


def test_there_are_enough_digests():
    assert len(DIGESTS) >= 30


def test_no_paper_and_no_title_twice():
    metas = [read(path).meta for path in DIGESTS]
    assert len({meta["id"].partition("v")[0] for meta in metas}) == len(metas)
    assert len({" ".join(words(meta["title"])) for meta in metas}) == len(metas)


def test_no_sentence_serves_two_papers():
    seen: dict[str, str] = {}
    for path in DIGESTS:
        for sentence in sentences(read(path).body):
            assert sentence not in seen, f"{path.name} and {seen[sentence]}: {sentence}"
            seen[sentence] = path.name


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_front_matter(path: Path):
    meta = read(path).meta
    assert tuple(meta) == KEYS
    assert re.fullmatch(r"\d{4}\.\d{4,5}v[1-9]\d?", meta["id"])
    assert meta["id"].partition("v")[0] == path.stem
    authors = items(meta["authors"])
    assert authors and len(set(authors)) == len(authors)
    assert all(re.fullmatch(r"[^\W\d_][^\d,:;\"]+", name) for name in authors)
    published = date.fromisoformat(meta["published"])
    submitted = 12 * (2000 + int(path.stem[:2])) + int(path.stem[2:4])
    assert abs(12 * published.year + published.month - submitted) <= 1  # an id is given some days later
    assert all(re.fullmatch(r"[a-z-]+(\.[A-Za-z-]+)?", name) for name in items(meta["categories"]))
    assert meta["basis"] in {"abstract", "pdf"}


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_sections_and_length(path: Path):
    digest = read(path)
    names = [name for name, _ in digest.sections]
    assert names[0] == "Abstract" and len(names) >= 3 and len(set(names)) == len(names)
    assert set(names) <= SECTIONS
    assert 2 <= len(sentences(digest.sections[0][1])) <= 4
    assert 250 <= len(digest.body.split()) <= 600


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_plain_whole_sentences_in_the_third_person(path: Path):
    digest = read(path)
    assert not re.search(r"\b(we|our|ours|us)\b", digest.body, re.IGNORECASE)
    assert not re.search(r"[*_`#<>{}\\|]|\[|\]|^\s*[-+] |^\s*\d+[.)] |https?:", digest.body, re.MULTILINE)
    for sentence in sentences(digest.body):
        assert re.match(r"[A-Z0-9]|m[A-Z]", sentence), sentence  # mBERT and mT5 may begin one
        assert sentence.endswith((".", "?")), sentence
        assert not re.match(r"(It|This|That|These|Those|They|He|She)\b", sentence), sentence
        assert 4 <= len(sentence.split()) <= 60, sentence


@pytest.mark.shared
def test_no_run_of_words_from_the_abstracts(shared: Path):
    ids = {path.stem: path for path in DIGESTS}
    checked = 0
    with lzma.open(shared / "arxiv" / "metadata.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if (path := ids.get(line[8:].partition('"')[0])) is None:
                continue
            record = json.loads(line)
            common = runs(words(read(path).body)) & runs(words(record["abstract"])) - runs(words(record["title"]))
            assert not common, f"{path.name}: {sorted(' '.join(run) for run in common)}"
            checked += 1
    assert checked >= 30


@pytest.mark.shared
@pytest.mark.parametrize("path", [path for path in DIGESTS if read(path).meta["basis"] == "pdf"], ids=lambda p: p.stem)
def test_no_run_of_words_from_the_pdf(shared: Path, path: Path):
    pymupdf: Any = import_module("pymupdf")  # imported late: heavy, and only this test needs it
    with pymupdf.open(shared / "arxiv" / "pdf" / f"{path.stem}.pdf") as document:
        text = unicodedata.normalize("NFKC", "\n".join(page.get_text() for page in document))
    digest = read(path)
    source = runs(words(text)) | runs(words(text.replace("-\n", "")))
    common = runs(words(digest.body)) & source - runs(words(digest.meta["title"]))
    assert not common, sorted(" ".join(run) for run in common)
