"""Lines of text that holds one JSON value a line (pure)."""

from __future__ import annotations


def json_lines(text: str) -> list[str]:
    """The lines of JSONL, cut at line feeds alone; an empty rest behind the last one is no line.

    ``str.splitlines`` would cut at U+2028 and its kin as well, which may stand inside a JSON string.
    """
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines
