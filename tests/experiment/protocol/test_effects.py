"""Effects: which are looked at, what is averaged, and what they say of what was published."""

from __future__ import annotations

from typing import Any

import pytest

from synth.experiment.audit import audit
from synth.experiment.protocol.effects import effects
from synth.experiment.protocol.expected import expected
from synth.experiment.protocol.names import ALL_TASKS
from synth.experiment.protocol.outcomes import Cell, Setting, of_values
from synth.experiment.published import read_published, shipped
from synth.experiment.results import Outcome

AUDITED = audit(read_published(shipped()))


def shares(*by_task: tuple[str, float], languages=("de", "th"), n=100) -> Any:
    return {
        Cell(task, language, "accuracy"): of_values([1.0] * round(share * n) + [0.0] * (n - round(share * n)))
        for task, share in by_task
        for language in languages
    }


def found(measured, **changed) -> Any:
    made = effects(measured, AUDITED, **{"seeds": 2, "resamples": 300, **changed})
    assert len({one.id for one in made}) == len(made)
    return {one.id: one for one in made}


def both(*by_task) -> Any:
    return {seed: shares(*by_task) for seed in range(2)}


def test_arms_tasks_and_their_means():
    made = found(
        {
            Setting("none"): {0: shares(("xnli", 0.5), ("tatoeba", 0.2)), 1: shares(("xnli", 0.5))},
            Setting("nli"): both(("xnli", 0.5), ("tatoeba", 0.6)),
            Setting("qa"): both(("xnli", 0.4), ("tatoeba", 0.4)),
            Setting("multi"): both(("xnli", 0.5), ("tatoeba", 0.7)),
        }
    )
    assert made["nli/tatoeba"].difference == 40 and made["nli/tatoeba"].outcome is Outcome.SAME
    assert made["nli/xnli"].difference == 0 and made["nli/xnli"].outcome is Outcome.UNRESOLVED
    assert made["nli/all"].difference == 20
    assert made["intermediate/tatoeba"].difference == pytest.approx((40 + 20 + 50) / 3, abs=1e-3)
    assert made["multi-single/all"].difference == pytest.approx(25 - (20 + 5) / 2)
    assert made["nli/tatoeba"].by_language == (("de", 40.0), ("th", 40.0))
    assert all(one.low <= one.difference <= one.high and 0 <= one.p <= 1 for one in made.values())


def test_a_mean_over_some_tasks_is_not_set_beside_the_published_mean_over_nine():
    some = (("xnli", 0.5), ("tatoeba", 0.2))
    every = tuple((task, 0.5) for task in ALL_TASKS)
    better = tuple((task, 0.9) for task in ALL_TASKS)
    part = found({Setting("none"): both(*some), Setting("multi"): both(("xnli", 0.6), ("tatoeba", 0.4))})["multi/all"]
    assert (part.published, part.published_sign, part.outcome) == (None, 0, Outcome.UNRESOLVED)
    whole = found({Setting("none"): both(*every), Setting("multi"): both(*better)})["multi/all"]
    assert (whole.published, whole.outcome) == (8.7, Outcome.SAME)


def test_an_effect_on_the_other_side_is_opposite():
    made = found(
        {Setting("none"): both(("pawsx", 0.8)), Setting("robust"): both(("pawsx", 0.4)), Setting("nli"): {}},
    )
    one = made["robust/pawsx"]
    assert (one.published, one.published_sign, one.source) == (2.1, 1, "robust/paws-x")
    assert one.outcome is Outcome.OPPOSITE and one.p < 0.02


def test_noise_is_compared_with_clean_input():
    made = found({Setting("none"): both(("udpos", 0.8)), Setting("none", condition="typos"): both(("udpos", 0.5))})
    assert made["noise-typos/udpos"].difference == -30
    assert made["noise-typos/udpos"].baseline == "clean"


def test_growth_is_the_largest_gain_minus_the_smallest():
    made = found(
        {
            Setting("none", "small"): both(("xnli", 0.4)),
            Setting("nli", "small"): both(("xnli", 0.5)),
            Setting("none"): both(("xnli", 0.4)),
            Setting("nli"): both(("xnli", 0.55)),
            Setting("none", "large"): both(("xnli", 0.4)),
            Setting("nli", "large"): both(("xnli", 0.7)),
        },
        growth=("small", "base", "large"),
    )
    assert made["size/xnli"].difference == pytest.approx(20)
    assert made["nli-large/xnli"].difference == pytest.approx(30)
    assert "nli-base/xnli" not in made


def test_a_setting_with_some_of_the_seeds_is_left_out():
    made = found({Setting("none"): both(("xnli", 0.4)), Setting("nli"): {0: shares(("xnli", 0.5))}}, seeds=3)
    assert made == {}


def test_nothing_measured_has_no_effect():
    assert found({}) == {}


def test_published_numbers_come_from_the_published_file():
    assert expected("intermediate/panx", AUDITED).difference == -1.4
    assert expected("intermediate/panx", AUDITED).sign == -1
    qa = expected("intermediate/tydiqa", AUDITED)
    assert (qa.difference, qa.source) == (12.7, "stilts-gain/tydiqa/f1 stilts-gain/tydiqa/em")
    assert expected("nli/tatoeba", AUDITED).difference is None
    assert expected("nli/tatoeba", AUDITED).sign == 1
    assert expected("nli/xnli", AUDITED).sign == 0
    assert expected("noise-typos/xnli", AUDITED).source == ""


def test_the_same_bytes_twice():
    measured = {Setting("none"): both(("xnli", 0.4)), Setting("nli"): both(("xnli", 0.5))}
    assert found(measured) == found(dict(reversed(measured.items())))
