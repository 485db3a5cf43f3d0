from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from synth.sources.http import PoliteClient
from synth.sources.limiter import Limiter
from synth.sources.wire import Patience
from tests.sources.server import Fake, serving


@pytest.fixture
def fake() -> Iterator[Fake]:
    with serving() as server:
        yield server


@pytest.fixture
def naps() -> list[float]:
    """The seconds of every pause that a client of this test took."""
    return []


@pytest.fixture
def client(fake: Fake, naps: list[float], tmp_path: Path) -> Iterator[PoliteClient]:
    """A client of the fake arXiv that never really sleeps."""
    with make_client(fake.url, naps, tmp_path) as polite:
        yield polite


def make_client(url: str, naps: list[float], tmp_path: Path, *, total_s: float = 60.0) -> PoliteClient:
    now = 1_000_000.0

    def clock() -> float:
        return now

    def sleep(seconds: float) -> None:
        nonlocal now
        naps.append(round(seconds, 3))
        now += seconds

    limiter = Limiter(0.0, folder=tmp_path / "limiter", clock=clock, sleep=sleep)
    return PoliteClient(url, limiter=limiter, patience=Patience(stall_s=0.3, total_s=total_s), chance=lambda: 0.5)
