"""On which line of a TOML file something stands: the parser does not tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*\[+\s*(?P<name>[^\[\]]+?)\s*\]+\s*(?:#.*)?$")


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    """The line of a value, from 1; that of the nearest thing around it where its own cannot be told.

    Args:
        text: The file.
        place: Keys and indices from the root: ``("table", 2, "rows", "mbert", "cells")``.
    """
    lines = text.splitlines()
    keys = [str(one) for one in place]
    if not keys:
        return None
    start = _start(lines, place)
    if start is None:
        return _key(lines, 0, len(lines), keys[:1], "")
    depth = 2 if len(keys) > 1 else 1
    end = _end(lines, start, keys[0])
    rest = [one for one in keys[depth:] if not one.isdigit()]
    for length in range(len(rest), 0, -1):
        if (found := _key(lines, start, end, rest[:length], keys[0])) is not None:
            return found
    return start + 1


def _start(lines: Sequence[str], place: Sequence[str | int]) -> int | None:
    """Index of the header under which a place stands."""
    wanted = str(place[0])
    if len(place) > 1 and isinstance(place[1], int):
        headers = [
            index for index, line in enumerate(lines) if _name(line) == wanted and line.lstrip().startswith("[[")
        ]
        return headers[place[1]] if place[1] < len(headers) else None
    if len(place) > 1:
        return next((index for index, line in enumerate(lines) if _name(line) == f"{wanted}.{place[1]}"), None)
    return None


def _end(lines: Sequence[str], start: int, kind: str) -> int:
    for index in range(start + 1, len(lines)):
        name = _name(lines[index])
        if name is not None and not name.startswith(f"{kind}."):
            return index
        if name is not None and _name(lines[start]) != kind:  # [source.a] and then [source.b]
            return index
    return len(lines)


def _key(lines: Sequence[str], start: int, end: int, keys: Sequence[str], kind: str) -> int | None:
    """The line that sets a dotted key, or the rest of it under a header that holds the parts before."""
    for held in range(len(keys)):
        begin = start
        if held:
            header = ".".join([kind, *keys[:held]])
            found = next((index for index in range(start + 1, end) if _name(lines[index]) == header), None)
            if found is None:
                continue
            begin = found + 1
        wanted = r"\s*\.\s*".join(rf'"?{re.escape(key)}"?' for key in keys[held:])
        for index in range(begin, end):
            if index > start and _name(lines[index]) is not None:
                break  # what follows is another header's
            if re.match(rf"\s*{wanted}\s*=", lines[index]):
                return index + 1
    return None


def _name(line: str) -> str | None:
    """The name in a header, if the line is one."""
    match = _HEADER.match(line) if line.lstrip().startswith("[") else None
    return match["name"].replace('"', "").replace(" ", "") if match else None


class Problem(Exception):
    """Something in the file that cannot be used.

    Args:
        place: Keys and indices from the root.
        message: What was found and what was expected.
    """

    def __init__(self, place: Sequence[str | int], message: str) -> None:
        super().__init__(message)
        self.place = tuple(place)
        self.message = message
