"""Gold claims from decisions, in the form that ``synth calibrate --gold`` reads. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synth.review.agreement import WRONG, rating
from synth.review.decisions import Seen
from synth.sources.ids import base_id
from synth.types import CheckedClaim, Label, Paper, Report, Source

LABELS = (Label.SUPPORTED, Label.REFUTED, Label.NOT_ENOUGH_INFO)
"""A calibrator learns these three; the other labels follow from rules."""
ABOUT_DIGESTS = "digests"
"""``synth calibrate`` looks for the papers of files of this name among the embedded digests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What reviewers' decisions give, and what they do not."""

    papers: tuple[Mapping[str, Any], ...]
    """Rows about papers read in full or by their abstract, in the order of their ids."""
    digests: tuple[Mapping[str, Any], ...]
    """Rows about embedded digests, which a file of their own must hold."""
    rejected: int = 0
    """Claims whose label is wrong, but nobody said which is right."""
    tied: int = 0
    """Claims on which reviewers disagree without a majority."""
    other_label: int = 0
    """Claims that are conflicting or not check-worthy."""
    homeless: int = 0
    """Claims that no paper states and no quote bears on."""


def gold(reports: Sequence[tuple[Report, Sequence[Seen]]]) -> Gold:
    """Gold claims from the reviewed rows of reports; each claim once, however many reports show it.

    The right label is that of the majority of the reviewers; one who holds two labels right, in two reports, has no
    vote.
    """
    found: dict[str, list[tuple[Report, Seen]]] = {}
    for report, rows in reports:
        for one in rows:
            if one.row.reviewed:
                found.setdefault(one.id, []).append((report, one))
    out: Counter[str] = Counter()
    made: dict[bool, list[Mapping[str, Any]]] = {False: [], True: []}
    for claim in sorted(found):
        label = _right(found[claim], out)
        if label is None:
            continue
        home = next((paper for report, one in found[claim] if (paper := _home(report, one.row))), None)
        if home is None:
            out["homeless"] += 1
        else:
            made[home.source is Source.DIGEST].append(_row(claim, label, home, [one for _, one in found[claim]]))
    return Gold(papers=tuple(made[False]), digests=tuple(made[True]), **out)


def gold_lines(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as JSONL."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _right(views: Sequence[tuple[Report, Seen]], out: Counter[str]) -> Label | None:
    """The label of the majority, or None with the reason counted."""
    said: dict[str, set[str]] = {}
    for _, one in views:
        for note in one.row.reviewed:
            said.setdefault(note.reviewer, set()).add(rating(note, one))
    votes = Counter(next(iter(ratings)) for ratings in said.values() if len(ratings) == 1)
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        out["tied"] += 1
        return None
    if ranked[0][0] == WRONG:
        out["rejected"] += 1
        return None
    label = Label(ranked[0][0])
    if label not in LABELS:
        out["other_label"] += 1
        return None
    return label


def _home(report: Report, row: CheckedClaim) -> Paper | None:
    """The paper that states the claim first, or the best evidence's: what the claim is gold about."""
    papers = {one.paper.id: one.paper for one in report.papers}
    named = [origin.paper_id for origin in row.claim.origins] + [piece.paper_id for piece in row.verdict.evidence]
    return next((papers[name] for name in named if name in papers), None)


def _row(claim: str, label: Label, home: Paper, views: Sequence[Seen]) -> Mapping[str, Any]:
    row = views[0].row
    comments = sorted({note.comment for one in views for note in one.row.reviewed if note.comment})
    reviewers = sorted({note.reviewer for one in views for note in one.row.reviewed})
    stated = next((origin for origin in row.claim.origins if origin.paper_id == home.id), None)
    return {
        "id": f"V-{claim}",
        "claim": row.claim.text,
        "label": label.value.upper(),
        "paper": base_id(home.id),
        "page": (stated.page or None) if stated else None,
        "kind": "reviewed",
        "why": "; ".join(comments),
        "reviewers": reviewers,
        "origins": [
            {"paper": base_id(origin.paper_id), "start": origin.start, "end": origin.end, "verbatim": origin.verbatim}
            for origin in row.claim.origins
        ],
    }
