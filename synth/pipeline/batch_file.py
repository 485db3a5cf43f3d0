"""Files of questions: YAML or CSV, with optional settings a row."""

from __future__ import annotations

import csv
import datetime as dt
import difflib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from synth.errors import ConfigError, SynthError
from synth.pipeline.options import ReportOptions, day, report_options
from synth.question import check_question
from synth.text import slug

KEYS = ("question", "papers", "claims", "offline", "pdfs", "since", "until", "categories", "date", "out")
"""What a row may say; all but the question may be left out."""
MAX_BYTES = 5_000_000
MAX_ROWS = 10_000
_TRUE, _FALSE = {"true", "yes", "y", "1"}, {"false", "no", "n", "0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One report that is to be made."""

    place: str
    """Where it was asked for, for the reader: ``questions.yaml, row 3``."""
    question: str
    options: ReportOptions
    folder: Path
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that cannot become a report."""

    place: str
    question: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a row means that does not say otherwise."""

    options: Mapping[str, Any] = field(default_factory=dict)
    """By the keys of :data:`KEYS`, as a row would have them."""
    reports: Path = Path("reports")
    """Reports go into folders below, named after their questions."""
    date: dt.date | None = None


def read_batch(path: Path, defaults: Defaults) -> tuple[Order | Refused, ...]:
    """The orders of a file. A row that cannot be used is refused with the reason and costs nothing else.

    Args:
        path: ``.yaml``, ``.yml`` or ``.json``: a list, or a list under ``questions``, of questions or of mappings;
            ``.csv``: a column ``question`` and any of :data:`KEYS`; ``.txt``: a question a line.
        defaults: What rows mean that do not say otherwise.

    Raises:
        ConfigError: If the file cannot be read, is of no such form, holds no row, or a key is unknown.
    """
    rows = _rows(path, _text(path))
    if not rows:
        raise ConfigError(f"{path} holds no question; expected at least one")
    if len(rows) > MAX_ROWS:
        raise ConfigError(f"{path} holds {len(rows):,} rows, {MAX_ROWS:,} at most are made at once; split it")
    for place, row in rows:
        _check_keys(place, row)
    return _apart([_order(place, row, defaults) for place, row in rows])


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ConfigError(f"{path} has {size:,} bytes, a file of questions has {MAX_BYTES:,} at most")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}); name a YAML or CSV file of questions") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8") from error


_Row = tuple[str, Mapping[str, Any]]


def _rows(path: Path, text: str) -> list[_Row]:
    suffix = path.suffix.casefold()
    if suffix in (".yaml", ".yml", ".json"):
        return _yaml_rows(path, text)
    if suffix == ".csv":
        return _csv_rows(path, text)
    if suffix == ".txt":
        lines = [(f"{path.name}, line {number}", line) for number, line in enumerate(text.splitlines(), 1)]
        return [(place, {"question": line}) for place, line in lines if line.strip()]
    raise ConfigError(f"{path} ends in {suffix or 'nothing'}; expected .yaml, .csv or .txt")


def _yaml_rows(path: Path, text: str) -> list[_Row]:
    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or type(error).__name__
        raise ConfigError(f"{path}{where}: this is no YAML ({problem}); mend it") from error
    if isinstance(value, dict):
        if unknown := [key for key in value if key != "questions"]:
            raise ConfigError(f"{path}: unknown key {unknown[0]!r}{_nearest(unknown[0], ['questions'])}")
        value = value.get("questions")
    if not isinstance(value, list):
        raise ConfigError(f"{path} holds {_kind(value)}; expected a list of questions, or one under 'questions:'")
    rows: list[_Row] = []
    for number, item in enumerate(value, 1):
        place = f"{path.name}, row {number}"
        if isinstance(item, dict):
            rows.append((place, item))
        elif isinstance(item, (str, int, float)) or item is None:
            rows.append((place, {"question": item}))
        else:
            raise ConfigError(f"{place} holds {_kind(item)}; expected a question, or question: with settings")
    return rows


