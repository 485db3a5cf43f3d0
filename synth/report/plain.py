"""Text without the characters that no output format can show. Pure."""

from __future__ import annotations

import re

from synth.text import collapse

_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters, lone surrogates, non-characters, and the marks that turn the direction of all that follows."""


def one_line(text: str) -> str:
    """The text on one line, with every character that cannot be shown as the replacement character."""
    return collapse(_UNSHOWABLE.sub("\ufffd", text))
