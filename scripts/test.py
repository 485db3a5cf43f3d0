"""Runs the tests, setting the project up first: ``python3 scripts/test.py [arguments of pytest]``.

They run in as many processes as the machine has processors, four at most, and each process computes in its share of
these: threads that wait for each other's processor made the whole suite half as long again. ``-n 0`` runs them in one
process, which a debugger needs.
"""

import os
import sys

import environment

MOST = 4
CORES = os.cpu_count() or 1
PROCESSES = ("--numprocesses=logical", f"--maxprocesses={MOST}")


def main() -> int:
    """Sets up and runs pytest; gives its exit code."""
    python = environment.interpreter("test")
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, CORES // MOST)))
    return environment.run([python, "-m", "pytest", *PROCESSES, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
