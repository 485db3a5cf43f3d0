from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

PROJECT = """
[build-system]
requires = ["hatchling"]
[project]
name = "example"
dependencies = ["httpx"]
[tool.ruff]
line-length = 120
"""


class Workshop:
    """The module on a project of its own, with the two slow steps replaced by notes of them."""

    def __init__(self, module: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.module = module
        self.root = root
        self.venv = root / ".venv"
        self.done: list[str] = []
        self.failing = False
        (root / "pyproject.toml").write_text(PROJECT)
        (root / "constraints.txt").write_text("httpx==0.28.1\n")
        monkeypatch.setattr(module, "ROOT", root)
        monkeypatch.setattr(module, "_create", self._create)
        monkeypatch.setattr(module, "_pip", self._pip)
        monkeypatch.setattr(module, "_has_pip", lambda venv: module.program(venv, "python").exists())

    def _create(self, venv: Path) -> None:
        self.done.append("create")
        python = self.module.program(venv, "python")
        python.parent.mkdir()
        python.touch()
        (venv / "pyvenv.cfg").touch()

    def _pip(self, venv: Path, *arguments: str) -> None:
        self.done.append("pip")
        if self.failing:
            raise self.module.SetupError("no network")


@pytest.fixture
def workshop(script: Callable[[str], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    return Workshop(script("environment"), tmp_path, monkeypatch)


def test_the_first_run_makes_it_and_the_second_does_nothing(workshop: Workshop) -> None:
    python = workshop.module.ready()
    assert python == workshop.module.program(workshop.venv, "python")
    assert workshop.done == ["create", "pip", "pip"]
    assert workshop.module.ready() == python
    assert workshop.done == ["create", "pip", "pip"]


def test_the_folder_can_be_named(workshop: Workshop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SYNTH_VENV", str(tmp_path / "else" / "where"))
    assert workshop.module.ready().is_relative_to(tmp_path / "else" / "where")
    assert not workshop.venv.exists()


def test_a_failed_installation_is_made_anew(workshop: Workshop) -> None:
    workshop.failing = True
    with pytest.raises(workshop.module.SetupError):
        workshop.module.ready()
    (workshop.venv / "left-over").mkdir()
    workshop.failing = False
    workshop.module.ready()
    assert workshop.done == ["create", "pip", "create", "pip", "pip"]
    assert not (workshop.venv / "left-over").exists()


def test_new_pins_install_without_making_it_anew(workshop: Workshop) -> None:
    workshop.module.ready()
    (workshop.root / "constraints.txt").write_text("httpx==0.28.2\n")
    workshop.module.ready()
    assert workshop.done == ["create", "pip", "pip", "pip", "pip"]


def test_a_lost_interpreter_is_noticed(workshop: Workshop) -> None:
    workshop.module.ready()
    shutil.rmtree(workshop.module.program(workshop.venv, "python").parent)
    workshop.module.ready()
    assert workshop.done.count("create") == 2


def test_an_environment_made_by_hand_is_completed(workshop: Workshop) -> None:
    workshop.venv.mkdir()
    workshop._create(workshop.venv)
    workshop.module.ready()
    assert workshop.done == ["create", "pip", "pip"]


def test_a_folder_of_something_else_is_left_alone(workshop: Workshop) -> None:
    workshop.venv.mkdir()
    (workshop.venv / "thesis.tex").write_text("years of work")
    with pytest.raises(workshop.module.SetupError, match="something else"):
        workshop.module.ready()
    assert (workshop.venv / "thesis.tex").read_text() == "years of work"
    assert not workshop.done


def test_a_file_in_its_place_is_named(workshop: Workshop) -> None:
    workshop.venv.write_text("")
    with pytest.raises(workshop.module.SetupError, match=re.escape(f"{workshop.venv} is a file")):
        workshop.module.ready()


def test_a_second_first_run_waits(workshop: Workshop) -> None:
    workshop.venv.mkdir()
    held = "\n".join(
        (
            "import environment, sys, time",
            "from pathlib import Path",
            "with environment._alone(Path(sys.argv[1])) as stamp:",
            "    environment._write(stamp, environment.INSTALLING)",
            "    print('held', flush=True)",
            "    time.sleep(0.6)",
            "    environment._write(stamp, sys.argv[2])",
        )
    )
    workshop._create(workshop.venv)
    current = workshop.module.fingerprint(workshop.root, sys.version_info[:2])
    with subprocess.Popen(
        [sys.executable, "-c", held, str(workshop.venv), current],
        cwd=ROOT / "scripts",
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        started = time.monotonic()
        workshop.module.ready()
        waited = time.monotonic() - started
    assert waited > 0.2
    assert workshop.done == ["create"]  # by the other run; this one found it made


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [("line-length = 120", "line-length = 99", True), ('"httpx"', '"httpx>=1"', False), ("hatchling", "flit", False)],
)
def test_only_what_is_installed_counts(workshop: Workshop, old: str, new: str, same: bool) -> None:
    before = workshop.module.fingerprint(workshop.root, (3, 11))
    (workshop.root / "pyproject.toml").write_text(PROJECT.replace(old, new))
    assert (workshop.module.fingerprint(workshop.root, (3, 11)) == before) is same


def test_another_python_or_place_counts(workshop: Workshop, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(workshop.root / name, moved)
    prints = {
        workshop.module.fingerprint(root, version) for root in (workshop.root, moved) for version in [(3, 11), (3, 12)]
    }
    assert len(prints) == 4


@pytest.mark.parametrize("name", ["environment.py", "demo.py", "test.py", "lint.py", "bench.py"])
def test_an_old_python_gets_as_far_as_the_check(name: str) -> None:
    body = (ROOT / "scripts" / name).read_text(encoding="utf-8")
    tree = ast.parse(body, feature_version=(3, 6))
    modules = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    froms = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert not (modules | froms) & {"tomllib", "__future__"}


def test_pip_says_why(script: Callable[[str], ModuleType], tmp_path: Path) -> None:
    environment = script("environment")
    python = environment.program(tmp_path, "python")
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    with pytest.raises(environment.SetupError, match=r"requirement|No such file"):
        environment._pip(tmp_path, "install", "--no-index", "-r", str(tmp_path / "absent.txt"))


def test_every_dependency_is_pinned() -> None:
    import tomllib

    pins = re.findall(r"^([a-z0-9][a-z0-9-]*)==[\w.]+$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert pins == sorted(set(pins))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[^A-Za-z0-9_.-]", one)[0].lower().replace("_", "-") for one in named}
    assert names <= set(pins)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (["Collecting x", "ERROR: No matching distribution found for x"], "No matching"),
        (["WARNING: Retrying (0) after refused", "ERROR: ResolutionImpossible: read this"], "refused"),
        (["WARNING: Retrying (0) after refused", "ERROR: Could not install packages due to an OSError: full"], "full"),
        (["error: exited", "FileNotFoundError: no templates", "hint: See above"], "no templates"),
        ([], "no message"),
    ],
)
def test_the_cause_goes_before_its_effects(script: Callable[[str], ModuleType], said: list[str], reason: str) -> None:
    assert reason in script("environment")._reason(said)
