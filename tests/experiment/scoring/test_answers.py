from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.kinds import Question
from synth.experiment.scoring import answers


def asked(*accepted: str, name: str = "1") -> Question:
    return Question(name, "", "", accepted, 0)


@pytest.mark.parametrize(
    ("prediction", "accepted", "em", "f1"),
    [
        ("The Old Mill!", ["old mill"], 1, 1),
        ("an old mill", ["mill", "the lake"], 0, 2 / 3),
        ("lake", ["old mill", "lake"], 1, 1),
        ("", ["mill"], 0, 0),
        ("the", ["mill"], 0, 0),
        ("mill mill", ["mill"], 0, 2 / 3),  # a word counts as often as it stands in both
    ],
)
def test_squad_by_hand(prediction, accepted, em, f1):
    found = answers.squad({"1": prediction}, [asked(*accepted)])
    assert found.em == (em,) and found.f1[0] == pytest.approx(f1)


def test_a_question_without_prediction_is_wrong_and_still_counts():
    found = answers.squad({"1": "mill"}, [asked("mill"), asked("lake", name="2")])
    assert found.em == (1.0, 0.0) and found.em_points == found.f1_points == 50.0


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The «mill», a lake", "mill lake"),
        ("de", "die Mühle des Müllers", "mühle müllers"),
        ("es", "¿Los molinos?", "molinos"),
        ("vi", "những cái cối", "cối"),
        ("hi", "चक्की।", "चक्की"),
        ("ar", "الطاحونة", "طاحونة"),
        ("ar", "سالم", "س م"),  # a name without article: MLQA's script is that blunt
        ("zh", "旧磨坊,mill 7", "旧 磨 坊 mill 7"),
    ],
)
def test_mlqa_strips_the_articles_of_each_language(language, text, expected):
    assert answers.mlqa_normalised(text, language) == expected


def test_chinese_answers_share_characters():
    found = answers.mlqa({"1": "旧磨坊"}, [asked("磨坊")], "zh")
    assert found.em == (0.0,) and found.f1[0] == pytest.approx(0.8)


def test_squad_leaves_articles_of_other_languages_and_marks_of_other_scripts():
    assert answers.squad({"1": "die Mühle"}, [asked("Mühle")]).em == (0.0,)
    assert answers.mlqa({"1": "die Mühle"}, [asked("Mühle")], "de").em == (1.0,)


def test_no_question_and_another_language_are_refused():
    with pytest.raises(ValueError, match="no questions"):
        answers.squad({}, [])
    with pytest.raises(ValueError, match="'th'"):
        answers.mlqa({"1": "x"}, [asked("x")], "th")


@given(st.text(), st.sampled_from(["en", "de", "es", "vi", "hi", "zh"]))
def test_an_exact_match_has_full_f1_unless_nothing_is_left_of_it(text, language):
    found = answers.mlqa({"1": text}, [asked(text)], language)
    assert found.em == (1.0,)
    assert found.f1 == (1.0 if answers.mlqa_normalised(text, language) else 0.0,)
