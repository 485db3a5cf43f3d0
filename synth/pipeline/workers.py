"""A batch in several processes: this one asks arXiv, the others read, check and write."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
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
_Told = tuple[int, str]
"""A worker's process id, and what it turns to; an empty text asks the listener to end."""


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
    are here. A worker that dies fails its own report.

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
    context = multiprocessing.get_context("spawn")
    told: SimpleQueue[_Told] = context.SimpleQueue()
    ended = context.Event()
    listener = threading.Thread(target=_listen, args=(told, shown, jobs), name="batch progress", daemon=True)
    listener.start()
    threads = parts.settings.threads or max(1, (os.cpu_count() or 1) // jobs)
    settings = parts.settings.model_copy(update={"threads": threads})
    results: dict[int, Done] = {}

    def keep(number: int, done: Done) -> None:
        results[number] = done
        shown.finished(done)

    try:
        with ProcessPoolExecutor(
            jobs,
            mp_context=context,
            initializer=_begin,
            initargs=(make_parts, settings, parts.offline, told, os.getpid(), ended),
        ) as pool:
            try:
                _run(orders, parts, pool, refresh=refresh, keep=keep)
            except BaseException:  # Ctrl-C above all: nobody waits for what the workers are at
                ended.set()
                raise
    finally:
        told.put((0, ""))
        listener.join()
    return tuple(results[number] for number in range(len(orders)))


def _run(
    orders: Sequence[Order | Refused],
    parts: Parts,
    pool: ProcessPoolExecutor,
    *,
    refresh: bool,
    keep: Callable[[int, Done], None],
) -> None:
    under_way: dict[Future[Done], tuple[int, Order]] = {}
    for number, one in enumerate(orders):
        done = carry_out(one, parts) if isinstance(one, Refused) else _fetched(one, parts, refresh=refresh)
        if done:
            keep(number, done)
        else:
            assert isinstance(one, Order)
            try:
                under_way[pool.submit(_work, one)] = (number, one)
            except BrokenProcessPool:
                keep(number, failed(one, SynthError(_ENDED)))
        for future in [one for one in under_way if one.done()]:
            _take(future, *under_way.pop(future), keep)
    for future in as_completed(list(under_way)):
        _take(future, *under_way[future], keep)


def _take(future: Future[Done], number: int, order: Order, keep: Callable[[int, Done], None]) -> None:
    try:
        keep(number, future.result())
    except BrokenProcessPool:
        keep(number, failed(order, SynthError(_ENDED)))


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
    except SynthError as error:
        return failed(one, error)
    return None


_WORKER: dict[str, Any] = {}
"""The parts of this process, where it is a worker."""


def _begin(
    make_parts: MakeParts, settings: Settings, offline: bool, told: SimpleQueue[_Told], parent: int, ended: Event
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the first process answers it
    threading.Thread(target=_end_with, args=(parent, ended), name="watch", daemon=True).start()
    parts = make_parts(settings)
    parts.offline = offline
    parts.progress = _Telling(told)
    _WORKER["parts"] = parts
    _WORKER["told"] = told


def _work(one: Order) -> Done:
    _WORKER["told"].put((os.getpid(), one.question))
    return carry_out(one, _WORKER["parts"])


def _end_with(parent: int, ended: Event) -> None:
    """End this process when the one that started it is gone or has had enough: nobody would take what it makes."""
    while os.getppid() == parent and not ended.wait(_WATCH_S):
        pass
    os._exit(1)


class _Telling:
    """Progress of a worker, told to the process that shows it."""

    def __init__(self, told: SimpleQueue[_Told]) -> None:
        self._told = told

    def step(self, name: str, total: int | None = None) -> None:
        """The worker turns to a step."""
        self._told.put((os.getpid(), name if total is None else f"{name} ({total:,})"))

    def advance(self, n: int = 1) -> None:
        """Nothing: one line a step is enough."""

    def say(self, text: str) -> None:
        """Something to read."""
        self._told.put((os.getpid(), text))

    def wait(self, seconds: float, reason: str) -> None:
        """The worker waits."""
        self._told.put((os.getpid(), reason))


def _listen(told: SimpleQueue[_Told], shown: BatchProgress, jobs: int) -> None:
    workers: dict[int, int] = {}
    while True:
        pid, text = told.get()
        if not text:
            return
        number = workers.setdefault(pid, len(workers))
        shown.working(number % jobs, text)
