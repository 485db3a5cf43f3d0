"""Measures what a user waits for, and prints a Markdown table: ``python benchmarks/run.py [--json FILE]``.

Run it in the project's environment; ``make bench`` does. Every figure is of whole processes, in a workspace of its
own: medians of the times, the largest peak of memory. Nothing here is a test; the aims stand beside the figures.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import BenchmarkError, Measured, hold_to_cores, machine, measure, middle
from replica import replica

ROOT = Path(__file__).resolve().parents[1]
SYNTH = Path(sys.executable).with_name("synth")
QUESTION = "Does English intermediate-task training improve zero-shot cross-lingual transfer?"
ANOTHER = "How well do multilingual encoders align the representations of different languages?"
PAPERS = 15
BATCH = 100
DELAY_S = 3.0
"""What arXiv's terms ask for between two requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table."""

    name: str
    figures: Measured | None
    """None where the line was skipped."""
    runs: int = 0
    aim: str = ""
    met: bool | None = None
    note: str = ""


class Bench:
    """Runs ``synth`` in folders below one temporary folder."""

    def __init__(self, folder: Path, repeats: int) -> None:
        self.folder = folder
        self.repeats = repeats
        self._count = 0

    def workspace(self) -> Path:
        """A new, empty folder."""
        self._count += 1
        made = self.folder / f"workspace-{self._count}"
        made.mkdir()
        return made

    def synth(self, *arguments: str | Path, workspace: Path, **settings: str) -> Measured:
        """One run of the program in a workspace."""
        environment = {"SYNTH_WORKSPACE": str(workspace), **settings}
        return measure([SYNTH, *arguments], folder=workspace, environment=environment)

    def report(self, question: str, *options: str | Path, workspace: Path, **settings: str) -> Measured:
        """One report, written below the workspace."""
        out = ("--out", workspace / "report", "--quiet")
        return self.synth("report", question, *out, *options, workspace=workspace, **settings)


def help_page(bench: Bench) -> Row:
    """The help of the program: what every start costs."""
    place = bench.workspace()
    figures = middle([bench.synth("--help", workspace=place) for _ in range(7)])
    return Row(name="`synth --help`", figures=figures, runs=7, aim="0.4 s", met=figures.wall_s <= 0.4)


def offline(bench: Bench) -> Iterator[Row]:
    """Reports from the embedded library: nothing stored, another question, the same question."""
    cold, warm, again = [], [], []
    for _ in range(bench.repeats):
        place = bench.workspace()
        cold.append(bench.report(QUESTION, "--offline", workspace=place))
        warm.append(bench.report(ANOTHER, "--offline", workspace=place))
        again.append(bench.report(ANOTHER, "--offline", workspace=place))
    names = ("offline report, empty store", "offline report, another question", "the same question again")
    for name, runs in zip(names, (cold, warm, again), strict=True):
        yield Row(name=name, figures=middle(runs), runs=len(runs))


