"""What HTML needs beside Jinja's own escaping: showable text, and addresses that can only be arXiv's. Pure."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from synth.report.plain import one_line


def showable(value: object) -> object:
    """A template's value before Jinja escapes it: strings on one line, without characters that HTML forbids."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def style_hash(css: str) -> str:
    """The source expression that lets a content security policy admit this very style sheet and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}"
