"""The pages as the child process gives them: spans of one style, lines of spans, words of table pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from synth.types import Box

_MATH_FONT = re.compile(
    r"CMSY|CMMI|CMEX|CMBSY|MSBM|MSAM|EUFM|RSFS|STIX.*Math|Math|Symbol|MTSY|MTMI|txsy|txmi|pxsy|pxmi|StandardSymL|rsfs|MnSymbol|LibertineMath|eufm"
)
_MATH_ROMAN = re.compile(r"^(?:[A-Z]{6}\+)?(?:CMR|LMRoman|SFRM|CMBX)\d")
_SUPERSCRIPT, _ITALIC, _MONO, _BOLD = 1, 2, 8, 16
_MARGIN = 0.1
"""Share of a page's width that its left margin takes."""


class Span(NamedTuple):
    """A piece of a line in one style."""

    text: str
    size: float
    """Font size in points."""
    bold: bool
    italic: bool
    mono: bool
    raised: bool
    """Set as a superscript."""
    math: bool
    """Set in a font that only mathematics uses."""
    x0: float
    baseline: float
    x1: float


class Word(NamedTuple):
    """A word with its place, kept for pages that hold a table."""

    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """A line as PyMuPDF sees it: often a whole line of a column, sometimes one cell of a table."""

    box: Box
    spans: tuple[Span, ...]
    block: int
    """Number of PyMuPDF's block on the page; fragments of one block stand close together."""

    @property
    def text(self) -> str:
        """The characters of all spans as they stand, not mended."""
        return "".join(span.text for span in self.spans)

    @property
    def size(self) -> float:
        """The font size that most characters have."""
        return _main_size(self.spans)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its level text, what stands upright in its margin, and the words where there is a table."""

    number: int
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    margin: tuple[str, ...] = ()
    """Lines that run upwards in the left margin, where arXiv sets its stamp."""
    words: tuple[Word, ...] = ()
    turned: bool = False
    """True where the whole page is set sideways; its boxes are then not those of the page as shown."""

    @property
    def text(self) -> str:
        """All level text, a line each."""
        return "\n".join(fragment.text for fragment in self.fragments)


def _main_size(spans: Sequence[Span]) -> float:
    weights: dict[float, int] = {}
    for span in spans:
        weights[span.size] = weights.get(span.size, 0) + len(span.text.strip())
    return max(weights, key=lambda size: (weights[size], size), default=0.0)


def _span(raw: Sequence[Any]) -> Span:
    text, size, flags, font, x0, baseline, x1 = raw
    bold = bool(flags & _BOLD) or bool(re.search(r"Bold|Medi\b|-Medi|Black|Semibold|CMBX|SFBX|CMCSC|\.B$", font))
    italic = bool(flags & _ITALIC) or "Ital" in font or "Obli" in font or "CMTI" in font
    math = bool(_MATH_FONT.search(font))
    return Span(
        str(text), float(size), bold, italic, bool(flags & _MONO), bool(flags & _SUPERSCRIPT), math, x0, baseline, x1
    )


def page_from_json(raw: Mapping[str, Any]) -> Page:
    """The page of one JSON line of the child process; a page set sideways is turned to read level."""
    width, height = float(raw["w"]), float(raw["h"])
    lines = [line for line in raw["lines"] if "".join(span[0] for span in line[7]).strip()]
    counts: dict[tuple[int, int], int] = {(1, 0): 0}
    for line in lines:
        way = (round(line[4]), round(line[5]))
        counts[way] = counts.get(way, 0) + sum(len(span[0]) for span in line[7])
    main = max(counts, key=lambda way: (counts[way], way == (1, 0)))
    if main not in ((0, -1), (0, 1), (-1, 0)):
        main = (1, 0)
    fragments: list[Fragment] = []
    margin: list[str] = []
    for x0, y0, x1, y1, dx, dy, block, spans in lines:
        if dy < -0.99 and x1 <= _MARGIN * width:
            margin.append("".join(span[0] for span in spans))
        if (round(dx), round(dy)) != main or abs(dx * main[0] + dy * main[1]) < 0.99:
            continue
        made = tuple(_span(span) for span in spans)
        box = _turn(Box(x0, y0, x1, y1), main, width, height)
        if main != (1, 0):
            made = tuple(span._replace(x0=box.x0, baseline=box.y1, x1=box.x1) for span in made)
        fragments.append(Fragment(box, made, block))
    words = tuple(
        Word(_turn(Box(*word[:4]), main, width, height), str(word[4]))
        for word in raw.get("words", ())
        if word[4].strip()
    )
    if main[0] == 0:
        width, height = height, width
    return Page(int(raw["n"]), width, height, tuple(fragments), tuple(margin), words, main != (1, 0))


def _turn(box: Box, way: tuple[int, int], width: float, height: float) -> Box:
    """The box on the page turned so that text running along ``way`` reads level."""
    if way == (0, -1):
        return Box(height - box.y1, box.x0, height - box.y0, box.x1)
    if way == (0, 1):
        return Box(box.y0, width - box.x1, box.y1, width - box.x0)
    if way == (-1, 0):
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    return box
