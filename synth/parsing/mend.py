"""Mends what typesetting did to the words: ligatures, hyphens at line ends, marks, odd spaces (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from synth.parsing.pages import Span

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "Ĳ": "IJ", "ĳ": "ij"}
)
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffd]"
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_ACCENTS = dict(zip("´`¨ˆ˜ˇ˚", "\u0301\u0300\u0308\u0302\u0303\u030c\u030a", strict=True))
_SPLIT_ACCENT = re.compile(r"(?<=[^\W\d_])(?:([´`¨ˆ˜ˇ˚]) ?| ([´`¨]))([aeiouyncszrgldtAEIOUYNCSZRGLDTı])(?=[a-z]|\b)")
_CEDILLA = re.compile(r"¸\s?([csCSt])")
_SMALL_CAPS = re.compile(r"\b([A-Z]) ([A-Z]{2,})\b(?=(?: [A-Z] [A-Z]{2,}\b)|\s*$|[ :\-–,])")
_SPACE_BEFORE = re.compile(r"(?<=[\w)\]”’%]) +(?=[,;:.!?](?:\s|$))|(?<=[\w%]) +(?=[)\]](?:[\s,.;:]|$))")
_SPACE_AFTER = re.compile(r"(?<=[(\[“]) +")
_RELATION = re.compile(r"(?<= )([≈≤≥∈⊂⊆→∼≠≡≪≫≺≻])(?=[\w−({|])")
_MINUS = re.compile(r"(?<=[\d)]) −(?=\d)")
_RUN = re.compile(r" {2,}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W_]+)*")
_HYPHENS = "-‐‑\u00ad"
_LINE_END = re.compile(rf"([^\W_]+(?:-[^\W_]+)*)[{_HYPHENS}]\s*$")
_LINE_START = re.compile(r"\s*([^\W_]+(?:-[^\W_]+)*)")
_OPEN_ADDRESS = re.compile(r"https?:(?:\S*[./_=?&%-])?$")
_ADDRESS_PART = re.compile(r"\s*[^\s(]*[/.][^\s.)]")
_BASE = re.compile(r"(?:^|[\s(=×·*,/~≈<>±−-])(\d+|[A-Za-zα-ω])$|[×·)\]]$")
_YEAR = re.compile(r"(?:19|20)\d\d$")

_COMPOUND_FIRST = frozenset(
    [
        "self",
        "cross",
        "non",
        "post",
        "zero",
        "few",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "state",
        "semi",
        "high",
        "low",
        "long",
        "short",
        "large",
        "small",
        "fine",
        "well",
        "real",
        "domain",
        "human",
        "word",
        "sentence",
        "token",
        "document",
        "language",
        "model",
        "time",
        "meta",
        "cutting",
        "best",
    ]
)
"""First parts of compounds that papers write with a hyphen."""
_CLOSED = frozenset(
    [
        "there",
        "here",
        "where",
        "with",
        "other",
        "some",
        "any",
        "every",
        "how",
        "never",
        "what",
        "when",
        "who",
        "under",
        "over",
        "through",
        "out",
        "up",
        "further",
        "more",
        "al",
        "to",
        "in",
        "be",
        "for",
        "on",
        "a",
        "an",
        "re",
        "de",
        "un",
        "dis",
        "mis",
        "im",
        "con",
        "com",
        "per",
        "pro",
        "ob",
        "ac",
        "ad",
        "af",
        "ap",
        "at",
        "en",
        "em",
    ]
)
"""Beginnings of English words that are words themselves: "with-out", "to-gether"."""


def mend_line(text: str) -> str:
    """One line without ligatures, split accents, control characters and odd spaces; a soft hyphen at its end stays."""
    text = text.translate(_LIGATURES)
    text = _PRIVATE.sub(" ", _INVISIBLE.sub("", _SPACES.sub(" ", text)))
    if not text.isascii():
        text = re.sub("\u00ad(?!\\s*$)", "", text)
        text = _SPLIT_ACCENT.sub(_compose, text)
        text = _CEDILLA.sub(lambda match: unicodedata.normalize("NFC", match[1] + "\u0327"), text)
        text = unicodedata.normalize("NFC", text)
        text = _MINUS.sub(" − ", _RELATION.sub(r"\1 ", text))
    text = _SPACE_AFTER.sub("", _SPACE_BEFORE.sub("", text))
    return _RUN.sub(" ", text)


def _compose(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[3].replace("ı", "i") + _ACCENTS[match[1] or match[2]])


def spans_text(spans: Sequence[Span]) -> str:
    """The characters of a line; marks of footnotes dropped, exponents told by ``^``, gaps made spaces."""
    main = max((span.size for span in spans if span.text.strip()), default=0.0)
    text = ""
    end = float("inf")
    mark = ""
    for span in spans:
        raised = span.raised and span.size <= 0.9 * main and bool(span.text.strip())
        if mark and not raised:
            text += _with_mark(text, mark)
            mark = ""
        if span.x0 - end > 0.15 * span.size and not text.endswith(" ") and not mark and not raised:
            text += " "
        if raised:
            mark += span.text
        else:
            text += span.text
        end = span.x1
    return text + (_with_mark(text, mark) if mark else "")


def _with_mark(before: str, raised: str) -> str:
    """What a raised mark adds to the text before it."""
    mark = raised.strip()
    tail = " " if raised.endswith(" ") else ""
    if re.fullmatch(r"st|nd|rd|th", mark) and before[-1:].isdigit():
        return mark + tail
    if _is_exponent(before, mark):
        return f"^{mark}{tail}"
    if re.fullmatch(r"[\d,;∗*†‡§¶♠♣♥♦⋆⋄∥#a-z\s]+", mark) and not before.endswith(" "):
        return tail
    return mark + tail


def _is_exponent(before: str, mark: str) -> bool:
    """Whether a raised mark belongs to the number or symbol before it, and is no footnote's mark."""
    base = _BASE.search(before)
    if base is None or not re.fullmatch(r"[-−+]?[\dA-Za-z⊤′+−-]{1,3}", mark):
        return False
    return not _YEAR.search(before)


