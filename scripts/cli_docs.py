"""Writes docs/cli.md, what ``--help`` prints for every command: ``python scripts/cli_docs.py [--check]``.

Run it in the project's environment; ``make docs`` does. ``--check`` writes nothing and fails if the page is old.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "cli.md"
WIDTH = "100"
HEAD = """# Commands

What `synth --help` and the help of every command print. `make docs` writes this page; do not edit it.
"""


def commands() -> dict[tuple[str, ...], Any]:
    """Every command by its words behind ``synth``; the empty tuple is the program itself."""
    from typer.main import get_command

    from synth.cli.app import app

    def walk(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
        yield words, command
        for name, inner in getattr(command, "commands", {}).items():
            yield from walk((*words, name), inner)

    return dict(walk((), get_command(app)))


def help_of(words: tuple[str, ...]) -> str:
    """What the help of one command prints on a terminal of fixed width, without colours."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SYNTH_", "FORCE_"))}
    environment |= {"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH, "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    printed = subprocess.run(
        [sys.executable, "-m", "synth", *words, "--help"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    return "\n".join(line.rstrip() for line in printed.strip().splitlines())


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for words in commands():
        parts.append(f"## {' '.join(('synth', *words))}\n\n```text\n{help_of(words)}\n```\n")
    return "\n".join(parts)


def main() -> int:
    """Write the page, or compare it; gives the exit code."""
    text = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print("docs/cli.md is not what --help prints; run: make docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
