"""Checks the package as a user gets it: builds the wheel, installs it elsewhere, and runs it from there.

``python scripts/check_package.py`` in the project's environment. The wheel goes into a folder of its own with no
dependencies; the environment's site-packages lend these, without the project itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUNDLED = "synth/_bundled/"
LEFT_OUT = "data/training/"
"""Only whoever trains the verifier needs it; the wheel does without."""
QUESTION = "Does English intermediate-task training help zero-shot cross-lingual transfer on XNLI?"
REPORT = ("claims.csv", "report.html", "report.json", "report.md")

_RUN = """
import sys
sys.path[:0] = [{wheel!r}]
sys.path.append({lent!r})  # not a site folder: its .pth files, and so the project itself, stay out
import synth
assert synth.__file__.startswith({wheel!r}), synth.__file__
sys.argv[0] = "synth"
from synth.cli import main
main()
"""


class PackageError(Exception):
    """The package is not fit to be given away; the message says why."""


def missing(wheel: Path) -> list[str]:
    """What git tracks of the package, its data and its templates, and the wheel does not hold."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "synth", "data", "templates"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    wanted = {
        name if name.startswith("synth/") else BUNDLED + name
        for name in tracked
        if name and not name.startswith(LEFT_OUT)
    }
    return sorted(wanted - set(zipfile.ZipFile(wheel).namelist()))


def pip(*arguments: str) -> None:
    """Runs this environment's pip, quietly.

    Raises:
        PackageError: With pip's own words.
    """
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PackageError(f"pip {arguments[0]} failed: {done.stderr.strip()}")


def run(installed: Path, folder: Path, arguments: Sequence[str]) -> str:
    """Runs the installed program in a folder outside the project; gives what it prints.

    Raises:
        PackageError: If it fails.
    """
    script = _RUN.format(wheel=str(installed), lent=sysconfig.get_path("purelib"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SYNTH_", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise PackageError(f"synth {arguments[0]} gave {done.returncode}: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def check(folder: Path) -> None:
    """Builds, installs and runs the package below an empty folder.

    Raises:
        PackageError: If something is missing or fails.
    """
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder / "wheel"), str(ROOT))
    (wheel,) = (folder / "wheel").glob("synth-*.whl")
    lost = missing(wheel)
    if lost:
        raise PackageError(f"the wheel lacks {len(lost)} files, first {lost[0]}")
    print(f"wheel: {wheel.name}, {wheel.stat().st_size / 1e6:.1f} MB")
    pip("install", "--no-deps", "--target", str(folder / "installed"), str(wheel))
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    if "report" not in run(folder / "installed", elsewhere, ["--help"]):
        raise PackageError("synth --help does not name the report command")
    run(folder / "installed", elsewhere, ["report", QUESTION, "--offline", "--out", "made", "--date", "2026-01-01"])
    lacking = [name for name in REPORT if not (elsewhere / "made" / name).stat().st_size]
    if lacking:
        raise PackageError(f"the report lacks {', '.join(lacking)}")
    print("installed wheel: --help and an offline report work outside the project")


def main() -> int:
    """Checks in a temporary folder; gives the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            check(Path(folder))
        except (PackageError, FileNotFoundError) as error:
            print(f"package: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
