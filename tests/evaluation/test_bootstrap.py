from __future__ import annotations

import numpy as np

from synth.evaluation.bootstrap import intervals


def mean_of(values: np.ndarray):
    return lambda at: {"mean": float(values[at].mean())}


def test_an_interval_covers_its_mean_and_narrows_with_more_rows() -> None:
    rng = np.random.default_rng(1)
    few, many = rng.random(30), rng.random(3000)
    low, high = intervals(mean_of(few), [str(at) for at in range(30)], 0)["mean"]
    assert low < few.mean() < high
    near, far = intervals(mean_of(many), [str(at) for at in range(3000)], 0)["mean"]
    assert far - near < (high - low) / 4


def test_rows_of_one_group_are_drawn_together() -> None:
    values = np.repeat([0.0, 1.0], 50)
    alone = intervals(mean_of(values), [str(at) for at in range(100)], 0)["mean"]
    grouped = intervals(mean_of(values), ["a"] * 50 + ["b"] * 50, 0)["mean"]
    assert grouped == [0.0, 1.0]
    assert 0.3 < alone[0] < alone[1] < 0.7


def test_the_seed_decides() -> None:
    values, groups = np.arange(20.0), [str(at) for at in range(20)]
    assert intervals(mean_of(values), groups, 4) == intervals(mean_of(values), groups, 4)
    assert intervals(mean_of(values), groups, 4) != intervals(mean_of(values), groups, 5)
