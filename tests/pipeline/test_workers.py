"""A worker that dies costs the report that killed it, and no other."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import pytest

from synth.pipeline import workers
from synth.pipeline.batch import Done
from synth.pipeline.batch_file import Order
from synth.pipeline.parts import Parts
from synth.pipeline.workers import run_in_processes
from synth.settings import Settings
from tests.pipeline.batch_child import orders
from tests.pipeline.fakes import small_parts

DEADLY, BESIDE = "deadly", "beside a deadly one"


def deadly_parts(settings: Settings) -> Parts:
    """Parts of a worker that dies at one row."""

    def dying(one: Order, _parts: Parts) -> Done:
        if one.place == DEADLY:
            os._exit(137)
        return Done(place=one.place, question=one.question, outcome="made")

    workers.__dict__["carry_out"] = dying  # of this process, which is a worker's
    return small_parts(settings)


class Pool:
    """A pool that breaks at a deadly row, and with it whatever is under way beside it."""

    def __init__(self, jobs: int, begun: set[int]) -> None:
        self.jobs, self.begun = jobs, begun
        self.made: list[str] = []
        self.broken = False
        self.beside: list[Future[Done]] = []

    def submit(self, _work: Callable[..., Done], number: int, one: Order) -> Future[Done]:
        if self.broken:
            raise BrokenProcessPool
        self.begun.add(number)
        future: Future[Done] = Future()
        if one.place == DEADLY:
            self.broken = True
            for lost in (*self.beside, future):
                lost.set_exception(BrokenProcessPool())
        elif one.place == BESIDE and self.jobs > 1:
            self.beside.append(future)
        else:
            self.made.append(one.place)
            future.set_result(Done(place=one.place, question=one.question, outcome="made"))
        return future


class Unstarted(Pool):
    """A pool whose workers die before they come as far as a row."""

    def submit(self, _work: Callable[..., Done], _number: int, _one: Order) -> Future[Done]:
        future: Future[Done] = Future()
        future.set_exception(BrokenProcessPool())
        return future


@pytest.fixture
def crews(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[Pool]], list[Pool]]:
    def hire(kind: type[Pool]) -> list[Pool]:
        hired: list[Pool] = []

        @contextmanager
        def crew(jobs: int, *_: object, **__: object) -> Iterator[tuple[Pool, set[int]]]:
            hired.append(kind(jobs, set()))
            yield hired[-1], hired[-1].begun

        monkeypatch.setattr("synth.pipeline.workers._crew", crew)
        return hired

    return hire


def named(tmp_path: Path, *places: str) -> list[Order]:
    order = orders(tmp_path / "reports")[0]
    return [dataclasses.replace(order, place=place, folder=tmp_path / place) for place in places]


def outcomes(done: tuple[Done, ...]) -> dict[str, str]:
    return {one.place: one.outcome for one in done}


def test_what_was_under_way_is_made_alone_and_the_rest_by_a_new_crew(make_parts, crews, tmp_path, monkeypatch):
    hired, fetched = crews(Pool), []
    monkeypatch.setattr("synth.pipeline.workers._fetched", lambda one, *_, **__: fetched.append(one.place))
    rows = named(tmp_path, "first", BESIDE, DEADLY, "last", "the very last")
    done = run_in_processes(rows, make_parts(), jobs=2)
    assert outcomes(done) == {one.place: "failed" if one.place == DEADLY else "made" for one in rows}
    assert "ended from outside" in done[2].reason
    assert [(pool.jobs, pool.made) for pool in hired] == [
        (2, ["first"]),
        (1, [BESIDE]),
        (1, []),
        (2, ["last", "the very last"]),
    ]
    assert fetched == [one.place for one in rows], "a row was searched for twice, or in another order"


def test_workers_that_never_begin_are_not_tried_for_ever(make_parts, crews, tmp_path):
    hired = crews(Unstarted)
    done = run_in_processes(named(tmp_path, "first", "last"), make_parts(), jobs=2)
    assert outcomes(done) == {"first": "failed", "last": "failed"}
    assert len(hired) <= 2


def test_only_the_row_that_kills_its_process_fails(make_parts, tmp_path):
    done = run_in_processes(named(tmp_path, DEADLY, "last"), make_parts(), jobs=2, make_parts=deadly_parts)
    assert outcomes(done) == {DEADLY: "failed", "last": "made"}
