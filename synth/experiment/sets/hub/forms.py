"""From records to the texts of the files that :mod:`synth.experiment.sets.files` reads. Pure."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

_BREAKS = re.compile(r"[\t\r\n]+")


def lines_text(texts: Iterable[str]) -> str:
    """A text a line."""
    return "".join(f"{_cell(text)}\n" for text in texts)


def rows_text(rows: Iterable[Sequence[str]]) -> str:
    """A row a line, with tabs between its cells."""
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def tagged_text(sentences: Iterable[Sequence[tuple[str, str]]]) -> str:
    """A word and its tag a line, an empty line after each sentence.

    Args:
        sentences: Words and tags; a word of white space alone is left out with its tag.
    """
    found = []
    for sentence in sentences:
        words = [(_cell(word), tag) for word, tag in sentence]
        found += [f"{word}\t{tag}\n" for word, tag in words if word]
        found.append("\n")
    return "".join(found)


def squad_text(records: Iterable[Mapping[str, Any]]) -> str:
    """SQuAD's JSON: the questions that follow each other on one context share a paragraph.

    Args:
        records: ``id``, ``context``, ``question`` and ``answers``: texts and starts as two lists or as pairs.
    """
    paragraphs = [
        {
            "context": context,
            "qas": [
                {"id": str(one["id"]), "question": str(one["question"]), "answers": _answers(one["answers"])}
                for one in asked
            ],
        }
        for context, asked in groupby(records, key=lambda one: str(one["context"]))
    ]
    return json.dumps({"data": [{"paragraphs": paragraphs}]}, ensure_ascii=False, sort_keys=True) + "\n"


def csv_text(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a header, every cell in quotation marks: a text may have line breaks of any kind."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def json_lines_text(records: Iterable[Mapping[str, Any]]) -> str:
    """A JSON object a line."""
    return "".join(json.dumps(dict(one), ensure_ascii=False, sort_keys=True) + "\n" for one in records)


def _cell(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _answers(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, Mapping):
        pairs = list(zip(found["text"], found["answer_start"], strict=True))
    else:
        pairs = [(one["text"], one["answer_start"]) for one in found]
    return [{"text": str(text), "answer_start": int(start)} for text, start in pairs]
