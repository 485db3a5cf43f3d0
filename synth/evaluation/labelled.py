"""Labelled pairs of a text and a claim, from our own form and from the published files of several sets.

A file is recognised by its columns, not by its name: JSONL or a JSON array of objects, CSV and TSV with a
header, NLI4CT's object of statements (beside a folder of its trials) and Check-COVID's claims (beside its
``corpus.json``).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from synth.errors import EvaluationError
from synth.jsonl import json_lines
from synth.text import collapse, sentences

ENTAILMENT, NEUTRAL, CONTRADICTION, NOT_ENTAILMENT = "entailment", "neutral", "contradiction", "not_entailment"
_NAMES = {
    ENTAILMENT: "entailment entails entailed support supports supported yes e 0",
    NEUTRAL: "neutral nei notenoughinfo not_enough_info noinfo not_enough_information unrelated irrelevant n 1",
    CONTRADICTION: "contradiction contradicts contradict contradicted refute refutes refuted c 2",
    NOT_ENTAILMENT: "not_entailment not_entailed not_supported no",
}
LABELS: Mapping[str, str] = {name: label for label, names in _NAMES.items() for name in names.split()}
"""Every spelling of a label that is understood, folded; numbers are in the order of MultiNLI and ANLI."""
_PREMISE = ("premise", "abstract", "evidence", "passage", "context", "sentence1", "doc", "text")
_CLAIM = ("hypothesis", "claim", "statement", "sentence2", "Sentence2")
_LABEL = ("label", "gold_label", "entailment", "Label")
_UNDECIDED = frozenset({"-", "-1"})
"""MultiNLI and SNLI: the annotators did not agree."""
_PHENOMENA = ("Logic", "Predicate-Argument Structure", "Lexical Semantics", "Knowledge")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A text, a claim, and what the one says of the other."""

    id: str
    premise: tuple[str, ...]
    """The sentences (or lines) of the text, in order."""
    claim: str
    label: str
    """``entailment``, ``neutral``, ``contradiction`` or ``not_entailment``."""
    slices: tuple[str, ...] = ()
    """Phenomena that the pair tests."""


def read_labelled(path: Path) -> tuple[LabelledPair, ...]:
    """The labelled pairs of a file, in its order.

    Args:
        path: The file; one of FEVER's ``….raw.input0`` brings the two beside it.

    Raises:
        EvaluationError: It cannot be read, holds no pair, or a line lacks a column or has an unknown label;
            the line is named.
    """
    try:
        found = tuple(_fever(path) if path.name.endswith(".raw.input0") else _rows(path))
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path.name} cannot be read: {error}") from error
    if not found:
        raise EvaluationError(f"{path.name} holds no labelled pair; expected a text, a claim and a label in each line")
    return found


def _rows(path: Path) -> Iterator[LabelledPair]:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix in (".csv", ".tsv") or (path.suffix == ".txt" and "\t" in text):
        yield from _table(path, text)
        return
    for number, row in enumerate(_objects(path, text), start=1):
        if _UNDECIDED & {str(row.get("gold_label")), str(row.get("label"))}:
            continue
        where = f"{path.name}, pair {number}"
        if "cord_id" in row:
            yield _check_covid(path, row, number, where)
        elif "Primary_id" in row:
            yield _nli4ct(path, row, number, where)
        else:
            yield _pair(row, number, where)


def _objects(path: Path, text: str) -> Iterator[dict[str, Any]]:
    """The objects of JSONL, of a JSON array, or of one JSON object that names them."""
    body = text.strip()
    first, _, rest = body.partition("\n")
    if not body.startswith(("[", "{")) or (_is_object(first) and (rest or not _nested(json.loads(first)))):
        yield from _lines(path, text)
        return
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{path.name} is no JSON ({error}); expected one object a line, or an array") from error
    if isinstance(whole, dict):
        whole = [{"id": key, **row} for key, row in whole.items()] if _nested(whole) else [whole]
    for number, item in enumerate(whole, start=1):
        if not isinstance(item, dict):
            raise EvaluationError(f"{path.name}, item {number}: no JSON object; expected an array of objects")
        yield item


