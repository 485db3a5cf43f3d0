"""What long work tells of itself; the terminal decides how to show it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told by the pipeline what is being done, and how far it is."""

    def step(self, name: str, total: int | None = None) -> None:
        """A new step begins, of ``total`` parts where that is known; the one before has ended."""

    def advance(self, n: int = 1) -> None:
        """``n`` more parts of the step are done."""

    def say(self, text: str) -> None:
        """Something the user should read, now."""

    def wait(self, seconds: float, reason: str) -> None:
        """The next request has to wait so long, for this reason."""


class Silent:
    """Shows nothing."""

    def step(self, name: str, total: int | None = None) -> None:
        """Nothing."""

    def advance(self, n: int = 1) -> None:
        """Nothing."""

    def say(self, text: str) -> None:
        """Nothing."""

    def wait(self, seconds: float, reason: str) -> None:
        """Nothing."""
