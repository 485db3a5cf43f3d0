"""Identifiers of arXiv: checked before they touch an address or a path.

The two forms are those of https://info.arxiv.org/help/arxiv_identifier.html: ``2005.13013v2`` since
April 2007 (four digits behind the point until December 2014, five since), ``hep-th/9901001v1`` before.
"""

from __future__ import annotations

import datetime as dt
import re

from synth.errors import ConfigError

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|"
    "cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|"
    "physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_VERSION = r"(?:v(?P<version>[1-9][0-9]{0,2}))?"
_NEW = re.compile(r"(?P<base>(?P<yymm>[0-9]{2}(?:0[1-9]|1[0-2]))\.(?P<number>[0-9]{4,5}))" + _VERSION)
_OLD = re.compile(
    rf"(?P<archive>{_ARCHIVES})(?:\.[A-Z]{{2}})?/(?P<number>(?P<year>9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{{3}})"
    + _VERSION
)
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/(?P<id>[^?#\s]+?)(?:\.pdf)?/?(?:[?#]\S*)?",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"arxiv:\s*", re.IGNORECASE)
_FIRST_NEW, _FIRST_FIVE_DIGITS, _LAST_NEW = 704, 1501, 9012


def parse_arxiv_id(text: str) -> str:
    """The identifier in a text: with its version where one is given, without prefix, address or subject class.

    ``arXiv:2005.13013v2``, ``https://arxiv.org/pdf/2005.13013v2.pdf`` and ``2005.13013v2`` are all ``2005.13013v2``;
    ``math.GT/0309136`` is ``math/0309136``.

    Raises:
        ConfigError: If the whole text is not one identifier of arXiv.
    """
    candidate = text.strip()
    if address := _ADDRESS.fullmatch(candidate):
        candidate = address["id"]
    else:
        candidate = _PREFIX.sub("", candidate, count=1) if _PREFIX.match(candidate) else candidate
    if (match := _NEW.fullmatch(candidate)) and _is_real(int(match["yymm"]), len(match["number"])):
        return match["base"] + _suffix(match)
    if match := _OLD.fullmatch(candidate):
        return f"{match['archive']}/{match['number']}{_suffix(match)}"
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    raise ConfigError(f"{shown!r} is no arXiv id; expected one such as 2005.13013, 2005.13013v2 or hep-th/9901001")


def base_id(identifier: str) -> str:
    """The identifier without its version: ``2005.13013v2`` gives ``2005.13013``; other ids stay as they are."""
    match = _NEW.fullmatch(identifier) or _OLD.fullmatch(identifier)
    return identifier[: match.start("version") - 1] if match and match["version"] else identifier


def version(identifier: str) -> int | None:
    """The version an identifier names, or None."""
    match = _NEW.fullmatch(identifier) or _OLD.fullmatch(identifier)
    return int(match["version"]) if match and match["version"] else None


def month(identifier: str) -> dt.date:
    """The first day of the month in which an identifier was given, in any of its versions.

    Raises:
        ConfigError: If the text is no identifier of arXiv.
    """
    digits = parse_arxiv_id(identifier).rpartition("/")[2]
    year = int(digits[:2])
    return dt.date(year + (1900 if year > _LAST_NEW // 100 else 2000), int(digits[2:4]), 1)


def file_stem(identifier: str) -> str:
    """A file name for an identifier, without ending: ``hep-th/9901001v1`` gives ``hep-th_9901001v1``.

    Raises:
        ConfigError: If the text is no identifier of arXiv, so that no path can be smuggled in.
    """
    return parse_arxiv_id(identifier).replace("/", "_")


def _is_real(yymm: int, digits: int) -> bool:
    return _FIRST_NEW <= yymm <= _LAST_NEW and digits == (5 if yymm >= _FIRST_FIVE_DIGITS else 4)


def _suffix(match: re.Match[str]) -> str:
    return f"v{match['version']}" if match["version"] else ""
