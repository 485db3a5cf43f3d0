"""Options that several commands share, and the run that they open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # the pipeline is loaded when a command runs, not when its help is shown
    from synth.pipeline.parts import Parts
    from synth.pipeline.progress import Progress

Workspace = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the database, PDFs and caches; deleting it loses time, and open reviews. [default: .synth]",
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Papers = Annotated[int, typer.Option("--papers", help="Papers to read at most.")]
Since = Annotated[
    str | None, typer.Option(help="Only papers first submitted on this day or later: YYYY, YYYY-MM or YYYY-MM-DD.")
]
Until = Annotated[str | None, typer.Option(help="Only papers first submitted on this day or earlier.")]
Categories = Annotated[str | None, typer.Option(help="Only papers of these arXiv categories, such as cs.CL,cs.LG.")]
Offline = Annotated[
    bool,
    typer.Option(
        "--offline", help="No network: use the embedded library of digests and the papers that were read before."
    ),
]
Verifier = Annotated[
    str | None,
    typer.Option(help="Name or path of another NLI cross-encoder. [default: the embedded one]", show_default=False),
]
Risk = Annotated[
    float | None,
    typer.Option(help="Share of wrong check marks that you accept. [default: 0.05]", show_default=False),
]


@contextmanager
def opened_progress(*, quiet: bool) -> Iterator[Progress]:
    """Progress on the terminal, without a run."""
    from synth.cli.progress import shown

    with shown(quiet=quiet) as progress:
        yield progress


@contextmanager
def opened(
    *,
    workspace: Path | None,
    quiet: bool = False,
    verifier: str | None = None,
    risk: float | None = None,
    offline: bool = False,
) -> Iterator[Parts]:
    """The concrete parts of a run, with progress on the terminal; closed at the end."""
    from synth.cli.progress import shown
    from synth.pipeline.parts import Parts
    from synth.settings import Settings

    settings = Settings.read(workspace=workspace, verifier=verifier, risk=risk)
    with shown(quiet=quiet) as progress:
        parts = Parts(settings, progress, offline=offline)
        try:
            yield parts
        finally:
            parts.close()
