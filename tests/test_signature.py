"""The lists of what moves a report, held against what is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

import synth
from synth.signature import SEARCH, STEPS

PACKAGE = Path(synth.__file__).parent
NEITHER = {
    "errors.py": "what is told when nothing is made",
    "locking.py": "who may write",
    "resources.py": "where files lie; their contents are in the keys",
    "settings.py": "where things are; the risk is in the key of a run",
    "signature.py": "makes the keys",
    "pipeline/parts.py": "which models and files; their signatures are in the keys",
    "pipeline/cached.py": "gives what was computed before",
    "pipeline/progress.py": "what a terminal shows",
    "store/": "gives back what was put there",
}
"""Reached by both, and why it moves neither a search nor a report."""
NOT_THE_REPORT = {
    "pipeline/found.py": "what a search found is in the key of a run",
    "pipeline/gather.py": "what a search found is in the key of a run",
    "sources/": "what a search found is in the key of a run; what reads a paper is listed by name",
}
NOT_THE_SEARCH = {
    "parsing/": "of a PDF the search sees its title alone",
    "claims/": "reached through the parts of a run",
    "verification/": "reached through the parts of a run",
    "backing/": "reached through the parts of a run",
    "report/coding.py": "writes a search down and reads it back",
}


def _file(module: str) -> str | None:
    place = PACKAGE.joinpath(*module.split(".")[1:])
    found = next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)
    return found.relative_to(PACKAGE).as_posix() if found else None


def _imports(file: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse((PACKAGE / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {found for name in names if name.startswith("synth.") and (found := _file(name))}


def _reached(file: str) -> set[str]:
    seen, left = set[str](), {file}
    while left:
        seen |= left
        left = {found for one in left for found in _imports(one)} - seen
    return seen


def _covered(file: str, places: Iterable[str]) -> bool:
    return any(file == place or file.startswith(f"{place.rstrip('/')}/") for place in places)


@pytest.mark.parametrize(
    ("start", "steps", "apart"),
    [("pipeline/synthesize.py", STEPS, NOT_THE_REPORT), ("pipeline/found.py", SEARCH, NOT_THE_SEARCH)],
    ids=["report", "search"],
)
def test_every_module_that_is_reached_counts_or_is_known_not_to(start, steps, apart):
    reached = _reached(start)
    forgotten = sorted(file for file in reached if not _covered(file, [*steps, *NEITHER, *apart]))
    assert not forgotten, f"does their code move what is found or said? {forgotten}"


@pytest.mark.parametrize("place", [*STEPS, *SEARCH, *NEITHER, *NOT_THE_REPORT, *NOT_THE_SEARCH])
def test_what_is_listed_is_there(place):
    assert (PACKAGE / place).exists()
