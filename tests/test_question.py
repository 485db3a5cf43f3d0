from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import ConfigError
from synth.question import check_question, is_searchable, phrases, title_of

MULTIMODAL = (
    "What is the impact of intermediate-task training on zero-shot cross-lingual performance for multimodal models "
    "(e.g., CLIP or LLaVA) evaluated on XTREME-R, and how does it scale with model size from 100M to 175B parameters?"
)
SCALING = (
    "How does the performance gap between English and multilingual intermediate-task training change when scaling "
    "model size from 1B to 10B parameters in zero-shot cross-lingual evaluation on XTREME-R benchmarks?"
)
CODE = (
    "How does intermediate-task training on English code generation tasks affect the zero-shot cross-lingual "
    "performance of multilingual models on the XNLI benchmark?"
)
NOISE = (
    "To what extent does intermediate-task training improve the robustness of zero-shot cross-lingual transfer on "
    "XTREME-R metrics when evaluated under noisy input conditions compared to clean benchmarks?"
)
ALIGNMENT = (
    "What is the impact of multimodal intermediate-task training (image-text alignment) on zero-shot cross-lingual "
    "transfer accuracy in XTREME-R compared to English-only text-based intermediate tasks?"
)

questions = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=120)


def test_what_would_steer_a_terminal_goes():
    assert check_question("Does \x1b[31mX\x07 help\u202e Y?") == "Does [31mX help Y?"


def test_a_question_comes_back_in_single_spaces():
    assert check_question("  Does \n\t dropout   help? ") == "Does dropout help?"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the question is empty"),
        (" \n\t ", "the question is empty"),
        ("?!? 42", "holds no letter"),
        ("Does caf\udce9 culture help?", r"'Does caf\\udce9 culture help\?' holds bytes that are no UTF-8"),
        ("word " * 5000, r"^found 5,000 words, at most 300; ask one question$"),
    ],
)
def test_a_bad_question_is_told_in_one_line(text, message):
    with pytest.raises(ConfigError, match=message) as caught:
        check_question(text)
    assert "\n" not in str(caught.value)


def test_three_hundred_words_are_fine():
    assert check_question("word " * 300).count("word") == 300


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Does dropout help?", True), ("多语言模型如何迁移?", False), ("如何评价 XLM-R?", True), ("is it so?", False)],
)
def test_only_latin_content_words_can_be_searched(text, expected):
    assert is_searchable(text) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            MULTIMODAL,
            (
                "intermediate-task training",
                "zero-shot cross-lingual performance",
                "multimodal models",
                "CLIP",
                "LLaVA",
                "XTREME-R",
                "model size",
                "100M to 175B parameters",
            ),
        ),
        (
            SCALING,
            (
                "performance gap",
                "English",
                "multilingual intermediate-task training",
                "model size",
                "1B to 10B parameters",
                "zero-shot cross-lingual evaluation",
                "XTREME-R",
            ),
        ),
        (
            CODE,
            (
                "intermediate-task training",
                "English",
                "code generation",
                "zero-shot cross-lingual performance",
                "multilingual models",
                "XNLI",
            ),
        ),
        (
            NOISE,
            (
                "intermediate-task training",
                "robustness",
                "zero-shot cross-lingual transfer",
                "XTREME-R",
                "noisy input conditions",
                "clean benchmarks",
            ),
        ),
        (
            ALIGNMENT,
            (
                "multimodal intermediate-task training",
                "image-text alignment",
                "zero-shot cross-lingual transfer accuracy",
                "XTREME-R",
                "English-only text-based intermediate tasks",
            ),
        ),
        ("How does climate change affect crop yields?", ("climate change", "crop yields")),
        ("What limits the coherence time of superconducting qubits?", ("coherence time", "superconducting qubits")),
        ("Does the quantum Hall effect in graphene survive?", ("quantum Hall effect", "graphene")),
        ("Are transformers better than CNNs?", ("transformers", "CNNs")),
        ("Are smaller models faster than larger models?", ("smaller models", "larger models")),
        ("Does vitamin A improve vision?", ("vitamin", "vision")),
        ("Does English data help?", ("English data",)),
        ("Does the difference engine need relation extraction?", ("difference engine", "relation extraction")),
        ("Does 迁移 help?", ("迁移",)),
        ("How accurate are neural network potentials?", ("neural network potentials",)),
        (
            "Do sentence embeddings learned without supervision capture meaning?",
            ("sentence embeddings", "supervision", "meaning"),
        ),
        ("Does synthetic data generated by larger models help?", ("synthetic data", "larger models")),
        ("Does the speed of adversarially trained networks vary?", ("speed", "adversarially trained networks")),
        (
            "Does multilingual transfer in pretrained encoders need a shared vocabulary?",
            ("multilingual transfer", "pretrained encoders", "shared vocabulary"),
        ),
        (
            "How reliable are language models at finding and checking scientific literature?",
            ("language models", "scientific literature"),
        ),
        ("How does model size influence transfer?", ("model size", "transfer")),
        ("Should one use weight decay with Adam?", ("weight decay", "Adam")),
        (
            "How well do neural networks recognise textual entailment between sentences?",
            ("neural networks", "textual entailment", "sentences"),
        ),
        (
            "Can large language models identify fallacies in arguments?",
            ("large language models", "fallacies", "arguments"),
        ),
        ("Do language models memorise their training data?", ("language models", "training data")),
        ("dropout", ("dropout",)),
        ("Does it?", ()),
    ],
)
def test_phrases_are_what_the_question_is_about(question, expected):
    assert phrases(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "What is the impact of code-switching on XNLI?",
            "The Impact of Code-Switching on XNLI",
        ),
        ("How does batch size influence generalization?", "How Batch Size Influences Generalization"),
        ("Why do GANs suffer from mode collapse?", "Why GANs Suffer from Mode Collapse"),
        ("How does BERT reach parity?", "How BERT Reaches Parity"),
        ("How does X apply to k-means?", "How X Applies to k-Means"),
        (
            "What is the role of scale, and how does it vary with model size?",
            "The Role of Scale, and How It Varies with Model Size",
        ),
        ("Can mRNA folding be predicted?", "Can mRNA Folding Be Predicted?"),
        ("How well do parsers spell words?", "How Well Do Parsers Spell Words?"),
        ("What limits parsing?", "What Limits Parsing?"),
        ("What limits parsing", "What Limits Parsing"),
        ("state-of-the-art β-decay rates", "State-of-the-Art β-Decay Rates"),
        ("多语言模型如何迁移？", "多语言模型如何迁移"),
    ],
)
def test_the_headline(question, expected):
    assert title_of(question) == expected


def test_the_headline_of_a_long_question_is_whole():
    assert title_of(SCALING) == (
        "How the Performance Gap Between English and Multilingual Intermediate-Task Training Changes When Scaling "
        "Model Size from 1B to 10B Parameters in Zero-Shot Cross-Lingual Evaluation on XTREME-R Benchmarks"
    )


@given(questions)
def test_phrases_are_words_of_the_question_in_order(question):
    text = "".join(question.casefold().split())
    assert all("".join(phrase.casefold().split()) in text for phrase in phrases(question))
    assert len(set(phrases(question))) == len(phrases(question))


@given(questions)
def test_a_headline_never_fails_and_loses_no_name(question):
    title = title_of(question)
    assert title == title.strip() or not question.strip()
    names = [
        word for word in question.split() if word.isascii() and word.isalnum() and word.isupper() and len(word) > 2
    ]
    assert all(name in title for name in names)
