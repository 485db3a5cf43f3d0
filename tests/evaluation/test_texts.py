from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from synth.errors import CalibrationError
from synth.evaluation.pairs import evaluate_left_out
from synth.evaluation.premises import Reading, View
from synth.evaluation.texts import CLASSES, features, fit, load, raw


def reading(entailment: float, contradiction: float, n_views: int = 1, similarity: float = 0.5) -> Reading:
    logits = np.tile([entailment, 0.0, contradiction], (n_views, 1))
    return Reading((View((0,), "text"),) * n_views, logits, similarity)


def labelled(shift: float, n: int = 60) -> tuple[list[Reading], list[str]]:
    """A verifier that gives entailment more than its due."""
    rng = np.random.default_rng(3)
    readings, labels = [], []
    for at in range(n):
        label = CLASSES[at % 3]
        sides = rng.normal(size=2) + {"entailment": (3, 0), "neutral": (0, 0), "contradiction": (0, 3)}[label]
        readings.append(reading(sides[0] + shift, sides[1]))
        labels.append(label)
    return readings, labels


def test_raw_odds_are_the_softmax_of_the_logits() -> None:
    found = raw("m").probabilities([reading(1.0, -1.0)])[0]
    expected = np.exp([1.0, 0.0, -1.0])
    assert found == pytest.approx(expected / expected.sum())


def test_a_fit_mends_a_verifier_that_leans_to_one_side() -> None:
    readings, labels = labelled(shift=4.0)
    truth = np.array([CLASSES.index(label) for label in labels])
    before = (raw("m").probabilities(readings).argmax(axis=1) == truth).mean()
    after = (fit({"a": (readings, labels)}, "m").probabilities(readings).argmax(axis=1) == truth).mean()
    assert before < 0.6 < 0.8 < after


def test_a_large_set_weighs_no_more_than_a_small_one() -> None:
    small, large = labelled(0.0), labelled(4.0)
    doubled = (large[0] * 3, large[1] * 3)
    one = fit({"small": small, "large": large}, "m").coefficients
    other = fit({"small": small, "large": doubled}, "m").coefficients
    assert np.array(one) == pytest.approx(np.array(other), abs=0.15)


def test_a_set_may_lack_a_label_but_not_all_sets_together() -> None:
    readings, labels = labelled(0.0)
    two = [(r, label) for r, label in zip(readings, labels, strict=True) if label != "neutral"]
    part = ([r for r, _ in two], [label for _, label in two])
    fit({"whole": (readings, labels), "part": part}, "m")
    with pytest.raises(CalibrationError, match="lack one of the labels"):
        fit({"part": part}, "m")


def test_it_is_kept_and_taken_for_its_own_model_only(tmp_path: Path) -> None:
    found = fit({"a": labelled(1.0)}, "m@1")
    found.save(tmp_path / "new" / "m.json")
    assert load(tmp_path / "new" / "m.json", "m@1") == found
    assert load(tmp_path / "new" / "m.json", "m@2") == raw("m@2")
    assert load(tmp_path / "absent.json", "m@1") == raw("m@1")


@pytest.mark.parametrize(
    "body", ["{", "[]", '{"model": "m"}', '{"model": "m", "coefficients": [[1]], "intercepts": [0], "fitted_on": {}}']
)
def test_a_damaged_file_is_named(tmp_path: Path, body: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(CalibrationError, match=r"m\.json is (damaged|of other features)"):
        load(path, "m")


def test_more_views_are_a_feature_of_their_own() -> None:
    assert features([reading(1.0, 2.0, 4)])[0] == pytest.approx([1.0, 2.0, np.log(4), 0.5])


def test_what_is_about_something_else_decides_nothing() -> None:
    rng = np.random.default_rng(5)
    truth = [CLASSES[at % 3] for at in range(300)]
    cosines = [rng.uniform(0.0, 0.4) if label == "neutral" else rng.uniform(0.3, 0.9) for label in truth]
    sides = [(3.0, 0.0) if label == "entailment" else (0.0, 3.0) for label in truth]
    found = fit({"a": ([reading(*s, similarity=c) for s, c in zip(sides, cosines, strict=True)], truth)}, "m")
    near, far = found.probabilities([reading(3.0, 0.0, similarity=0.8), reading(3.0, 0.0, similarity=0.1)])
    assert far[1] > 5 * near[1]


def test_each_set_is_scored_by_what_the_others_taught() -> None:
    found = evaluate_left_out({"leaning": labelled(4.0), "alike": labelled(4.0), "fair": labelled(0.0)}, "m")
    assert {name: row["n"] for name, row in found.items()} == {"leaning": 60, "alike": 60, "fair": 60}
    assert found["leaning"]["left_out"]["accuracy"] > found["leaning"]["raw"]["accuracy"] + 0.05
    assert found["fair"]["left_out"]["accuracy"] < found["fair"]["raw"]["accuracy"]
    assert evaluate_left_out({"alone": labelled(0.0)}, "m")["alone"]["left_out"] is None
