"""How often a passage that takes a side of a paper's claim is judged to take it.

``python benchmarks/judged_stances.py DATA…`` reads the judged passages of the held-out papers among the folders named
(``judged_claims.jsonl`` of ``data/training``, and a folder with ``sentences.jsonl.xz``) with the verifier that ships,
and counts the judgements behind each stance, apart for the claim's own paper and others (decisions/0017).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from synth.training.judged import LABELS, judged_passages
from synth.types import Stance
from synth.verification.evidence import stance_of, stance_on_stated
from synth.verification.nli import STATED, load_nli

BATCH = 256


def main() -> None:
    """Print one line for each stance of each kind of passage."""
    asked = [one for one in judged_passages([Path(name) for name in sys.argv[1:]], measured=True) if one.stated]
    nli = load_nli()
    pairs = [(one.passage, STATED + one.claim) for one in asked]
    logits = np.vstack([nli.logits(pairs[at : at + BATCH]) for at in range(0, len(pairs), BATCH)])
    rules: dict[str, Callable[[list[float], bool], Stance]] = {
        "plain": lambda row, _independent: stance_of(row),
        "as reports take it": lambda row, independent: stance_on_stated(row, independent=independent),
    }
    for rule, stance in rules.items():
        for independent in (False, True):
            counts: dict[Stance, Counter[str]] = {one: Counter() for one in Stance}
            for one, row in zip(asked, logits.tolist(), strict=True):
                if one.independent is independent:
                    counts[stance(row, independent)][one.judgement] += 1
            for side in (Stance.SUPPORTS, Stance.REFUTES):
                told = ", ".join(f"{name} {counts[side][name]}" for name in LABELS)
                paper = "another paper" if independent else "the claim's own paper"
                print(f"{rule}, {paper}, {side.value}: {counts[side].total()} ({told})")


if __name__ == "__main__":
    main()
