"""The scripts are no package: each test module asks for one by name."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from tests.conftest import ROOT

SCRIPTS = ROOT / "scripts"
BENCHMARKS = ROOT / "benchmarks"


@pytest.fixture
def script() -> Iterator[Callable[[str], ModuleType]]:
    """Imports a script by its name; its folders leave the path, and the scripts the module table, afterwards."""
    path, modules = list(sys.path), set(sys.modules)
    sys.path[:0] = [str(SCRIPTS), str(BENCHMARKS)]
    yield importlib.import_module
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if (SCRIPTS / f"{name}.py").is_file() or (BENCHMARKS / f"{name}.py").is_file():
            del sys.modules[name]
