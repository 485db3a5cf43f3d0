"""What passes over the wire: answers, patience, headers and the errors of asking. No request is made here."""

from __future__ import annotations

import datetime as dt
import email.utils
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from synth import __version__
from synth.errors import SourceError
from synth.sources.limiter import MAX_POSTPONE_S

ATTEMPTS = 5


class NotFound(SourceError):
    """The address holds nothing (404 or 410)."""


class Unreachable(SourceError):
    """No connection could be made: no network, no such host, or nobody listens."""


class TooLarge(SourceError):
    """The body is larger than the caller takes."""


class FeedCache(Protocol):
    """Keeps the bodies of feeds for a day, so that no query is asked twice; the store implements it."""

    def get(self, url: str) -> bytes | None:
        """The body kept for an address, or None where there is none or it is too old."""

    def put(self, url: str, body: bytes) -> None:
        """Keeps a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A whole answer with status 200."""

    url: str
    """The address that gave it, behind redirects."""
    content_type: str
    """Without parameters, in lower case: ``application/pdf``."""
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a client waits for what."""

    connect_s: float = 15.0
    stall_s: float = 30.0
    """Longest silence inside an answer."""
    total_s: float = 240.0
    """Longest time for one answer."""
    attempts: int = ATTEMPTS
    backoff_s: float = 2.0
    """First pause before asking again; doubled each time, give or take a quarter."""
    retry_after_s: float = MAX_POSTPONE_S
    """Longest Retry-After that is waited for."""


def user_agent(contact: str = "") -> str:
    """The honest name: program, version, purpose, and who can be written to."""
    purpose = "claim-verification literature synthesizer"
    address = "".join(character for character in contact.strip() if character.isprintable() and character.isascii())
    return f"synth/{__version__} ({purpose}; +{address})" if address else f"synth/{__version__} ({purpose})"


def retry_after(value: str | None) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    return max(0.0, (when - dt.datetime.now(dt.UTC)).total_seconds())


def without_downgrade(url: str, target: str) -> str:
    """The target of a redirect; https stays https, as arXiv at times names an http address by mistake."""
    parts = urlsplit(target)
    if urlsplit(url).scheme == "https" and parts.scheme == "http" and parts.port in {None, 80}:
        return parts._replace(scheme="https", netloc=parts.hostname or "").geturl()
    if urlsplit(url).scheme == "https" and parts.scheme != "https":
        raise SourceError(f"{shown(url)} redirects to {shown(target)} without encryption; not followed", url=url)
    return target


def shown(url: str, limit: int = 120) -> str:
    """The address as a message shows it."""
    return url if len(url) <= limit else f"{url[:limit]}…"
