"""The audit as a card, Markdown and HTML: the one module here that writes files."""

from __future__ import annotations

from pathlib import Path

from synth.experiment import view
from synth.experiment.findings import Audit, Result
from synth.report.files import write_files
from synth.report.templating import environment, styles

NAMES = ("audit.md", "audit.html")


def audit_markdown(found: Audit) -> str:
    """The card as Markdown."""
    return environment("md").get_template("audit.md.j2").render(**_shown(found))


def audit_html(found: Audit) -> str:
    """The card as one HTML file that asks for nothing else."""
    return (
        environment("html").get_template("audit.html.j2").render(**_shown(found), **styles(["report.css", "audit.css"]))
    )


def write_card(found: Audit, folder: Path) -> tuple[Path, ...]:
    """Writes audit.md and audit.html, each whole; the same audit gives the same bytes.

    Raises:
        OutputError: If the folder cannot be made or written, or the disk is full.
    """
    return write_files(dict(zip(NAMES, (audit_markdown(found), audit_html(found)), strict=True)), folder)


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
