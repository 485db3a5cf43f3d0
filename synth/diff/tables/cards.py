"""Reads the text form of a report card. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from synth.diff.table import Row, Table
from synth.diff.tables.csv_table import claim_text, confidence, is_cut, mark, short
from synth.errors import ConfigError
from synth.sources.ids import parse_arxiv_id
from synth.text import claim_id, collapse

_NAMES = "Abstract|Introduction|Methodology|Results|Limitations|Extracted Claims|References"
_HEADING = re.compile(
    rf"\s*(?:\#{{1,6}}\s*)?\**(?:\d+(?:\.\d+)*\.?\s+)?(?P<name>{_NAMES})\s*:?\**\s*\#*\s*", re.IGNORECASE
)
_OTHER_HEADING = re.compile(r"\#{1,6}\s+\S[^\t|]*")
_QUESTION = re.compile(r"Research question:\s*(?P<text>.+)", re.IGNORECASE | re.DOTALL)
_EXTRACTED = re.compile(r"(?<!\d)(?P<n>\d{1,6}) claims? extracted", re.IGNORECASE)
_VERIFIED = re.compile(r"(?<!\d)(?P<n>\d{1,6})(?: claims?)?(?: were)? (?:independently )?verified", re.IGNORECASE)
_SCORE = re.compile(r"(?:review|quality) score(?: of|:)?\s*(?P<score>\d{1,2}(?:\.\d+)?)\s*/\s*10", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>]+|arxiv:\s*[^\s<>]+", re.IGNORECASE)
_OWN_TABLE = "| # | Claim | Verified |"
_LONGEST = 100_000
"""Characters of a line; the claims of a card have 120."""
_RULE = re.compile(r"[\s|:+=-]*")


def is_card(text: str) -> bool:
    """Whether a text has the section that makes it a card."""
    return not is_report(text) and any(_section(line) == "extracted claims" for line in _lines(text))


def is_report(text: str) -> bool:
    """Whether a text is a report.md of synth's own: it has all that a card has, but its data is in report.json."""
    return _OWN_TABLE in text


def read_card(text: str, *, name: str = "card") -> tuple[Table, tuple[str, ...]]:
    """The claim table of a report card, and what its reader should know.

    Args:
        text: The card, headings with or without ``#``, claims as rows of claim, mark and confidence, tab-separated
            (or a Markdown table).
        name: Of the card, for the table and for errors.

    Returns:
        The table and notes: where the card's own counts differ from its rows, what was left out.

    Raises:
        ConfigError: If the card has no claim rows, or a row's mark or confidence cannot be read.
    """
    sections = _sections(text)
    if "extracted claims" not in sections:
        raise ConfigError(
            f"{name} is no report card: it has no section “Extracted Claims”; name a card, a report folder, a "
            "claims.csv or a report.json"
        )
    found = _Rows()
    for number, line in sections["extracted claims"]:
        if len(line) > _LONGEST:
            raise ConfigError(f"{name}, line {number}: {len(line):,} characters on one line; is this a report card?")
        found.take(number, line, f"{name}, line {number}")
    if not found.rows:
        raise ConfigError(f"{name}: no row stands under “Extracted Claims”; expected claim, ✓ or ×, confidence")
    found.finish()
    papers, strangers = _references(sections)
    score = _said(sections, _SCORE, ("results", "methodology"))
    table = Table(
        name=name,
        rows=tuple(found.rows),
        question=_question(sections),
        title=next((collapse(line.lstrip("#* ").rstrip("* ")) for _, line in sections[""] if line.strip()), ""),
        papers=papers,
        score=float(score) if score and float(score) <= 10 else None,
        shows_evidence="none",
    )
    return table, tuple(f"{name}{note}" for note in (*found.notes, *_miscounted(sections, table.rows), *strangers))


