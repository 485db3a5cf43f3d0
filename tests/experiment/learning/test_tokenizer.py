from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import ConfigError, ModelError
from synth.experiment.learning.tokenizer import (
    UNKNOWN,
    load_tokenizer,
    private,
    save_tokenizer,
    specials,
    train_tokenizer,
)
from tests.experiment.learning import small


def test_the_same_text_gives_the_same_bytes_in_any_order(tokenizer):
    texts = [text for texts in small.TEXTS.values() for text in texts]
    assert train_tokenizer(reversed(texts), 340).to_str() == tokenizer.to_str()


def test_other_text_gives_another_vocabulary(tokenizer):
    assert train_tokenizer(small.TEXTS["en"], 340).to_str() != tokenizer.to_str()


@given(text=st.text(max_size=30))
def test_no_text_has_an_unknown_token(text):
    cut = private(_MADE).encode(text, add_special_tokens=False)
    assert UNKNOWN not in cut.tokens


_MADE = small.tokenizer()


def test_a_rare_sign_is_spelt_in_bytes(tokenizer):
    assert tokenizer.encode("𓀀", add_special_tokens=False).tokens[-4:] == ["<0xF0>", "<0x93>", "<0x80>", "<0x80>"]


def test_names_of_special_tokens_in_a_text_are_text(tokenizer):
    ids = private(tokenizer).encode("<s> <mask> <0x41>", add_special_tokens=False).ids
    special = specials(tokenizer)
    assert not {special.start, special.mask, tokenizer.token_to_id("<0x41>")} & set(ids)


def test_a_pair_is_framed_as_xlm_r_does(tokenizer):
    tokens = tokenizer.encode("fox", "hills").tokens
    assert tokens[0] == "<s>" and tokens[-1] == "</s>" and tokens.count("</s>") == 3


def test_it_is_read_as_it_was_written(tokenizer, tmp_path):
    save_tokenizer(tokenizer, tmp_path)
    assert load_tokenizer(tmp_path).to_str() == tokenizer.to_str()


def test_a_damaged_file_is_refused(tmp_path):
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(ModelError, match="no tokenizer"):
        load_tokenizer(tmp_path)
    with pytest.raises(ModelError, match="cannot read"):
        load_tokenizer(tmp_path / "none")


@pytest.mark.parametrize(("texts", "size", "said"), [(["fox"], 10, "at least"), ([" "], 400, "no text")])
def test_bad_input(texts, size, said):
    with pytest.raises(ConfigError, match=said):
        train_tokenizer(texts, size)
