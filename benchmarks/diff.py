"""Measures the core of ``synth diff``, and prints Markdown tables: ``python benchmarks/diff.py [--meaning]``.

The first table is of two synthetic tables of 10,000 claims with edits, matched by id and wording. With ``--meaning``
the second one says what of the invented pairs in ``diff_pairs.jsonl`` is found by wording and by meaning; it loads the
encoder and the verifier. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from measure import hold_to_cores, machine

from synth.diff.compare import compare
from synth.diff.delta import Delta, Kind
from synth.diff.matching.meaning import EntailmentJudge, MeaningJudge
from synth.diff.matching.pairs import match
from synth.diff.table import Row, Table
from synth.text import claim_id
from synth.types import Label

CLAIMS = 10_000
AIM_S = 5.0
PAIRS = Path(__file__).with_name("diff_pairs.jsonl")
_NOUNS = (
    "adapter alignment annotator attention batch beam benchmark caption checkpoint classifier cluster context corpus "
    "curriculum decoder dialect distance document domain embedding encoder entity error gradient head index label "
    "language layer lexicon loss mask memory metric model network objective parser passage penalty phrase policy "
    "prefix probe prompt question ranking recall representation retriever sample schedule script segment sentence "
    "signal speaker student summary teacher template token transcript translation vector verb vocabulary weight word"
)
_VERBS = (
    "aligns changes costs covers delays doubles explains finds gives groups halves helps hides hurts improves keeps "
    "limits lowers needs predicts raises reaches reduces removes repeats replaces reveals separates shifts shows"
)
NOUNS, VERBS = tuple(_NOUNS.split()), tuple(_VERBS.split())

Edit = Callable[[Row, random.Random], Row]


def synthetic(count: int, dice: random.Random) -> list[Row]:
    """Claims of 12 to 30 words from a small vocabulary, so that each shares words with thousands of others."""
    rows: dict[str, Row] = {}
    while len(rows) < count:
        words = [dice.choice(NOUNS) for _ in range(dice.randint(8, 26))]
        words[3] = dice.choice(VERBS)
        words[6] = f"by {dice.randint(1, 400) / 10}"
        text = f"The {' '.join(words)}."
        row = Row(
            id=claim_id(text),
            number=len(rows) + 1,
            text=text,
            label=dice.choice(tuple(Label)),
            confidence=round(dice.random(), 4),
        )
        rows.setdefault(row.id, row)
    return list(rows.values())


def reword(row: Row, dice: random.Random) -> Row:
    """Two words exchanged for others."""
    words = row.text.split()
    for _ in range(2):
        words[dice.randrange(8, len(words))] = dice.choice(NOUNS)
    return _worded(row, " ".join(words))


def other_figure(row: Row, dice: random.Random) -> Row:
    """Another figure."""
    words = row.text.split()
    words[8] = str(dice.randint(1, 400) / 10)
    return _worded(row, " ".join(words))


def cut(row: Row, dice: random.Random) -> Row:
    """Broken off after 120 characters."""
    return replace(_worded(row, row.text[:120]), cut=True) if len(row.text) > 120 else row


def relabel(row: Row, dice: random.Random) -> Row:
    """Another label and confidence."""
    return replace(row, label=dice.choice(tuple(Label)), confidence=round(dice.random(), 4))


def _worded(row: Row, text: str) -> Row:
    return replace(row, text=text, id=claim_id(text))


def edited(rows: Sequence[Row], edits: Sequence[tuple[float, Edit]], dice: random.Random) -> list[Row]:
    """The rows in another order, some of them edited, one in fifty replaced by another claim."""
    found = []
    for row in rows:
        for share, edit in edits:
            if dice.random() < share:
                row = edit(row, dice)
        found.append(row)
    kept = found[len(found) // 50 :] + synthetic(len(found) // 50, dice)
    dice.shuffle(kept)
    return [replace(row, number=number) for number, row in enumerate(kept, start=1)]


def timed(old: Sequence[Row], new: Sequence[Row], repeats: int) -> tuple[float, float, Delta]:
    """The shortest of some runs, its processor time, and the difference."""
    best, busy = float("inf"), 0.0
    before, after = Table(name="old", rows=tuple(old)), Table(name="new", rows=tuple(new))
    for _ in range(repeats):
        started, busy_before = time.perf_counter(), time.process_time()
        delta = compare(before, after)
        wall = time.perf_counter() - started
        if wall < best:
            best, busy = wall, time.process_time() - busy_before
    return best, busy, delta


def speed(claims: int, repeats: int) -> str:
    """The table of times."""
    dice = random.Random(4)
    rows = synthetic(claims, dice)
    usual = [(0.1, reword), (0.05, other_figure), (0.2, relabel)]
    cases: dict[str, Sequence[tuple[float, Edit]]] = {
        "nothing edited but 2% replaced": [],
        "10% reworded, 5% with another figure, 20% with another label": usual,
        "the same, and a third cut after 120 characters": [*usual, (0.33, cut)],
        "every claim reworded": [(1.0, reword)],
    }
    lines = [
        f"| two tables of {claims:,} claims | wall | CPU | aim | pairs | reworded | added | removed |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, edits in cases.items():
        wall, busy, delta = timed(rows, edited(rows, edits, dice), repeats)
        counts = [len(delta.pairs), delta.count(Kind.REWORDED), len(delta.added), len(delta.removed)]
        figures = " | ".join(f"{count:,}" for count in counts)
        lines.append(f"| {name} | {wall:.2f} s | {busy:.2f} s | {AIM_S:g} s | {figures} |")
    return "\n".join(lines)


def found(olds: Sequence[str], news: Sequence[str], judge: MeaningJudge | None) -> tuple[int, int]:
    """How many rows were paired with the one of the same place, and how many with another."""
    tables = [[Row(id=claim_id(text), number=n, text=text) for n, text in enumerate(texts)] for texts in (olds, news)]
    pairs = match(*tables, judge=judge).pairs
    right = sum(pair.old.number == pair.new.number for pair in pairs)
    return right, len(pairs) - right


def meaning() -> str:
    """The table of what is found."""
    from synth.retrieval.dense import MiniLmEncoder
    from synth.verification.nli import load_nli

    judge = EntailmentJudge(MiniLmEncoder(), load_nli(None))
    given = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    claims = [one["claim"] for one in given]
    lines = [
        "| claims against | pairs | matched by wording | with meaning too | matched with another row |",
        "|---|---:|---:|---:|---:|",
    ]
    for name in ("reworded", "paraphrase"):
        texts = [one[name] for one in given]
        (by_wording, wrong), (in_all, more) = found(claims, texts, None), found(claims, texts, judge)
        lines.append(f"| {name} (should match) | {len(texts)} | {by_wording} | {in_all} | {max(wrong, more)} |")
    for kind in sorted({kind for one in given for kind in one["others"]}):
        some = [one for one in given if kind in one["others"]]
        olds, news = [one["claim"] for one in some], [one["others"][kind] for one in some]
        (by_wording, wrong), (in_all, more) = found(olds, news, None), found(olds, news, judge)
        lines.append(f"| other {kind} (near-miss) | {len(some)} | {by_wording} | {in_all} | {max(wrong, more)} |")
    return "\n".join(lines)


def main() -> int:
    """Measure, print; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--claims", type=int, default=CLAIMS, help=f"claims of a table ({CLAIMS})")
    parser.add_argument("--repeats", type=int, default=3, help="runs of which the shortest counts (3)")
    parser.add_argument("--cores", type=int, default=2, help="cores to use (2)")
    parser.add_argument("--meaning", action="store_true", help="also what is found by meaning (loads the models)")
    given = parser.parse_args()
    print(f"Measured on {machine(hold_to_cores(given.cores))}.\n")
    print(speed(given.claims, given.repeats))
    if given.meaning:
        print(f"\n{meaning()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
