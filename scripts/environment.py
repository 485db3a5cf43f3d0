"""The virtual environment of the project: made once, complete, and then left alone.

Standard library only, because it runs before anything is installed. ``.venv`` in the project folder
holds it, or the folder that ``SYNTH_VENV`` names. A stamp inside says for which dependencies it was
made; while these stay the same, a run starts at once and needs no network. The stamp says
``installing`` while work goes on, so that an environment left half-made is made anew.

Nothing here is newer than Python 3.6 up to the check of the version: an older Python has to get that far.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
STAMP = "synth-environment.txt"
INSTALLING = "installing"
BUILD = ("editables", "hatchling")
"""What builds the package; installed first, so that the build is pinned too."""
_REASONS = (
    r"ERROR: Could not install packages.*",
    r"WARNING: (Retrying|Could not fetch).*",
    r"ERROR: .*",
    r".*\b\w*(Error|Exception): .*",
)
"""Of pip's lines the ones that name a reason, the nearest to the cause first: disk, network, pip's own, a builder's."""

if sys.version_info < OLDEST:
    sys.exit(
        f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed, this is {sys.version.split()[0]};"
        " install a newer one and run this with it"
    )


class SetupError(Exception):
    """The environment cannot be made; the message says what was found and what to do."""


def folder() -> Path:
    """Where the environment lies or will lie."""
    named = os.environ.get("SYNTH_VENV", "")
    return Path(named).expanduser().absolute() if named else ROOT / ".venv"


def program(venv: Path, name: str) -> Path:
    """The path of a program inside the environment, in the platform's own place."""
    return venv / "Scripts" / f"{name}.exe" if sys.platform == "win32" else venv / "bin" / name


def fingerprint(root: Path, version: Sequence[int]) -> str:
    """What the environment depends on: the dependencies, their pins, Python, and the project's place.

    Only the tables of ``pyproject.toml`` that the installation reads count: a new lint rule installs nothing.

    Returns:
        64 hexadecimal digits.
    """
    import tomllib  # since 3.11

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    read = {
        "build": project.get("build-system"),
        "project": project.get("project"),
        "hatch": project.get("tool", {}).get("hatch"),
        "pins": (root / "constraints.txt").read_text(encoding="utf-8").split("\n"),
        "python": list(version),
        "root": str(root),
    }
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


def is_ready(venv: Path, wanted: str) -> bool:
    """Whether the stamp is current and the interpreter is still there."""
    try:
        return (venv / STAMP).read_text(encoding="utf-8") == wanted and program(venv, "python").exists()
    except OSError:
        return False


def ready() -> Path:
    """The environment's interpreter; makes or completes the environment first if it has to.

    Raises:
        SetupError: If the folder is something else, or an installation fails.
    """
    venv, current = folder(), fingerprint(ROOT, sys.version_info[:2])
    if not is_ready(venv, current):
        _check_place(venv)
        with _alone(venv) as stamp:
            if not is_ready(venv, current):  # another run may have made it while this one waited
                _make(venv, stamp, current)
    return program(venv, "python")


def interpreter(script: str) -> Path:
    """As ``ready``, for a script: a failure ends it with one line."""
    try:
        return ready()
    except SetupError as error:
        say(f"{script}: {error}")
        sys.exit(2)
    except KeyboardInterrupt:
        say(f"{script}: stopped; run it again to set up the rest")
        sys.exit(130)


def run(command: Sequence[str | Path]) -> int:
    """Runs a command in the project folder, with this terminal, and gives its exit code."""
    environment = {**os.environ, "VIRTUAL_ENV": str(folder())}
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the command got it too, and says so itself
            continue


def say(text: str) -> None:
    """One line to the person who waits; on standard error, so that piped output stays clean."""
    print(text, file=sys.stderr, flush=True)


def _check_place(venv: Path) -> None:
    if venv.exists() and not venv.is_dir():
        raise SetupError(f"{venv} is a file; remove it or name another folder in SYNTH_VENV")
    known = not venv.is_dir() or (venv / STAMP).exists() or (venv / "pyvenv.cfg").exists() or not any(venv.iterdir())
    if not known:
        raise SetupError(f"{venv} holds something else than a virtual environment; name another folder in SYNTH_VENV")
    try:
        venv.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(f"{venv} cannot be made: {error.strerror}; name a folder of your own in SYNTH_VENV") from error


