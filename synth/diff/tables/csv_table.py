"""Reads claim tables from CSV: synth's own and other people's, with the cells that all tables share. Pure."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from synth.diff.table import Quote, Row, Table
from synth.errors import ConfigError
from synth.report.export import COLUMNS
from synth.report.plain import one_line
from synth.report.wording import LABELS
from synth.text import claim_id, collapse
from synth.types import Label, Stance

_ALIASES = {"text": "claim", "claims": "claim", "claim text": "claim", "verdict": "label"}
"""Taken for the column where the right name is not there."""
_OWN = frozenset({"id", "n_self", "n_independent", "n_refuting", "origins", "reason"})
"""What every version of synth's own claims.csv has and hardly anybody else's."""
_DELIMITERS = ",;\t"
_ID = re.compile(r"[0-9a-f]{12}")
_FORMULA = re.compile(r"'[=+\-@\t\r]")
_KNOWN_LABELS = {
    **{words: label for label, words in LABELS.items()},
    **{label.value: label for label in Label},
}
_STANCES = {stance.value: stance for stance in Stance}

MARKS = {
    **dict.fromkeys(("✓", "✔", "☑", "yes", "y", "true", "verified"), True),
    **dict.fromkeys(("×", "✗", "✘", "✕", "✖", "☒", "x", "no", "n", "false", "unverified"), False),
}
"""The check marks of all tables, lower-cased. An empty cell says nothing."""
_BLANK = ("", "-", "–", "—", "n/a", "na", "none")
_NUMBER = re.compile(r"\+?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")

_TAGS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|small|span|strong|sub|sup|"
    "table|tbody|td|th|thead|tr|tt|u|ul"
)
"""Of HTML only what papers' feeds hold: ``<mask>``, ``<s>`` and ``<unk>`` are words of this field."""
_TAG = re.compile(rf"<(?P<close>/?)(?P<tag>{_TAGS})(?:\s+[\w:-]+\s*=[^<>]*|\s*(?:/\s*)?)>", re.IGNORECASE)
_TORN_TAG = re.compile(rf"<(?:(?:{_TAGS})\s+(?:[\w:-]+\s*=[^<>]*|hr?e?f?)|/(?:{_TAGS})?)$", re.IGNORECASE)
_SPACE_BEFORE_STOP = re.compile(r"\s(?=[.,;:!?)](?:\s|$))")

_CUT_LENGTHS = range(118, 122)
"""Cards break wordings off behind 120 characters; white space and entities at the cut make it one or two off."""
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_INNER_STOP = re.compile(r"\b(?:e\.g|i\.e|et al|cf|vs|Fig|Eq|Sec|Tab)\.$")


def claim_text(cell: str) -> str:
    """A claim as text: without HTML tags, also torn ones, without entities, white space collapsed."""
    return collapse(_without_tags(html.unescape(_without_tags(collapse(cell)))))


def is_cut(cell: str) -> bool:
    """Whether a table broke a wording off.

    So it is if the cell, as printed, has 118 to 121 characters and does not end like a sentence, or if it ends in
    an ellipsis.
    """
    text = cell.strip()
    if text.endswith(("…", "...")):
        return True
    whole = _SENTENCE_END.search(text) and not _INNER_STOP.search(text)
    return len(text) in _CUT_LENGTHS and not whole


def mark(cell: str, place: str) -> bool | None:
    """A check mark's meaning; None for an empty cell.

    Raises:
        ConfigError: If the mark is unknown.
    """
    text = cell.replace("\ufe0f", "").replace("\ufe0e", "").strip().casefold()
    if text in _BLANK:
        return None
    if text not in MARKS:
        raise ConfigError(f"{place}: {short(cell)} is no known mark; expected one of {', '.join(MARKS)}")
    return MARKS[text]


