"""What HTML needs beside Jinja's own escaping: showable text, and addresses that can only be arXiv's. Pure."""

from __future__ import annotations

import base64
import hashlib
import re

from markupsafe import Markup

from synth.report.plain import one_line

_ARXIV_PAGE = re.compile(r"https://arxiv\.org/(?:abs|pdf)/[A-Za-z0-9./-]+(?:#page=\d+)?")


def showable(value: object) -> object:
    """A template's value before Jinja escapes it: strings on one line, without characters that HTML forbids."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def link(url: str) -> Markup:
    """An address for a link, in HTML and Markdown alike.

    Raises:
        ValueError: If it is anything but a page of arXiv; no other address is ever linked.
    """
    if _ARXIV_PAGE.fullmatch(url) is None:
        raise ValueError(f"{url!r} is no page of arXiv")
    return Markup(url)


def style_hash(css: str) -> str:
    """The source expression that lets a content security policy admit this very style sheet and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}"