class Vocabulary:
    """The words of a document, to tell a hyphen of the word from a hyphen of the line."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        hyphen = False
        for line in lines:
            body = _LINE_START.sub("", line) if hyphen else line
            hyphen = bool(_LINE_END.search(line))
            body = _LINE_END.sub("", body)
            self._counts.update(word.casefold() for word in _WORD.findall(body))

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self._counts

    def count(self, word: str) -> int:
        """How often the word stands inside a line."""
        return self._counts[word.casefold()]

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """Whether ``first-second``, broken behind its hyphen, is written with the hyphen."""
        head = first.rpartition("-")[2]
        tail = second.partition("-")[0]
        joined, hyphened = self.count(first + second), self.count(f"{first}-{second}")
        if "-" in second:  # "state-of-" + "the-art" may stand there with its first part only
            joined += self.count(first + tail)
            hyphened += self.count(f"{first}-{tail}")
        if "-" in first:
            joined += self.count(head + tail)
            hyphened += self.count(f"{head}-{tail}")
        if joined or hyphened:
            return hyphened > joined
        if not tail[:1].islower() or not head.isalpha() or not tail.isalpha() or head.isupper():
            return True
        if head.casefold() in _COMPOUND_FIRST and self.count(tail):
            return True
        if head.casefold() in _CLOSED or len(head) < 4 or len(tail) < 4:
            return "-" in first and len(head) > 1 and head in self and tail in self
        return self.count(head) > 0 and self.count(tail) > 0


def join_lines(before: str, line: str, vocabulary: Vocabulary) -> str:
    """Text and the line that follows it, the hyphen between them mended."""
    before = before.rstrip()
    if _OPEN_ADDRESS.search(before) and _ADDRESS_PART.match(line):
        return before + line.lstrip()
    end = _LINE_END.search(before)
    start = _LINE_START.match(line)
    if end and start:
        stem = before.rstrip(_HYPHENS + " ")
        soft = before.endswith("\u00ad")
        if not soft and vocabulary.keeps_hyphen(end[1], start[1]):
            return f"{stem}-{line.lstrip()}"
        return stem + line.lstrip()
    if before.endswith(("-", "–", "—", "/")) and not before.endswith((" -", " –", " —", " /")):
        return before + line.lstrip()
    return f"{before} {line.lstrip()}" if before else line.lstrip()


def mend_small_caps(text: str) -> str:
    """``I NTRODUCTION`` and ``R ELATED W ORK`` without the gap that small capitals leave."""

    def joined(match: re.Match[str]) -> str:
        words = text[: match.start()].split()
        is_word = match[1] in "AI" and bool(words) and words[-1].isalpha()  # "WITH A LARGE ARRAY"
        return match[0] if is_word else match[1] + match[2]

    return _SMALL_CAPS.sub(joined, text)
