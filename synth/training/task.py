"""The pairs of the second phase: claims of papers against passages of papers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from synth.training.abstracts import contrast_pairs, read_abstracts, summary_pairs, title_pairs
from synth.training.judged import read_judged
from synth.training.mixture import TASK_CAPS, mix
from synth.training.own import own_pairs, read_claims, read_written, written_pairs
from synth.training.pairs import Pair, PairLabel, sentences
from synth.training.passages import read_passage_claims
from synth.training.readers import read_files
from synth.training.tables import table_pairs


def task_pairs(folders: Sequence[Path], general: Sequence[Pair], seed: int, abstracts: int) -> list[Pair]:
    """Pairs of the second phase from all data folders.

    Args:
        folders: Data folders, each with any of the claims, abstracts, summaries and tables.
        general: Pairs of the first phase, some of which are seen again so that they are not forgotten.
        seed: Seed of all draws.
        abstracts: How many abstracts to make contrast pairs from.
    """
    found: list[Pair] = [*general, *written_pairs(read_written(folders), seed, whole=0.1)]
    for name in ("passage_claims", "short_claims"):
        found += written_pairs(read_passage_claims(folders, name), seed, name, whole=0.1)
    judged = read_judged(folders)
    found += judged + [pair for pair in judged if pair.label is not PairLabel.NEUTRAL]  # nine in ten are neutral
    for folder in folders:
        found += own_pairs(read_claims(folder), seed)
        found += summary_pairs(folder, seed)
        sample = read_abstracts(folder, abstracts, seed)
        found += contrast_pairs(sample, seed)
        found += title_pairs(sample)
        if (folder / "sets.tar.xz").is_file() or (folder / "scitab").is_dir():
            found += table_pairs(read_files(folder), seed)
    return [p for p in mix(found, TASK_CAPS, seed) if 4 <= len(p.hypothesis.split()) <= 60 and sentences(p.premise)]
