"""The run's folder: one folder a stage, whole or not there, with the digest of what made it."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synth.errors import ConfigError, OutputError
from synth.locking import try_lock, unlock

_RECORD = "stage.json"
_PART = ".part"
_NOTE_S = 5.0
"""Seconds between two notes of the time that a stage has taken."""


@dataclass(slots=True)
class Work:
    """A stage under way."""

    folder: Path
    """Where its files and checkpoints go; left as it is when the stage is broken off."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What the results say of it: steps, examples."""
    on_step: Callable[[], None] = lambda: None
    """To be called now and then; notes the time taken."""


class Place:
    """The stages of one run on disk.

    Args:
        run: The run's folder.
    """

    def __init__(self, run: Path) -> None:
        self.run = run
        self.stages = run / "stages"

    def folder(self, stage: str) -> Path:
        """Where a finished stage lies."""
        return self.stages / stage

    def record(self, stage: str) -> Mapping[str, Any]:
        """Digest, seconds and facts of a finished stage; empty where it is not there or damaged."""
        return _json(self.folder(stage) / _RECORD)

    def is_done(self, stage: str, digest: str) -> bool:
        """Whether the stage was finished under this digest."""
        return self.record(stage).get("digest") == digest

    @contextlib.contextmanager
    def work(self, stage: str, digest: str, *, on_step: Callable[[], None] = lambda: None) -> Iterator[Work]:
        """Carry out a stage; what an earlier attempt under the same digest left is found in the folder.

        The folder gets its name in one step, when the stage ends well.

        Raises:
            OutputError: The folder cannot be written.
        """
        part = self.stages / (stage + _PART)
        before = _json(part / _RECORD)
        with writable(self.run):
            if before.get("digest") != digest:
                shutil.rmtree(part, ignore_errors=True)
                before = {}
            part.mkdir(parents=True, exist_ok=True)
        spent, started, noted = float(before.get("seconds", 0.0)), time.monotonic(), 0.0

        def note(facts: Mapping[str, Any] | None = None) -> None:
            seconds = spent + time.monotonic() - started
            found: dict[str, Any] = {"digest": digest, "seconds": round(seconds, 3)}
            if facts is not None:
                found["facts"] = dict(facts)
            _write(part / _RECORD, found)

        def stepped() -> None:
            nonlocal noted
            if time.monotonic() - noted >= _NOTE_S:
                noted = time.monotonic()
                note()
            on_step()

        with writable(self.run):
            note()
        work = Work(part, on_step=stepped)
        yield work
        with writable(self.run):
            note(work.facts)
            shutil.rmtree(self.folder(stage), ignore_errors=True)
            part.rename(self.folder(stage))

    def forget(self) -> None:
        """Remove what a run left here, and nothing else."""
        shutil.rmtree(self.stages, ignore_errors=True)
        for name in ("run.json", "results.json"):
            (self.run / name).unlink(missing_ok=True)

    def same_run(self, choices: Mapping[str, Any]) -> None:
        """Check that what lies here was made under the same choices, and note them.

        Raises:
            ConfigError: It was not; names the keys.
        """
        path = self.run / "run.json"
        if found := _json(path):
            changed = sorted(key for key in {*found, *choices} if found.get(key) != choices.get(key))
            if changed:
                shown = ", ".join(f"{key} ({_short(found, key)}, now {_short(choices, key)})" for key in changed[:3])
                raise ConfigError(
                    f"{self.run} holds a run with another {shown}: choose another --out, or start anew with --fresh"
                )
        with writable(self.run):
            _write(path, dict(choices))

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs out of the folder.

        Raises:
            ConfigError: One is under way in it.
            OutputError: The folder cannot be written.
        """
        with writable(self.run):
            self.run.mkdir(parents=True, exist_ok=True)
            handle = (self.run / "run.lock").open("a")
        with handle:
            if not try_lock(handle.fileno()):
                raise ConfigError(f"another run is under way in {self.run}: wait for it, or choose another --out")
            try:
                yield
            finally:
                unlock(handle.fileno())


@contextlib.contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Say it as this program does when a folder cannot be written.

    Raises:
        OutputError: It cannot.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutputError(
                f"the disk is full ({folder}); make room and run again, finished stages are kept"
            ) from None
        raise OutputError(f"cannot write {folder} ({error.strerror or error}); choose another --out") from None


def _short(choices: Mapping[str, Any], key: str) -> str:
    text = json.dumps(choices.get(key, "none"), ensure_ascii=False)
    return text if len(text) <= 40 else text[:37] + "…"


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, content: Mapping[str, Any]) -> None:
    part = path.with_name(path.name + _PART)
    with part.open("w", encoding="utf-8") as handle:
        handle.write(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(path)