def confidence(cell: str, place: str) -> float | None:
    """A confidence in [0, 1]; None for an empty cell.

    Raises:
        ConfigError: If the cell holds anything else.
    """
    text = cell.strip()
    if text.casefold() in _BLANK:
        return None
    value = float(text) if _NUMBER.fullmatch(text) else -1.0
    if not 0 <= value <= 1:
        raise ConfigError(f"{place}: the confidence is {short(cell)}; expected a number from 0 to 1, such as 0.85")
    return value


def short(text: str) -> str:
    """A piece of the input in quotation marks, fit for an error's one line."""
    shown = one_line(text[:200])
    return f"“{shown if len(shown) <= 40 else shown[:39] + '…'}”"


def csv_table(text: str, *, name: str = "claims.csv") -> Table:
    """The claim table of a CSV file: synth's own claims.csv, or any with a column ``claim``.

    Commas, semicolons or tabs part the cells. Of synth's own files the apostrophe goes that kept a spreadsheet from
    running a cell; nothing is ever evaluated. Wordings of other files lose their HTML, and may be cut.

    Args:
        text: The file.
        name: Of the file, for the table and for errors.

    Raises:
        ConfigError: If the file is no such table; the message names the line.
    """
    lines = _records(text, name)
    first = next(lines, None)
    if first is None:
        raise ConfigError(f"{name} is empty; expected a table with a header and a column claim")
    columns = _columns(first[1], f"{name}, line {first[0]}")
    reader = _RowReader(columns, width=len(first[1]))
    seen: dict[str, int] = {}
    rows: list[Row] = []
    for line, cells in lines:
        place = f"{name}, line {line}"
        row, given = reader.row(cells, len(rows) + 1, place)
        for key, what in ((given, "id"), (row.id, "claim")):
            if key and seen.setdefault(key, line) != line:
                shown = short(given if what == "id" else row.text)
                raise ConfigError(f"{place}: the {what} {shown} stands on line {seen[key]} already; remove one of them")
        rows.append(row)
    shows = "best" if columns.keys() & {"evidence_paper", "evidence_quote"} else "none"
    return Table(name=name, rows=tuple(rows), shows_evidence=shows)


class _RowReader:
    """Turns the cells of one line into a row."""

    def __init__(self, columns: dict[str, int], width: int) -> None:
        self._columns = columns
        self._width = width
        self._own = columns.keys() >= _OWN

    def row(self, cells: list[str], number: int, place: str) -> tuple[Row, str]:
        """The row, and the id that the line gave."""
        if len(cells) < self._width or any(cell.strip() for cell in cells[self._width :]):
            raise ConfigError(
                f"{place}: {len(cells)} cells, but the header has {self._width}; is a quotation mark or a comma amiss?"
            )
        given = self._cell(cells, "id").strip()
        text, cut = self._claim(cells, given)
        if not text.strip():
            raise ConfigError(f"{place}: the claim is empty; write one, or remove the line")
        stated = self._cell(cells, "number").strip()
        row = Row(
            id=given if _ID.fullmatch(given) else claim_id(text),
            number=int(stated) if re.fullmatch("[1-9][0-9]{0,8}", stated) else number,
            text=text,
            cut=cut,
            label=_label(self._cell(cells, "label"), place),
            verified=mark(self._cell(cells, "verified"), place),
            confidence=confidence(self._cell(cells, "confidence"), place),
            evidence=self._evidence(cells, place),
        )
        return row, given

    def _cell(self, cells: list[str], column: str) -> str:
        cell = cells[self._columns[column]] if column in self._columns else ""
        return cell[1:] if _FORMULA.match(cell) else cell

    def _claim(self, cells: list[str], given: str) -> tuple[str, bool]:
        cell = cells[self._columns["claim"]]
        if self._own and claim_id(cell) == given:  # the apostrophe is the claim's own
            return cell, False
        cell = self._cell(cells, "claim")
        return (cell, False) if self._own else (claim_text(cell), is_cut(cell))

    def _evidence(self, cells: list[str], place: str) -> tuple[Quote, ...]:
        paper, quote = self._cell(cells, "evidence_paper"), self._cell(cells, "evidence_quote")
        if not paper.strip() and not quote.strip():
            return ()
        page, stance = self._cell(cells, "evidence_page").strip(), self._cell(cells, "evidence_stance").strip()
        if page and not re.fullmatch("[0-9]{1,9}", page):
            raise ConfigError(f"{place}: the evidence_page is {short(page)}; expected a whole number")
        if stance and stance.casefold() not in _STANCES:
            raise ConfigError(f"{place}: {short(stance)} is no known stance; expected one of {', '.join(_STANCES)}")
        return (
            Quote(
                paper_id=paper,
                page=int(page) if page else None,
                stance=_STANCES[stance.casefold()] if stance else None,
                text=quote,
            ),
        )


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, each with the number of the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ConfigError(f"{name}, line {start}: {_explained(error)}") from error
        if any(cell.strip() for cell in cells):
            yield start, cells


