"""Which side each passage takes in the light of a calibrator (pure)."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence

import numpy as np

from synth.types import Claim, Evidence, NumberCheck, Passage, Stance
from synth.verification.calibration import Calibrator
from synth.verification.evidence import MARGIN, speaks, stance_of
from synth.verification.features import features, has_figures


def sided(
    claim: Claim, evidence: Sequence[Evidence], passages: Mapping[str, Passage], calibrator: Calibrator | None
) -> tuple[Evidence, ...]:
    """The evidence on a reader's claim with the side of each passage, as cross-encoder and calibrator see it together.

    The cross-encoder alone tells the two sides apart badly; words, names and figures that claim and passage share
    help it, and the calibrator, given one passage as if it were the only one, has learned how much. A passage
    refutes where either of them says so, and supports where the calibrator says so and the cross-encoder does not
    refute. A passage that is neutral by far for the cross-encoder stays so, and a row that was computed with keeps
    what follows from the sum.

    Claims that papers state keep the cross-encoder's sides: next to none of them is refuted, so that their calibrator
    knows support from silence and hardly one side from the other.

    Args:
        claim: The claim.
        evidence: Its evidence, with the stances of the cross-encoder.
        passages: The passages that the evidence names, by id.
        calibrator: Fitted for that cross-encoder; without one nothing changes.
    """
    if calibrator is None or claim.origins or not evidence:
        return tuple(evidence)
    alone = np.array([features(claim, [item], passages) for item in evidence])
    return tuple(
        item if item.arithmetic else dataclasses.replace(item, stance=_side(item, lean))
        for item, lean in zip(evidence, calibrator.lean(alone).tolist(), strict=True)
    )


def bears_out(item: Evidence) -> bool:
    """Whether a passage supports the claim and has its figures with the same meaning."""
    return item.stance is Stance.SUPPORTS and has_figures(item)


def entails(item: Evidence) -> bool:
    """Whether a passage supports the claim for the cross-encoder by itself, or by arithmetic."""
    return bool(item.arithmetic) or stance_of(item.logits) is Stance.SUPPORTS


def carrying(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The passages that a label of support rests on.

    Those that bear the claim out; where none does, those that support it and give no other figure.
    """
    supporting = [item for item in evidence if item.stance is Stance.SUPPORTS]
    whole = tuple(item for item in supporting if bears_out(item))
    return whole or tuple(item for item in supporting if item.numbers is not NumberCheck.DISAGREE)


def _side(item: Evidence, lean: float) -> Stance:
    if not speaks(item.logits):
        return Stance.NEUTRAL
    if lean <= -math.log(MARGIN) or stance_of(item.logits) is Stance.REFUTES:
        return Stance.REFUTES
    return Stance.SUPPORTS if lean >= math.log(MARGIN) else Stance.NEUTRAL
