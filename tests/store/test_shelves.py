from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from synth.store.cache import text_key
from synth.store.database import Database
from synth.store.runs import Run
from synth.store.schema import DocumentRow, EvidenceRow
from synth.store.store import Store
from synth.types import Paper, ReadFrom
from tests.store.examples import CHECKED, EVIDENCE, PAPER, PASSAGES


class Clock:
    def __init__(self) -> None:
        self.time = dt.datetime(2026, 1, 1, 12)

    def __call__(self) -> dt.datetime:
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    with Store(f"sqlite:///{(tmp_path / 'a.sqlite').as_posix()}", now=clock) as store:
        yield store


def save(store: Store, key: str = "k", paper: Paper = PAPER, *, reader: str = "r1", n_pages: int = 3) -> None:
    store.papers.save_document(
        key=key,
        paper=paper,
        reader=reader,
        read_from=ReadFrom.PDF,
        n_pages=n_pages,
        n_sentences=7,
        body='{"text": "ü"}',
        passages=PASSAGES,
    )


def test_a_document_comes_back_as_it_was(store):
    save(store)
    save(store)
    assert store.papers.document("k") == ('{"text": "ü"}', PASSAGES)
    assert store.papers.paper(PAPER.id) == PAPER
    assert store.papers.document("other") is None
    assert store.papers.document_key(PAPER.id) == "k"
    assert store.papers.read_from(PAPER.id) is ReadFrom.PDF
    assert store.papers.read_from("other") is None


@pytest.mark.parametrize("keys", [("a", "z"), ("z", "a")])
def test_the_latest_document_takes_the_place_of_the_earlier_whatever_their_keys(store, keys):
    earlier, latest = keys
    save(store, earlier)
    store.papers.save_drafts(earlier, "rules", "[]")
    save(store, latest, reader="r2", n_pages=4)
    assert store.papers.document_key(PAPER.id) == latest
    assert [one.n_pages for one in store.papers.holdings()] == [4]
    assert store.papers.document(earlier) is None
    assert store.papers.drafts(earlier, "rules") is None
    assert (store.counts()["documents"], store.counts()["passages"]) == (1, len(PASSAGES))


@pytest.mark.parametrize("keys", [("a", "z"), ("z", "a")])
def test_of_several_documents_in_an_old_store_all_take_the_latest_readers(tmp_path, store, keys):
    save(store, keys[0], reader="r2", n_pages=4)
    database = Database(f"sqlite:///{(tmp_path / 'a.sqlite').as_posix()}")
    with database.writing() as session:
        older = {"paper_id": PAPER.id, "reader": "r1", "read_from": "pdf", "n_pages": 3, "n_sentences": 7}
        session.add(DocumentRow(key=keys[1], body=b"", **older))
    database.close()
    assert store.papers.document_key(PAPER.id) == keys[0]
    assert [one.n_pages for one in store.papers.holdings()] == [4]


def test_drafts_are_kept_for_their_document_and_their_rules(store):
    save(store)
    store.papers.save_drafts("k", "rules", '[[0, "ü"]]')
    assert store.papers.drafts("k", "rules") == '[[0, "ü"]]'
    assert store.papers.drafts("k", "other rules") is None
    store.papers.save_drafts("k", "other rules", "[]")
    assert store.papers.drafts("k", "rules") is None
    assert store.papers.drafts("k", "other rules") == "[]"


def test_drafts_go_with_their_document(store):
    store.papers.save_drafts("k", "rules", "[]")
    assert store.papers.drafts("k", "rules") is None
    save(store)
    store.papers.save_drafts("k", "rules", "[]")
    save(store)  # read anew: another text may stand under the key
    assert store.papers.drafts("k", "rules") is None
    store.papers.save_drafts("k", "rules", "[]")
    assert store.papers.remove(PAPER.id)
    assert store.papers.drafts("k", "rules") is None


def test_a_record_is_renewed_by_the_next(store):
    save(store)
    save(store, paper=dataclasses.replace(PAPER, title="New"))
    found = store.papers.paper(PAPER.id)
    assert found is not None and found.title == "New"


