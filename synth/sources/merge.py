"""One list of papers from several searches."""

from __future__ import annotations

from collections.abc import Iterable

from synth.sources.ids import base_id, version
from synth.types import Paper

_TELLING = 16
"""Letters of a title that no two papers share by chance."""


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


def without_copies(papers: Iterable[Paper], of: Iterable[Paper]) -> tuple[Paper, ...]:
    """Papers that are none of the others under another id.

    A PDF of one's own, arXiv's record and a digest of one paper bear the same title, and what one of them says is no
    independent evidence for another.
    """
    others = tuple(of)
    ids = {base_id(other.id) for other in others}
    titles = {_squeezed(other.title) for other in others} - {""}
    return tuple(one for one in papers if base_id(one.id) not in ids and _squeezed(one.title) not in titles)


def _squeezed(title: str) -> str:
    """A title without its case, spaces and marks; empty where it is too short to name one paper alone."""
    letters = "".join(char for char in title.casefold() if char.isalnum())
    return letters if len(letters) >= _TELLING else ""
