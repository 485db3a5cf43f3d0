"""The embedded library: digests in the project's own words, read like papers. Form: ``data/library/README.md``."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import NoReturn

from synth.errors import ConfigError
from synth.sources.ids import parse_arxiv_id
from synth.text import collapse
from synth.types import Paper, Source

_REQUIRED = ("id", "title", "authors", "published", "categories", "basis")
_BASES = frozenset({"pdf", "abstract"})
_LINE = re.compile(r"(?P<key>[a-z_]+):\s*(?P<value>.*)")


def read_library(folder: Path) -> tuple[tuple[Paper, str], ...]:
    """Each digest of a folder as its paper and its body (``## Section`` headings and prose), ordered by file name.

    Raises:
        ConfigError: If the folder cannot be read or is empty, a digest breaks the form, or two have one id.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".md" and path.name != "README.md")
        texts = [(path, path.read_text(encoding="utf-8")) for path in files]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"the library {folder} cannot be read ({error}); install Synth again", path=str(folder)
        ) from error
    if not texts:
        raise ConfigError(f"the library {folder} holds no digest; install Synth again", path=str(folder))
    read: dict[str, tuple[Paper, str]] = {}
    for path, text in texts:
        paper, body = read_digest_file(path, text)
        if paper.id in read:
            raise ConfigError(f"{path.name}: {paper.id} is in {Path(read[paper.id][0].path or '').name} already")
        read[paper.id] = (paper, body)
    return tuple(read.values())


def read_digest_file(path: Path, text: str) -> tuple[Paper, str]:
    """The paper and the body of one digest.

    Raises:
        ConfigError: If it breaks the form; names the file and the line.
    """
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        _refuse(path, 1, "expected --- as the first line")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        _refuse(path, len(lines), "the front matter has no closing ---")
    values = _front_matter(path, lines[1:end])
    body = "\n".join(lines[end + 1 :]).strip() + "\n"
    abstract = _section(body, "Abstract")
    if not abstract:
        _refuse(path, end + 2, "expected a section '## Abstract' with text")
    paper = Paper(
        id=_checked_id(path, values["id"]),
        title=values["title"][0],
        authors=_listed(path, values["authors"]),
        abstract=abstract,
        published=_day(path, values["published"]),
        source=Source.DIGEST,
        categories=_listed(path, values["categories"]),
        path=str(path),
    )
    if values["basis"][0] not in _BASES:
        _refuse(path, values["basis"][1], f"found basis {values['basis'][0]!r}, expected pdf or abstract")
    return paper, body


_Value = tuple[str, int]
"""A value and the number of its line, from 1."""


def _front_matter(path: Path, lines: list[str]) -> dict[str, _Value]:
    values: dict[str, _Value] = {}
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            _refuse(path, number, f"found {line.strip()[:60]!r}, expected 'key: value'")
        if match["key"] in values:
            _refuse(path, number, f"{match['key']} stands twice")
        values[match["key"]] = (match["value"].strip(), number)
    for key in _REQUIRED:
        if not values.get(key, ("", 0))[0]:
            _refuse(path, values.get(key, ("", 1))[1], f"{key} is missing; expected {', '.join(_REQUIRED)}")
    return values


def _section(body: str, name: str) -> str:
    match = re.search(rf"^## {re.escape(name)}[ \t]*\n(.*?)(?=^## |\Z)", body, re.MULTILINE | re.DOTALL)
    return collapse(match[1]) if match else ""


def _checked_id(path: Path, value: _Value) -> str:
    try:
        return parse_arxiv_id(value[0])
    except ConfigError as error:
        _refuse(path, value[1], str(error))


def _listed(path: Path, value: _Value) -> tuple[str, ...]:
    text, number = value
    if not (text.startswith("[") and text.endswith("]")):
        _refuse(path, number, f"found {text[:40]!r}, expected a list in brackets: [A, B]")
    return tuple(item for part in text[1:-1].split(",") if (item := collapse(part)))


def _day(path: Path, value: _Value) -> dt.date:
    try:
        return dt.date.fromisoformat(value[0])
    except ValueError:
        _refuse(path, value[1], f"found the day {value[0]!r}, expected YYYY-MM-DD")


def _refuse(path: Path, line: int, problem: str) -> NoReturn:
    raise ConfigError(f"{path.name}, line {line}: {problem}", path=str(path), line=line)
