"""Fixtures of the whole suite: no network but loopback, no environment of the user's."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
BARE = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)} | {
    name: os.environ[name] for name in ("OMP_NUM_THREADS",) if name in os.environ
}
"""All that a program started by a test needs of this environment: the tests' share of the processors goes with it."""


@pytest.fixture
def shared() -> Path:
    """The folder of measuring data beside the project; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the measuring data (../shared) is not here")
    return SHARED


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Keeps the user's settings and the network out of every test."""
    for name in list(os.environ):
        if name.startswith("SYNTH_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SYNTH_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    real_connect = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if isinstance(address, tuple) and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}; tests stay on this machine")
        real_connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    yield
