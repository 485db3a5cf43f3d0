"""Whole processes, measured from outside: wall time, processor time, peak memory, and the machine they ran on."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path


class BenchmarkError(Exception):
    """A measured program failed; the message holds its command and its last words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run of a program."""

    wall_s: float
    """From the start of the process to its end."""
    cpu_s: float
    """User and system time, with that of its child processes; more than the wall time on several cores."""
    peak_mb: float
    """Largest resident size (10^6 bytes) of it or of any of its child processes."""


def measure(command: Sequence[str | Path], *, folder: Path, environment: Mapping[str, str]) -> Measured:
    """Run a program to its end.

    Args:
        command: Program and arguments.
        folder: Where it runs.
        environment: Variables beside those of this process.

    Raises:
        BenchmarkError: If it does not give 0.
    """
    log = folder / "output.txt"
    started = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        words = " ".join(str(part) for part in command)
        raise BenchmarkError(f"{words} gave {process.returncode}: {' '.join(last) or 'no message'}")
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss: bytes there, KiB elsewhere
    return Measured(wall_s=wall, cpu_s=used.ru_utime + used.ru_stime, peak_mb=used.ru_maxrss * unit / 1e6)


def middle(runs: Sequence[Measured]) -> Measured:
    """The medians of the times, and the largest peak."""
    return Measured(
        wall_s=statistics.median(run.wall_s for run in runs),
        cpu_s=statistics.median(run.cpu_s for run in runs),
        peak_mb=max(run.peak_mb for run in runs),
    )


def hold_to_cores(wanted: int) -> int:
    """Keep this process and its children to some cores, where the system can; gives the cores in use."""
    if not hasattr(os, "sched_setaffinity"):
        return os.cpu_count() or 1
    here = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, here[:wanted])
    return min(wanted, len(here))


def processor() -> str:
    """The processor's name as the system gives it."""
    listing = Path("/proc/cpuinfo")
    if listing.is_file():
        for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    return platform.processor() or platform.machine()


def machine(cores: int) -> str:
    """One line that names the machine and what runs on it."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{processor()}, {cores} cores, {system}, Python {platform.python_version()}, torch {version('torch')}"
