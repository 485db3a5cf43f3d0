"""Jinja2, set up once for every page and card of the project."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from synth.report.html import link, showable, style_hash
from synth.report.markdown import markdown
from synth.resources import template_path


@cache
def environment(kind: str) -> Environment:
    """Jinja's environment for a format: what a template shows is escaped unless the template wrote it itself.

    Args:
        kind: ``md`` or ``html``.
    """
    made = Environment(
        loader=FileSystemLoader(template_path()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=markdown if kind == "md" else showable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["link"] = link
    return made


def styles(names: Sequence[str]) -> dict[str, Markup | str]:
    """The style sheets of a page in one, and its hash for the page's content security policy."""
    css = "".join(template_path(name).read_text(encoding="utf-8") for name in names)
    return {"css": Markup(css), "css_hash": style_hash(css)}
