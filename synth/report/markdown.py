"""The one escaper for Markdown: text of papers stays text, whatever characters it is made of. Pure."""

from __future__ import annotations

import re

from markupsafe import Markup

from synth.report.plain import one_line

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~$&]")
_OPENING = re.compile(r"^(?:[#+=:-]|\d{1,9}(?=[.)](?:\s|$)))")
_BARE_LINK = re.compile(r"(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)", re.IGNORECASE)


def markdown(value: object) -> object:
    """A template's value made safe for CommonMark and GitHub's tables, on one line.

    Marked-up text (:class:`markupsafe.Markup`, which only templates make) passes unchanged, and so do numbers.
    """
    return Markup(escape(value)) if isinstance(value, str) and not isinstance(value, Markup) else value


def escape(text: str) -> str:
    """Text that CommonMark shows as it is: no emphasis, code, link, tag, table cell or heading can come of it."""
    text = _SPECIAL.sub(lambda match: "\\" + match[0], one_line(text))
    text = _BARE_LINK.sub(lambda match: f"{match[1] or match[3]}\\{match[2] or match[4]}", text)
    opening = _OPENING.match(text)
    if opening is None:
        return text
    if opening[0].isdigit():  # "1." opens a list, and a digit cannot be escaped
        return f"{opening[0]}\\{text[opening.end() :]}"
    return "\\" + text
