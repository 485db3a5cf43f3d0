"""Reading the forms that the sets come in: lines, rows, tagged sentences, SQuAD's JSON, CSV, JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synth.errors import ConfigError
from synth.experiment.kinds import TaggedSentence

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A context and the records of its questions, as SQuAD's JSON has them."""

    context: str
    questions: tuple[dict[str, Any], ...]


def lines(path: Path) -> list[str]:
    """The lines of a text file, stripped; an empty line stays, since line numbers pair the two sides of a bitext.

    Raises:
        ConfigError: The file cannot be read.
    """
    return [line.strip() for line in _lines(path)]


def rows(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of a tab-separated file with their line numbers.

    Args:
        path: The file.
        columns: How many columns each row has to have.

    Raises:
        ConfigError: The file cannot be read, or a row has another number of columns.
    """
    for number, line in enumerate(_lines(path), 1):
        cells = [_unquoted(cell.strip()) for cell in line.split("\t")]
        if len(cells) != columns:
            raise ConfigError(
                f"{path}, line {number} has {len(cells)} columns, expected {columns}: unpack the set anew", path=path
            )
        yield number, cells


def tagged(path: Path, tags: frozenset[str]) -> list[TaggedSentence]:
    """Sentences of a word and a tag a line, an empty line between sentences.

    Args:
        path: The file.
        tags: The tags there are.

    Raises:
        ConfigError: The file cannot be read, or a line has no tag or an unknown one (stripped labels, for example).
    """
    found: list[TaggedSentence] = []
    words: list[str] = []
    marks: list[str] = []
    for number, line in enumerate([*_lines(path), ""], 1):
        if line.strip():
            word, _, tag = line.rstrip().partition("\t")
            if tag not in tags:
                shown = f"the tag {tag!r}" if tag else "no tag"
                raise ConfigError(
                    f"{path}, line {number} has {shown}, expected a word, a tab and one of {', '.join(sorted(tags))}: "
                    "take a copy of the set with its labels",
                    path=path,
                )
            words.append(word.strip())
            marks.append(tag)
        elif words:
            found.append(TaggedSentence(tuple(words), tuple(marks)))
            words, marks = [], []
    return found


def paragraphs(path: Path) -> list[Paragraph]:
    """The contexts of a file in SQuAD's form, with their questions.

    Raises:
        ConfigError: The file cannot be read or is no such JSON.
    """
    try:
        return [
            Paragraph(str(one["context"]), tuple(dict(question) for question in one["qas"]))
            for article in json.loads(_text(path))["data"]
            for one in article["paragraphs"]
        ]
    except (ValueError, TypeError, KeyError) as error:
        raise ConfigError(f"{path} is no JSON in SQuAD's form ({_reason(error)}): unpack the set anew") from None


def records(path: Path, *names: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The records of a CSV file with a header, or of a file of one JSON object a line, with their numbers.

    Args:
        path: The file; its ending, ``.csv`` or ``.jsonl``, says which.
        *names: The fields that each record has to have; the others are left out.

    Raises:
        ConfigError: The file cannot be read, or a record lacks a field.
    """
    for number, found in _records(path):
        lacking = [name for name in names if found.get(name) is None]
        if lacking:
            raise ConfigError(f"{path}, record {number} has no {', '.join(lacking)}: unpack the set anew", path=path)
        yield number, {name: str(found[name]).strip() for name in names}


def refused(path: Path, number: int, found: str, expected: str) -> ConfigError:
    """The error of a value that a file should not have."""
    return ConfigError(f"{path}, record {number} has {found!r}, expected {expected}: unpack the set anew", path=path)


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        if path.suffix == ".csv":
            yield from enumerate(csv.DictReader(io.StringIO(_text(path), newline="")), 1)
        else:
            for number, line in enumerate(_lines(path), 1):
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise ValueError(f"line {number} is no object")
                yield number, record
    except (ValueError, csv.Error) as error:
        raise ConfigError(f"{path} is damaged ({_reason(error)}): unpack the set anew", path=path) from None


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror or error}; unpack the set there", path=path) from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is no UTF-8 at byte {error.start}: unpack the set anew", path=path) from None


def _lines(path: Path) -> list[str]:
    # not splitlines(): sentences hold U+2028 and its kin, and a line more on one side would shift a bitext
    found = _text(path).replace("\r\n", "\n").split("\n")
    return found[:-1] if found[-1] == "" else found


def _unquoted(cell: str) -> str:
    """A cell without the quotation marks of a CSV writer, which some rows of PAWS-X have kept."""
    if len(cell) < 4 or cell[0] != '"' or cell[-1] != '"' or '""' not in cell[1:-1]:
        return cell
    inner = cell[1:-1]
    return inner.replace('""', '"') if '"' not in inner.replace('""', "") else cell


def _reason(error: Exception) -> str:
    return f"no {error}" if isinstance(error, KeyError) else str(error).splitlines()[0]
