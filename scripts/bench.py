"""Measures the project on this machine: ``python3 scripts/bench.py [options of benchmarks/run.py]``."""

import sys

import environment


def main() -> int:
    """Sets up and runs the benchmarks; gives their exit code."""
    python = environment.interpreter("bench")
    return environment.run([python, "benchmarks/run.py", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
