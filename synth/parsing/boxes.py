"""Rectangles on a page (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from synth.types import Box


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all boxes."""
    return Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))


def overlap(one: Box, other: Box) -> float:
    """Share of the lower box's height that both cover."""
    height = min(one.y1 - one.y0, other.y1 - other.y0)
    return (min(one.y1, other.y1) - max(one.y0, other.y0)) / height if height > 0 else 0.0
