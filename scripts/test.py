"""Runs the tests, setting the project up first: ``python3 scripts/test.py [arguments of pytest]``.

They run in as many processes as the machine has processors, four at most. ``-n 0`` runs them in one, which a debugger
needs.
"""

import sys

import environment

PROCESSES = ("--numprocesses=logical", "--maxprocesses=4")


def main() -> int:
    """Sets up and runs pytest; gives its exit code."""
    python = environment.interpreter("test")
    return environment.run([python, "-m", "pytest", *PROCESSES, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
