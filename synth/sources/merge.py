"""One list of papers from several searches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

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

    Two papers whose arXiv ids are known, by record or by stamp, are told by them, whatever their titles: a later
    version may bear another one. A PDF without a stamp and arXiv's record or a digest of the same paper bear the same
    title. What one of them says is no independent evidence for another.
    """
    others = tuple(of)
    ids = {name for other in others for name in _names(other)}
    titles = {squeezed(other.title) for other in others}
    unstamped = {squeezed(other.title) for other in others if other.arxiv_id is None}

    def is_copy(one: Paper) -> bool:
        title = squeezed(one.title)
        alike = len(title) >= _TELLING and title in (titles if one.arxiv_id is None else unstamped)
        return alike or not ids.isdisjoint(_names(one))

    return tuple(one for one in papers if not is_copy(one))


def completed(papers: Iterable[Paper], records: Iterable[Paper]) -> tuple[Paper, ...]:
    """Papers with what records of the same papers say of them beyond what they say themselves.

    A PDF shows a title, mostly its authors, and little else that can be relied on. A record or a digest of it, told by
    the arXiv id or, where there is no stamp, by the title, knows how the title is written, who the authors are, and
    when it was first published: not before the month of its id, which is all that the stamp of a later version tells.
    Of several records of one paper the first tells.
    """
    known = tuple(records)[::-1]  # the first of several has the last word below
    by_name = {name: record for record in known for name in _names(record)}
    by_title = {title: one for one in known if len(title := squeezed(one.title)) >= _TELLING}

    def of(paper: Paper) -> Paper:
        names = sorted(_names(paper) & by_name.keys())
        record = by_name[names[0]] if names else None
        if record is None and paper.arxiv_id is None:
            record = by_title.get(squeezed(paper.title))
        if record is None:
            return paper
        return replace(
            paper,
            title=record.title,
            authors=record.authors or paper.authors,
            published=max(day) if (day := [one for one in (record.published, paper.published) if one]) else None,
            categories=paper.categories or record.categories,
        )

    return tuple(of(paper) for paper in papers)


def _names(paper: Paper) -> set[str]:
    return {base_id(name) for name in (paper.id, paper.arxiv_id) if name}


def squeezed(title: str) -> str:
    """A title without its case, spaces and marks."""
    return "".join(char for char in title.casefold() if char.isalnum())
