"""Runs the tests, setting the project up first: ``python3 scripts/test.py [arguments of pytest]``."""

import sys

import environment


def main() -> int:
    """Sets up and runs pytest; gives its exit code."""
    python = environment.interpreter("test")
    return environment.run([python, "-m", "pytest", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
