"""Writes a single file that a user named, such as a table or a fitted calibrator."""

from __future__ import annotations

import contextlib
from pathlib import Path

from synth.errors import OutputError


def write_file(text: str, path: Path) -> None:
    """Writes one file, whole or not at all; half a surrogate pair, which UTF-8 has no code for, as an escape.

    Raises:
        OutputError: If the file or its folder cannot be written, or the disk is full.
    """
    part = path.parent / f".{path.name}.part"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(text.encode(errors="backslashreplace"))
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutputError(
            f"cannot write {path}: {error.strerror}; choose another file (--out)", path=str(path)
        ) from error
