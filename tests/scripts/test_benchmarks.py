from __future__ import annotations

import resource
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def measure(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("measure")


def test_a_process_is_measured(measure: ModuleType, tmp_path: Path) -> None:
    script = "import os, time; block = bytearray(200_000_000); assert os.environ['MARK'] == 'x'; time.sleep(0.3)"
    found = measure.measure([sys.executable, "-c", script], folder=tmp_path, environment={"MARK": "x"})
    assert found.wall_s >= 0.3
    assert found.cpu_s > 0
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3  # a child is counted from its start as a copy of us
    assert 200 < found.peak_mb < 800 + own


def test_memory_of_a_child_of_the_process_counts(measure: ModuleType, tmp_path: Path) -> None:
    inner = "block = bytearray(300_000_000)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}], check=True)"
    found = measure.measure([sys.executable, "-c", outer], folder=tmp_path, environment={})
    assert found.peak_mb > 300


def test_a_failing_program_is_named(measure: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(measure.BenchmarkError, match=r"gave 3: no model$"):
        measure.measure(
            [sys.executable, "-c", "import sys; print('no model'); sys.exit(3)"], folder=tmp_path, environment={}
        )


def test_medians_and_the_largest_peak(measure: ModuleType) -> None:
    runs = [measure.Measured(wall_s=wall, cpu_s=10 - wall, peak_mb=wall * 100) for wall in (1.0, 9.0, 2.0)]
    assert measure.middle(runs) == measure.Measured(wall_s=2.0, cpu_s=8.0, peak_mb=900.0)


def test_the_machine_is_named(measure: ModuleType) -> None:
    line = measure.machine(2)
    assert measure.processor() in line
    assert "2 cores" in line
    assert "torch 2." in line


def test_files_are_spread_over_the_list(script: Callable[[str], ModuleType]) -> None:
    some = script("run").some
    files = [Path(f"{number:02}.pdf") for number in range(52)]
    chosen = some(list(reversed(files)), 15)
    assert len(set(chosen)) == 15
    assert chosen == sorted(chosen)
    assert chosen[0] == files[0]
    assert chosen[-1] > files[45]
    assert some(files[:3], 15) == files[:3]


def test_the_table(script: Callable[[str], ModuleType], measure: ModuleType) -> None:
    row = script("run").Row
    figures = measure.Measured(wall_s=1.234, cpu_s=2.0, peak_mb=1500.4)
    text = script("run").table(
        [
            row(name="one", figures=figures, runs=3, aim="1 s", met=False, note="slow"),
            row(name="two", figures=None, note="absent"),
        ],
        "a machine",
    )
    lines = text.splitlines()
    assert lines[0] == "Measured on a machine."
    assert lines[-2] == "| one | 1.23 s | 2.00 s | 1,500 MB | 3 | 1 s | missed; slow |"
    assert lines[-1] == "| two | skipped | | | | | absent |"
    assert len({line.count("|") for line in lines[2:]}) == 1


@pytest.mark.shared
def test_the_replica_counts_requests(script: Callable[[str], ModuleType], shared: Path) -> None:
    with script("replica").replica(shared / "arxiv" / "replica.py") as there:
        with urllib.request.urlopen(f"{there.url}/abs/2005.13013"):
            pass
        assert there.requests() == 1
