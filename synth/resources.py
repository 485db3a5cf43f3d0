"""Where the files that travel with the package lie: in a checkout, or inside the installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    bundled = _PACKAGE / "_bundled"
    return bundled if bundled.is_dir() else _PACKAGE.parent


def data_path(*parts: str) -> Path:
    """The path of a file or folder under ``data/``; it need not exist."""
    return _root().joinpath("data", *parts)


def template_path(*parts: str) -> Path:
    """The path of a file or folder under ``templates/``; it need not exist."""
    return _root().joinpath("templates", *parts)
