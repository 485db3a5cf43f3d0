"""Carries stages out, each once and after its inputs, in this process or in several."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from synth.errors import ModelError
from synth.experiment.protocol.devices import VISIBLE
from synth.experiment.protocol.place import Place, Work
from synth.experiment.protocol.progress import RunProgress
from synth.experiment.protocol.stages import Stage

_WATCH_S = 0.5
_LISTEN_S = 0.05


@dataclass(frozen=True, slots=True)
class Task:
    """A stage with what a worker must know of it."""

    stage: Stage
    digest: str
    weight: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a run takes place."""

    run: Path
    data: Path
    threads: int


CarryOut = Callable[[Stage, Work, Place, Surroundings, Callable[[float], None]], None]
"""Does the work of a stage: the stage, its folder, the run's stages, where it all takes place, and whom to tell the
share done. Must be importable."""


def run_stages(
    tasks: Sequence[Task],
    around: Surroundings,
    carry_out: CarryOut,
    *,
    jobs: int,
    progress: RunProgress,
    gpus: Sequence[str] = (),
) -> None:
    """Carry out all stages that are not there yet.

    Args:
        tasks: Each after its inputs.
        around: Where.
        carry_out: Does the work of a stage.
        jobs: How many processes; one is this process.
        progress: Told how it goes on.
        gpus: Each process is given one of these, in turn, and sees no other.

    Raises:
        SynthError: A stage failed; the others that were under way are broken off, finished ones are kept.
    """
    place = Place(around.run)
    left = [one for one in tasks if not place.is_done(one.stage.id, one.digest)]
    progress.begin(len(tasks), len(tasks) - len(left), sum(one.weight for one in left))
    if jobs == 1 or len(left) < 2:
        for one in left:
            progress.working(0, one.stage.label)
            seconds = _do(one, around, carry_out, lambda weight: progress.advanced(0, weight))
            progress.finished(one.stage.label, seconds)
    else:
        if any(around.run.glob("stages/*.part")):
            time.sleep(2 * _WATCH_S)  # workers of a killed run see within that time that they are alone
        _in_processes(left, around, carry_out, jobs, progress, gpus)


def _do(task: Task, around: Surroundings, carry_out: CarryOut, advanced: Callable[[float], None]) -> float:
    place, told = Place(around.run), 0.0
    with place.work(task.stage.id, task.digest) as work:

        def share(done: float) -> None:
            nonlocal told
            work.on_step()
            advanced(max(0.0, done - told) * task.weight)
            told = max(told, done)

        carry_out(task.stage, work, place, around, share)
        share(1.0)
    return float(place.record(task.stage.id).get("seconds", 0.0))


# ---------------------------------------------------------------------------------------------- several processes

_Told = tuple[int, str, float]
"""A worker's process id, the label of the stage it turns to or nothing, and weight done."""


def _in_processes(
    left: Sequence[Task],
    around: Surroundings,
    carry_out: CarryOut,
    jobs: int,
    progress: RunProgress,
    gpus: Sequence[str],
) -> None:
    context = multiprocessing.get_context("spawn")
    told: SimpleQueue[_Told] = context.SimpleQueue()
    ended = context.Event()
    seats: SimpleQueue[str] = context.SimpleQueue()
    for number in range(jobs):
        seats.put(gpus[number % len(gpus)] if gpus else "")
    with (
        _listening(told, progress, jobs),
        ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_begin, initargs=(around, carry_out, told, os.getpid(), ended, seats)
        ) as pool,
    ):
        try:
            _schedule(left, pool, jobs, progress)
        except BrokenProcessPool:
            ended.set()
            raise ModelError(
                "a process of the run was ended from outside (out of memory?): run again, finished stages are kept;"
                " with fewer jobs in the config it needs less"
            ) from None
        except BaseException:  # Ctrl-C and failed stages: nobody waits for what the workers are at
            ended.set()
            raise


def _schedule(left: Sequence[Task], pool: ProcessPoolExecutor, jobs: int, progress: RunProgress) -> None:
    waiting = list(left)
    under_way: dict[Future[float], Task] = {}
    open_ids = {one.stage.id for one in left}
    while waiting or under_way:
        for one in [one for one in waiting if not open_ids.intersection(one.stage.inputs.values())]:
            if len(under_way) >= jobs:
                break
            waiting.remove(one)
            with _uninterrupted():
                under_way[pool.submit(_work, one)] = one
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda one: under_way[one].stage.id):
            task = under_way.pop(future)
            progress.finished(task.stage.label, future.result())
            open_ids.discard(task.stage.id)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while a worker starts: it answers it with a traceback until it has learned to ignore it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _listening(told: SimpleQueue[_Told], progress: RunProgress, jobs: int) -> Iterator[None]:
    over = threading.Event()

    def listen() -> None:
        workers: dict[int, int] = {}
        while not over.is_set() or not told.empty():
            if told.empty():
                over.wait(_LISTEN_S)
                continue
            pid, label, weight = told.get()
            number = workers.setdefault(pid, len(workers)) % jobs
            if label:
                progress.working(number, label)
            if weight:
                progress.advanced(number, weight)

    thread = threading.Thread(target=listen, name="run progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=2)  # a worker that was ended while it spoke may have left half a message


_WORKER: dict[str, Any] = {}
"""What this process works with, where it is a worker."""


def _begin(
    around: Surroundings,
    carry_out: CarryOut,
    told: SimpleQueue[_Told],
    parent: int,
    ended: Event,
    seats: SimpleQueue[str],
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the first process answers it
    threading.Thread(target=_end_with, args=(parent, ended), name="watch", daemon=True).start()
    if seat := seats.get():
        os.environ[VISIBLE] = seat  # before CUDA is first asked, which is once for all
    _WORKER.update(around=around, carry_out=carry_out, told=told)


def _work(task: Task) -> float:
    told = _WORKER["told"]
    told.put((os.getpid(), task.stage.label, 0.0))
    return _do(task, _WORKER["around"], _WORKER["carry_out"], lambda weight: told.put((os.getpid(), "", weight)))


def _end_with(parent: int, ended: Event) -> None:
    """End this process when the one that started it is gone or has had enough: nobody would take what it makes."""
    while os.getppid() == parent and not ended.wait(_WATCH_S):
        pass
    os._exit(1)
