from __future__ import annotations

import signal
import sys

import numpy as np
import pytest

from synth.errors import ConfigError, ModelError, OutputError
from synth.experiment.kinds import TextPair
from synth.experiment.learning.embedding import embed, embed_layers
from synth.experiment.learning.encoder import EncoderSize, load_encoder, parameters, positions, save_encoder
from synth.experiment.learning.finetuning import PAIRS, Task, finetune
from synth.experiment.learning.loop import LoopConfig
from synth.experiment.learning.predicting import predict_pairs
from tests.experiment.learning import small

SENTENCES = ["the red fox runs", "红狐狸", "u mali kuca", "a"]


@pytest.fixture
def saved(encoder, tokenizer, tmp_path):
    save_encoder(encoder, tokenizer, tmp_path / "made")
    return tmp_path / "made"


def test_the_seed_decides_the_weights(tokenizer):
    first, same, other = (small.weights(small.encoder(tokenizer, seed)) for seed in (1, 1, 2))
    assert first == same != other


def test_a_checkpoint_in_hugging_face_format_goes_through_all(saved, tokenizer):
    from transformers import AutoModel, AutoTokenizer

    fast = AutoTokenizer.from_pretrained(saved)
    text = "the fox 红 <unknown>"
    assert fast(text)["input_ids"] == tokenizer.encode(text).ids
    assert fast.mask_token == "<mask>"
    assert type(AutoModel.from_pretrained(saved)).__name__ == "XLMRobertaModel"
    encoder, cutter = load_encoder(str(saved))
    pairs = [TextPair("the fox runs", text, i % 2) for i, text in enumerate(small.TEXTS["en"][:8])]
    tasks = {PAIRS: Task(kind=PAIRS, examples=pairs, labels=("no", "yes"))}
    tuned = finetune(encoder, cutter, tasks, LoopConfig(steps=2, batch=4, max_length=24), 0)
    assert predict_pairs(tuned, pairs).shape == (8, 2)
    assert embed(tuned.encoder, cutter, SENTENCES, 1, 16).shape == (4, 16)


def test_saved_weights_come_back(saved, encoder, tokenizer):
    found, cutter = load_encoder(str(saved))
    assert small.weights(found) == small.weights(encoder)
    assert parameters(found) == parameters(encoder)
    assert positions(found) == small.SIZE.positions
    np.testing.assert_array_equal(embed(found, cutter, SENTENCES, 2, 16), embed(encoder, tokenizer, SENTENCES, 2, 16))


def test_an_encoder_that_cannot_be_had_says_so(tmp_path):
    with pytest.raises(ModelError, match=r"cannot load the encoder .*: name a folder"):
        load_encoder(str(tmp_path / "nothing"))


def test_a_folder_without_weights_says_so(saved):
    (saved / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="cannot load"):
        load_encoder(str(saved))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("model.safetensors", "not weights"),
        ("config.json", '{"model_type": "xlm-roberta", "hidden_size": "wide"}'),
        ("config.json", '{"model_type": "xlm-roberta", "num_attention_heads": 0}'),
        ("config.json", "[]"),
        ("tokenizer_config.json", "[]"),
        ("tokenizer.json", '{"version": "1.0", "added_tokens": [], "model": {"type": "none"}}'),
    ],
)
def test_a_damaged_file_says_so(saved, name, text):
    (saved / name).write_text(text)
    with pytest.raises(ModelError, match=r"cannot load the encoder .*: name a folder") as caught:
        load_encoder(str(saved))
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files to stand for a full disk")
def test_a_full_disk_is_an_output_error(encoder, tokenizer, tmp_path):
    import resource

    save_encoder(encoder, tokenizer, tmp_path / "made")
    whole = (tmp_path / "made" / "model.safetensors").read_bytes()
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) // 2, before[1]))
    try:
        with pytest.raises(OutputError, match=r"cannot write .*made: .*; make room"):
            save_encoder(encoder, tokenizer, tmp_path / "made")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert (tmp_path / "made" / "model.safetensors").read_bytes() == whole


def test_a_shape_that_cannot_be():
    with pytest.raises(ConfigError, match="multiple of the heads"):
        EncoderSize(layers=1, width=10, heads=3, inner=4)


def test_an_embedding_does_not_depend_on_its_neighbours(encoder, tokenizer):
    together = embed(encoder, tokenizer, SENTENCES, 2, 16)
    alone = np.concatenate([embed(encoder, tokenizer, [sentence], 2, 16) for sentence in SENTENCES])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_an_embedding_is_the_mean_over_a_layer(encoder, tokenizer):
    import torch

    ids = torch.tensor([tokenizer.encode(SENTENCES[0]).ids])
    with torch.inference_mode():
        states = encoder.eval()(input_ids=ids, output_hidden_states=True).hidden_states
    for layer, found in enumerate(embed_layers(encoder, tokenizer, SENTENCES[:1], 16, unit=False)):
        np.testing.assert_allclose(found[0], states[layer][0].mean(dim=0).numpy(), atol=1e-5)
        same = embed(encoder, tokenizer, SENTENCES[:1], layer, 16, unit=False)
        np.testing.assert_allclose(same, found, atol=1e-6)


def test_no_sentences_no_vectors(encoder, tokenizer):
    assert embed(encoder, tokenizer, [], 1, 16).shape == (0, 16)


@pytest.mark.parametrize(("layer", "length", "said"), [(3, 16, "layers 0 to 2"), (1, 65, "64 positions")])
def test_what_an_encoder_has_not(encoder, tokenizer, layer, length, said):
    with pytest.raises(ConfigError, match=said):
        embed(encoder, tokenizer, SENTENCES, layer, length)