def _explained(error: csv.Error) -> str:
    text = str(error)
    if "field limit" in text:
        return f"a cell of more than {csv.field_size_limit():,} characters; is a quotation mark missing?"
    if "end of data" in text:
        return "a quotation mark opens and never closes; mend the file"
    return f"this is no CSV ({text}); mend the file"


def _delimiter(text: str) -> str:
    """The first delimiter under which the header has a claim column."""
    header = next((line for line in text[:10_000].splitlines() if line.strip()), "")
    for delimiter in _DELIMITERS:
        names = {_plain_name(cell) for cell in header.split(delimiter)}
        if names & ({"claim"} | {alias for alias, name in _ALIASES.items() if name == "claim"}):
            return delimiter
    return ","


def _plain_name(cell: str) -> str:
    return collapse(cell.strip().strip('"').replace("_", " ")).casefold()


def _columns(header: Sequence[str], place: str) -> dict[str, int]:
    """Where each known column stands."""
    known = {_plain_name(column): column for column in COLUMNS}
    found: dict[str, int] = {}
    for index, name in enumerate(_plain_name(cell) for cell in header):
        if name and found.setdefault(name, index) != index:
            raise ConfigError(f"{place}: the column {short(header[index])} is there twice; remove one of them")
    columns = {known[name]: index for name, index in found.items() if name in known}
    for alias, column in _ALIASES.items():
        if alias in found:
            columns.setdefault(column, found[alias])
    if "claim" not in columns:
        near = get_close_matches("claim", found, n=1, cutoff=0.6)
        advice = f"is {short(header[found[near[0]]])} meant? name it claim" if near else "name the column claim"
        shown = ", ".join(short(cell) for cell in header[:12]) + (", …" if len(header) > 12 else "")
        raise ConfigError(f"{place}: no column claim; found {shown}; {advice}")
    return columns


def _label(cell: str, place: str) -> Label | None:
    text = collapse(cell).casefold()
    if text in _BLANK:
        return None
    if text not in _KNOWN_LABELS:
        near = get_close_matches(text[:60], _KNOWN_LABELS, n=1)
        raise ConfigError(
            f"{place}: {short(cell)} is no known label; "
            + (f"is “{near[0]}” meant?" if near else f"expected one of {', '.join(LABELS.values())}")
        )
    return _KNOWN_LABELS[text]


def _without_tags(text: str) -> str:
    def shown(match: re.Match[str]) -> str:
        tag = match["tag"].casefold()
        if tag in ("br", "p", "div", "li", "tr", "td", "th", "hr"):
            return " "
        return "^" if tag == "sup" and not match["close"] else ""  # 10<sup>3</sup> is no 103

    bare = _TORN_TAG.sub("", _TAG.sub(shown, text))
    return text if bare == text else _SPACE_BEFORE_STOP.sub("", collapse(bare))
