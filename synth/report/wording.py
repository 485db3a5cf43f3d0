"""Small pieces of English that the report's sentences share. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from synth.types import Label, Verdict

LABELS = {
    Label.SUPPORTED: "supported",
    Label.REFUTED: "refuted",
    Label.CONFLICTING: "conflicting",
    Label.NOT_ENOUGH_INFO: "not enough info",
    Label.NOT_CHECKWORTHY: "not checkworthy",
}

VERIFIED = "✓"
MARKS = {
    Label.SUPPORTED: "○",
    Label.REFUTED: "✗",
    Label.CONFLICTING: "±",
    Label.NOT_ENOUGH_INFO: "?",
    Label.NOT_CHECKWORTHY: "–",
}
"""The sign of a claim without the check mark: what is merely not proven must not look like what is refuted."""
LEGEND = "○ supported, but not surely enough; ✗ refuted; ± conflicting; ? not enough info."


def mark(verdict: Verdict) -> str:
    """The sign before a label."""
    return VERIFIED if verdict.verified else MARKS[verdict.label]


def listed(items: Sequence[str], word: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def claims(numbers: Iterable[int]) -> str:
    """``claim 4``, ``claims 1, 4 and 7``."""
    ordered = [str(number) for number in sorted(set(numbers))]
    return f"claim{'s' if len(ordered) != 1 else ''} {listed(ordered)}"


def quoted(texts: Iterable[str], word: str = "and") -> str:
    """The texts in typographic quotation marks, as a list."""
    return listed([f"“{text}”" for text in texts], word)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """``no papers``, ``1 paper``, ``1,200 papers``."""
    return f"{f'{number:,}' if number else 'no'} {noun if number == 1 else plural or noun + 's'}"


def opening(sentence: str) -> str:
    """The sentence with a capital at its start, or with "One" for a figure 1 that stands there alone."""
    if sentence.startswith("1 "):
        return f"One{sentence[1:]}"
    return sentence[:1].upper() + sentence[1:]


def whole_sentence(text: str) -> str:
    """The text with a final stop where it has none."""
    stripped = text.rstrip()
    return stripped if stripped.endswith((".", "!", "?", ".”", ".’", '."', ".)")) else f"{stripped}."
