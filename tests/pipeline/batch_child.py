"""A batch in a process of its own, so that it can be killed: WORKSPACE OUT URL JOBS."""

from __future__ import annotations

import datetime as dt
import signal
import sys
from pathlib import Path

from synth.pipeline.batch import alone, run_batch
from synth.pipeline.batch_file import Order
from synth.pipeline.options import ReportOptions
from synth.pipeline.workers import run_in_processes
from synth.settings import Settings
from tests.pipeline.arxiv import QUESTION
from tests.pipeline.fakes import small_parts

DATE = dt.date(2026, 1, 2)
QUESTIONS = (QUESTION, "Do subword models train faster than byte-level models for tagging?")


def orders(out: Path) -> tuple[Order, ...]:
    """The batch that is made."""
    options = ReportOptions(n_papers=4, n_claims=8)
    return tuple(
        Order(place=f"row {number}", question=question, options=options, folder=out / str(number), date=DATE)
        for number, question in enumerate(QUESTIONS, 1)
    )


def main() -> None:
    """Make the batch."""
    workspace, out, url, jobs = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    parts = small_parts(Settings.read(workspace=workspace, arxiv_url=url, arxiv_delay_s=0.0))
    try:
        with alone(workspace, "a test", parts):
            if jobs > 1:
                done = run_in_processes(orders(out), parts, jobs=jobs, make_parts=small_parts)
            else:
                done = run_batch(orders(out), parts)
    finally:
        parts.close()
    sys.stdout.write(" ".join(one.outcome for one in done) + "\n")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs start with it ignored
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
