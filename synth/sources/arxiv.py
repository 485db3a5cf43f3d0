"""Papers from arXiv: the arxiv package asks and parses, :class:`PoliteClient` does the talking.

The package brings a limiter, retries and a connection of its own. All three are switched off: its session leads
every request through the one client that keeps arXiv's terms for the whole machine.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import arxiv
import requests
from requests.adapters import BaseAdapter

from synth.errors import ConfigError, MalformedFeed, QueryRejected
from synth.sources.feed import inspect_feed
from synth.sources.http import PoliteClient
from synth.sources.ids import base_id, parse_arxiv_id, version
from synth.sources.wire import FeedCache
from synth.text import collapse, plain
from synth.types import Paper, Source

MAX_RESULTS = 100
"""Results of one search, which is one request."""
_FEED_ATTEMPTS = 3
_MAX_FEED_BYTES = 20 << 20
_log = logging.getLogger(__name__)


class Lookup(NamedTuple):
    """What became of the ids that were asked for."""

    papers: tuple[Paper, ...]
    """In the order of the ids."""
    missing: Mapping[str, str]
    """The ids that gave no paper, each with the reason."""


class ArxivSource:
    """Searches arXiv, or a replica of it.

    Args:
        client: Makes the requests.
        base_url: Address of the API and of the PDFs; the client's own where it is None.
        cache: Keeps feeds for a day, so that the same query is not asked twice.
    """

    def __init__(self, client: PoliteClient, base_url: str | None = None, cache: FeedCache | None = None) -> None:
        self._base_url = (base_url or client.base_url).rstrip("/")
        self._client = _FeedClient(client, self._base_url, cache)

    def search(self, query: str, *, limit: int = MAX_RESULTS) -> tuple[Paper, ...]:
        """The papers that arXiv finds most relevant, best first; one request.

        Args:
            query: In arXiv's grammar; see :mod:`synth.sources.plan`.
            limit: Most papers wanted, 1 to 100.

        Raises:
            ConfigError: If the query is empty or the limit is out of range.
            QueryRejected: If arXiv does not understand the query; never asked twice.
            MalformedFeed: If no whole feed came in three attempts.
            SourceError: Whatever else :meth:`PoliteClient.get` raises.
        """
        if not query.strip() or not 1 <= limit <= MAX_RESULTS:
            raise ConfigError(f"found a query of {len(query)} characters and limit {limit}; expected text and 1 to 100")
        papers = self._papers(arxiv.Search(query=query, max_results=limit), page_size=limit)
        return tuple({base_id(paper.id): paper for paper in reversed(papers)}.values())[::-1]

    def lookup(self, ids: Sequence[str]) -> Lookup:
        """The papers of these ids, and the ids that gave none; at most 100 ids a request.

        Raises:
            ConfigError: If an id is malformed; nothing is asked then.
            SourceError: As :meth:`search`.
        """
        wanted = tuple(dict.fromkeys(parse_arxiv_id(identifier) for identifier in ids))
        given: list[Paper] = []
        for start in range(0, len(wanted), MAX_RESULTS):
            batch = list(wanted[start : start + MAX_RESULTS])
            given += self._papers(arxiv.Search(id_list=batch, max_results=len(batch)), page_size=len(batch))
        exact = {paper.id: paper for paper in given}
        latest = {base_id(paper.id): paper for paper in sorted(given, key=lambda paper: version(paper.id) or 0)}
        missing: dict[str, str] = {}
        papers: list[Paper] = []
        for identifier in wanted:
            base = base_id(identifier)
            paper = exact.get(identifier) or (latest.get(base) if base == identifier else None)
            if paper:
                papers.append(paper)
            elif base in latest:
                missing[identifier] = f"arXiv gives {latest[base].id} instead; ask for {base}"
            else:
                missing[identifier] = "arXiv has no such paper"
        return Lookup(tuple(papers), missing)

    def _papers(self, search: arxiv.Search, *, page_size: int) -> list[Paper]:
        self._client.page_size = page_size
        results = self._client.results(search)
        return [paper for result in _drained(results) if (paper := paper_of(result, self._base_url))]


def paper_of(result: arxiv.Result, base_url: str) -> Paper | None:
    """The record of one result; None where it carries no arXiv id or no title.

    The PDF's address is built from the base URL and the id, whatever the feed links to: feeds have come without
    the link, and no address is taken from outside.
    """
    try:
        identifier = parse_arxiv_id(result.get_short_id())
    except ConfigError:
        _log.warning("a result without an arXiv id was left out: %r", result.entry_id[:80])
        return None
    title = plain(result.title)
    if not title:
        _log.warning("%s has no title and was left out", identifier)
        return None
    categories = [result.primary_category, *result.categories]
    return Paper(
        id=identifier,
        title=title,
        authors=tuple(name for author in result.authors if (name := plain(author.name))),
        abstract=plain(result.summary),
        published=result.published.date(),
        updated=result.updated.date(),
        source=Source.ARXIV,
        categories=tuple(dict.fromkeys(name for name in categories if name)),
        pdf_url=f"{base_url}/pdf/{identifier}",
        comment=plain(result.comment or ""),
    )


def _drained(results: Iterator[arxiv.Result]) -> Iterator[arxiv.Result]:
    """The results, errors of the package mapped; a later page that stays empty ends them."""
    try:
        yield from results
    except arxiv.UnexpectedEmptyPageError:
        return  # arXiv counted more than it gives, as it does for id lists; what came, came
    except (arxiv.ArxivError, requests.RequestException, ValueError) as error:
        raise MalformedFeed(f"arXiv's feed cannot be read ({collapse(str(error))}); try later") from error


class _FeedClient(arxiv.Client):
    """The package's client without its limiter, its retries and its connection."""

    def __init__(self, client: PoliteClient, base_url: str, cache: FeedCache | None) -> None:
        super().__init__(page_size=MAX_RESULTS, delay_seconds=0, num_retries=0)
        self.query_url_format = f"{base_url}/api/query?{{}}"
        self._session.trust_env = False
        adapter = _FeedAdapter(client, cache)
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, adapter)


