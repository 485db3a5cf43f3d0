"""A batch in several processes: this one asks arXiv, the others read, check and write."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event, Lock
from typing import Any

from synth.errors import SynthError
from synth.pipeline.batch import BatchProgress, Done, SilentBatch, carry_out, failed
from synth.pipeline.batch_file import Order, Refused
from synth.pipeline.delivery import check_place, held
from synth.pipeline.found import find
from synth.pipeline.parts import Parts
from synth.pipeline.reading import fetch_all
from synth.question import check_question
from synth.settings import Settings
from synth.types import Role

MakeParts = Callable[[Settings], Parts]
_WATCH_S = 0.5
_ENDED = "the process that made it was ended from outside (out of memory?); run again"
_Told = tuple[int, str, int | None]
"""A worker's process id, what it turns to, and the row's number where it turns to a row."""
_Keep = Callable[[int, Done], None]


def run_in_processes(
    orders: Sequence[Order | Refused],
    parts: Parts,
    *,
    jobs: int,
    refresh: bool = False,
    progress: BatchProgress | None = None,
    make_parts: MakeParts = Parts,
) -> tuple[Done, ...]:
    """Make the reports in several processes; the result and the bytes are those of one process.

    arXiv sees one client: this process searches and fetches, report by report, and hands each over when its papers
    are here. A worker that dies takes the others with it; the reports that were under way are then made again, each
    in a process of its own, so that only one that ends its process again fails, and new workers take on the rest.

    Args:
        orders: What is to be made.
        parts: The concrete parts of this process.
        jobs: How many processes.
        refresh: Ask arXiv again.
        progress: Told how it goes on.
        make_parts: Makes the parts of a worker; must be importable.

    Returns:
        One result a row, in order.
    """
    shown = progress or SilentBatch()
    shown.begin(len(orders), jobs)
    threads = parts.settings.threads or max(1, (os.cpu_count() or 1) // jobs)
    settings = parts.settings.model_copy(update={"threads": threads})
    fresh = enumerate(orders)
    waiting: dict[int, Order] = {}
    results: dict[int, Done] = {}

    def keep(number: int, done: Done) -> None:
        waiting.pop(number, None)
        results[number] = done
        shown.finished(done)

    def ready() -> Iterator[tuple[int, Order]]:
        """The rows that workers have to make: those that an earlier crew left, then the others, as they are fetched."""
        yield from list(waiting.items())
        for number, one in fresh:
            done = carry_out(one, parts) if isinstance(one, Refused) else _fetched(one, parts, refresh=refresh)
            if done:
                keep(number, done)
            else:
                assert isinstance(one, Order)
                waiting[number] = one
                yield number, one

    while len(results) < len(orders):
        with _crew(jobs, make_parts, settings, shown, offline=parts.offline) as (pool, begun):
            _work_off(ready(), pool, keep)
        under_way = [number for number in waiting if number in begun]
        for number in under_way:
            with _crew(1, make_parts, settings, shown, offline=parts.offline) as (pool, _):
                _work_off([(number, waiting[number])], pool, keep)
        # where no worker came as far as a row, none of a new crew would
        for number in under_way or list(waiting):
            if number in waiting:
                keep(number, failed(waiting[number], SynthError(_ENDED)))
    return tuple(results[number] for number in range(len(orders)))


def _work_off(rows: Iterable[tuple[int, Order]], pool: ProcessPoolExecutor, keep: _Keep) -> None:
    """Make rows as they come; ends early where a worker dies, with the rows that were not made left unkept."""
    under_way: dict[Future[Done], int] = {}
    with suppress(BrokenProcessPool):
        for number, one in rows:
            under_way[pool.submit(_work, number, one)] = number
            for future in [one for one in under_way if one.done()]:
                keep(under_way.pop(future), future.result())
    for future in as_completed(list(under_way)):
        with suppress(BrokenProcessPool):
            keep(under_way[future], future.result())


@contextmanager
def _crew(
    jobs: int, make_parts: MakeParts, settings: Settings, shown: BatchProgress, *, offline: bool
) -> Iterator[tuple[ProcessPoolExecutor, set[int]]]:
    """Workers, and the numbers of the rows that they have turned to, which are complete when the block has ended."""
    context = multiprocessing.get_context("spawn")
    heard, said = context.Pipe(duplex=False)
    line = _Line(said, context.Lock())
    ended = context.Event()
    begun: set[int] = set()
    listener = threading.Thread(target=_listen, args=(heard, shown, jobs, begun), name="batch progress", daemon=True)
    listener.start()
    try:
        with ProcessPoolExecutor(
            jobs,
            mp_context=context,
            initializer=_begin,
            initargs=(make_parts, settings, offline, line, os.getpid(), ended),
        ) as pool:
            try:
                yield pool, begun
            except BaseException:  # Ctrl-C above all: nobody waits for what the workers are at
                ended.set()
                raise
    finally:
        said.close()  # the last one that could say something: the listener hears the end
        listener.join()
        heard.close()


def _fetched(one: Order, parts: Parts, *, refresh: bool) -> Done | None:
    """Search for a report's papers and get them; a result only where that already decides what becomes of it."""
    try:
        question = check_question(one.question)
        with parts.offline_if(one.options.offline):
            if not refresh and held(question, one.options, parts, one.folder, one.date):
                return carry_out(one, parts)
            check_place(question, one.folder)
            found = find(question, one.options, parts, refresh=refresh)
        if not one.options.offline:
            fetch_all([row.paper for row in found.gathered.papers if row.role is Role.USED], parts)
    except Exception as error:  # noqa: BLE001  # as in carry_out
        return failed(one, error)
    return None


