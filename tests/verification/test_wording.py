"""The sentence that says why a claim has its label counts passages and papers, and tells what speaks against it."""

from __future__ import annotations

import dataclasses

import pytest

from synth.types import Evidence, Label, NumberCheck, Stance
from synth.verification.wording import reason_for
from tests.verification.made import claim, evidence

YES, NO = Stance.SUPPORTS, Stance.REFUTES
ABOUT = claim("Transfer to Urdu improves by 2.4 points.")
LACKS, OTHER = NumberCheck.MISSING, NumberCheck.DISAGREE


@pytest.mark.parametrize(
    ("label", "pieces", "said"),
    [
        (
            Label.REFUTED,
            [evidence("P1#0001", NO), evidence("P2#0001", YES)],
            "Contradicted by 1 passage of 1 paper, while 1 passage of 1 paper would support it.",
        ),
        (
            Label.NOT_ENOUGH_INFO,
            [evidence("P1#0001", NO), evidence("P1#0002", NO)],
            "Contradicted by 2 passages of 1 paper, not surely enough.",
        ),
        (
            Label.NOT_ENOUGH_INFO,
            [evidence("P1#0001", YES, numbers=LACKS), evidence("P2#0001", YES, numbers=LACKS)],
            "Entailed in wording by 2 passages of 2 papers, which lack its figures.",
        ),
        (
            Label.NOT_ENOUGH_INFO,
            [evidence("P1#0001", YES, numbers=LACKS), evidence("P2#0001", YES, numbers=OTHER)],
            "Entailed in wording by 2 passages of 2 papers, which give another figure.",
        ),
    ],
)
def test_why_a_claim_has_its_label(label: Label, pieces: list[Evidence], said: str) -> None:
    assert reason_for(label, ABOUT, pieces, n_read=5) == said


def test_what_arithmetic_bears_out_is_clear_whatever_the_model_reads() -> None:
    faint = evidence("P1#0001", YES, numbers=NumberCheck.AGREE, logits=(0.9, 1.0, -3.0))
    sentence = "Entailed by 1 passage of 1 paper; its figures agree"
    assert reason_for(Label.SUPPORTED, ABOUT, [faint], n_read=5) == f"{sentence}, but not clearly."
    computed = dataclasses.replace(faint, arithmetic="64.4 − 62.0 = 2.4")
    assert reason_for(Label.SUPPORTED, ABOUT, [computed], n_read=5) == f"{sentence}."
