"""All the evidence on a claim to one verdict (pure).

The rules, in this order:

1. A text without content gets no verdict: not check-worthy.
2. A label whose evidence could not be shown is not given. Refuted needs a passage that takes the side against the
   claim (:mod:`synth.verification.sides`). Supported needs one that takes its side and has its figures with the same
   meaning; for a reader's claim one that gives no other figure is enough, where all of its distinctive figures are
   printed in what was read.
3. Conflicting: one paper by itself makes the claim supported with a calibrated probability of
   :data:`STRONG` or more, another by itself makes it refuted with as much, and the cross-encoder sees both sides.
4. Otherwise the most probable of the labels that rule 2 leaves.
5. A check mark needs, beside the confidence, a passage that has the claim's figures with the same meaning and takes its
   side for the cross-encoder alone as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from synth.text import content_words
from synth.types import Claim, Evidence, Label, NumberCheck, Passage, PassageKind, Stance, Verdict
from synth.verification.calibration import CLASSES, Calibrator
from synth.verification.evidence import softmax
from synth.verification.features import features
from synth.verification.figures import all_printed
from synth.verification.sides import bears_out, carrying, entails, sided
from synth.verification.wording import reason_for

STRONG = 0.5
"""Calibrated probability from which one paper's evidence alone counts as a side of a conflict."""
STRONG_RAW = 0.8
"""The same for raw model probabilities, where there is no calibrator."""
MIN_WORDS = 3
"""Content words under which a text states nothing that evidence could bear on."""
AGAINST = 0.5
"""The model's own probability from which a passage that takes the side against the label is counted and shown."""


def judge(
    claim: Claim,
    evidence: Sequence[Evidence],
    passages: Mapping[str, Passage],
    calibrator: Calibrator | None,
) -> Verdict:
    """The verdict on a claim.

    Args:
        claim: The claim.
        evidence: All of its evidence, in any order; origins of the claim are no evidence.
        passages: The passages that the evidence names, by id.
        calibrator: Fitted for the model whose logits the evidence holds; without one the verdict has no
            confidence and no check mark.

    Returns:
        The label with its confidence: the calibrated probability of that label; for a conflict, that of support by
        the paper that supports the claim most, times that of refutation by the paper most against it.
    """
    if len(content_words(claim.text)) < MIN_WORDS:
        return _verdict(claim, (), passages, Label.NOT_CHECKWORTHY, None, verified=False)
    evidence = tuple(sorted(evidence, key=lambda item: (item.rank, item.passage_id)))
    if calibrator is None:
        return _verdict(claim, evidence, passages, _raw_label(evidence), None, verified=False)
    weights = _probabilities(claim, evidence, passages, calibrator)
    conflict = _conflict(claim, evidence, passages, calibrator)
    if conflict is not None:
        return _verdict(claim, evidence, passages, Label.CONFLICTING, conflict, verified=False)
    evidence = sided(claim, evidence, passages, calibrator)
    # claims of papers gained nothing from figures that are only printed (decisions/0013)
    printed = not claim.origins and all_printed(claim.text, [passages[item.passage_id] for item in evidence])
    shown = {label: weight for label, weight in weights.items() if allowed(label, evidence, printed=printed)}
    label = max(shown, key=lambda name: (shown[name], name is Label.NOT_ENOUGH_INFO, name))
    verdict = _verdict(claim, evidence, passages, label, weights[label], verified=False)
    return replace(verdict, verified=markable(verdict) and weights[label] >= calibrator.threshold)


def markable(verdict: Verdict) -> bool:
    """Whether a verdict may have a check mark, if it is sure enough (rule 5)."""
    return verdict.label is Label.SUPPORTED and any(bears_out(item) and entails(item) for item in verdict.evidence)


def _probabilities(
    claim: Claim, evidence: Sequence[Evidence], passages: Mapping[str, Passage], calibrator: Calibrator
) -> dict[Label, float]:
    row = calibrator.probabilities(features(claim, evidence, passages)[np.newaxis])[0]
    return dict(zip(CLASSES, map(float, row), strict=True))


def allowed(label: Label, evidence: Sequence[Evidence], *, printed: bool = False) -> bool:
    """Whether the evidence that a label needs could be shown (rule 2).

    Args:
        label: The label.
        evidence: With its sides.
        printed: Whether it is enough that the claim's figures are printed, and whether they are.
    """
    if label is Label.SUPPORTED:
        found = carrying(evidence)
        return bool(found) and (printed or bears_out(found[0]))
    if label is Label.REFUTED:
        return any(item.stance is Stance.REFUTES for item in evidence)
    return True