def _csv_rows(path: Path, text: str) -> list[_Row]:
    if "\0" in text:
        raise ConfigError(f"{path} holds a NUL byte; it is no CSV of text")
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise ConfigError(f"{path} is no CSV ({error}); mend the quotes") from error
    if not table:
        return []
    head = [name.strip().casefold() for name in table[0]]
    if doubled := sorted({name for name in head if head.count(name) > 1}):
        raise ConfigError(f"{path}: column {doubled[0]!r} stands twice; keep one")
    _check_keys(f"{path.name}, header", dict.fromkeys(head))
    if "question" not in head:
        raise ConfigError(f"{path}: there is no column question; found {', '.join(head)}")
    rows: list[_Row] = []
    for number, cells in enumerate(table[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            raise ConfigError(f"{path.name}, row {number} has {len(cells)} cells, the header {len(head)}; mend the row")
        named = zip(head, cells, strict=True)
        rows.append((f"{path.name}, row {number}", {name: cell for name, cell in named if cell.strip()}))
    return rows


def _check_keys(place: str, row: Mapping[str, Any]) -> None:
    for key in row:
        if key not in KEYS:
            colon = len(row) == 1 and not _close(str(key), KEYS)
            hint = "; a question with a colon needs quotes" if colon else _nearest(str(key), KEYS)
            raise ConfigError(f"{place}: unknown key {key!r}{hint}")


def _close(key: str, known: Sequence[str]) -> list[str]:
    return difflib.get_close_matches(key.casefold(), known, n=1, cutoff=0.5)


def _nearest(key: str, known: Sequence[str]) -> str:
    close = _close(str(key), known)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(known)}"


def _order(place: str, row: Mapping[str, Any], defaults: Defaults) -> Order | Refused:
    asked = row.get("question")
    question = "" if asked is None else str(asked)
    try:
        if not isinstance(asked, str | int | float | None):
            raise ConfigError(f"question is {type(asked).__name__}, expected a text; put it in quotes")
        question = check_question(question)
        said = {key: value for key, value in row.items() if value is not None}  # "papers:" with nothing behind it
        values = {key: value for key, value in {**defaults.options, **said}.items() if value is not None}
        options = report_options(
            papers=_whole("papers", values.get("papers", 15)),
            claims=_whole("claims", values.get("claims", 30)),
            offline=_flag("offline", values.get("offline", False)),
            pdfs=[Path(name) for name in _texts("pdfs", values.get("pdfs", ()))],
            since=_maybe(values.get("since")),
            until=_maybe(values.get("until")),
            categories=",".join(_texts("categories", values.get("categories", ()))) or None,
        )
        date = day("date", _maybe(row.get("date"))) or defaults.date
        folder = Path(_maybe(row.get("out")) or defaults.reports / slug(question))
    except SynthError as error:
        return Refused(place=place, question=" ".join(question.split())[:300], reason=str(error))
    return Order(place=place, question=question, options=options, folder=folder, date=date)


def _apart(orders: Sequence[Order | Refused]) -> tuple[Order | Refused, ...]:
    """The orders, with those refused whose folder an earlier one fills."""
    first: dict[Path, str] = {}
    kept: list[Order | Refused] = []
    for one in orders:
        if isinstance(one, Order) and (taken := first.setdefault(one.folder.absolute(), one.place)) != one.place:
            reason = f"its report would go where that of {taken} goes ({one.folder}); leave it out, or name another out"
            kept.append(Refused(place=one.place, question=one.question, reason=reason))
        else:
            kept.append(one)
    return tuple(kept)


def _whole(key: str, value: Any) -> int:
    try:
        if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
            raise ValueError
        return int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise ConfigError(f"{key}: found {value!r}, expected a whole number") from error


def _flag(key: str, value: Any) -> bool:
    text = str(value).strip().casefold()
    if text not in _TRUE | _FALSE:
        raise ConfigError(f"{key}: found {value!r}, expected true or false")
    return text in _TRUE


def _texts(key: str, value: Any) -> list[str]:
    """A list of texts, or one text with parts set apart by semicolons or, for categories, commas."""
    if isinstance(value, str):
        separators = value.replace(",", ";") if key == "categories" else value
        return [part.strip() for part in separators.split(";") if part.strip()]
    if isinstance(value, Path):
        return [str(value)]
    if isinstance(value, Sequence) and all(isinstance(item, (str, Path)) for item in value):
        return [str(item) for item in value]
    raise ConfigError(f"{key}: found {value!r}, expected a text or a list of texts")


def _maybe(value: Any) -> str | None:
    return None if value is None else str(value)


def _kind(value: Any) -> str:
    names = {dict: "a mapping", list: "a list", str: "a text", type(None): "nothing"}
    return names.get(type(value), f"a {type(value).__name__}")
