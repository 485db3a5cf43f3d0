"""From a claim's words to fields: invented sentences of many wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.backing.fields import Direction, claim_fields
from synth.backing.lexicon import GROWTH, INTERMEDIATE, NOISE, ROBUST, SIZE


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("Scores on xnli and PAWS-X rise.", ("xnli", "paws-x")),
        ("TyDi QA, TyDiQA-GoldP and TyDiQA are one task.", ("tydiqa",)),
        ("UDPOS is part-of-speech tagging.", ("pos",)),
        ("PAN-X, which others call WikiANN, is named entity recognition.", ("ner",)),
        ("XQuAD and MLQA answer questions.", ("xquad", "mlqa")),
        ("BUCC 2018 mines, Tatoeba looks up.", ("bucc", "tatoeba")),
        ("The sentence retrieval tasks BUCC and Tatoeba gain.", ("bucc", "tatoeba")),  # the group says no more
        ("Sentence retrieval gains most.", ("retrieval",)),
        ("Image-text retrieval gains most.", ()),
        ("Question answering improves.", ("question answering",)),
        ("Visual question answering improves.", ()),
        ("Training on question answering helps XNLI.", ("xnli",)),  # that is what was trained on
        ("The average score on XTREME is high.", ("xtreme",)),
        ("The mean over the nine target tasks rises.", ("xtreme",)),
        ("XTREME-R and XTREME-UP are other benchmarks.", ()),
        ("The XTREME paper prints another score on Tatoeba.", ("tatoeba",)),
        ("On XTREME, the task XNLI is the largest.", ("xnli",)),
        ("Cats sleep all day.", ()),
    ],
)
def test_tasks(text: str, tasks: tuple[str, ...]) -> None:
    assert claim_fields(text).tasks == tasks


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("Multilingual BERT, also mBERT, is small.", ("mbert",)),
        ("XLM-R Large beats XLM-R base and XLM.", ("xlm-r-large", "xlm-r-base", "xlm")),
        ("XLM-RoBERTa-large is one model.", ("xlm-r-large",)),
        ("XLM-R is of one of two sizes.", ("xlm-r",)),
        ("XLM-RA and XLM-100 are others.", ()),
        ("STiLTs and X-STILTs are one system.", ("stilts",)),
        ("STILTs is another spelling.", ("stilts",)),
        ("A filter keeps sentences.", ()),
        ("FILTER and VECO translate.", ("filter", "veco")),
    ],
)
def test_models(text: str, models: tuple[str, ...]) -> None:
    assert claim_fields(text).models == models


@pytest.mark.parametrize(
    ("text", "treatments"),
    [
        ("English intermediate-task training helps.", (INTERMEDIATE,)),
        ("Fine-tuning on an intermediate task helps.", (INTERMEDIATE,)),
        ("The intermediate layers help.", ()),
        ("The intermediate-task system is strong.", ()),
        ("Robust training helps.", (ROBUST,)),
        ("Adversarial training helps.", (ROBUST,)),
        ("Synonym augmentation helps.", (ROBUST,)),
        ("Data augmentation helps.", ()),
        ("Typos hurt.", (NOISE,)),
        ("Larger models help.", (SIZE,)),
        ("The gain of intermediate training grows with model size.", (GROWTH,)),
    ],
)
def test_treatments(text: str, treatments: tuple[str, ...]) -> None:
    assert claim_fields(text).treatments == treatments


@pytest.mark.parametrize(
    "text",
    [
        "Intermediate training with masked language modelling helps.",
        "Machine-translated intermediate tasks help.",
        "Intermediate-task training on image captions with a vision encoder helps.",
        "Intermediate training with adapters helps.",
    ],
)
def test_a_variant_of_a_treatment_is_not_the_treatment(text: str) -> None:
    assert claim_fields(text).treatments != (INTERMEDIATE,)


_ON_XNLI = ("xnli",)


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("Intermediate-task training improves XNLI.", (Direction(1, _ON_XNLI),)),
        ("XNLI benefits from intermediate-task training.", (Direction(1, _ON_XNLI),)),
        ("Intermediate-task training hurts XNLI.", (Direction(-1, _ON_XNLI),)),
        ("XNLI does not benefit from intermediate-task training.", (Direction(0, _ON_XNLI),)),
        ("XNLI sees no benefit from intermediate-task training.", (Direction(0, _ON_XNLI),)),
        ("Intermediate-task training fails to improve XNLI.", (Direction(0, _ON_XNLI),)),
        ("XNLI does not benefit from intermediate-task training, TyDiQA does.", (Direction(0, _ON_XNLI),)),
        (
            "Intermediate-task training improves XNLI but lowers Tatoeba.",
            (Direction(1, _ON_XNLI), Direction(-1, ("tatoeba",))),
        ),
        ("Intermediate-task training improves all tasks except XNLI.", ()),
        ("Intermediate-task training improves zero-shot cross-lingual transfer.", (Direction(1, ("xtreme",)),)),
        ("Intermediate-task training improves XNLI more than robust accuracy.", ()),
        ("Intermediate-task training may improve XNLI.", ()),
        ("It is asked whether intermediate-task training improves XNLI.", ()),
        ("Intermediate-task training does not hurt XNLI.", ()),
        ("Intermediate-task training reduces the gap on XNLI.", ()),
        ("Intermediate-task training improves XNLI and lowers it later.", ()),
        ("Intermediate-task training improves IGLUE and XNLI.", ()),  # a stranger takes part
        ("Intermediate-task training improves retrieval of M3P on XNLI.", ()),
        ("Something improves XNLI.", ()),
        ("The gain of intermediate training on XNLI grows with model size.", (Direction(1, _ON_XNLI),)),
        ("The gain of intermediate training on XNLI shrinks with model size.", (Direction(-1, _ON_XNLI),)),
        ("Larger models benefit from intermediate training on XNLI.", ()),
    ],
)
def test_directions(text: str, directions: tuple[Direction, ...]) -> None:
    assert claim_fields(text).directions == directions


@pytest.mark.parametrize(
    ("text", "by_language"),
    [
        ("XLM-R reaches 70.1 on Chinese XNLI.", True),
        ("XLM-R averages 70.1 over languages from Chinese to Thai.", False),
        ("XLM-R, trained on English, reaches 70.1 on XNLI.", False),
    ],
)
def test_single_languages(text: str, by_language: bool) -> None:
    assert claim_fields(text).by_language is by_language


@given(st.text(max_size=300))
def test_any_text_has_fields(text: str) -> None:
    fields = claim_fields(text)
    assert all(0 <= one.value < 1000 for one in fields.numbers)
    assert fields == claim_fields(text)
    assert not fields.directions or len(fields.treatments) == 1
