from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.types import Evidence, NumberCheck, Stance
from synth.verification.features import CLIP, FEATURES, best_supporting, features, log_odds
from tests.verification.made import claim, evidence, passage

PASSAGES = {f"P{at}#0001": passage(f"P{at}#0001", f"Transfer to Urdu number {at}.") for at in range(6)}
PIECES = st.lists(
    st.builds(
        evidence,
        st.sampled_from(sorted(PASSAGES)),
        st.sampled_from(list(Stance)),
        rank=st.integers(1, 9),
        numbers=st.sampled_from(list(NumberCheck)),
        logits=st.tuples(*[st.floats(-60, 60)] * 3),
    ),
    max_size=6,
    unique_by=lambda item: item.passage_id,
)


def named(pieces: list[Evidence], text: str = "Transfer to Urdu improves.") -> dict[str, float]:
    return dict(zip(FEATURES, features(claim(text), pieces, PASSAGES), strict=True))


def test_every_feature_is_documented():
    from pathlib import Path

    import synth.verification.features as module

    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    for name in FEATURES:
        assert f"``{name}``" in source


def test_no_evidence_says_so():
    row = named([])
    assert row["entailment_max"] == row["contradiction_top3"] == -CLIP
    assert row["papers_supporting"] == row["similarity_max"] == 0


def test_the_best_supporting_passage_speaks():
    row = named(
        [
            evidence("P1#0001", Stance.NEUTRAL, rank=1, numbers=NumberCheck.DISAGREE),
            evidence("P2#0001", Stance.SUPPORTS, rank=4, numbers=NumberCheck.AGREE),
            evidence("P3#0001", Stance.REFUTES, rank=2),
        ]
    )
    assert row["best_reciprocal_rank"] == 0.25
    assert (row["numbers_agree"], row["numbers_disagree"], row["numbers_agree_anywhere"]) == (1, 0, 1)
    assert row["papers_supporting"] == row["papers_refuting"] == pytest.approx(np.log(2))
    assert row["words_shared"] == pytest.approx(2 / 3)
    assert row["best_difference"] > 0


@given(PIECES, st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_does_not_matter(pieces, rng):
    shuffled = rng.sample(pieces, len(pieces))
    assert features(claim(), shuffled, PASSAGES) == pytest.approx(features(claim(), pieces, PASSAGES), abs=1e-12)
    assert best_supporting(shuffled) == best_supporting(pieces)


@given(PIECES)
def test_rows_are_finite_and_of_one_width(pieces):
    row = features(claim(), pieces, PASSAGES)
    assert row.shape == (len(FEATURES),)
    assert np.isfinite(row).all()


def test_log_odds_are_clipped():
    assert log_odds(np.array([500.0, 0, 0]))[0] == CLIP
    assert log_odds(np.array([0.0, 0, 0])) == pytest.approx([np.log(0.5)] * 3)
