from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from synth.errors import CalibrationError
from synth.resources import data_path
from synth.verification.calibration import Calibrators, calibrator_path, is_short
from synth.verification.features import FEATURES
from synth.verification.risk import NEVER, RiskRow
from tests.verification.made import calibrator, calibrators, claim, origin


def test_probabilities_sum_to_one():
    rows = np.random.default_rng(3).normal(size=(5, len(FEATURES)))
    probabilities = calibrator().probabilities(rows)
    assert probabilities.shape == (5, 3)
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(5))


def test_a_saved_calibrator_comes_back(tmp_path):
    path = calibrator_path(tmp_path, "tiny@1")
    assert path.name == "tiny.json"
    assert calibrator_path(tmp_path, "someone/tiny@1") == tmp_path / "someone--tiny.json"
    path.write_text(calibrators().to_json(), encoding="utf-8")
    again = Calibrators.load(path, "tiny@1")
    assert again == calibrators()
    assert again.to_json() == calibrators().to_json()
    assert again.stated.summary.threshold == 0.8
    assert again.stated.summary.false_supported == 0.01
    assert (again.stated.summary.recall, again.stated.summary.marks) == (0.5, 200)
    assert again.stated.summary.bound == again.stated.table[0].bound
    assert again.stated.summary.ece == 0.04
    assert (again.asked.summary.threshold, again.asked.summary.n, again.asked.summary.ece) == (0.9, 120, 0.06)


def test_a_claim_of_a_paper_and_a_claim_of_a_reader_have_their_own():
    both = calibrators()
    assert both.of(claim("Transfer improves.", origins=[origin()])) is both.stated
    assert both.of(claim("Transfer improves.")) is both.asked


def test_a_short_claim_of_a_reader_has_its_own_where_there_is_one(tmp_path):
    two = calibrators()
    own = dataclasses.replace(two.asked, intercepts=(1.0, 0.0, 0.0), n=333)
    three = dataclasses.replace(two, short=own)
    short = "XLM-R Large outperforms multilingual BERT on XNLI."
    long = f"{short[:-1]} by several points, measured zero-shot over fifteen languages with English training data."
    assert three.of(claim(short)) is own
    assert three.of(claim(long)) is three.asked
    assert three.of(claim(short, origins=[origin()])) is three.stated
    assert two.of(claim(short)) is two.asked
    assert (list(two.kinds), list(three.kinds)) == (["stated", "asked"], ["stated", "asked", "short"])
    path = tmp_path / "tiny.json"
    path.write_text(three.to_json(), encoding="utf-8")
    assert Calibrators.load(path, "tiny@1") == three
    assert three.n == two.n + 333


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("One two three four five six seven eight nine.", True),
        ("One two three four five six seven eight nine ten.", False),
        ("The one is of the two and in the three by the four or the five of it.", True),
    ],
)
def test_short_is_counted_in_content_words(text, short):
    assert is_short(text) is short


def test_another_risk_chooses_another_row(tmp_path):
    path = tmp_path / "tiny.json"
    path.write_text(calibrators().to_json(), encoding="utf-8")
    strict = Calibrators.load(path, "tiny@1", risk=0.001)
    assert strict.risk == 0.001
    for one in (strict.stated, strict.asked):
        assert one.summary.threshold == NEVER
        assert one.summary.false_supported is None
        assert one.summary.bound is None
    assert Calibrators.load(path, "tiny@1", risk=0.0).risk == 0.0


def with_kind(**changed: object) -> str:
    """The file with something changed in the calibrator of one kind."""
    body = json.loads(calibrators().to_json())
    body["kinds"]["asked"] |= changed
    return json.dumps(body)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (None, "there is no calibrator for tiny@1"),
        ("", "cannot be read"),
        ("[]", "cannot be read"),
        ("{}", "cannot be read"),
        (calibrators(model="other@2").to_json(), "belongs to other@2"),
        (calibrators().to_json().replace('"words_shared"', '"words"'), "other features"),
        (calibrators().to_json().replace('"version": 2', '"version": 1'), "other features"),
        (with_kind(mean=[0.0]), "damaged"),
        (with_kind(intercepts=[0.0]), "damaged"),
        (with_kind(table=[{"threshold": 1}]), "cannot be read"),
    ],
)
def test_a_calibrator_that_does_not_fit_is_refused(tmp_path, body, message):
    path = tmp_path / "tiny.json"
    if body is not None:
        path.write_text(body, encoding="utf-8")
    with pytest.raises(CalibrationError, match=message):
        Calibrators.load(path, "tiny@1")


