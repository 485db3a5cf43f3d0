"""The command line: one small file a command, and one boundary for all errors."""

from __future__ import annotations

import atexit
import errno
import os
import sys

from synth.errors import Interrupted, SynthError


def main() -> None:
    """Run the command line; an error meant for the user becomes one line and an exit code."""
    ending: list[int] = []
    atexit.register(_leave, ending)  # the first to be registered is the last to run
    try:
        _run()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            ending.append(end.code or 0)
        raise


def _leave(ending: list[int]) -> None:
    """End the process without taking every loaded module apart: with torch that is a second of doing nothing.

    Threads have been joined and all other exit handlers have run by now. After an error that nobody expected the
    interpreter takes its usual way.
    """
    if not ending:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # AttributeError: a stream that was closed from the start is None
        return
    os._exit(ending[0])


def _run() -> None:
    try:
        from synth.cli.app import app
        from synth.cli.output import never_fail_at_a_character

        never_fail_at_a_character()
        app()
    except SynthError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:  # before typer was there to catch it
        _fail("interrupted; nothing had begun", Interrupted.exit_code)
    except SystemExit as end:
        if end.code != Interrupted.exit_code:
            raise
        # typer has caught Ctrl-C itself and says nothing of it
        _fail("interrupted; nothing is half-written, and the next run goes on where this one stopped", end.code)
    except BrokenPipeError:
        # whoever read our output has enough of it (`synth search … | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            _fail(f"{error.filename}: the system takes no name as long as this; name a shorter one", 2)
        if error.errno in (errno.EACCES, errno.EPERM) and error.filename:
            _fail(f"{error.filename} may not be read or written by this user; mend its rights, or name another", 8)
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        _fail(f"the disk is full ({error.filename or 'no file named'}); make room and run again", 8)


def _fail(text: str, code: int) -> None:
    one_line = " ".join(text.split())
    if sys.stderr is not None:  # closed by whoever started us
        sys.stderr.write(f"error: {one_line}\n")
    raise SystemExit(code)
