from __future__ import annotations

import dataclasses
import datetime as dt
import threading

import pytest

from synth.store.reviews import Act, Entry
from synth.store.runs import Run
from synth.store.store import Store
from synth.types import Label
from tests.store.examples import CHECKED, EVIDENCE

ENTRY = Entry(
    question="does it help?",
    claim_id="0123456789ab",
    claim="Engines compute “much”.",
    basis="b" * 64,
    shown='{"label": "supported"}',
    reviewer="Ada Łovelace",
    act=Act.LABEL,
    made=dt.datetime(2026, 7, 8, 9, 30, 15),
    label=Label.REFUTED,
    comment="no; 'quoted', \"twice\" — 数",
)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{(tmp_path / 'a.sqlite').as_posix()}"


@pytest.fixture
def store(url):
    with Store(url) as store:
        yield store


def test_an_act_comes_back_as_it_was_with_a_rising_number(store):
    first, second = store.reviews.add(ENTRY), store.reviews.add(dataclasses.replace(ENTRY, act=Act.SKIP, label=None))
    assert first == dataclasses.replace(ENTRY, id=first.id) and 0 < first.id < second.id
    assert store.reviews.of(ENTRY.question) == (first, second)
    assert store.reviews.of("another question") == ()


def test_it_is_there_for_who_opens_the_store_next(url):
    with Store(url) as store:
        stored = store.reviews.add(ENTRY)
    with Store(url) as store:
        assert store.reviews.of(ENTRY.question) == (stored,)


def test_two_reviewers_at_once_lose_nothing(url):
    def work(name: str) -> None:
        with Store(url) as own:
            for _ in range(25):
                own.reviews.add(dataclasses.replace(ENTRY, reviewer=name))

    Store(url).close()
    threads = [threading.Thread(target=work, args=(name,)) for name in ("Ann", "Bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store(url) as store:
        found = store.reviews.of(ENTRY.question)
    assert len({entry.id for entry in found}) == 50
    assert sorted({entry.reviewer for entry in found}) == ["Ann", "Bo"]


def test_the_passages_that_a_run_weighed_nearest_first(store):
    pieces = [
        dataclasses.replace(EVIDENCE, passage_id=f"2101.00001v2#000{number}", rank=rank)
        for number, rank in ((1, 3), (2, 1), (3, 2))
    ]
    for key, day, evidence in (("old", 1, pieces[:1]), ("new", 2, pieces)):
        run = Run(key=key, question="Q?", made=dt.datetime(2026, 1, day), signature="s", report="{}")
        store.runs.save(run, settings="{}", checked=[CHECKED], evidence=evidence)
    assert store.reviews.weighed("Q?", "s") == {
        CHECKED.claim.id: ("2101.00001v2#0002", "2101.00001v2#0003", "2101.00001v2#0001")
    }
    assert store.reviews.weighed("Q?", "another") == {}
