"""Papers are read once for good, but for passing faults; the download thread stops where arXiv refuses."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from synth.errors import AccessDenied, RateLimited, SourceError, UnreadablePdf
from synth.pipeline.parts import Parts
from synth.pipeline.reading import read_all
from synth.sources.wire import Unreachable
from synth.types import ReadFrom, RetrievedPaper, Role
from tests.pipeline.arxiv import pdf

IDS = ["2101.00001v1", "2102.00002v2", "2103.00003v1"]


def found(parts: Parts) -> list[RetrievedPaper]:
    papers = parts.source.lookup(IDS).papers
    parts.client.close()
    return [RetrievedPaper(paper=paper, role=Role.USED, reason="", relevance=1.0) for paper in papers]


@pytest.mark.parametrize(
    ("failures", "asked"),
    [([AccessDenied("no")], 1), ([Unreachable("no")], 1), ([SourceError("no"), SourceError("no")], 2)],
)
def test_nobody_is_asked_behind_a_refusal(parts: Parts, failures: list[SourceError], asked: int) -> None:
    retrieved = found(parts)
    (parts.pdf_folder / f"{IDS[2]}.pdf").write_bytes(pdf(IDS[2]))
    script = iter([*failures, *[AssertionError("asked again")] * 3])
    urls: list[str] = []

    def get(url: str, **_more: object) -> None:
        urls.append(url)
        raise next(script)

    parts.__dict__["client"] = SimpleNamespace(get=get, close=lambda: None)
    read = read_all(retrieved, {}, parts)
    assert len(urls) == asked
    assert [one.read_from for one in read.papers] == [ReadFrom.ABSTRACT, ReadFrom.ABSTRACT, ReadFrom.PDF]
    assert not read.complete


def test_the_thread_stops_though_nobody_waits_for_its_papers_yet(parts: Parts, monkeypatch) -> None:
    retrieved = found(parts)
    urls: list[str] = []

    def get(url: str, **_more: object) -> None:
        urls.append(url)
        raise RateLimited("a pause")

    def slow(*_: object) -> None:
        time.sleep(0.1)

    parts.__dict__["client"] = SimpleNamespace(get=get, close=lambda: None)
    monkeypatch.setattr("synth.pipeline.reading.stored_document", slow)
    with pytest.raises(RateLimited, match="a pause"):
        read_all(retrieved, {}, parts)
    assert len(urls) == 1


@pytest.mark.parametrize("passing", [True, False])
def test_a_reading_that_failed_for_the_moment_is_tried_again(parts: Parts, monkeypatch, passing: bool) -> None:
    retrieved = found(parts)[:1]
    (parts.pdf_folder / f"{IDS[0]}.pdf").write_bytes(pdf(IDS[0]))

    def fail(*_: object) -> None:
        raise UnreadablePdf("it cannot be read", passing=passing)

    with monkeypatch.context() as busy:
        busy.setattr("synth.pipeline.reading.read_pdf", fail)
        first = read_all(retrieved, {}, parts)
    assert first.papers[0].read_from is ReadFrom.ABSTRACT
    assert first.complete is not passing
    again = read_all(retrieved, {}, parts)
    assert again.papers[0].read_from is (ReadFrom.PDF if passing else ReadFrom.ABSTRACT)
    assert again.complete
