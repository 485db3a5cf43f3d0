"""Reviews with a real store and real files."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from synth.errors import ConfigError
from synth.parsing.passages import passages
from synth.parsing.plain import read_digest
from synth.parsing.serialise import document_to_json
from synth.pipeline.review import (
    Surroundings,
    desk_for,
    read_report,
    review_of,
    reviewed_rows,
    with_reviews,
    write_reviewed,
)
from synth.report.files import NAMES, write_report
from synth.store.reviews import Act, Entry
from synth.store.store import Store
from synth.types import Document, Label, Origin, Paper, Passage, ReadFrom, Source
from tests.report.example import example
from tests.review.examples import changed, with_label

REPORT = example()
PAPER = Paper(id="2101.00001v2", title="Bytes", authors=(), abstract="", published=None, source=Source.DIGEST)
BODY = (
    "## Results\n\nBytes help taggers. They cost some time. Nobody knows why. It is so. More is less. The end nears.\n"
)


@pytest.fixture
def store(tmp_path):
    with Store("sqlite://", now=lambda: dt.datetime(2026, 7, 8, 9)) as store:
        yield store


@pytest.fixture
def folder(tmp_path):
    write_report(REPORT, tmp_path / "r")
    return tmp_path / "r"


def bodies(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in NAMES}


def test_a_report_is_read_from_its_folder_or_file(folder):
    assert read_report(folder) == read_report(folder / "report.json")
    assert read_report(folder).report.claims == REPORT.claims


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "no JSON"),
        (b"[]", "schema_version"),
        (b'{"schema_version": 99}', "update synth"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 100_000, "report.json"),
    ],
)
def test_a_broken_report_is_named(folder, body, said):
    (folder / "report.json").write_bytes(body)
    with pytest.raises(ConfigError, match=said) as caught:
        read_report(folder)
    assert str(folder) in str(caught.value)


def test_no_report_is_told(tmp_path):
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ConfigError, match="holds no report"):
            read_report(place)


def test_evidence_on_a_passage_that_is_not_there_is_damage(tmp_path):
    write_report(REPORT, tmp_path)
    file = tmp_path / "report.json"
    file.write_text(file.read_text().replace('"passage_id": "1502.00002v1#0017"', '"passage_id": "gone#1"'))
    with pytest.raises(ConfigError, match="gone#1"):
        read_report(tmp_path)


def test_decisions_are_stored_and_written_with_the_report(folder, store):
    untouched = bodies(folder)
    assert write_reviewed(folder / "report.json", store) == ()
    assert bodies(folder) == untouched
    desk = desk_for(REPORT, "Ann", store)
    desk.comment("=1+1")
    desk.decide(Act.REJECT)
    assert [path.name for path in write_reviewed(folder / "report.json", store)] == list(NAMES)
    written = read_report(folder).report
    (note,) = written.claims[0].reviewed
    assert (note.reviewer, note.day, note.comment) == ("Ann", dt.date(2026, 7, 8), "=1+1")
    assert b"by Ann on 2026-07-08" in (folder / "claims.csv").read_bytes()
    once = bodies(folder)
    assert write_reviewed(folder / "report.json", store) == () and bodies(folder) == once
    desk.undo()
    write_reviewed(folder / "report.json", store)
    assert bodies(folder) == untouched, "without decisions the files are what they were"


def test_a_regenerated_report_gets_the_decisions_that_hold(store):
    desk = desk_for(REPORT, "Ann", store)
    desk.decide(Act.ACCEPT)
    desk.decide(Act.ACCEPT)
    new = changed(REPORT, 1, with_label(Label.REFUTED))
    new = dataclasses.replace(new, question=f"  {REPORT.question.upper()}", date=dt.date(2027, 1, 1))
    found = with_reviews(new, store)
    assert [bool(row.reviewed) for row in found.claims[:3]] == [False, True, False]
    (again,) = review_of(new, store).overtaken
    assert again.number == 1
    assert desk_for(new, "Ann", store).current.row.number == 1


def test_nothing_is_asked_of_the_store_twice(store: Store, monkeypatch):
    asked: list[str] = []
    real = store.reviews.of

    def counted(question: str) -> tuple[Entry, ...]:
        asked.append(question)
        return real(question)

    monkeypatch.setattr(store.reviews, "of", counted)
    assert with_reviews(REPORT, store) is REPORT
    assert len(asked) == 1


def test_a_report_that_was_made_again_meanwhile_is_not_overwritten(folder, store):
    desk = desk_for(read_report(folder).report, "Ann", store)
    desk.decide(Act.ACCEPT)
    desk.decide(Act.ACCEPT)
    newer = dataclasses.replace(changed(REPORT, 1, with_label(Label.CONFLICTING)), title="Made again")
    write_report(newer, folder)
    write_reviewed(folder / "report.json", store)
    found = read_report(folder).report
    assert found.title == "Made again" and found.claims[0].reviewed == ()
    assert found.claims[1].reviewed[0].reviewer == "Ann"


def test_a_copy_from_a_colleague_brings_the_colleagues_decisions(folder, store, tmp_path):
    with Store("sqlite://") as other:
        desk_for(REPORT, "Bo", other).decide(Act.REJECT)
        write_reviewed(folder / "report.json", other)
    desk_for(REPORT, "Ann", store).decide(Act.ACCEPT)
    write_reviewed(folder / "report.json", store)
    found = read_report(folder).report
    assert [note.reviewer for note in found.claims[0].reviewed] == ["Ann", "Bo"]
    ((_, rows),) = reviewed_rows([found], store)
    assert len(rows[0].row.reviewed) == 2
    kept = with_reviews(REPORT, store, earlier=found)
    assert [note.reviewer for note in kept.claims[0].reviewed] == ["Ann", "Bo"]


def keep_paper(store: Store) -> tuple[Document, tuple[Passage, ...]]:
    document = read_digest(PAPER, BODY)
    store.papers.save_document(
        key="k",
        paper=PAPER,
        reader="r",
        read_from=ReadFrom.PDF,
        n_pages=1,
        n_sentences=6,
        body=document_to_json(document),
        passages=passages(document),
    )
    return document, passages(document)


def test_a_quote_stands_between_its_neighbours(store):
    _, found = keep_paper(store)
    around = Surroundings(REPORT, store).around
    assert found[1].text == "Nobody knows why. It is so. More is less."
    assert around(found[1]) == ("They cost some time.", "The end nears.")
    assert around(found[0])[0] == ""
    moved = dataclasses.replace(found[1], text="Other words.")
    assert around(moved) == ("", ""), "read by another version"
    assert around(dataclasses.replace(found[1], paper_id="1999.00001v1")) == ("", "")


def test_a_claim_stands_between_its_neighbours(store):
    document, _ = keep_paper(store)
    one = document.sentences[1]
    origin = Origin(
        paper_id=PAPER.id, section=one.section, page=0, start=one.start, end=one.end, verbatim="They cost some time."
    )
    assert Surroundings(REPORT, store).around(origin) == ("Bytes help taggers.", "Nobody knows why.")


def test_a_document_of_another_version_gives_no_context(store):
    _, found = keep_paper(store)
    store.papers.save_document(
        key="k",
        paper=PAPER,
        reader="r",
        read_from=ReadFrom.PDF,
        n_pages=1,
        n_sentences=6,
        body="{}",
        passages=found,
    )
    assert Surroundings(REPORT, store).around(found[1]) == ("", "")


def test_the_digests_of_the_library_give_their_own_context(store):
    from synth.resources import data_path
    from synth.sources.digests import read_library

    paper, body = read_library(data_path("library"))[0]
    first = dataclasses.replace(REPORT.papers[0], paper=paper, read_from=ReadFrom.DIGEST)
    report = dataclasses.replace(REPORT, papers=(first,))
    surroundings = Surroundings(report, store)
    assert any(any(surroundings.around(one)) for one in passages(read_digest(paper, body)))
    assert not any(any(Surroundings(REPORT, store).around(one)) for one in passages(read_digest(paper, body)))
