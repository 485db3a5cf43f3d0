"""The pairs of the first phase: general inference, less everything that is measured on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from synth.jsonl import json_lines
from synth.training.mixture import GENERAL_CAPS, mix, without
from synth.training.pairs import Pair, PairLabel
from synth.training.readers import read_files, read_pairs, read_sets

_HEALTHVER = {"Supports": "entailment", "Refutes": "contradiction", "Neutral": "neutral"}


def general_pairs(folders: Sequence[Path], seed: int) -> list[Pair]:
    """Pairs of the first phase from all data folders that hold labelled sets.

    Args:
        folders: Data folders; those without sets add nothing.
        seed: Seed of the draw under the caps.
    """
    found: list[Pair] = []
    for folder in folders:
        if not _holds_sets(folder):
            continue
        files = read_files(folder)
        held = measured_mnli(files) + measured_healthver(files)
        premises = frozenset(p.premise for p in held)
        groups = frozenset(p.group for p in held if p.group)
        found += without([*read_sets(files), *read_pairs(folder)], premises=premises, groups=groups)
    return mix(found, GENERAL_CAPS, seed)


def _holds_sets(folder: Path) -> bool:
    return (folder / "sets.tar.xz").is_file() or (folder / "lingnli").is_dir() or (folder / "pairs.jsonl.xz").is_file()


def measured_mnli(files: dict[str, str]) -> list[Pair]:
    """Matched development set of MultiNLI (Williams et al., 2018): measured on, never trained on."""
    rows = [json.loads(line) for line in json_lines(files.get("mnli/val.jsonl", ""))]
    return [
        Pair(r["premise"].strip(), r["hypothesis"].strip(), PairLabel(r["label"]), "mnli_matched", "OANC and others")
        for r in rows
        if r["label"] in _HEALTHVER.values()
    ]


def measured_healthver(files: dict[str, str]) -> list[Pair]:
    """Development set of HealthVer (Sarrouti et al., 2021), grouped by claim: measured on, never trained on."""
    rows = csv.DictReader(io.StringIO(files.get("healthver/healthver_dev.csv", "")))
    return [
        Pair(r["evidence"], r["claim"], PairLabel(_HEALTHVER[r["label"]]), "healthver_dev", "none stated", r["claim"])
        for r in rows
    ]
