"""One polite HTTP client for all that is asked of arXiv: the only import of httpx.

Every request takes a turn of the limiter; what fails for the moment is asked again, later and later; a body is read
up to a cap; a redirect leads to known hosts only. Every error of httpx becomes one of :mod:`synth.errors` here.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from types import TracebackType
from typing import NoReturn, Self
from urllib.parse import urljoin, urlsplit

import httpx

from synth.errors import QueryRejected, RateLimited, SourceError
from synth.sources.limiter import Closed, Limiter, group
from synth.sources.wire import (
    ATTEMPTS,
    NotFound,
    Patience,
    Response,
    TooLarge,
    Unreachable,
    retry_after,
    shown,
    user_agent,
    without_downgrade,
)

MAX_REDIRECTS = 5
REFUSED_S = 3600.0
"""How long nothing is asked after a 403."""
_AGAIN = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TIMED_OUT_ATTEMPTS = 3
_UNREACHABLE_ATTEMPTS = 2
_MEGABYTE = 1 << 20


class PoliteClient:
    """Asks one host politely.

    Args:
        base_url: Address of arXiv or of a replica; with arxiv.org, the only host that is ever asked.
        limiter: Gives the turns; None makes one at arXiv's own limit.
        contact: An address for the User-Agent, so that arXiv can write to whoever asks too much.
        patience: Time-outs and the way of asking again.
        chance: Source of the jitter; it moves waits, never results.
    """

    def __init__(
        self,
        base_url: str,
        *,
        limiter: Limiter | None = None,
        contact: str = "",
        patience: Patience | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.requests = 0
        """Requests made so far, every attempt counted."""
        self._limiter = limiter or Limiter()
        self._patience = patience or Patience()
        self._chance = chance
        self._host = urlsplit(self.base_url).netloc.casefold()
        self._client = httpx.Client(
            headers={"User-Agent": user_agent(contact)},
            timeout=httpx.Timeout(self._patience.stall_s, connect=self._patience.connect_s),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection."""
        self._client.close()

    def get(self, url: str, *, accept: str = "*/*", max_bytes: int = 20 * _MEGABYTE) -> Response:
        """The whole answer at an address, with status 200.

        Args:
            url: An address on the base host or on arxiv.org.
            accept: Value of the Accept header.
            max_bytes: Cap of the body.

        Raises:
            NotFound: On 404 and 410.
            AccessDenied: On 403, and without a request for an hour from then on.
            QueryRejected: On 400, at once. Fact ``body``: the first 4,000 characters.
            RateLimited: If 429 or 503 stay, or the server asks for a longer pause than we wait; then without a
                request until that is over.
            Unreachable: If no connection can be made.
            TooLarge: If the body exceeds ``max_bytes``.
            SourceError: If time-outs, cut bodies or server errors stay, or a redirect leads elsewhere.
        """
        for attempt in range(1, self._patience.attempts + 1):
            try:
                return self._follow(url, accept, max_bytes, attempt)
            except _Again as again:
                last = again
                if attempt >= again.worth:
                    break
        raise last.error(url, attempt) from last.__cause__

    def _follow(self, url: str, accept: str, max_bytes: int, attempt: int) -> Response:
        for _ in range(MAX_REDIRECTS + 1):
            self._check_address(url)
            answer = self._turn(url, accept, max_bytes, attempt)
            if isinstance(answer, Response):
                return answer
            url = without_downgrade(url, answer)
        raise SourceError(f"{shown(url)} redirects more than {MAX_REDIRECTS} times; try later", url=url)

    def _turn(self, url: str, accept: str, max_bytes: int, attempt: int) -> Response | str:
        """One request: its answer, or the address it redirects to."""
        with self._limiter.turn(urlsplit(url).netloc) as turn:
            self.requests += 1
            try:
                return self._ask(url, accept, max_bytes)
            except httpx.InvalidURL as error:
                raise SourceError(f"{shown(url)} is no address ({error})", url=url) from error
            except (httpx.HTTPError, _Status) as failure:
                if isinstance(failure, _Status) and (pause_s := _closing_s(failure, self._patience)):
                    raise _closed(url, failure, turn.close(pause_s, failure.code), attempt) from failure
                again = _diagnosis(failure, self._patience)
                turn.postpone(max(again.wait_s, self._backoff(attempt)))
                raise again from failure

    def _ask(self, url: str, accept: str, max_bytes: int) -> Response | str:
        deadline = time.monotonic() + self._patience.total_s
        with self._client.stream("GET", url, headers={"Accept": accept}) as response:
            status = response.status_code
            if status in _REDIRECTS and (target := response.headers.get("Location")):
                return urljoin(url, str(target))
            if status in _AGAIN or status == 403:
                raise _Status(status, retry_after(response.headers.get("Retry-After")))
            if status != 200:
                _refuse(status, url, response)
            body = _read(response, max_bytes, deadline)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
        return Response(url=url, content_type=kind, body=body)

    def _backoff(self, attempt: int) -> float:
        """Seconds before the next attempt: 2, 4, 8, ..., give or take a quarter."""
        return self._patience.backoff_s * float(2 ** (attempt - 1)) * (0.75 + self._chance() / 2)

    def _check_address(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise SourceError(f"{shown(url)} is no address ({error})", url=url) from error
        host = parts.netloc.casefold()
        known = host == self._host or (group(host) == "arxiv.org" and port in {None, 80, 443})
        if parts.scheme not in {"http", "https"} or not known or "@" in host:
            expected = " or ".join(dict.fromkeys((self._host or "a known host", "arxiv.org")))
            raise SourceError(f"{shown(url)} is not on {expected}; Synth asks no other host", url=url)


class _Status(Exception):
    """A status that may pass, sooner or later."""

    def __init__(self, code: int, wait_s: float | None) -> None:
        super().__init__(f"status {code}")
        self.code = code
        self.wait_s = wait_s or 0.0


class _Again(Exception):
    """An attempt that failed for the moment, how often it is worth asking, and the error that comes of it."""

    def __init__(self, problem: str, kind: type[SourceError], *, worth: int = ATTEMPTS, wait_s: float = 0.0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.kind = kind
        self.worth = worth
        self.wait_s = wait_s

    def error(self, url: str, attempts: int) -> SourceError:
        said = f"{shown(url)} {self.problem} (asked {_times(attempts)})"
        return self.kind(said, url=url, attempts=attempts, retry_after_s=self.wait_s)


def _times(attempts: int) -> str:
    return "once" if attempts == 1 else f"{attempts} times"


def _closing_s(failure: _Status, patience: Patience) -> float:
    """How long nobody should ask after a status; 0 where a short wait will do."""
    if failure.code == 403:
        return max(REFUSED_S, failure.wait_s)
    return failure.wait_s if failure.wait_s > patience.retry_after_s else 0.0


def _closed(url: str, failure: _Status, closed: Closed, attempts: int) -> SourceError:
    """The error of the answer that closed the host."""
    wants = f"answered {failure.code} and asks for a pause of {failure.wait_s:,.0f} s"
    found = f"{shown(url)} {'refused access (403)' if failure.code == 403 else wants} (asked {_times(attempts)})"
    wait_s = failure.wait_s or REFUSED_S
    return closed.error(found, url=url, attempts=attempts, retry_after_s=wait_s)


def _diagnosis(failure: httpx.HTTPError | _Status, patience: Patience) -> _Again:
    """What a failed attempt means, and whether asking again is worth it."""
    if isinstance(failure, _Status):
        kind = RateLimited if failure.code in {429, 503} else SourceError
        problem = f"kept answering {failure.code}; try again in some minutes"
        return _Again(problem, kind, worth=patience.attempts, wait_s=failure.wait_s)
    reason = "timed out" if isinstance(failure, httpx.TimeoutException) else str(failure).strip()
    reason = reason or type(failure).__name__
    if isinstance(failure, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)):
        return _Again(f"cannot be reached ({reason}); check the network", Unreachable, worth=_UNREACHABLE_ATTEMPTS)
    worth = _TIMED_OUT_ATTEMPTS if isinstance(failure, httpx.TimeoutException) else patience.attempts
    return _Again(f"did not answer in full ({reason}); try later", SourceError, worth=worth)


def _read(response: httpx.Response, max_bytes: int, deadline: float) -> bytes:
    too_large = f"{shown(str(response.url))} holds more than {max_bytes / _MEGABYTE:,.0f} MB; it is left out"
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > max_bytes:
        raise TooLarge(too_large, url=str(response.url))
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > max_bytes:
            raise TooLarge(too_large, url=str(response.url))
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("too slow")
    return bytes(body)


def _refuse(status: int, url: str, response: httpx.Response) -> NoReturn:
    if status in {404, 410}:
        raise NotFound(f"{shown(url)} holds nothing ({status})", url=url)
    if status == 400:
        body = b""
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > 4000:
                break
        text = body[:4000].decode("utf-8", "replace")
        raise QueryRejected(f"{shown(url)} was not understood (400); simplify the query", url=url, body=text)
    raise SourceError(f"{shown(url)} answered {status}; expected 200", url=url)