def test_holdings_list_papers_that_were_read(store):
    save(store)
    (one,) = store.papers.holdings()
    assert (one.paper, one.n_pages, one.n_sentences, one.n_passages) == (PAPER, 3, 7, 3)


def test_a_removed_paper_leaves_nothing(store):
    save(store)
    assert store.papers.remove(PAPER.id)
    assert not store.papers.remove(PAPER.id)
    assert store.counts()["passages"] == store.counts()["documents"] == store.counts()["papers"] == 0


def test_matching_takes_the_start_as_letters_not_as_a_pattern(store):
    save(store)
    assert store.papers.matching("2101.00001") == (PAPER.id,)
    assert store.papers.matching("2101%") == ()


def test_vectors_come_back_to_four_decimals(store):
    vector = np.round(np.linspace(-1, 1, 384), 4).astype(np.float32)
    store.vectors.put("m", {"text": vector, "": vector})
    store.vectors.put("m", {"text": vector * 0})
    found = store.vectors.get("m", ["text", "missing", ""])
    assert set(found) == {"text", ""}
    np.testing.assert_allclose(found["text"], vector, atol=1e-7)
    assert store.vectors.get("another model", ["text"]) == {}


def test_many_texts_at_once(store):
    texts = [f"text {number}" for number in range(1203)]
    store.vectors.put("m", {text: np.zeros(3, dtype=np.float32) for text in texts})
    assert set(store.vectors.get("m", texts)) == set(texts)


def test_logits_come_back_by_pair(store):
    store.logits.put("m", {("a", "b"): (1.5, 0.0, -2.25)})
    assert store.logits.get("m", [("a", "b"), ("b", "a")]) == {("a", "b"): (1.5, 0.0, -2.25)}
    assert store.logits.get("another model", [("a", "b")]) == {}


def test_a_feed_lives_a_day(store, clock):
    store.feeds.put("http://x", b"feed")
    clock.time += dt.timedelta(hours=23)
    assert store.feeds.get("http://x") == b"feed"
    clock.time += dt.timedelta(hours=1)
    assert store.feeds.get("http://x") is None
    store.feeds.put("http://y", b"new")
    clock.time -= dt.timedelta(hours=23)
    assert store.feeds.get("http://x") is None, "old feeds are dropped, not only passed over"


def test_a_run_is_stored_with_its_rows_and_replaced_by_key(store):
    run = Run(key="k", question="Why?", made=dt.datetime(2026, 1, 1), signature="s", report="{}")
    for _ in range(2):
        store.runs.save(run, settings="{}", checked=[CHECKED], evidence=[EVIDENCE])
    assert store.runs.find("k") == run
    assert store.runs.find("other") is None
    assert store.runs.runs() == (run,)
    counts = store.counts()
    assert (counts["runs"], counts["claims"], counts["verdicts"], counts["evidence"]) == (1, 1, 1, 1)


def test_runs_come_oldest_first_whatever_their_keys(store):
    for key, day in (("z", 1), ("a", 2), ("m", 3)):
        run = Run(key=key, question="Why?", made=dt.datetime(2026, 1, day), signature="s", report="{}")
        store.runs.save(run, settings="{}", checked=[], evidence=[])
    assert [run.key for run in store.runs.runs()] == ["z", "a", "m"]


def test_every_field_of_evidence_is_stored(tmp_path, store):
    run = Run(key="k", question="Why?", made=dt.datetime(2026, 1, 1), signature="s", report="{}")
    store.runs.save(run, settings="{}", checked=[CHECKED], evidence=[EVIDENCE])
    database = Database(f"sqlite:///{(tmp_path / 'a.sqlite').as_posix()}")
    with database.session() as session:
        (row,) = session.scalars(select(EvidenceRow))
        kept = {column.name: getattr(row, column.name) for column in EvidenceRow.__table__.columns}
    database.close()
    asked = dataclasses.asdict(EVIDENCE)
    logits = dict(zip(("entailment", "neutral", "contradiction"), asked.pop("logits"), strict=True))
    assert kept == {"run_key": "k", **asked, **logits}


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_keys_differ_where_texts_do(left, right):
    assert (text_key(*left) == text_key(*right)) == (left == right)