class _FeedAdapter(BaseAdapter):
    """Leads the package's requests through :class:`PoliteClient`, and lets whole feeds pass only."""

    def __init__(self, client: PoliteClient, cache: FeedCache | None) -> None:
        super().__init__()
        self._client = client
        self._cache = cache

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: object = True,
        cert: object = None,
        proxies: object = None,
    ) -> requests.Response:
        """The feed at the request's address, from the cache or from arXiv."""
        url = request.url or ""
        response = requests.Response()
        response.status_code = 200
        response.url = url
        response.request = request
        response.raw = io.BytesIO(self._feed(url))
        return response

    def close(self) -> None:
        """Nothing to end: the connection belongs to the client."""

    def _feed(self, url: str) -> bytes:
        if self._cache and (kept := self._cache.get(url)) is not None:
            return kept
        problem = MalformedFeed("no feed")
        for _ in range(_FEED_ATTEMPTS):
            try:
                body = self._ask(url)
            except MalformedFeed as error:
                problem = error
                continue
            if self._cache:
                self._cache.put(url, body)
            return body
        raise MalformedFeed(
            f"{problem.message}; asked {_FEED_ATTEMPTS} times, try again in some minutes",
            url=url,
            attempts=_FEED_ATTEMPTS,
        ) from problem

    def _ask(self, url: str) -> bytes:
        """One whole feed with entries where it counts some."""
        try:
            body = self._client.get(url, accept="application/atom+xml", max_bytes=_MAX_FEED_BYTES).body
        except QueryRejected as error:
            raise _rejected(url, str(error.facts.get("body", ""))) from error
        facts = inspect_feed(body)
        if facts.error is not None:
            raise _rejected(url, facts.error)
        if facts.total > 0 and facts.entries == 0 and _first(url, "start") in {"", "0"}:
            raise MalformedFeed(f"arXiv counts {facts.total:,} results and sends none of them")
        return body


def _rejected(url: str, answer: str) -> QueryRejected:
    """The error of a query that arXiv does not understand, with the query and arXiv's own words."""
    try:
        reason = inspect_feed(answer.encode()).error or plain(answer)
    except MalformedFeed:
        reason = plain(answer)
    asked = _first(url, "search_query") or _first(url, "id_list")
    return QueryRejected(f"arXiv did not understand {asked!r}: {reason[:200] or 'no reason given'}", url=url)


def _first(url: str, name: str) -> str:
    return parse_qs(urlsplit(url).query).get(name, [""])[0]