def some(pdfs: Sequence[Path], wanted: int) -> list[Path]:
    """Some of the files, spread evenly over their sorted list."""
    ordered = sorted(pdfs)
    if len(ordered) <= wanted:
        return ordered
    return [ordered[place * len(ordered) // wanted] for place in range(wanted)]


def with_pdfs(bench: Bench, source: Path) -> Iterator[Row]:
    """Fifteen papers with PDFs and thirty claims, before and after the papers have been read."""
    names = ("report of 15 PDFs, empty store", "report of 15 PDFs, read before, another question")
    chosen = some(list(source.glob("*.pdf")), PAPERS) if source.is_dir() else []
    if len(chosen) < PAPERS:
        yield from (Row(name=name, figures=None, note=f"{source} does not hold {PAPERS} PDFs") for name in names)
        return
    folder = bench.workspace()
    for path in chosen:
        shutil.copy(path, folder)
    # the given papers are always read; one digest of the library comes with them
    options = ("--offline", "--pdfs", folder, "--papers", "1", "--claims", "30")
    place = bench.workspace()
    cold = bench.report(QUESTION, *options, workspace=place)
    yield Row(name=names[0], figures=cold, runs=1, aim="2 GB", met=cold.peak_mb < 2000)
    warm = []
    for _ in range(bench.repeats):
        copy = bench.workspace()
        shutil.copytree(place, copy, dirs_exist_ok=True)
        warm.append(bench.report(ANOTHER, *options, workspace=copy))
    figures = middle(warm)
    met = figures.wall_s <= 10 and figures.peak_mb < 2000
    yield Row(name=names[1], figures=figures, runs=len(warm), aim="10 s, 2 GB", met=met)


def against_replica(bench: Bench, script: Path) -> Row:
    """A report from an empty store against the replica, at arXiv's own pace."""
    name = "report against the arXiv replica, empty store"
    if not script.is_file():
        return Row(name=name, figures=None, note=f"{script} is not there")
    with replica(script) as there:
        figures = bench.report(QUESTION, workspace=bench.workspace(), SYNTH_ARXIV_URL=there.url)
        requests = there.requests()
    ratio = figures.wall_s / (DELAY_S * requests)
    note = f"{requests} requests; {ratio:.2f} of {DELAY_S:g} s x requests"
    return Row(name=name, figures=figures, runs=1, aim="1.10 of the limit", met=ratio <= 1.1, note=note)


def tables(bench: Bench) -> Iterator[Row]:
    """A batch in which nothing has changed, and the diff of two reports."""
    place = bench.workspace()
    rows = [f"{QUESTION},{place / 'reports' / str(number)}" for number in range(BATCH)]
    for name, count in (("one.csv", 1), ("many.csv", BATCH)):
        (place / name).write_text("\n".join(["question,out", *rows[:count]]) + "\n", encoding="utf-8")
    bench.synth("batch", "many.csv", "--offline", "--quiet", workspace=place)
    one, many = (
        middle([bench.synth("batch", name, "--offline", "--quiet", workspace=place) for _ in range(bench.repeats)])
        for name in ("one.csv", "many.csv")
    )
    each = (many.wall_s - one.wall_s) / (BATCH - 1) * 1000
    name = f"batch of {BATCH} reports, nothing changed"
    note = f"{each:.1f} ms a report beyond the first"
    yield Row(name=name, figures=many, runs=bench.repeats, aim="10 ms a report", met=each <= 10, note=note)
    reports = sorted(path for path in (ROOT / "reports").iterdir() if path.is_dir())[:2]
    figures = middle([bench.synth("diff", *reports, "--no-meaning", workspace=place) for _ in range(7)])
    yield Row(name="`synth diff` of two reports", figures=figures, runs=7, aim="0.5 s", met=figures.wall_s <= 0.5)


def table(rows: Sequence[Row], where: str) -> str:
    """The rows as Markdown, with the machine named above them."""
    head = ["| measured | wall | CPU | peak memory | runs | aim | |", "|---|---:|---:|---:|---:|---|---|"]
    body = []
    for row in rows:
        if row.figures is None:
            body.append(f"| {row.name} | skipped | | | | | {row.note} |")
            continue
        figures = (f"{row.figures.wall_s:.2f} s", f"{row.figures.cpu_s:.2f} s", f"{row.figures.peak_mb:,.0f} MB")
        verdict = {True: "met", False: "missed", None: ""}[row.met]
        last = "; ".join(part for part in (verdict, row.note) if part)
        body.append(f"| {row.name} | {' | '.join(figures)} | {row.runs} | {row.aim} | {last} |")
    return "\n".join([f"Measured on {where}.", "", *head, *body])


def main() -> int:
    """Measure all, print the table; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    shared = ROOT.parent / "shared" / "arxiv"
    parser.add_argument("--pdfs", type=Path, default=shared / "pdf", help="folder of at least 15 PDFs")
    parser.add_argument("--replica", type=Path, default=shared / "replica.py", help="the program that plays arXiv")
    parser.add_argument("--repeats", type=int, default=3, help="runs behind a median (3)")
    parser.add_argument("--cores", type=int, default=2, help="cores to use (2)")
    parser.add_argument(
        "--only", choices=("help", "offline", "tables", "pdfs", "replica"), help="one part of the table"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    given = parser.parse_args()
    where = machine(hold_to_cores(given.cores))
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), given.repeats)
        parts: dict[str, Callable[[], Iterator[Row]]] = {
            "help": lambda: iter([help_page(bench)]),
            "offline": lambda: offline(bench),
            "tables": lambda: tables(bench),
            "pdfs": lambda: with_pdfs(bench, given.pdfs),
            "replica": lambda: iter([against_replica(bench, given.replica)]),
        }
        for name, part in parts.items():
            if given.only in (None, name):
                try:
                    rows += part()
                except BenchmarkError as error:
                    print(f"bench: {error}", file=sys.stderr)
                    return 1
    print(table(rows, where))
    if given.json:
        body = {"machine": where, "rows": [dataclasses.asdict(row) for row in rows]}
        given.json.write_text(json.dumps(body, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
