"""What a run tells whoever watches it."""

from __future__ import annotations

from typing import Protocol


class RunProgress(Protocol):
    """Told how a run goes on. Weights are estimated seconds, of which the time left is reckoned."""

    def begin(self, stages: int, done: int, weight: float) -> None:
        """The run starts: how many stages, how many are there already, the weight of the rest."""

    def working(self, worker: int, label: str) -> None:
        """A worker, from 0, turns to a stage."""

    def advanced(self, worker: int, weight: float) -> None:
        """A part of a stage's weight is done."""

    def finished(self, label: str, seconds: float) -> None:
        """A stage is done."""


class Silent:
    """Tells nobody."""

    def begin(self, stages: int, done: int, weight: float) -> None:
        """Nothing."""

    def working(self, worker: int, label: str) -> None:
        """Nothing."""

    def advanced(self, worker: int, weight: float) -> None:
        """Nothing."""

    def finished(self, label: str, seconds: float) -> None:
        """Nothing."""
