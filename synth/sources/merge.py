"""One list of papers from several searches."""

from __future__ import annotations

from collections.abc import Iterable

from synth.sources.ids import base_id, version
from synth.types import Paper


def merge(lists: Iterable[Iterable[Paper]]) -> tuple[Paper, ...]:
    """Each paper once, in the order of its first appearance, in its highest version."""
    merged: dict[str, Paper] = {}
    for papers in lists:
        for paper in papers:
            base = base_id(paper.id)
            kept = merged.get(base)
            if kept is None or (version(paper.id) or 0) > (version(kept.id) or 0):
                merged[base] = paper
    return tuple(merged.values())
