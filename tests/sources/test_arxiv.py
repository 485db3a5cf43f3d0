from __future__ import annotations

import datetime as dt
import json
from urllib.parse import urlencode

import pytest

from synth.errors import ConfigError, MalformedFeed, QueryRejected, RateLimited
from synth.sources.arxiv import ArxivSource
from synth.sources.feed import inspect_feed, is_html, page_text
from synth.types import Source
from tests.sources.server import ATOM, Answer, atom, entry, error_feed, feed

HTML = Answer(body=b"<!doctype html><title>arXiv</title><p>We are busy.</p>", kind="text/html")


class Cache:
    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}

    def get(self, url: str) -> bytes | None:
        return self.bodies.get(url)

    def put(self, url: str, body: bytes) -> None:
        self.bodies[url] = body


@pytest.fixture
def source(client) -> ArxivSource:
    return ArxivSource(client)


def bomb() -> bytes:
    declared = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    text = feed(entry("2005.00001v1")).replace(b"?>", f"?><!DOCTYPE feed [{declared}]>".encode(), 1)
    return text.replace(b"<title>", b"<title>&a9;", 1)


def test_a_search_is_one_request_and_gives_clean_papers(fake, source):
    fake.answers(
        atom(
            entry(
                "2005.00001v3",
                r"A  \textbf{Bold}" + "\n  Title",
                r"We gain $2.0\times$ &amp; more.",
                authors=["Ada Example", "Bob Sample"],
                categories=["cs.CL", "cs.LG"],
                comment="12 pages",
            ),
            entry("hep-th/9901001v1", "0"),
            total=900,
        )
    )
    first, second = source.search('abs:"two things" AND cat:cs.CL', limit=2)
    assert len(fake.paths) == 1
    asked = fake.queries()[0]
    assert asked["search_query"] == ['abs:"two things" AND cat:cs.CL']
    assert (asked["max_results"], asked["start"], asked["sortBy"]) == (["2"], ["0"], ["relevance"])
    assert first.id == "2005.00001v3"
    assert first.title == "A Bold Title"
    assert first.abstract == "We gain 2.0× & more."
    assert first.authors == ("Ada Example", "Bob Sample")
    assert first.categories == ("cs.CL", "cs.LG")
    assert (first.published, first.updated) == (dt.date(2020, 5, 26), dt.date(2020, 6, 1))
    assert (first.source, first.comment) == (Source.ARXIV, "12 pages")
    assert first.pdf_url == f"{fake.url}/pdf/2005.00001v3"  # never the address that the feed names
    assert (second.id, second.title) == ("hep-th/9901001v1", "0")


def test_the_limiter_of_the_package_is_off_and_its_name_is_not_used(fake, source, naps):
    fake.answers(atom(entry("2005.00001v1")))
    for _ in range(3):
        source.search("all:x", limit=5)
    assert naps == []
    assert fake.connections == 1
    assert all("arxiv.py" not in agent for agent in fake.agents)


def test_a_result_without_a_pdf_link_still_has_an_address(fake, source):
    fake.answers(atom(entry("2005.00001v1", no_pdf=True)))
    assert source.search("all:x", limit=5)[0].pdf_url == f"{fake.url}/pdf/2005.00001v1"


def test_a_second_version_in_a_feed_counts_once(fake, source):
    fake.answers(atom(entry("2005.00001v1", "First"), entry("2005.00001v1", "Again"), entry("2005.00002v1")))
    assert [paper.title for paper in source.search("all:x", limit=3)] == ["First", "A title"]


def test_no_result_is_an_answer(fake, source):
    fake.answers(atom())
    assert source.search("all:x", limit=5) == ()
    assert len(fake.paths) == 1


def test_an_empty_page_with_a_total_is_asked_again(fake, source):
    fake.answers(atom(total=84), atom(entry("2005.00001v1"), total=1))
    assert len(source.search("all:x", limit=5)) == 1
    assert len(fake.paths) == 2


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (atom(total=84), "counts 84 results and sends none"),
        (Answer(body=feed(entry("2005.00001v1"))[:-300], kind=ATOM), "cut or damaged"),
        (HTML, r"a web page instead of a feed \(arXiv: We are busy\.\)"),
        (Answer(body=bomb(), kind=ATOM), "declares entities"),
        (Answer(body=b"", kind=ATOM), "an empty body"),
        (Answer(body=b"<rss/>", kind=ATOM), "sent <rss> where an Atom feed"),
        (Answer(body=feed(entry("2005.00001v1")).decode().encode("utf-16"), kind=ATOM), "feed"),
    ],
)
def test_a_broken_feed_is_asked_again_and_then_told(fake, source, answer, message):
    good = atom(entry("2005.00001v1"))
    fake.answers(answer, good)
    assert len(source.search("all:x", limit=5)) == 1
    fake.paths.clear()
    fake.answers(answer)
    with pytest.raises(MalformedFeed, match=message) as caught:
        source.search("all:x", limit=5)
    assert "asked 3 times" in str(caught.value)
    assert len(fake.paths) == 3
    assert "\n" not in str(caught.value)


