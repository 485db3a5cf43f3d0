"""The one sentence that says why a claim has its label (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from synth.types import Claim, Evidence, Label, NumberCheck, Stance
from synth.verification.features import has_figures
from synth.verification.numbers.extract import prints_figures
from synth.verification.sides import carrying


def reason_for(label: Label, claim: Claim, evidence: Sequence[Evidence], *, n_read: int) -> str:
    """Why a label was given, with the counts behind it.

    Args:
        label: The label.
        claim: The claim.
        evidence: The pieces that count for or against it.
        n_read: How many passages were read in all.
    """
    supporting = [item for item in evidence if item.stance is Stance.SUPPORTS]
    bearing = [item for item in supporting if has_figures(item)]
    refuting = [item for item in evidence if item.stance is Stance.REFUTES]
    if label is Label.NOT_CHECKWORTHY:
        return "States nothing that a passage could bear on."
    if label is Label.SUPPORTED:
        in_wording = "" if bearing else " in wording"
        resting = carrying(supporting)
        clearly = any(item.arithmetic or item.logits[0] >= item.logits[1] for item in resting)
        faintly = "" if clearly else ", but not clearly" if len(resting) == 1 else ", but by none of them clearly"
        return f"Entailed{in_wording} by {_places(resting, claim)}{_figures(claim, bearing)}{faintly}."
    if label is Label.REFUTED:
        also = f", while {_places(bearing, claim)} would support it" if bearing else ""
        return f"Contradicted by {_places(refuting, claim)}{also}."
    if label is Label.CONFLICTING:
        return f"Entailed by {_places(bearing, claim)} and contradicted by {_places(refuting, claim)}."
    if not n_read:
        return "No passage was found that could bear on it."
    if supporting and not bearing:
        other = any(item.numbers is NumberCheck.DISAGREE for item in supporting)
        one = len(supporting) == 1
        said = (
            ("gives" if one else "give") + " another figure" if other else ("lacks" if one else "lack") + " its figures"
        )
        return f"Entailed in wording by {_places(supporting, claim)}, which {said}."
    if bearing:
        return f"Entailed by {_places(bearing, claim)}, not surely enough."
    if refuting:
        return f"Contradicted by {_places(refuting, claim)}, not surely enough."
    return f"Neither clearly entailed nor contradicted by the {_count(n_read, 'passage')} nearest to it."


def _figures(claim: Claim, bearing: Sequence[Evidence]) -> str:
    """What became of the claim's figures; of "three", "first", years and the digits of names nothing is said."""
    if not bearing:
        return "; its figures could not be matched beyond doubt"
    agree = any(item.numbers is NumberCheck.AGREE for item in bearing)
    return "; its figures agree" if agree and prints_figures(claim.text) else ""


def _places(items: Sequence[Evidence], claim: Claim) -> str:
    """``3 passages of 2 other papers and 1 of its own paper``."""
    others = [item for item in items if item.independent]
    own = [item for item in items if not item.independent]
    other = "other " if claim.origins else ""
    parts = []
    if others:
        papers = len({item.paper_id for item in others})
        parts.append(f"{_count(len(others), 'passage')} of {_count(papers, other + 'paper')}")
    if own:
        papers = len({item.paper_id for item in own})
        place = "its own paper" if papers == 1 else "its own papers"
        parts.append(f"{len(own) if parts else _count(len(own), 'passage')} of {place}")
    return " and ".join(parts)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