@contextmanager
def _alone(venv: Path) -> Iterator[IO[str]]:
    """Holds the stamp open and locked, so that two first runs at once do not spoil each other's work."""
    try:
        stamp = (venv / STAMP).open("a+", encoding="utf-8")
    except OSError as error:
        raise SetupError(f"{venv} cannot be written: {error.strerror}; name another folder in SYNTH_VENV") from error
    with stamp:
        _lock(stamp)
        yield stamp


def _lock(stamp: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        stamp.seek(1 << 20)  # far behind the text, which others may read
        while True:
            try:
                msvcrt.locking(stamp.fileno(), msvcrt.LK_LOCK, 1)
                return
            except OSError:  # gives up after ten seconds; an installation takes longer
                continue
    import fcntl

    try:
        fcntl.flock(stamp, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another run is making the environment; waiting for it ...")
        fcntl.flock(stamp, fcntl.LOCK_EX)


def _write(stamp: IO[str], text: str) -> None:
    stamp.seek(0)
    stamp.truncate()
    stamp.write(text)
    stamp.flush()
    os.fsync(stamp.fileno())


def _make(venv: Path, stamp: IO[str], current: str) -> None:
    started = time.monotonic()
    stamp.seek(0)
    half_made = stamp.read() == INSTALLING
    _write(stamp, INSTALLING)
    if half_made or not _has_pip(venv):
        if any(path.name != STAMP for path in venv.iterdir()):
            say(f"{venv} is incomplete or of another Python; making it anew")
        _clear(venv)
        say(f"Making the virtual environment {venv} (Python {sys.version_info[0]}.{sys.version_info[1]})")
        _create(venv)
        say("Installing the pinned dependencies: some minutes and about 2 GB, this first time")
    else:
        say("The dependencies have changed; installing what differs")
    pins = ("-c", str(ROOT / "constraints.txt"))
    _pip(venv, "install", *pins, *BUILD)
    _pip(venv, "install", *pins, "--no-build-isolation", "-e", f"{ROOT}[dev]")
    _write(stamp, current)
    say(f"The environment is ready ({time.monotonic() - started:.0f} s); later runs start at once")


def _has_pip(venv: Path) -> bool:
    """Whether the environment has this Python's version and a pip that starts."""
    question = "import sys, pip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([program(venv, "python"), "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _clear(venv: Path) -> None:
    """Empties the folder but for the stamp, which is locked."""
    for path in venv.iterdir():
        if path.name == STAMP:
            continue
        try:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        except OSError as error:
            raise SetupError(f"{path} cannot be removed: {error.strerror}; remove {venv} yourself") from error


def _create(venv: Path) -> None:
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run([base, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
    if made.returncode == 0:
        return
    # Debian and Ubuntu keep ensurepip apart; a pip outside the environment can fill it as well
    bare = subprocess.run([base, "-m", "venv", "--without-pip", str(venv)], capture_output=True, check=False)
    python = str(program(venv, "python"))
    lent = [base, "-m", "pip", "--python", python, "install", "--quiet", "pip"]
    if bare.returncode != 0 or subprocess.run(lent, capture_output=True, check=False).returncode != 0:
        found = (made.stderr or made.stdout).strip().splitlines()
        raise SetupError(
            f"python3 -m venv failed ({found[-1] if found else 'no message'});"
            " on Debian and Ubuntu run: apt install python3-venv"
        )


def _pip(venv: Path, *arguments: str) -> None:
    """Runs the environment's pip, showing on a terminal which package it is at.

    Raises:
        SetupError: With pip's own error line.
    """
    command = [str(program(venv, "python")), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    environment["PIP_USER"] = "0"  # a user's setting would install beside the environment
    shown, said = 0, []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=environment
    ) as process:
        for line in process.stdout or ():
            said.append(line.strip())
            if line.startswith(("Collecting ", "Installing collected")) and sys.stderr.isatty():
                shown += line.startswith("Collecting ")
                text = (
                    f"  {shown} packages found: {line.split()[1]}" if line.startswith("C") else f"  installing {shown}"
                )
                print(f"\r{text:<76.76}", end="", file=sys.stderr, flush=True)
    if shown:
        print(f"\r{'':<76}\r", end="", file=sys.stderr, flush=True)
    if process.returncode != 0:
        raise SetupError(
            f"pip could not install ({_reason(said)}); check the network and the disk, then run this again"
        )


def _reason(said: list[str]) -> str:
    for pattern in _REASONS:
        for line in said:
            if re.fullmatch(pattern, line):
                return line
    return "no message"