def test_a_bad_date_is_a_malformed_feed(fake, source):
    fake.answers(atom(entry("2005.00001v1", published="yesterday")))
    with pytest.raises(MalformedFeed, match="cannot be read"):
        source.search("all:x", limit=5)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=400, body=error_feed("Invalid query string: 'a AND'"), kind=ATOM),
        Answer(status=400, body=b"Invalid query string: 'a AND'"),
        Answer(body=error_feed("Invalid query string: 'a AND'"), kind=ATOM),
    ],
)
def test_a_rejected_query_is_asked_once_and_told_in_arxivs_words(fake, source, answer):
    fake.answers(answer)
    with pytest.raises(QueryRejected, match=r"did not understand 'a AND': Invalid query string"):
        source.search("a AND", limit=5)
    assert len(fake.paths) == 1


def test_errors_of_the_wire_come_through_as_they_are(fake, source):
    fake.answers(Answer(status=429, headers={"Retry-After": "9999"}))
    with pytest.raises(RateLimited):
        source.search("all:x", limit=5)


@pytest.mark.parametrize(("query", "limit"), [("", 5), ("  ", 5), ("all:x", 0), ("all:x", 101)])
def test_what_cannot_be_asked_is_not_asked(fake, source, query, limit):
    with pytest.raises(ConfigError, match="expected text and 1 to 100"):
        source.search(query, limit=limit)
    assert fake.paths == []


def test_the_cache_answers_the_second_time_and_keeps_whole_feeds_only(fake, client):
    cache = Cache()
    source = ArxivSource(client, cache=cache)
    fake.answers(Answer(body=b"<feed", kind=ATOM), atom(entry("2005.00001v1")), Answer(status=500))
    first = source.search("all:x", limit=5)
    assert source.search("all:x", limit=5) == first
    assert len(fake.paths) == 2
    (kept,) = cache.bodies.values()
    assert inspect_feed(kept).entries == 1


def test_ids_come_in_their_order_and_unknown_ones_are_named(fake, source):
    fake.answers(atom(entry("2005.00002v1", "Two"), entry("2005.00001v3", "One")))
    found = source.lookup(["2005.00001", "arXiv:2005.00002v1", "2005.00009", "2005.00001"])
    assert [paper.title for paper in found.papers] == ["One", "Two"]
    assert found.missing == {"2005.00009": "arXiv has no such paper"}
    assert fake.queries()[0]["id_list"] == ["2005.00001,2005.00002v1,2005.00009"]


def test_another_version_than_the_one_asked_for_is_not_passed_off_as_it(fake, source):
    fake.answers(atom(entry("2005.00001v3")))
    assert source.lookup(["2005.00001v99"]).missing == {
        "2005.00001v99": "arXiv gives 2005.00001v3 instead; ask for 2005.00001"
    }


def test_two_versions_of_a_paper_can_be_asked_for_together(fake, source):
    fake.answers(atom(entry("2005.00001v1", "Old"), entry("2005.00001v3", "New")))
    assert [paper.title for paper in source.lookup(["2005.00001v1", "2005.00001"]).papers] == ["Old", "New"]
    fake.answers(atom(entry("2005.00001v10", "New"), entry("2005.00001v9", "Old")))
    assert [paper.title for paper in source.lookup(["2005.00001", "2005.00001v9"]).papers] == ["New", "Old"]


def test_a_malformed_id_is_refused_before_anything_is_asked(fake, source):
    with pytest.raises(ConfigError, match="no arXiv id"):
        source.lookup(["2005.00001", "../../etc/passwd"])
    assert fake.paths == []


def test_many_ids_go_in_batches_of_a_hundred(fake, source):
    ids = [f"2005.{number:05d}" for number in range(1, 151)]
    fake.answers(atom(*map(entry, ids[:100])), atom(*map(entry, ids[100:])))
    assert [paper.id for paper in source.lookup(ids).papers] == ids
    assert [len(query["id_list"][0].split(",")) for query in fake.queries()] == [100, 50]
    assert fake.queries()[1]["max_results"] == ["50"]


def test_a_total_that_counts_more_than_comes_ends_quietly(fake, source):
    fake.answers(atom(entry("2005.00001v1"), total=2), atom(total=2))
    found = source.lookup(["2005.00001", "2005.00002"])
    assert [paper.id for paper in found.papers] == ["2005.00001v1"]


def test_a_feed_with_a_document_type_of_its_own_is_not_read():
    declared = feed(entry("2005.00001v1")).replace(b"?>", b'?><!DOCTYPE feed SYSTEM "feed.dtd">', 1)
    with pytest.raises(MalformedFeed, match="it was not read"):
        inspect_feed(declared)


def test_what_a_web_page_says():
    page = (
        b"<HTML><head><title>Not here</title><style>p{}</style></head><body><p>HTML was not <b>provided</b>.</p></body>"
    )
    assert is_html(page)
    assert page_text(page) == "Not here: HTML was not provided."
    assert page_text(b"<html></html>") == "without text"
    long = page_text(b"<html><body>" + b"word " * 200)
    assert len(long) <= 162
    assert long.endswith("word …")


@pytest.mark.shared
def test_recorded_feeds_of_arxiv_are_whole(shared, fake, client):
    folder = shared / "arxiv" / "feeds" / "current"
    bodies = [path.read_bytes() for path in sorted(folder.glob("*.xml"))]
    assert len(bodies) > 10
    for body in bodies:
        facts = inspect_feed(body)
        if facts.error or not facts.entries:
            continue
        fake.answers(Answer(body=body, kind=ATOM))
        found = ArxivSource(client).search(urlencode({"x": len(body)}), limit=min(facts.entries, 100))
        assert len(found) == min(facts.entries, 100), json.dumps([paper.id for paper in found])
        assert all(paper.title and paper.authors and paper.abstract for paper in found)
