"""One request at a time, and a pause between two: for all processes of this machine together.

arXiv's terms (https://info.arxiv.org/help/api/tou.html): at most one request in three seconds over one connection,
for all machines of a user together. A lock file for each group of hosts holds the time of the last request and, where
the hosts have refused, until when nobody asks them.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from synth.errors import AccessDenied, RateLimited, SourceError
from synth.locking import try_lock, unlock

ARXIV_DELAY_S = 3.0
"""arXiv's own limit; no setting goes under it for arxiv.org."""
MAX_POSTPONE_S = 120.0
"""The longest pause of a server that is waited for; also the longest wait that a clock set back can cost."""
MAX_CLOSED_S = 86_400.0
"""The longest that a host stays closed, whatever pause it asks for and whatever becomes of the clock."""
_POLL_S = 0.1
_LOCK_PATIENCE_S = 900.0

OnWait = Callable[[float, str], None]
"""Called with the seconds to wait and the reason, before each pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A host group that nobody asks for a while."""

    host: str
    status: int
    """What it had answered."""
    until: float
    """Seconds since the epoch."""

    def error(self, found: str, **facts: Any) -> SourceError:
        """The error of whoever would ask: what was found, and until when nothing is asked."""
        moment = dt.datetime.fromtimestamp(math.ceil(self.until / 60) * 60, dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
        said = f"{found}; Synth asks {self.host} nothing before {moment}, run again then"
        if self.status == 403:
            return AccessDenied(f"{said}, with SYNTH_CONTACT set so that arXiv can write to you", **facts)
        return RateLimited(said, **facts)


class Turn:
    """The right to make one request; see :meth:`Limiter.turn`."""

    def __init__(self, host: str, clock: Callable[[], float]) -> None:
        self.extra_s = 0.0
        self.closed: Closed | None = None
        self._host = host
        self._clock = clock

    def close(self, seconds: float, status: int) -> Closed:
        """Closes the host group for so long, a day at most: until then no process is given a turn.

        Args:
            seconds: How long.
            status: What the host answered.
        """
        until = self._clock() + min(seconds, MAX_CLOSED_S)
        self.closed = Closed(host=group(self._host), status=status, until=until)
        return self.closed

    def postpone(self, seconds: float) -> None:
        """Keeps every process from asking this host group for so long, counted from the end of the turn."""
        self.extra_s = min(max(seconds, self.extra_s), MAX_POSTPONE_S)


class Limiter:
    """Gives turns to ask a host.

    Args:
        delay_s: Seconds between the end of one request and the start of the next; at least 3 for arxiv.org.
        folder: Where the lock files lie; None means the user's cache folder, shared by all processes.
        clock: Seconds since the epoch; the same for all processes.
        sleep: Waits for so many seconds.
        on_wait: Told of every pause, with its length in seconds and its reason.
    """

    def __init__(
        self,
        delay_s: float = ARXIV_DELAY_S,
        *,
        folder: Path | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        on_wait: OnWait | None = None,
    ) -> None:
        self._delay_s = delay_s
        self._folder = folder
        self._clock = clock
        self._sleep = sleep
        self._on_wait = on_wait

    def delay_for(self, host: str) -> float:
        """Seconds between two requests to a host; arXiv's own limit holds unless the host is this machine."""
        return self._delay_s if is_loopback(host) else max(self._delay_s, ARXIV_DELAY_S)

    @contextmanager
    def turn(self, host: str) -> Iterator[Turn]:
        """Waits until the host may be asked, and keeps every other process from asking until the end.

        Args:
            host: Name of the host, with its port where it is not the usual one.

        Raises:
            AccessDenied: If the host is closed after a 403, at once.
            RateLimited: If the host is closed because it asked for a pause, at once.
            SourceError: If another process has held the turn for a quarter of an hour.
        """
        delay_s = self.delay_for(host)
        with self._locked(host) as descriptor:
            stamp, closed = _read_state(descriptor, group(host))
            self._check(closed)
            self._pause(host, stamp + delay_s, delay_s)
            turn = Turn(host, self._clock)
            try:
                yield turn
            finally:
                try:
                    _write_state(descriptor, self._clock() + max(0.0, turn.extra_s - delay_s), turn.closed)
                except OSError as error:
                    raise _unwritable(self._lock_folder(), error) from error

    def _check(self, closed: Closed | None) -> None:
        rest_s = closed.until - self._clock() if closed else 0.0
        if closed and 0 < rest_s <= MAX_CLOSED_S:
            what = "refused access" if closed.status == 403 else "asked for a pause"
            raise closed.error(f"{closed.host} {what} ({closed.status})", retry_after_s=rest_s)

    def _pause(self, host: str, free_at: float, delay_s: float) -> None:
        wait = min(free_at - self._clock(), max(delay_s, MAX_POSTPONE_S))
        if wait > 0:
            self._tell(wait, f"waiting {wait:.1f} s for {group(host)}")
            self._sleep(wait)

    def _tell(self, seconds: float, reason: str) -> None:
        if self._on_wait:
            self._on_wait(seconds, reason)

    @contextmanager
    def _locked(self, host: str) -> Iterator[int]:
        path = self._lock_folder() / f"{re.sub(r'[^a-z0-9.-]', '_', group(host))}.lock"
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _unwritable(path, error) from error
        waited = 0.0
        try:
            while not try_lock(descriptor):
                if waited == 0:
                    self._tell(_POLL_S, f"another Synth is asking {group(host)}")
                if waited > _LOCK_PATIENCE_S:
                    raise SourceError(
                        f"another process has kept {group(host)} busy for {waited / 60:.0f} minutes; end it first"
                    )
                self._sleep(_POLL_S)
                waited += _POLL_S
            try:
                yield descriptor
            finally:
                unlock(descriptor)
        finally:
            os.close(descriptor)

    def _lock_folder(self) -> Path:
        """The first folder that can be written: the given one, the user's cache, the temporary folder."""
        candidates = [self._folder] if self._folder else [user_cache_path("synth") / "limiter"]
        for folder in [*candidates, Path(tempfile.gettempdir()) / "synth-limiter"]:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError:
                continue
            if os.access(folder, os.W_OK):
                return folder
        raise SourceError(f"no folder for the lock of arXiv's rate limit can be written; tried {candidates[0]}")


def group(host: str) -> str:
    """The hosts that share a limit: all of arxiv.org are one."""
    name = host.casefold()
    bare = name.rpartition(":")[0] if re.search(r":\d+$", name) else name
    return "arxiv.org" if bare == "arxiv.org" or bare.endswith(".arxiv.org") else name


def is_loopback(host: str) -> bool:
    """Whether a host, with or without its port, is this machine."""
    bare = re.sub(r":\d+$", "", host).strip("[]").casefold()
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def _unwritable(path: Path, error: OSError) -> SourceError:
    return SourceError(f"the lock of arXiv's rate limit cannot be written: {error.strerror} ({path}); free the folder")


def _read_state(descriptor: int, host: str) -> tuple[float, Closed | None]:
    """The time of the last request, and until when the host is closed: ``STAMP``, then ``UNTIL STATUS``."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    stamp, _, closing = os.read(descriptor, 128).decode("ascii", "replace").partition("\n")
    until, _, status = closing.partition(" ")
    try:
        closed = Closed(host=host, status=int(status), until=float(until)) if closing else None
        return float(stamp or 0), closed
    except ValueError:  # a damaged file costs one request that may come early, never a crash
        return 0.0, None


def _write_state(descriptor: int, stamp: float, closed: Closed | None) -> None:
    text = f"{stamp:.3f}\n{closed.until:.3f} {closed.status}" if closed else f"{stamp:.3f}"
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, text.encode("ascii"))