class _Rows:
    """Takes the lines under the heading one by one: rows, and pieces of claims that were broken over lines."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.notes: list[str] = []
        self._seen: dict[str, int] = {}
        self._loose: list[tuple[int, str]] = []

    def take(self, number: int, line: str, place: str) -> None:
        """The next line."""
        if _RULE.fullmatch(line):
            return
        cells = _cells(line)
        if len(cells) < 2:
            self._loose.append((number, line))
            return
        if _is_header(cells):
            self.finish()
            return
        body, checked, sure = (cells[:-2], cells[-2], cells[-1]) if len(cells) > 2 else (cells[:1], cells[1], "")
        verified, sureness = mark(checked, place), confidence(sure, place)
        cell = collapse(" ".join([piece for _, piece in self._loose] + body))
        self._loose.clear()
        text = claim_text(cell)
        if not text:
            raise ConfigError(f"{place}: the claim is empty; expected claim, ✓ or ×, confidence")
        row_id = claim_id(text)
        if row_id in self._seen:
            self.notes.append(f", line {number}: the claim of line {self._seen[row_id]} again; the first is kept")
            return
        self._seen[row_id] = number
        place_in_table = len(self.rows) + 1
        self.rows.append(
            Row(
                id=row_id,
                number=place_in_table,
                text=text,
                cut=is_cut(cell),
                verified=verified,
                confidence=sureness,
            )
        )

    def finish(self) -> None:
        """No row follows what is still loose: it is not a part of one."""
        self.notes += [f", line {number}: {short(line)} is no row; left out" for number, line in self._loose]
        self._loose.clear()


@dataclass(frozen=True, slots=True)
class _Count:
    what: str
    pattern: re.Pattern[str]
    of: Callable[[Sequence[Row]], int]


_COUNTS = (
    _Count("claims extracted", _EXTRACTED, len),
    _Count("verified", _VERIFIED, lambda rows: sum(bool(row.verified) for row in rows)),
)


def _miscounted(sections: dict[str, list[tuple[int, str]]], rows: Sequence[Row]) -> list[str]:
    notes = []
    for count in _COUNTS:
        said = _said(sections, count.pattern, ("results",))
        if said is not None and int(said) != count.of(rows):
            notes.append(f": the card says {said} {count.what}, its table has {count.of(rows)}")
    return notes


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _section(line: str) -> str | None:
    match = _HEADING.fullmatch(line) if len(line) < 80 else None
    return match["name"].casefold() if match else None


def _sections(text: str) -> dict[str, list[tuple[int, str]]]:
    """Numbered lines by section; what stands before the first heading is under the empty name."""
    sections: dict[str, list[tuple[int, str]]] = {"": []}
    now = ""
    for number, line in enumerate(_lines(text), 1):
        if (name := _section(line)) is not None:
            now = name
            sections.setdefault(now, [])
        elif now and _OTHER_HEADING.fullmatch(line.strip()):
            now = "other"
            sections.setdefault(now, [])
        else:
            sections[now].append((number, line))
    return sections


def _body(sections: dict[str, list[tuple[int, str]]], name: str) -> str:
    return "\n".join(line for _, line in sections.get(name, ()))


def _said(sections: dict[str, list[tuple[int, str]]], pattern: re.Pattern[str], names: Sequence[str]) -> str | None:
    """The first number that a pattern finds in these sections."""
    for name in names:
        if match := pattern.search(_body(sections, name)):
            return match[1]
    return None


def _question(sections: dict[str, list[tuple[int, str]]]) -> str | None:
    match = _QUESTION.search(_body(sections, "introduction"))
    if match is None:
        return None
    text = claim_text(match["text"].split("\n\n")[0])
    return (text[:-1] if text.endswith("?.") else text) or None


def _references(sections: dict[str, list[tuple[int, str]]]) -> tuple[tuple[str, ...] | None, list[str]]:
    """The arXiv ids as printed, and a note on every other address."""
    if "references" not in sections:
        return None, []
    papers: set[str] = set()
    notes = []
    for number, line in sections["references"]:
        for match in _ADDRESS.finditer(line):
            try:
                papers.add(parse_arxiv_id(match[0].rstrip(".,;)")))
            except ConfigError:
                notes.append(f", line {number}: {short(match[0])} is no paper of arXiv; left out")
    return tuple(sorted(papers)), notes


def _cells(line: str) -> list[str]:
    """The cells of a line: of a Markdown table where bars stand at its ends, else between tabs."""
    bare = line.strip()
    if "\t" not in line and len(bare) > 1 and bare.startswith("|") and bare.endswith("|"):
        return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", bare[1:-1])]
    return [cell.strip() for cell in line.strip(" ").split("\t")]


def _is_header(cells: Sequence[str]) -> bool:
    return cells[0].casefold() in ("claim", "claims") and cells[1].casefold().startswith("verif")