def _lines(path: Path, text: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(json_lines(text), start=1):
        if line.strip():
            if not _is_object(line):
                raise EvaluationError(f"{path.name}, line {number}: no JSON object; expected one a line")
            yield json.loads(line)


def _nested(whole: dict[str, Any]) -> bool:
    return bool(whole) and all(isinstance(row, dict) for row in whole.values())


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _pair(row: Mapping[str, Any], number: int, where: str) -> LabelledPair:
    premise = _first(row, _PREMISE, where, "a text")
    claim = str(_first(row, _CLAIM, where, "a claim"))
    label = _label(_first(row, _LABEL, where, "a label"), where)
    parts = premise if isinstance(premise, list) else sentences(collapse(str(premise)))
    phenomena = {part.strip() for name in _PHENOMENA for part in str(row.get(name) or "").split(";")} - {""}
    return LabelledPair(
        id=str(row.get("id") or row.get("uid") or row.get("pairID") or number),
        premise=tuple(collapse(str(part)) for part in parts),
        claim=collapse(claim),
        label=label,
        slices=tuple(sorted(phenomena)),
    )


def _table(path: Path, text: str) -> Iterator[LabelledPair]:
    tabbed = path.suffix != ".csv"
    rows = (
        csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
        if tabbed
        else csv.DictReader(io.StringIO(text))
    )
    try:
        for number, row in enumerate(rows, start=2):
            if row.get("gold_label") in _UNDECIDED:
                continue
            # ids of published tables repeat (HealthVer numbers topics), so the line is the id
            yield _pair({**row, "id": str(number), "uid": "", "pairID": ""}, number, f"{path.name}, line {number}")
    except csv.Error as error:
        raise EvaluationError(f"{path.name}, after line {rows.line_num}: {error}; expected a table") from error


def _fever(path: Path) -> Iterator[LabelledPair]:
    """FEVER as pairs with gold evidence; its second label says that the claim is refuted (it has no neutral)."""
    base = path.name.removesuffix(".raw.input0")
    names = (path.name, f"{base}.raw.input1", f"{base}.label")
    columns = [(path.parent / name).read_text(encoding="utf-8").rstrip("\n").split("\n") for name in names]
    for number, (premise, claim, label) in enumerate(zip(*columns, strict=True), start=1):
        shown = CONTRADICTION if label == NOT_ENTAILMENT else _label(label, f"{path.name}, line {number}")
        yield LabelledPair(str(number), sentences(collapse(premise)), collapse(claim), shown)


def _check_covid(path: Path, row: Mapping[str, Any], number: int, where: str) -> LabelledPair:
    """Check-COVID: the annotated sentences of the abstract that the claim is about."""
    corpus = _corpus(path.parent / "corpus.json")
    try:
        abstract = corpus[row["cord_id"]]
        chosen = sorted({int(e["sent_index"]) for e in row["evidence_set"] if isinstance(e["sent_index"], int)})
        premise = tuple(abstract[at] for at in chosen if at < len(abstract)) or tuple(abstract)
    except (KeyError, TypeError) as error:
        raise EvaluationError(f"{where}: {error} is missing here or in corpus.json") from error
    return LabelledPair(str(row.get("id", number)), premise, collapse(str(row["claim"])), _label(row["label"], where))


@lru_cache(maxsize=1)  # every claim of a file asks for the same one
def _corpus(path: Path) -> dict[str, list[str]]:
    if not path.is_file():
        raise EvaluationError(f"{path.name} is not beside the claims; Check-COVID's claims name abstracts in it")
    rows = map(json.loads, path.read_text(encoding="utf-8").rstrip("\n").split("\n"))
    return {row["cord_id"]: row["abstract"] for row in rows}


def _nli4ct(path: Path, row: Mapping[str, Any], number: int, where: str) -> LabelledPair:
    """NLI4CT: the section of one or two trial reports that the statement is about."""
    lines: list[str] = []
    for name in ("Primary_id", "Secondary_id"):
        if row.get(name):
            trial = _trial(path.parent, str(row[name]), where)
            title = "Primary trial:" if name == "Primary_id" else "Secondary trial:"
            section = [collapse(line) for line in trial.get(str(row["Section_id"]), [])]
            lines += [f"{title} {line}" if row.get("Secondary_id") else line for line in section if line]
    return LabelledPair(
        str(row.get("id", number)), tuple(lines), collapse(row["Statement"]), _label(row["Label"], where)
    )


def _trial(folder: Path, name: str, where: str) -> dict[str, Any]:
    for place in (folder / "trials", folder / "CT json", folder):
        if (place / f"{name}.json").is_file():
            trial: dict[str, Any] = json.loads((place / f"{name}.json").read_text(encoding="utf-8"))
            return trial
    raise EvaluationError(f"{where}: the trial {name} is in no folder 'trials' or 'CT json' beside the statements")


def _first(row: Mapping[str, Any], names: tuple[str, ...], where: str, what: str) -> Any:
    for name in names:
        if row.get(name) not in (None, "", []):
            return row[name]
    raise EvaluationError(f"{where}: {what} is missing; expected a column {' or '.join(names[:3])}")


def _label(value: Any, where: str) -> str:
    folded = str(value).strip().casefold().replace(" ", "_").replace("-", "_")
    if folded not in LABELS:
        raise EvaluationError(f"{where}: unknown label {value!r}; known are {', '.join(sorted(set(LABELS.values())))}")
    return LABELS[folded]
