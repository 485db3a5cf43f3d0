"""What a user asks of a report, checked."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from synth.errors import ConfigError
from synth.sources.files import is_there
from synth.sources.query import category

MAX_PAPERS = 200
MAX_CLAIMS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """The options of one report that can change what it says."""

    n_papers: int = 15
    n_claims: int = 30
    offline: bool = False
    pdfs: tuple[Path, ...] = ()
    """PDF files or folders to read as well."""
    since: dt.date | None = None
    until: dt.date | None = None
    categories: tuple[str, ...] = ()


def report_options(
    *,
    papers: int = 15,
    claims: int = 30,
    offline: bool = False,
    pdfs: Sequence[Path] = (),
    since: str | None = None,
    until: str | None = None,
    categories: str | None = None,
) -> ReportOptions:
    """Options from what was typed.

    Raises:
        ConfigError: If a number is out of range, a date is none, or a category is malformed.
    """
    _within("--papers", papers, MAX_PAPERS)
    _within("--claims", claims, MAX_CLAIMS)
    first, last = day("--since", since), day("--until", until, last=True)
    if first and last and first > last:
        raise ConfigError(f"--since {first} is after --until {last}; turn them round")
    try:
        names = dict.fromkeys(category(name) for name in re.split(r"[,\s]+", categories or "") if name)
    except ConfigError as error:
        raise ConfigError(f"--categories: {error}") from error
    for path in pdfs:
        if not is_there(path):
            raise ConfigError(f"--pdfs: {path} does not exist; name a PDF or a folder of PDFs")
    return ReportOptions(
        n_papers=papers,
        n_claims=claims,
        offline=offline,
        pdfs=tuple(pdfs),
        since=first,
        until=last,
        categories=tuple(names),
    )


def day(option: str, text: str | None, *, last: bool = False) -> dt.date | None:
    """A date from ``2020``, ``2020-05`` or ``2020-05-28``; the last day of a year or month if ``last``.

    Raises:
        ConfigError: If the text is no date.
    """
    if text is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, date = (int(part) if part else None for part in match.groups())
        assert year is not None
        if month is None:
            month = 12 if last else 1
        if date is None:
            date = calendar.monthrange(year, month)[1] if last else 1
        return dt.date(year, month, date)
    except (ValueError, OverflowError) as error:
        raise ConfigError(f"{option}: {text!r} is no date; expected YYYY, YYYY-MM or YYYY-MM-DD") from error


def _within(option: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise ConfigError(f"{option} {value} is out of range; expected 1 to {most}")