_WORKER: dict[str, Any] = {}
"""The parts of this process, where it is a worker."""


def _begin(make_parts: MakeParts, settings: Settings, offline: bool, line: _Line, parent: int, ended: Event) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the first process answers it
    threading.Thread(target=_end_with, args=(parent, ended), name="watch", daemon=True).start()
    parts = make_parts(settings)
    parts.offline = offline
    parts.progress = _Telling(line)
    _WORKER["parts"] = parts
    _WORKER["line"] = line


def _work(number: int, one: Order) -> Done:
    _WORKER["line"].tell(one.question, number)
    return carry_out(one, _WORKER["parts"])


def _end_with(parent: int, ended: Event) -> None:
    """End this process when the one that started it is gone or has had enough: nobody would take what it makes."""
    while os.getppid() == parent and not ended.wait(_WATCH_S):
        pass
    os._exit(1)


class _Line:
    """The line of all workers to the process that shows their progress.

    No queue of the library: its end has to be put through a lock that a worker may have taken into its death.
    """

    def __init__(self, end: Connection, lock: Lock) -> None:
        self._end = end
        self._lock = lock

    def tell(self, text: str, number: int | None = None) -> None:
        """This process turns to something."""
        with self._lock:
            self._end.send((os.getpid(), text, number))


class _Telling:
    """Progress of a worker, told to the process that shows it."""

    def __init__(self, line: _Line) -> None:
        self._line = line

    def step(self, name: str, total: int | None = None) -> None:
        """The worker turns to a step."""
        self._line.tell(name if total is None else f"{name} ({total:,})")

    def advance(self, n: int = 1) -> None:
        """Nothing: one line a step is enough."""

    def say(self, text: str) -> None:
        """Something to read."""
        self._line.tell(text)

    def wait(self, seconds: float, reason: str) -> None:
        """The worker waits."""
        self._line.tell(reason)


def _listen(heard: Connection, shown: BatchProgress, jobs: int, begun: set[int]) -> None:
    workers: dict[int, int] = {}
    while True:
        try:
            told: _Told = heard.recv()
        except (EOFError, OSError):  # of a worker that died in the middle of a word, the rest never comes
            return
        pid, text, number = told
        if number is not None:
            begun.add(number)
        shown.working(workers.setdefault(pid, len(workers)) % jobs, text)
