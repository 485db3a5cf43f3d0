"""The audit as a card, Markdown and HTML: the one module here that writes files."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from synth.errors import OutputError
from synth.experiment import view
from synth.experiment.findings import Audit, Result
from synth.report.files import check_folder
from synth.report.html import link, showable, style_hash
from synth.report.markdown import markdown
from synth.resources import template_path

NAMES = ("audit.md", "audit.html")


def audit_markdown(found: Audit) -> str:
    """The card as Markdown."""
    return _environment("md").get_template("audit.md.j2").render(**_shown(found))


def audit_html(found: Audit) -> str:
    """The card as one HTML file that asks for nothing else."""
    css = "".join(template_path(name).read_text(encoding="utf-8") for name in ("report.css", "audit.css"))
    template = _environment("html").get_template("audit.html.j2")
    return template.render(**_shown(found), css=Markup(css), css_hash=style_hash(css))


def check_out(folder: Path) -> None:
    """Makes sure, before any work, that the card can be written; leaves no trace.

    Raises:
        OutputError: If the folder cannot be made or written.
    """
    check_folder(folder)


def write_card(found: Audit, folder: Path) -> tuple[Path, ...]:
    """Writes audit.md and audit.html, each whole; the same audit gives the same bytes.

    Raises:
        OutputError: If the folder cannot be made or written, or the disk is full.
    """
    bodies = dict(zip(NAMES, (audit_markdown(found), audit_html(found)), strict=True))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".synth-", dir=folder, ignore_cleanup_errors=True) as staging:
            for name, body in bodies.items():
                (Path(staging) / name).write_bytes(body.encode())
            for name in bodies:  # both are on the disk before the first is put in place
                (Path(staging) / name).replace(folder / name)
    except OSError as error:
        raise OutputError(
            f"cannot write the audit to {folder}: {error.strerror or error}; choose another folder (--out)",
            path=str(folder),
        ) from error
    return tuple(folder / name for name in NAMES)


@cache
def _environment(kind: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(template_path()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=markdown if kind == "md" else showable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["link"] = link
    return environment


def _shown(found: Audit) -> dict[str, object]:
    return {
        "audit": found,
        "summary": view.summary(found),
        "results": [(view.SIGNS[one], one, found.count(one), view.MEANINGS[one]) for one in Result],
        "look": view.worth_a_look(view.lines(found)),
        "groups": view.groups(found),
        "signs": view.SIGNS,
        "tables": [(one, view.table_said(one), tuple(view.cells_apart(one))) for one in found.tables],
        "cautions": [(one, view.caution_values(one, found)) for one in found.cautions],
        "sources": [(one, view.source_said(one)) for one in found.sources.values()],
    }