def _conflict(
    claim: Claim, evidence: Sequence[Evidence], passages: Mapping[str, Passage], calibrator: Calibrator
) -> float | None:
    """The probability that one paper supports the claim and another refutes it (rule 3); None where none do."""
    supporting, refuting = 0.0, 0.0
    papers = {item.paper_id for item in evidence if item.stance is not Stance.NEUTRAL}
    for paper in sorted(papers) if len(papers) > 1 else ():
        own = [item for item in evidence if item.paper_id == paper]
        weights = _probabilities(claim, own, passages, calibrator)
        if weights[Label.SUPPORTED] >= STRONG and allowed(Label.SUPPORTED, own):
            supporting = max(supporting, weights[Label.SUPPORTED])
        elif weights[Label.REFUTED] >= STRONG and allowed(Label.REFUTED, own):
            refuting = max(refuting, weights[Label.REFUTED])
    return supporting * refuting if supporting and refuting else None


def _raw_label(evidence: Sequence[Evidence]) -> Label:
    """The label by the model's own probabilities: which says more, not how sure it is."""
    supporting = {item.paper_id: _weight(item) for item in sorted(evidence, key=_weight) if bears_out(item)}
    refuting = {item.paper_id: _weight(item) for item in sorted(evidence, key=_weight) if item.stance is Stance.REFUTES}
    strong_for = {paper for paper, weight in supporting.items() if weight >= STRONG_RAW}
    strong_against = {paper for paper, weight in refuting.items() if weight >= STRONG_RAW}
    if any(one != other for one in strong_for for other in strong_against):
        return Label.CONFLICTING
    best_for, best_against = max(supporting.values(), default=0.0), max(refuting.values(), default=0.0)
    if best_for == best_against:
        return Label.NOT_ENOUGH_INFO
    return Label.SUPPORTED if best_for > best_against else Label.REFUTED


def _weight(item: Evidence) -> float:
    """The model's probability of the stance that a piece of evidence takes."""
    probabilities = softmax(np.array(item.logits))
    return float(probabilities[2 if item.stance is Stance.REFUTES else 0])


def _counted(label: Label, item: Evidence) -> bool:
    """Whether a passage takes a side, and on the side against the label does so surely.

    Where the label is not enough info, what the claim's own paper says for it counts as well: it was found, and a
    reader sees at a glance whether it is enough.
    """
    if item.stance is Stance.NEUTRAL:
        return False
    if label is Label.NOT_ENOUGH_INFO and item.stance is Stance.SUPPORTS and not item.independent:
        return True
    sides = {
        Label.SUPPORTED: (Stance.SUPPORTS,),
        Label.REFUTED: (Stance.REFUTES,),
        Label.CONFLICTING: (Stance.SUPPORTS, Stance.REFUTES),
    }
    return item.stance in sides.get(label, ()) or _weight(item) >= AGAINST


def _verdict(
    claim: Claim,
    evidence: Sequence[Evidence],
    passages: Mapping[str, Passage],
    label: Label,
    confidence: float | None,
    *,
    verified: bool,
) -> Verdict:
    counted = [item for item in evidence if _counted(label, item)]
    supporting = _apart(
        (item for item in counted if item.stance is Stance.SUPPORTS),
        passages,
        key=lambda item: (
            not bears_out(item),
            item.numbers is NumberCheck.DISAGREE,
            not entails(item),
            -_weight(item),
            item.rank,
            item.passage_id,
        ),
    )
    refuting = _apart(
        (item for item in counted if item.stance is Stance.REFUTES),
        passages,
        key=lambda item: (-_weight(item), item.rank, item.passage_id),
    )
    rested_on = [item for item in supporting if bears_out(item)]
    if label is Label.SUPPORTED:
        rested_on = list(carrying(supporting))
    return Verdict(
        claim_id=claim.id,
        label=label,
        confidence=confidence,
        verified=verified,
        evidence=(*supporting, *refuting),
        n_self=sum(not item.independent for item in rested_on),
        n_independent=len({item.paper_id for item in rested_on if item.independent}),
        n_refuting=len({item.paper_id for item in refuting}),
        reason=reason_for(label, claim, (*supporting, *refuting), n_read=len(evidence)),
    )


def _apart(
    items: Iterable[Evidence], passages: Mapping[str, Passage], *, key: Callable[[Evidence], Any]
) -> list[Evidence]:
    """The pieces in order, but for windows that share a sentence with a better one: that is one passage, read twice."""
    kept: list[Evidence] = []
    for item in sorted(items, key=key):
        one = passages[item.passage_id]
        if not any(_share_text(one, passages[other.passage_id]) for other in kept):
            kept.append(item)
    return kept


def _share_text(one: Passage, other: Passage) -> bool:
    """Whether two windows of running text overlap; rows of a table all have the place of its caption."""
    both = one.kind is other.kind is PassageKind.PROSE and one.paper_id == other.paper_id
    return both and one.start < other.end and other.start < one.end
