from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.types import Evidence, NumberCheck, Stance
from synth.verification.features import CLIP, FEATURES, features
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
        assert f"- ``{name}``: " in source


def test_figures_count_by_where_they_stand():
    text = "Transfer to Urdu reaches 64.2."
    near = passage("P1#0001", "Transfer to Urdu ends at 64.2.")
    far = passage("P1#0001", "A score is 64.2.")
    piece = [evidence("P1#0001", Stance.SUPPORTS)]
    at = FEATURES.index("figures_placed")
    assert features(claim(text), piece, {near.id: near})[at] > features(claim(text), piece, {far.id: far})[at] >= 0


def test_no_evidence_says_so():
    row = named([])
    assert row["entailment_max"] == row["contradiction_max"] == row["entailment_with_figures"] == -CLIP
    assert row["figures_agree"] == row["similarity_max"] == 0


def test_a_row_by_hand():
    row = named(
        [
            evidence("P1#0001", Stance.NEUTRAL, numbers=NumberCheck.DISAGREE, logits=(0.0, 4.0, 1.0)),
            evidence("P2#0001", Stance.SUPPORTS, numbers=NumberCheck.AGREE, logits=(2.0, 1.0, -1.0)),
            evidence("P3#0001", Stance.SUPPORTS, numbers=NumberCheck.MISSING, logits=(5.0, 1.0, -2.0)),
        ]
    )
    expected = {
        "entailment_max": 4,
        "entailment_with_figures": 1,
        "contradiction_max": -2,
        "difference_at_strongest": 7,
        "words_shared": pytest.approx(2 / 3),
        "word_pairs_shared": pytest.approx(2 / 3),
        "names_shared": 1,
        "similarity_max": 0.5,
        "figures_agree": 1,
        "figures_disagree": 0,
        "figures_missing": 0,
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([NumberCheck.AGREE, NumberCheck.DISAGREE], (1, 0, 0)),
        ([NumberCheck.MISSING, NumberCheck.DISAGREE], (0, 1, 0)),
        ([NumberCheck.MISSING, NumberCheck.MISSING], (0, 0, 1)),
        ([NumberCheck.NONE, NumberCheck.NONE], (0, 0, 0)),
    ],
)
def test_figures(checks, expected):
    row = named([evidence(f"P{at}#0001", Stance.NEUTRAL, numbers=check) for at, check in enumerate(checks)])
    assert (row["figures_agree"], row["figures_disagree"], row["figures_missing"]) == expected


@given(PIECES, st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_does_not_matter(pieces, rng):
    shuffled = rng.sample(pieces, len(pieces))
    assert (features(claim(), shuffled, PASSAGES) == features(claim(), pieces, PASSAGES)).all()


@given(PIECES)
def test_rows_are_finite_and_of_one_width(pieces):
    row = features(claim(), pieces, PASSAGES)
    assert row.shape == (len(FEATURES),)
    assert np.isfinite(row).all()


def test_what_is_beyond_all_doubt_says_no_more():
    sure = named([evidence("P1#0001", Stance.REFUTES, logits=(-60.0, 0.0, 60.0))])
    assert (sure["entailment_max"], sure["contradiction_max"]) == (-CLIP, CLIP)


def test_where_no_passage_has_the_figures_none_entails_with_them():
    row = named([evidence("P1#0001", Stance.SUPPORTS, numbers=NumberCheck.MISSING)])
    assert (row["entailment_max"], row["entailment_with_figures"]) == (4.0, -CLIP)


def test_the_nearest_passage_counts():
    near = dataclasses.replace(evidence("P1#0001", Stance.NEUTRAL), dense=0.7)
    assert named([evidence("P2#0001", Stance.NEUTRAL), near])["similarity_max"] == 0.7


def test_a_name_that_opens_a_sentence_of_a_passage_is_that_name():
    text = "Swahili gains most."
    row = features(
        claim("It helps Swahili."), [evidence("P1#0001", Stance.SUPPORTS)], {"P1#0001": passage("P1#0001", text)}
    )
    assert row[FEATURES.index("names_shared")] == 1


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Large models beat small models.", 1.0),
        ("Small models beat large models.", 0.75),  # the same words, another order
        ("Models that are large are beaten by models that are small.", 0.0),
        ("Large models beat them. Beat small models!", 0.5),  # no pair reaches over the end of a sentence
    ],
)
def test_word_pairs_tell_word_order(text, share):
    pieces = [evidence("P1#0001", Stance.SUPPORTS)]
    row = features(claim("Large models beat small models."), pieces, {"P1#0001": passage("P1#0001", text)})
    assert row[FEATURES.index("word_pairs_shared")] == pytest.approx(share)
