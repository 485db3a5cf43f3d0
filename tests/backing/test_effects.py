"""What runs say of directions that claims state."""

from __future__ import annotations

import pytest

from synth.backing.lexicon import GROWTH, INTERMEDIATE, NOISE, ROBUST
from synth.backing.match import backings
from synth.types import BackingKind
from tests.backing.examples import effect, gain

UP, DOWN, OPEN = (0.3, 2.1), (-2.1, -0.3), (-0.5, 0.9)


def one(text: str, *facts) -> tuple[BackingKind, str] | None:
    found = backings(text, facts)
    assert len(found) <= 1
    return (found[0].kind, found[0].text) if found else None


@pytest.mark.parametrize(
    ("verb", "interval", "kind"),
    [
        ("improves", UP, BackingKind.SAME),
        ("improves", DOWN, BackingKind.OPPOSITE),
        ("improves", OPEN, BackingKind.UNRESOLVED),
        ("hurts", UP, BackingKind.OPPOSITE),
        ("hurts", DOWN, BackingKind.SAME),
        ("hurts", OPEN, BackingKind.UNRESOLVED),
        ("does not improve", UP, BackingKind.OPPOSITE),
        ("does not improve", DOWN, BackingKind.SAME),
        ("does not improve", OPEN, BackingKind.UNRESOLVED),  # not to see a gain is not to show that there is none
    ],
)
def test_a_direction_and_an_interval(verb: str, interval: tuple[float, float], kind: BackingKind) -> None:
    found = one(f"Intermediate-task training {verb} XNLI.", effect("intermediate", "xnli", *interval))
    assert found is not None
    assert found[0] is kind


def test_numbers_below_zero_have_a_minus_and_zero_has_none() -> None:
    (found,) = backings("Intermediate-task training improves XNLI.", [effect("intermediate", "xnli", -1.26, -0.01)])
    assert "95% interval −1.3 to 0.0)" in found.text


def test_the_line_gives_value_and_interval() -> None:
    (found,) = backings("Intermediate-task training improves XNLI.", [effect("intermediate", "xnli", *UP)])
    assert found.text == ("xnli after intermediate: same direction at mini scale (+1.2, 95% interval 0.3 to 2.1)")
    assert found.reference == "experiment mini, effect intermediate/xnli; synth experiment report"


@pytest.mark.parametrize(
    "text",
    [
        "Intermediate-task training improves PAWS-X.",
        "Robust training improves XNLI.",
        "XNLI is improved by something.",
        "Intermediate-task training of M3P improves XNLI.",
        "Intermediate-task training improves XNLI in Swahili.",
        "In the translate-train setting intermediate-task training improves XNLI.",
        "Multi-task intermediate training improves XNLI over the best single task.",
        "Intermediate-task training improves BERT-large on XNLI.",
    ],
)
def test_an_effect_of_something_else_is_left_alone(text: str) -> None:
    assert one(text, effect("intermediate", "xnli", *UP)) is None


def test_what_it_was_done_with_decides_which_effects() -> None:
    facts = [effect(arm, "xnli", *UP) for arm in ("nli", "qa", "commonsense", "multi", "intermediate")]
    for words, arm in (("on MNLI", "nli"), ("on SQuAD", "qa"), ("on HellaSwag", "commonsense")):
        (found,) = backings(f"Intermediate-task training {words} improves XNLI.", facts)
        assert found.reference.startswith(f"experiment mini, effect {arm}/xnli;")
    (found,) = backings("Multi-task intermediate training improves XNLI.", facts)
    assert "multi/xnli" in found.reference
    (found,) = backings("Intermediate-task training improves XNLI.", facts)
    assert "effect intermediate/xnli" in found.reference


def test_many_effects_are_counted_not_picked_from() -> None:
    spans = {"xquad": UP, "mlqa": DOWN, "tydiqa": OPEN}
    facts = [effect("intermediate", task, *span) for task, span in spans.items()]
    (found,) = backings("Intermediate-task training improves question answering.", facts)
    assert found.kind is BackingKind.MIXED
    assert found.text == (
        "3 effects at mini scale, on MLQA, TyDiQA, XQuAD: 1 same direction, 1 opposite direction, 1 not resolved"
    )
    assert found.reference == (
        "experiment mini, effects intermediate/mlqa, intermediate/tydiqa, intermediate/xquad; synth experiment report"
    )
    alike = [effect("intermediate", task, *UP) for task in spans]
    (found,) = backings("Intermediate-task training improves question answering.", alike)
    assert found.kind is BackingKind.SAME


def test_two_effects_are_shown_each() -> None:
    facts = [effect("intermediate", "bucc", *UP), effect("intermediate", "tatoeba", *OPEN)]
    found = backings("Large gains on BUCC and Tatoeba come from intermediate-task training.", facts)
    assert [one.kind for one in found] == [BackingKind.SAME, BackingKind.UNRESOLVED]


def test_the_whole_is_matched_by_the_effect_on_all_tasks_alone() -> None:
    facts = [effect("intermediate", "xtreme", *UP), effect("intermediate", "xnli", *DOWN)]
    (found,) = backings("Intermediate-task training improves zero-shot cross-lingual transfer.", facts)
    assert found.kind is BackingKind.SAME


def test_noise_and_growth() -> None:
    noise = effect("typos", "xnli", *DOWN, treatment=NOISE)
    (found,) = backings("Typos in the input lower accuracy on XNLI.", [noise])
    assert found.kind is BackingKind.SAME
    growth = effect("size", "xnli", *OPEN, treatment=GROWTH, means=())
    (found,) = backings("The gain from intermediate-task training on XNLI grows with model size.", [growth])
    assert found.kind is BackingKind.UNRESOLVED
    assert backings("Intermediate-task training improves XNLI.", [growth]) == ()


def test_a_derived_gain_stands_beside_without_a_judgement() -> None:
    facts = [
        gain("xnli", "+0.8", kind=BackingKind.DERIVED, words="arithmetic on Table 9"),
        effect("intermediate", "xnli", *UP),
    ]
    found = backings("XNLI does not benefit from intermediate-task training.", facts)
    assert [one.kind for one in found] == [BackingKind.OPPOSITE, BackingKind.DERIVED]
    assert found[1].text == "+0.8 points on XNLI: arithmetic on Table 9"
    only = backings("XNLI does not benefit from intermediate-task training on SQuAD.", facts)
    assert only == ()  # it is of the best task for each target


def test_scales_are_kept_apart() -> None:
    full = effect("intermediate", "xnli", *DOWN, scale="full", id="experiment full intermediate/xnli")
    found = backings("Intermediate-task training improves XNLI.", [effect("intermediate", "xnli", *UP), full])
    assert [(one.kind, "full scale" in one.text) for one in found] == [
        (BackingKind.OPPOSITE, True),
        (BackingKind.SAME, False),
    ]


def test_robust_training() -> None:
    fact = effect("robust", "paws-x", *UP, treatment=ROBUST)
    (found,) = backings("Robust training improves zero-shot transfer on PAWS-X.", [fact])
    assert found.kind is BackingKind.SAME
    assert fact.treatment != INTERMEDIATE
