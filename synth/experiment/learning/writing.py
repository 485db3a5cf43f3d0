"""Says of weights that cannot be written what this program says of any file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from synth.errors import OutputError


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Turn the errors of a full disk or a closed folder, the ``safetensors`` library's own among them, into one line.

    Args:
        path: What is written.

    Raises:
        OutputError: It cannot be.
    """
    from safetensors import SafetensorError

    try:
        yield
    except (OSError, SafetensorError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(
            f"cannot write {path}: {reason}; make room, or choose a folder that can be written", path=str(path)
        ) from None
