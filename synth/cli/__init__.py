"""The command line: one small file a command, and one boundary for all errors."""

from __future__ import annotations

import errno
import os
import sys

from synth.errors import Interrupted, SynthError


def main() -> None:
    """Run the command line; an error meant for the user becomes one line and an exit code."""
    from synth.cli.app import app

    try:
        app()
    except SynthError as error:
        _fail(str(error), error.exit_code)
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
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        _fail(f"the disk is full ({error.filename or 'no file named'}); make room and run again", 8)


def _fail(text: str, code: int) -> None:
    one_line = " ".join(text.split())
    sys.stderr.write(f"error: {one_line}\n")
    raise SystemExit(code)
