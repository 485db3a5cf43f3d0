"""What a command prints, in the characters that the reader's terminal or pipe has."""

from __future__ import annotations

import io
import json
import re
import sys

import typer


def never_fail_at_a_character() -> None:
    """Let the standard streams show a question mark for what they have no code for, instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def put(text: str, *, as_json: bool = False, nl: bool = True) -> None:
    """Print a result; JSON has escapes for what has no code, so that it reads back as the same."""
    fit = _escaped if as_json else encodable
    typer.echo(fit(text, getattr(sys.stdout, "encoding", None)), nl=nl)  # None where it was closed from the start


def encodable(text: str, encoding: str | None) -> str:
    """The text with question marks for characters that an encoding has no code for."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def _escaped(text: str, encoding: str | None) -> str:
    if encodable(text, encoding) == text:
        return text
    return re.sub(r"[^\x00-\x7f]", lambda match: json.dumps(match[0])[1:-1], text)
