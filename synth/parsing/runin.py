"""Headings that run into their paragraph, and bullets, taken off its start (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from synth.parsing.lines import Line
from synth.parsing.mend import mend_line, spans_text
from synth.parsing.pages import Span
from synth.parsing.sections import Heading
from synth.parsing.wholeness import is_whole
from synth.text import collapse

_BULLET = re.compile(r"^(?:[•◦▪■●∗⋆▶►✓]\s*|[–‣-]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s+(?=[A-Z]))")
_NUMBERED_LEAD = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<name>[A-Z][^.]{2,90})\.\s+(?=[A-Z])")
_SENTENCE_START = re.compile(r"^[\"“‘(\[]*(?:[A-ZÀ-Þ0-9]|[a-z]+[A-Z])")


def without_lead(lines: Sequence[Line]) -> list[str]:
    """The texts of a paragraph's lines without a bold or italic lead-in and without a bullet."""
    texts = [line.text for line in lines]
    taken = 0
    for index, line in enumerate(lines[:2]):
        lead, rest = _lead(line, bold=True)
        if lead and rest:
            if _is_lead(texts[:index], lead, rest, bold=True) or _stands_apart(line, lead, rest):
                texts[index] = rest
                taken = index
                texts[:index] = [""] * index
            break
        if not lead or rest:
            break
    if taken == 0 and texts[0] == lines[0].text:
        lead, rest = _lead(lines[0], bold=False)
        if lead and rest and (_is_lead([], lead, rest, bold=False) or _stands_apart(lines[0], lead, rest)):
            texts[0] = rest
    first = next((index for index, text in enumerate(texts) if text), 0)
    texts[first] = _BULLET.sub("", texts[first])
    return texts


def numbered_lead(line: Line) -> tuple[Heading, int] | None:
    """The heading ``2.1. Unfoldings.`` that opens a line of text, and its length; None where there is none."""
    match = _NUMBERED_LEAD.match(line.text)
    if match is None:
        return None
    bold = "".join(span.text for span in line.spans if span.bold)
    name = match["name"].strip()
    wanted = re.sub(r"\W", "", name)
    if not wanted or re.sub(r"\W", "", mend_line(bold)) not in (wanted, re.sub(r"\W", "", match["number"]) + wanted):
        return None
    return Heading(match["number"], name), match.end()


def _lead(line: Line, *, bold: bool) -> tuple[str, str]:
    """What stands in bold (or italics) at the line's start, and what follows."""
    spans = list(line.spans)
    count = 0
    while count < len(spans) and (not spans[count].text.strip() or _has_style(spans[count], bold)):
        count += 1
    lead = collapse(mend_line(spans_text(_in_row(line, count))))
    text = line.text
    if not lead:
        return "", text
    rest = _after(text, lead)
    return (lead, rest) if rest is not None else ("", text)


def _has_style(span: Span, bold: bool) -> bool:
    return span.bold if bold else (span.italic and not span.math)


def _in_row(line: Line, count: int) -> list[Span]:
    spans: list[Span] = []
    for fragment in line.fragments:
        for span in fragment.spans:
            if len(spans) == count:
                return spans
            spans.append(span)
        if spans and not spans[-1].text.endswith(" "):
            spans[-1] = spans[-1]._replace(text=spans[-1].text + " ")
    return spans


def _after(text: str, lead: str) -> str | None:
    """The text behind its lead, spaces not counted."""
    wanted = lead.replace(" ", "")
    seen = 0
    for index, character in enumerate(text):
        if seen == len(wanted):
            return text[index:].lstrip()
        if character == " ":
            continue
        if character != wanted[seen]:
            return None
        seen += 1
    return "" if seen == len(wanted) else None


def _is_lead(before: Sequence[str], lead: str, rest: str, *, bold: bool) -> bool:
    """Whether the styled start is a heading and not an emphasised part of its sentence."""
    whole = collapse(" ".join((*before, lead)))
    if is_whole(whole) and len(whole.split()) > 6:
        return False
    if rest[:1] in ":.—–" and len(whole.split()) <= 12:
        return True
    if whole.endswith((".", ":", "?")):
        return len(whole.split()) <= 16 and bool(_SENTENCE_START.match(rest))
    return (
        bold
        and len(whole.split()) <= 10
        and bool(re.match(r"^[\"“‘(]*(?:[A-Z][a-z]*\s|[A-Z][a-z]+,)", rest))
        and _opens(rest)
    )


def _stands_apart(line: Line, lead: str, rest: str) -> bool:
    """Whether a wide space parts the styled start from a text that begins like a sentence."""
    width = 0
    for before, fragment in pairwise(line.fragments):
        width += len(before.text.replace(" ", ""))
        if abs(width - len(lead.replace(" ", ""))) <= 1:
            gap = fragment.box.x0 - before.box.x1
            return gap > 0.7 * line.size and bool(_SENTENCE_START.match(rest)) and len(lead.split()) <= 12
    return False


_OPENERS = frozenset(
    [
        "the",
        "a",
        "an",
        "we",
        "in",
        "this",
        "these",
        "those",
        "our",
        "to",
        "for",
        "as",
        "it",
        "its",
        "while",
        "since",
        "although",
        "when",
        "if",
        "given",
        "following",
        "from",
        "on",
        "by",
        "with",
        "here",
        "there",
        "note",
        "each",
        "all",
        "both",
        "most",
        "some",
        "many",
        "one",
        "first",
        "finally",
        "next",
        "then",
        "however",
        "unlike",
        "despite",
        "based",
        "using",
        "let",
        "after",
        "before",
        "during",
        "at",
        "similar",
        "compared",
        "instead",
        "they",
        "their",
        "another",
        "because",
        "inspired",
        "contrary",
    ]
)


def _opens(rest: str) -> bool:
    """Whether a text starts with a word that opens sentences."""
    first = re.match(r"[\"“‘(]*([A-Za-z]+)", rest)
    return bool(first) and first[1].casefold() in _OPENERS if first else False
