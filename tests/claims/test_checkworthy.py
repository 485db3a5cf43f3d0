from __future__ import annotations

import pytest

from synth.claims.checkworthy import is_checkworthy
from synth.claims.scorer import Scorer
from synth.retrieval.dense import Encoder, MiniLmEncoder
from tests.claims.examples import WordEncoder


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Hello",
        "Hello there, dear reader!",
        "What is BERT?",
        "Read this!",
        "Thanks a lot.",
        "BERT",
        "I like BERT a lot.",
        "Please check whether BERT is good.",
        "the language model BERT",
        "42",
        "…",
        "How is your day today?",
    ],
)
def test_chatter_is_not_checkworthy(text: str, scorer: Scorer) -> None:
    assert not is_checkworthy(text, WordEncoder().encode([text])[0], scorer)


@pytest.mark.parametrize(
    "text",
    [
        "BERT has 110M parameters.",
        "XLM-R outperforms mBERT on XNLI",
        "Multilingual BERT was trained on 104 languages.",
        "Cross-lingual transfer does not need a shared vocabulary.",
        "Character-level models cannot beat n-grams on small data sets.",
        "We show that transfer works without parallel data.",
    ],
)
def test_statements_are_checkworthy(text: str, scorer: Scorer) -> None:
    assert is_checkworthy(text, WordEncoder().encode([text])[0], scorer)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return MiniLmEncoder(threads=1)


def test_the_embedded_encoder_agrees(encoder: Encoder, scorer: Scorer) -> None:
    texts = ["BERT has 110M parameters.", "XLM-R outperforms mBERT on XNLI.", "Hello", "What is BERT?", "Read this!"]
    rows = encoder.encode(texts)
    found = [is_checkworthy(text, row, scorer) for text, row in zip(texts, rows, strict=True)]
    assert found == [True, True, False, False, False]
