"""All checks that are no tests, setting the project up first: ``python3 scripts/lint.py [--write]``.

``--write`` formats the code and writes docs/cli.md anew instead of complaining about them.
"""

import sys
import time

import environment

CHECKS = (
    ("style", ("ruff", "check")),
    ("format", ("ruff", "format", "--check")),
    ("types", ("mypy",)),
    ("layers", ("lint-imports", "--no-cache", "--no-logo")),
    ("commands", ("python", "scripts/cli_docs.py", "--check")),
    (
        "documents",
        (
            "python",
            "scripts/check_docs.py",
        ),
    ),
)
WRITERS = (
    ("format", ("ruff", "format")),
    (
        "commands",
        (
            "python",
            "scripts/cli_docs.py",
        ),
    ),
)


def main() -> int:
    """Runs every check, also after one has failed; gives 1 if any did."""
    venv = environment.interpreter("lint").parents[1]
    failed = []
    for name, (tool, *arguments) in WRITERS if "--write" in sys.argv[1:] else CHECKS:
        started = time.monotonic()
        if environment.run([environment.program(venv, tool), *arguments]) != 0:
            failed.append(name)
        environment.say(f"lint: {name} took {time.monotonic() - started:.1f} s")
    environment.say(f"lint: {', '.join(failed)} failed" if failed else "lint: all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
