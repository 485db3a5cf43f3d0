"""A local stand-in for arXiv, started for one measurement: the requests that it saw, and when."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from measure import BenchmarkError


@dataclass(frozen=True, slots=True)
class Replica:
    """A running replica."""

    url: str

    def requests(self) -> int:
        """How many requests it has had so far."""
        with urllib.request.urlopen(f"{self.url}/_log") as answer:
            return len(json.load(answer))


@contextmanager
def replica(script: Path) -> Iterator[Replica]:
    """Start the replica on a free port; it ends with the block.

    Raises:
        BenchmarkError: If it does not print its address.
    """
    command = [sys.executable, str(script), "--port", "0", "--print-url"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            url = process.stdout.readline().strip() if process.stdout else ""
            if not url.startswith("http://"):
                raise BenchmarkError(f"{script} did not print its address")
            yield Replica(url.rstrip("/"))
        finally:
            process.terminate()
