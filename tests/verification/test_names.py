from __future__ import annotations

import pytest

from synth.verification.names import names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We compare XLM-R with mBERT.", {"xlmr", "mbert"}),
        ("XLM-R's score on Swahili", {"xlmr", "swahili"}),
        ("Qwen2-1.5B and gemma-3-27b-pt", {"qwen215b", "gemma327bpt"}),
        ("The model is good. However, it is slow.", set()),
        ("a 24-language, 4-shot setting", set()),
        ("in Table 3 and Section 4", set()),
        ("LLaMA-2 is Llama2", {"llama2"}),
        ("It is slow. Depth helps.", set()),
        ("a comparison of plan B and layer K", set()),
        ("", set()),
    ],
)
def test_names_of_a_text(text, expected):
    assert names(text) == expected


def test_a_first_word_is_a_name_only_when_lenient():
    assert names("Swahili is hard.") == frozenset()
    assert names("Swahili is hard.", strict=False) == {"swahili"}
