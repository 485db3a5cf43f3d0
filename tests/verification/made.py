"""Hand-made passages, claims, evidence and calibrators."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from synth.types import (
    Claim,
    Evidence,
    NumberCheck,
    Origin,
    Passage,
    PassageKind,
    SectionRole,
    Stance,
)
from synth.verification.calibration import Calibrator, Calibrators
from synth.verification.features import FEATURES
from synth.verification.risk import RiskRow

LOGITS = {Stance.SUPPORTS: (4.0, 0.0, -4.0), Stance.NEUTRAL: (-1.0, 3.0, -1.0), Stance.REFUTES: (-4.0, 0.0, 4.0)}


def passage(name: str, text: str = "A passage on transfer.", *, start: int = 0) -> Passage:
    """``P1#0001`` is a passage of the paper P1."""
    return Passage(
        id=name,
        paper_id=name.partition("#")[0],
        kind=PassageKind.PROSE,
        section="4 Results",
        role=SectionRole.RESULTS,
        page=1,
        start=start,
        end=start + len(text),
        text=text,
    )


def claim(text: str = "Transfer to Urdu improves with scale.", *, origins: Sequence[Origin] = ()) -> Claim:
    return Claim(id="c1", text=text, origins=tuple(origins))


def origin(paper: str = "P1", start: int = 0, end: int = 50, verbatim: str = "x") -> Origin:
    return Origin(paper_id=paper, section="1", page=1, start=start, end=end, verbatim=verbatim)


def evidence(
    name: str,
    stance: Stance,
    *,
    rank: int = 1,
    numbers: NumberCheck = NumberCheck.NONE,
    independent: bool = True,
    logits: tuple[float, float, float] | None = None,
) -> Evidence:
    return Evidence(
        claim_id="c1",
        passage_id=name,
        paper_id=name.partition("#")[0],
        stance=stance,
        logits=logits or LOGITS[stance],
        dense=0.5,
        rank=rank,
        numbers=numbers,
        independent=independent,
    )


def calibrator(*, threshold: float = 0.8, weight: float = 1.0, model: str = "tiny@1") -> Calibrator:
    """Supported grows with the largest entailment, refuted with the largest contradiction."""
    zeros = dict.fromkeys(FEATURES, 0.0)
    rows = ({**zeros, "entailment_max": weight}, {**zeros, "contradiction_max": weight}, zeros)
    return Calibrator(
        model=model,
        mean=(0.0,) * len(FEATURES),
        scale=(1.0,) * len(FEATURES),
        coefficients=tuple(tuple(row[name] for name in FEATURES) for row in rows),
        intercepts=(0.0, 0.0, 0.0),
        n=240,
        table=(RiskRow(threshold, 200, 2, 0.5),),
        ece=0.04,
    )


def calibrators(*, asked: float = 0.9, **stated: Any) -> Calibrators:
    """Two of the kind above; ``asked`` is the threshold of the claims that a reader brings."""
    one = calibrator(**stated)
    return Calibrators(
        model=one.model,
        stated=one,
        asked=dataclasses.replace(one, n=120, table=(RiskRow(asked, 120, 1, 0.25),), ece=0.06),
        gold="made by hand",
        measured={"accuracy": 0.6},
    )
