"""What a reviewer types: names, labels and comments. Pure."""

from __future__ import annotations

import difflib
import unicodedata

from synth.errors import ConfigError
from synth.report.plain import one_line
from synth.text import collapse
from synth.types import Label

MAX_NAME = 80
LETTERS = {
    "s": Label.SUPPORTED,
    "r": Label.REFUTED,
    "c": Label.CONFLICTING,
    "n": Label.NOT_ENOUGH_INFO,
    "w": Label.NOT_CHECKWORTHY,
}
_JOINERS = "\u200c\u200d"
"""Names in Persian, Hindi and other scripts need them; all other invisible characters are refused."""


def checked_name(name: str) -> str:
    """A reviewer's name: composed, single spaces.

    Raises:
        ConfigError: If it is empty, too long, or holds characters that cannot be seen.
    """
    composed = unicodedata.normalize("NFC", name)
    if hidden := [letter for letter in composed if not (letter.isprintable() or letter in _JOINERS)]:
        raise ConfigError(
            f"the reviewer's name {name[:40]!a} holds a character that cannot be shown (U+{ord(hidden[0]):04X});"
            " give a name of letters, --reviewer NAME"
        )
    found = collapse(composed)
    if not found:
        raise ConfigError("the reviewer's name is empty; give one with --reviewer NAME or in SYNTH_REVIEWER")
    if len(found) > MAX_NAME:
        raise ConfigError(
            f"the reviewer's name has {len(found)} characters, {MAX_NAME} are the most;"
            " give a shorter one, --reviewer NAME"
        )
    return found


def parse_label(text: str) -> Label:
    """A label by its letter or its name, in any case, with spaces, hyphens or underscores.

    Raises:
        ConfigError: If there is none; names the nearest.
    """
    folded = "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
    if folded in LETTERS:
        return LETTERS[folded]
    names = {label.value: label for label in LETTERS.values()}
    aliases = {"nei": Label.NOT_ENOUGH_INFO, "not_check_worthy": Label.NOT_CHECKWORTHY}
    if found := names.get(folded) or aliases.get(folded):
        return found
    known = ", ".join(f"{letter} {label.value.replace('_', ' ')}" for letter, label in LETTERS.items())
    near = difflib.get_close_matches(folded, names, n=1, cutoff=0.5)
    hint = f" did you mean {near[0].replace('_', ' ')}?" if near else ""
    shown = one_line(text)[:40]
    raise ConfigError(f"{shown!r} is no label;{hint} known are {known}")


def clean_comment(text: str) -> str:
    """A comment on one line, with what cannot be stored or shown replaced."""
    return one_line(text)
