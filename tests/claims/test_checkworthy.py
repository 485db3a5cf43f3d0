from __future__ import annotations

import json

import pytest

from synth.claims.checkworthy import is_checkworthy
from synth.claims.scorer import Scorer
from synth.resources import data_path
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
        "i think BERT is good.",
        "It is clear that I like this model.",
        "I’m fond of this model and its results.",
        "the zero-shot ability of one large multilingual model",
        "the deeper layers of BERT",
        "Good results!",
        "The authors ask “Does transfer work on XNLI?”",
        'The authors ask "Does transfer work on XNLI?"',
        "The models outperform all of the baselines on:",
        "No, it does not improve transfer.",
        "Yes, transfer works well on every task.",
        "Check that BERT has 110M parameters.",
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
        "Modelling characters lifts the tagger on Dutch data from 73.1 to 81.7 F1.",
        "accuracy of the smaller model peaks at 68% in layer 8",
        "Model-I of the authors is more accurate than Model-II on short reviews.",
        "The proposed test keeps its type I error rate under control.",
        "For states with isospin I = 1 the diquark is scalar.",
        "mBERT averages 59.8 on XTREME.",
        "mBERT averages 59.8 on XTREME",
        "Scale lifts average accuracy.",
        "mBERT sat at 59.8 on the XNLI set.",
        "No pretraining is needed for zero-shot transfer.",
        "Yes/no questions transfer better than open questions.",
        "Check-COVID contains 1,504 claims.",
        "Go-Explore solves games with sparse rewards.",
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


def test_no_claim_of_the_gold_is_refused(encoder: Encoder, scorer: Scorer) -> None:
    files = [path for path in sorted(data_path("gold").glob("*.jsonl")) if path.stem.startswith(("verify", "digests"))]
    claims = [json.loads(line)["claim"] for path in files for line in path.read_text(encoding="utf-8").splitlines()][
        ::6
    ]
    rows = encoder.encode(claims)
    assert len(claims) > 150
    assert [text for text, row in zip(claims, rows, strict=True) if not is_checkworthy(text, row, scorer)] == []
