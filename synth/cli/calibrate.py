"""``synth calibrate``: fits what turns evidence into a probability."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth.cli.options import Json, Quiet, Verifier, Workspace, opened
from synth.cli.output import put


def calibrate(
    gold: Annotated[
        list[Path],
        typer.Option(
            "--gold",
            help=(
                "Gold claims, JSONL with id, claim, label and paper. May be given more than once; files named digests*"
                " are about the embedded digests."
            ),
        ),
    ],
    pdfs: Annotated[Path, typer.Option("--pdfs", help="Folder with the papers of the gold as ARXIVID.pdf.")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the calibrators.")],
    reports: Annotated[
        Path | None, typer.Option(help="Judged claims of reports, as benchmarks/report_rows.py writes them.")
    ] = None,
    marks: Annotated[
        Path | None,
        typer.Option(help="Judged claims that got a high confidence, as benchmarks/mark_rows.py writes them."),
    ] = None,
    doc: Annotated[
        Path | None, typer.Option(help="Write the measured table into this page, between its two marks.")
    ] = None,
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Fit the calibrator of a verifier on gold claims, and say how far its check marks can be trusted.

    Every figure is cross-validated by paper. The calibrator goes to OUT/NAME.json.
    """
    from synth.cli.show import calibrated_json, calibrated_text
    from synth.report.files import check_folder
    from synth.report.writing import write_file
    from synth.training.calibrate import calibrate as fit
    from synth.training.gold_sets import gold_sets
    from synth.training.measured import with_table

    check_folder(out)
    page = _page(doc) if doc else ""
    with opened(workspace=workspace, quiet=quiet, verifier=verifier) as parts:
        parts.progress.step("Reading the gold and its papers")
        sets = gold_sets(gold, pdfs)
        found = fit(sets, out, parts.nli, parts.encoder, reports=reports, marks=marks, on_progress=parts.progress.step)
    if doc:
        write_file(with_table(page, found), doc)
    put(calibrated_json(found) if json else calibrated_text(found), as_json=json)


def _page(doc: Path) -> str:
    """The page that the table goes into, looked at before the long work.

    Raises:
        ConfigError: If it cannot be read, or has no place for the table.
    """
    from synth.errors import ConfigError
    from synth.training.measured import END, START, with_block

    try:
        page = doc.read_text(encoding="utf-8")
        with_block(page, START, END, "")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ConfigError(
            f"--doc: {doc} cannot take the table ({reason}); name a page with the lines {START} and {END}"
        ) from error
    return page
