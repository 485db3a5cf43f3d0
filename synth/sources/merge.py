"""One list of papers from several searches."""

from __future__ import annotations

from collections.abc import Iterable

from synth.sources.ids import base_id, version
from synth.types import Paper, Source

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

    A PDF of one's own and arXiv's record or a digest of the same paper bear the same title, and what one of them says
    is no independent evidence for another. Two papers that both have an arXiv id are told by it, whatever their titles.
    """
    others = tuple(of)
    ids = {base_id(other.id) for other in others}
    titles = {squeezed(other.title) for other in others}
    of_files = {squeezed(other.title) for other in others if other.source is Source.FILE}

    def is_copy(one: Paper) -> bool:
        title = squeezed(one.title)
        alike = len(title) >= _TELLING and title in (titles if one.source is Source.FILE else of_files)
        return alike or base_id(one.id) in ids

    return tuple(one for one in papers if not is_copy(one))


def squeezed(title: str) -> str:
    """A title without its case, spaces and marks."""
    return "".join(char for char in title.casefold() if char.isalnum())
