"""Abbreviations that a paper defines, and their long forms. Pure."""

from __future__ import annotations

import re

from synth.text import STOPWORDS

_WORD = re.compile(r"[^\W_]+")
_CAPITAL_WORD = re.compile(r"\b([A-Z][A-Za-z]*[A-Z])s?\b")
_DEFINITION = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])s?\)")


def abbreviations(text: str) -> dict[str, str]:
    """Abbreviations that a text defines: ``natural language inference (NLI)`` gives NLI and its long form."""
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        letters = match[1].casefold()
        before = text[max(0, match.start() - 120) : match.start()]
        atoms = [atom for atom in _WORD.finditer(before) if atom[0].casefold() not in STOPWORDS][-len(letters) :]
        if len(atoms) == len(letters) and all(
            atom[0].casefold().startswith(letter) for atom, letter in zip(atoms, letters, strict=True)
        ):
            found.setdefault(match[1], before[atoms[0].start() :].strip())
    return found


def expand(text: str, long_forms: dict[str, str]) -> str:
    """The text with abbreviations written out."""
    if not any(short in text for short in long_forms):
        return text
    return _CAPITAL_WORD.sub(lambda match: long_forms.get(match[1], match[0]), text)