def test_values_beyond_the_bounds_count_as_the_bound(tmp_path):
    one = calibrator()
    width = len(FEATURES)
    bounded = dataclasses.replace(one, low=(-1.0,) * width, high=(0.5,) * width)
    rows = np.array([[9.0] * width, [0.5] * width, [-9.0] * width, [-1.0] * width])
    found = bounded.probabilities(rows)
    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found[2], found[3])
    np.testing.assert_array_equal(found[1], one.probabilities(rows[1:2])[0])
    assert bounded.fit_key != one.fit_key
    pair = dataclasses.replace(calibrators(), asked=bounded)
    path = tmp_path / "tiny.json"
    path.write_text(pair.to_json(), encoding="utf-8")
    assert Calibrators.load(path, pair.model).asked == bounded


def test_a_threshold_comes_from_the_marks_that_were_judged_where_there_are_some():
    judged = dataclasses.replace(calibrator(threshold=0.8), marks=(RiskRow(0.9, 400, 3, 0.3),))
    assert judged.threshold == judged.summary.threshold == 0.9


def test_values_far_out_give_probabilities():
    found = calibrator(weight=100.0).probabilities(np.full((1, len(FEATURES)), 20.0))
    np.testing.assert_allclose(found, [[0.5, 0.5, 0.0]])


def test_a_fit_is_known_by_what_was_fitted_and_not_by_what_was_measured_of_it():
    one = calibrator()
    assert dataclasses.replace(one, intercepts=(1.0, 0.0, 0.0)).fit_key != one.fit_key
    assert dataclasses.replace(one, ece=0.5, table=()).fit_key == one.fit_key


def test_the_gold_of_both_kinds_counts():
    assert calibrators().n == 240 + 120


def test_bounds_that_lack_a_feature_are_refused():
    with pytest.raises(CalibrationError, match="damaged"):
        dataclasses.replace(calibrator(), low=(0.0,), high=(1.0,))


def shipped() -> Calibrators:
    """The calibrators of the embedded verifier."""
    (path,) = sorted(data_path("calibration").glob("*.json"))
    return Calibrators.load(path, json.loads(path.read_text(encoding="utf-8"))["model"])


def test_what_ships_does_not_hold_the_papers_own_words_against_a_readers_claim():
    """The row of "XLM-R significantly outperforms multilingual BERT on …", nearly word for word in its abstract."""
    row = dict.fromkeys(FEATURES, 0.0) | {
        "entailment_max": 4.28,
        "entailment_with_figures": 4.28,
        "contradiction_max": 2.36,
        "difference_at_strongest": 1.92,
        "words_shared": 1.0,
        "word_pairs_shared": 0.9,
        "names_shared": 1.0,
        "similarity_max": 0.88,
    }
    supported, refuted, _ = shipped().asked.probabilities(np.array([list(row.values())]))[0]
    assert supported > refuted


def test_what_ships_does_not_hold_shared_words_against_a_short_claim():
    """The row of "XLM-R improves on mBERT." over its digests: the passages lean to neither side and share its words."""
    row = dict.fromkeys(FEATURES, 0.0) | {
        "entailment_max": 0.19,
        "entailment_with_figures": 0.19,
        "contradiction_max": 0.17,
        "difference_at_strongest": 0.02,
        "words_shared": 0.67,
        "word_pairs_shared": 0.33,
        "names_shared": 1.0,
        "similarity_max": 0.58,
    }
    ships = shipped()
    assert ships.short is not None
    supported, refuted, _ = ships.short.probabilities(np.array([list(row.values())]))[0]
    assert supported > refuted
    supported, refuted, _ = ships.asked.probabilities(np.array([list(row.values())]))[0]
    assert refuted > supported  # where a claim is long and subtle, words that are shared are a warning
