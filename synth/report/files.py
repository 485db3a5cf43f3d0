"""Writes a report's four files, all whole or none: the only module of this part that touches the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from synth.errors import OutputError
from synth.report.export import claims_csv, report_to_json
from synth.report.templating import environment, styles
from synth.report.view import view
from synth.types import Report

NAMES = ("report.md", "report.html", "claims.csv", "report.json")


def render_markdown(report: Report) -> str:
    """The report as Markdown."""
    return environment("md").get_template("report.md.j2").render(view=view(report), report=report)


def render_html(report: Report) -> str:
    """The report as one HTML file that asks for nothing else."""
    template = environment("html").get_template("report.html.j2")
    return template.render(view=view(report), report=report, **styles(["report.css"]))


def check_folder(folder: Path) -> None:
    """Makes sure, before any long work, that a report can be written to a folder; leaves no trace.

    Raises:
        OutputError: If the folder cannot be made or written.
    """
    with _explained(folder) as made:
        made += _missing(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".synth-", dir=folder):
            pass
        _unmake(made)


def write_report(report: Report, folder: Path) -> tuple[Path, ...]:
    """Writes report.md, report.html, claims.csv and report.json, as :func:`write_files` does.

    Returns:
        The paths of the files, in the order of :data:`NAMES`.

    Raises:
        OutputError: If the folder cannot be made or written, or the disk is full.
    """
    bodies = (render_markdown(report), render_html(report), claims_csv(report), report_to_json(report))
    return write_files(dict(zip(NAMES, bodies, strict=True)), folder)


def write_files(bodies: Mapping[str, str], folder: Path) -> tuple[Path, ...]:
    """Writes files of one folder, all whole or none.

    All are written and flushed in a hidden folder first, then moved into place; when anything fails, the folder
    holds what it held before. The same report gives the same bytes.

    Args:
        bodies: The texts, by the names of their files.
        folder: Where to; made with its parents where it does not exist.

    Returns:
        The paths of the files, in the order of ``bodies``.

    Raises:
        OutputError: If the folder cannot be made or written, or the disk is full.
    """
    with _explained(folder) as made:
        made += _missing(folder)
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        with tempfile.TemporaryDirectory(prefix=_staging(os.getpid()), dir=folder, ignore_cleanup_errors=True) as name:
            _place(bodies, folder, Path(name))
    return tuple(folder / name for name in bodies)


@contextlib.contextmanager
def _explained(folder: Path) -> Iterator[list[Path]]:
    """Turns what the system refuses into one clear line; takes the list of folders to unmake then."""
    made: list[Path] = []
    try:
        yield made
    except OSError as error:
        _unmake(made)
        raise OutputError(_explain(error, folder), path=str(folder)) from error


def _staging(pid: int) -> str:
    return f".synth-{pid}-"


def _sweep(folder: Path) -> None:
    """Removes what writers left that were killed: hidden folders of processes that are no more."""
    for place in folder.glob(".synth-*-*"):
        pid = place.name.split("-")[1]
        if pid.isdigit() and int(pid) != os.getpid() and not _alive(int(pid)):
            shutil.rmtree(place, ignore_errors=True)


def _alive(pid: int) -> bool:
    """Whether a process of this machine has this number."""
    if os.name == "nt":  # there, signal 0 would end the process; its leftovers stay
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _unmake(made: list[Path]) -> None:
    for place in reversed(made):
        with contextlib.suppress(OSError):  # what was just made goes again where it is empty
            place.rmdir()


def _missing(folder: Path) -> list[Path]:
    """The folder and its parents that do not exist yet, outermost first."""
    return [place for place in (folder, *folder.parents) if not place.exists()][::-1]


def _place(bodies: Mapping[str, str], folder: Path, staging: Path) -> None:
    """Writes files into a folder on the same disk, then moves each into place; undoes the moves when one fails."""
    for name, body in bodies.items():
        with (staging / name).open("wb") as file:
            file.write(body.encode())
            file.flush()
            os.fsync(file.fileno())
    old = staging / "old"
    old.mkdir()
    for name in bodies:
        if (folder / name).exists():
            shutil.copy2(folder / name, old / name)
    moved: list[str] = []
    try:
        for name in bodies:
            (staging / name).replace(folder / name)
            moved.append(name)
    except OSError:
        for name in moved:
            if (old / name).exists():
                (old / name).replace(folder / name)
            else:
                (folder / name).unlink()
        raise


def _explain(error: OSError, folder: Path) -> str:
    """What went wrong and what to do, in one line."""
    reason = error.strerror or str(error)
    advice = {
        errno.ENOSPC: "free some space, or choose a folder on another disk",
        errno.EDQUOT: "free some space, or choose a folder on another disk",
        errno.EACCES: "choose a folder that you may write to",
        errno.EPERM: "choose a folder that you may write to",
        errno.EROFS: "choose a folder that you may write to",
        errno.EEXIST: "a file stands where a folder was expected; choose another name",
        errno.ENOTDIR: "a file stands where a folder was expected; choose another name",
        errno.ENAMETOOLONG: "choose a shorter name",
    }.get(error.errno or 0, "choose another folder")
    return f"cannot write the report to {folder}: {reason}; {advice} (--out)"
