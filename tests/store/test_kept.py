"""Searches, digests of written files and staleness come back as they were kept."""

from __future__ import annotations

import datetime as dt

import pytest

from synth.store.searches import Search
from synth.store.store import Store
from synth.types import Stale

DAY = dt.date(2026, 5, 4)


@pytest.fixture
def store(tmp_path):
    with Store(f"sqlite:///{tmp_path / 'synth.sqlite'}") as opened:
        yield opened


def test_a_search_comes_back_and_a_later_one_takes_its_place(store):
    made = dt.datetime(2026, 5, 4, 3, 2, 1)
    first = Search(key="k", question="q", made=made, body="{}")
    store.searches.save(first)
    assert store.searches.find("k") == first
    later = Search(key="k", question="q", made=made + dt.timedelta(days=1), body="[]")
    store.searches.save(later)
    assert store.searches.find("k") == later
    assert store.searches.find("other") is None


def test_digests_of_files_come_back_by_name(store):
    assert store.outputs.find("k") is None
    store.outputs.save("k", {"b": "2", "a": "1"})
    assert store.outputs.find("k") == {"a": "1", "b": "2"}


def test_an_answer_of_arxiv_replaces_the_one_before_for_the_papers_asked_after(store):
    old = Stale(paper_id="2101.00001v1", newest="2101.00001v2", withdrawn=False, seen=DAY)
    gone = Stale(paper_id="2102.00002v1", newest=None, withdrawn=True, seen=DAY, comment="withdrawn")
    store.staleness.save(["2102.00002v1", "2101.00001v1"], [gone, old])
    assert store.staleness.all() == (old, gone)
    store.staleness.save(["2101.00001v1"], [])
    assert store.staleness.all() == (gone,)
