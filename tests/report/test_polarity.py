"""Table tests: on which side a claim stands, and when it must stand on none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.report.polarity import Reading, Side, Sign, reading, side, signs

TRAINING = Reading(treatment="intermediate-task training", harm=False)
AUGMENTATION = Reading(treatment="retrieval augmentation", harm=False)
PRUNING = Reading(treatment="pruning", harm=True)


@pytest.mark.parametrize(
    ("claim", "asked", "expected"),
    [
        ("Intermediate-task training yields large improvements.", TRAINING, Side.FOR),
        ("Intermediate-task training helps low-resource languages.", TRAINING, Side.FOR),
        ("Training on English intermediate tasks outperforms costlier alternatives.", TRAINING, Side.FOR),
        ("TyDiQA benefits from intermediate-task training.", TRAINING, Side.FOR),
        ("Intermediate-task training not only improves retrieval.", TRAINING, Side.FOR),
        ("Intermediate-task training was found to improve retrieval.", TRAINING, Side.FOR),
        ("XNLI does not see benefits from intermediate-task training.", TRAINING, Side.AGAINST),
        ("XNLI sees no benefit from intermediate-task training.", TRAINING, Side.AGAINST),
        ("Intermediate-task training fails to improve accuracy.", TRAINING, Side.AGAINST),
        ("Intermediate-task training degrades named entity recognition.", TRAINING, Side.AGAINST),
        ("Intermediate-task training lowers F1 on NER.", TRAINING, Side.AGAINST),
        ("Improvements are not observed with intermediate-task training.", TRAINING, Side.AGAINST),
        ("Retrieval augmentation reduces hallucination rates by 30%.", AUGMENTATION, Side.FOR),
        ("Retrieval augmentation increases latency.", AUGMENTATION, Side.AGAINST),
        ("Accuracy drops by 3 points with retrieval augmentation.", AUGMENTATION, Side.AGAINST),
        ("Pruning hurts accuracy on rare words.", PRUNING, Side.FOR),
        ("Pruning does not hurt accuracy.", PRUNING, Side.AGAINST),
        ("Pruning improves robustness.", PRUNING, Side.AGAINST),
        # takes no side
        ("Intermediate-task training does not hurt accuracy.", TRAINING, Side.NEITHER),
        ("TyDiQA improves with intermediate-task training, whereas XNLI sees no benefit.", TRAINING, Side.NEITHER),
        ("RemBERT outperforms intermediate-task training.", TRAINING, Side.NEITHER),
        ("RemBERT is better than intermediate-task training.", TRAINING, Side.NEITHER),
        ("Adding a language-modelling loss to intermediate-task training improves accuracy.", TRAINING, Side.NEITHER),
        ("We propose intermediate-task training to improve transfer.", TRAINING, Side.NEITHER),
        ("Intermediate-task training may improve transfer.", TRAINING, Side.NEITHER),
        ("Intermediate-task training increases the number of steps.", TRAINING, Side.NEITHER),
        ("Intermediate-task training uses nine tasks.", TRAINING, Side.NEITHER),
        ("Robust training improves accuracy on XNLI.", TRAINING, Side.NEITHER),
        ("", TRAINING, Side.NEITHER),
    ],
)
def test_side(claim: str, asked: Reading, expected: Side) -> None:
    assert side(claim, asked) is expected


@pytest.mark.parametrize(
    ("question", "treatment", "harm"),
    [
        ("What is the impact of multimodal training (image-text) on transfer?", "multimodal training", False),
        ("To what extent does intermediate-task training improve robustness?", "intermediate-task training", False),
        ("How does scaling affect calibration?", "scaling", False),
        ("Does quantization hurt accuracy?", "quantization", True),
        ("Does retrieval augmentation reduce hallucination?", "retrieval augmentation", False),
        ("Does compression reduce accuracy?", "compression", True),
        ("Does quantization hurt accuracy compared with better baselines?", "quantization", True),
        ("Is dropout still effective?", "dropout", False),
    ],
)
def test_a_question_about_an_effect(question: str, treatment: str, harm: bool) -> None:
    assert reading(question) == Reading(treatment=treatment, harm=harm)


@pytest.mark.parametrize(
    "question",
    [
        "Which pruning methods work on encoders?",
        "What datasets exist for code generation?",
        "How does the performance gap between English and multilingual training change with scale?",
        "How many languages does XTREME cover?",
        "多语言模型如何迁移？",
    ],
)
def test_an_open_question_has_no_sides(question: str) -> None:
    assert reading(question) is None


def test_a_rise_counts_by_what_rises() -> None:
    assert signs("It raises accuracy.") == {Sign.GOOD}
    assert signs("It raises perplexity.") == {Sign.BAD}
    assert signs("It raises the floor.") == frozenset()


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    reading(text)
    assert side(text, TRAINING) in Side
