"""Many reports, one after the other or in several processes; what one of them lacks costs the others nothing."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from synth.errors import StoreError, SynthError
from synth.locking import try_lock, unlock
from synth.pipeline.batch_file import Order, Refused
from synth.pipeline.delivery import deliver
from synth.pipeline.parts import Parts

FAILED = "failed"
_POLL_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one row."""

    place: str
    question: str
    outcome: str
    """``made``, ``regenerated``, ``unchanged`` or ``failed``."""
    folder: Path | None = None
    reason: str = ""
    """Why it failed."""
    exit_code: int = 0
    """Of the error that made it fail."""


class BatchProgress(Protocol):
    """Told how a batch goes on."""

    def begin(self, total: int, workers: int) -> None:
        """So many reports are to be made by so many workers."""

    def working(self, worker: int, text: str) -> None:
        """A worker turns to something."""

    def finished(self, done: Done) -> None:
        """A report is done, or has failed."""


class SilentBatch:
    """Shows nothing."""

    def begin(self, total: int, workers: int) -> None:
        """Nothing."""

    def working(self, worker: int, text: str) -> None:
        """Nothing."""

    def finished(self, done: Done) -> None:
        """Nothing."""


def run_batch(
    orders: Sequence[Order | Refused], parts: Parts, *, refresh: bool = False, progress: BatchProgress | None = None
) -> tuple[Done, ...]:
    """Make the reports one after the other, in this process.

    Args:
        orders: What is to be made.
        parts: The concrete parts; one report's papers, embeddings and logits serve the others.
        refresh: Ask arXiv again.
        progress: Told how it goes on.

    Returns:
        One result a row, in order.
    """
    shown = progress or SilentBatch()
    shown.begin(len(orders), 1)
    results = []
    for one in orders:
        shown.working(0, one.question)
        results.append(carry_out(one, parts, refresh=refresh))
        shown.finished(results[-1])
    return tuple(results)


def carry_out(one: Order | Refused, parts: Parts, *, refresh: bool = False) -> Done:
    """Make one report; an error becomes its result, one that nobody expected as well."""
    if isinstance(one, Refused):
        return Done(place=one.place, question=one.question, outcome=FAILED, reason=one.reason, exit_code=2)
    try:
        with parts.offline_if(one.options.offline):
            delivered = deliver(one.question, one.options, parts, one.folder, date=one.date, refresh=refresh)
    except Exception as error:  # noqa: BLE001  # a fault of the program at one row is no reason to leave out the others
        return failed(one, error)
    return Done(place=one.place, question=one.question, outcome=delivered.outcome.value, folder=one.folder)


def failed(one: Order, error: Exception) -> Done:
    """The result of a row that an error ended; of one that nobody expected, the kind is told as well."""
    reason, code = f"unexpected {type(error).__name__}: {error}", SynthError.exit_code
    if isinstance(error, SynthError):
        reason, code = str(error), error.exit_code
    return Done(
        place=one.place,
        question=one.question,
        outcome=FAILED,
        folder=one.folder,
        reason=" ".join(reason.split()),
        exit_code=code,
    )


@contextmanager
def alone(workspace: Path, what: str, parts: Parts, *, wait: bool = True) -> Iterator[None]:
    """Keeps a second batch off the same workspace: it waits, saying for whom, or is refused.

    The system gives the lock back when the process ends, however it ends.

    Args:
        workspace: Folder of the store.
        what: What this batch makes, for whoever has to wait for it.
        parts: Told of the waiting.
        wait: False refuses at once.

    Raises:
        StoreError: If another batch is at work and ``wait`` is False, or the lock cannot be written.
    """
    path = workspace / "batch.lock"
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(f"the lock {path} cannot be written: {error.strerror}; mend its rights", path=str(path)) from (
            error
        )
    try:
        told = False
        while not try_lock(descriptor):
            holder = path.read_text(encoding="utf-8", errors="replace").strip() or "another batch"
            if not wait:
                raise StoreError(f"{workspace} is in use by {holder}; run again when it has ended", path=str(path))
            if not told:
                parts.progress.say(f"Waiting: {workspace} is in use by {holder}.")
                told = True
            time.sleep(_POLL_S)
        try:
            started = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, f"process {os.getpid()}, since {started}, with {what}\n".encode())
            yield
        finally:
            os.ftruncate(descriptor, 0)
            unlock(descriptor)
    finally:
        os.close(descriptor)
