"""Whether a body is a whole Atom feed of arXiv. The arxiv package forgives a cut feed; Synth must not. Pure."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from synth.errors import MalformedFeed
from synth.text import plain

_ATOM = "{http://www.w3.org/2005/Atom}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_ERROR_ID = "/api/errors"
_HTML = re.compile(rb"\A\s*(?:<!doctype html|<html|<head)", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_NOISE = re.compile(r"<(script|style|head)\b.*?</\1>|<!.*?>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """What a feed says of itself."""

    total: int
    """Results that the query has, on all pages."""
    entries: int
    """Results in this feed."""
    error: str | None
    """What arXiv complains of, where the feed is an error feed."""


def inspect_feed(body: bytes) -> FeedFacts:
    """What a feed says of itself.

    Raises:
        MalformedFeed: If the body is empty, cut, a web page, no Atom, or declares entities.
    """
    if is_html(body):
        raise MalformedFeed(f"arXiv sent a web page instead of a feed ({page_text(body)})")
    if not body.strip():
        raise MalformedFeed("arXiv sent an empty body instead of a feed")
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body or b"\x00" in body:
        raise MalformedFeed("arXiv's feed declares entities, which no feed of arXiv does; it was not read")
    try:
        body.decode("utf-8")
        root = ET.fromstring(body)
    except (UnicodeDecodeError, ET.ParseError) as error:
        raise MalformedFeed(f"arXiv's feed is cut or damaged ({error})") from error
    if root.tag != f"{_ATOM}feed":
        raise MalformedFeed(f"arXiv sent <{root.tag.rpartition('}')[2]}> where an Atom feed was expected")
    entries = root.findall(f"{_ATOM}entry")
    complaint = next((entry for entry in entries if _ERROR_ID in (entry.findtext(f"{_ATOM}id") or "")), None)
    error_text = None if complaint is None else plain(complaint.findtext(f"{_ATOM}summary") or "an error without words")
    total = (root.findtext(f"{_OPENSEARCH}totalResults") or "").strip()
    return FeedFacts(total=int(total) if total.isdecimal() else len(entries), entries=len(entries), error=error_text)


def is_html(body: bytes) -> bool:
    """Whether a body starts as a web page does."""
    return bool(_HTML.match(body[:2048]))


def page_text(body: bytes, limit: int = 160) -> str:
    """What a web page says, in one line, cut between words."""
    text = body[:65536].decode("utf-8", "replace")
    title = _PAGE_TITLE.search(text)
    heading = plain(_TAG.sub("", title[1])) if title else ""
    said = plain(_TAG.sub("", _NOISE.sub(" ", text if title is None else text.replace(title[0], " "))))
    line = ": ".join(part for part in (heading, said) if part) or "without text"
    return line if len(line) <= limit else f"{line[:limit].rpartition(' ')[0]} …"
