"""Write trained weights as a folder that any cross-encoder loader reads, with a manifest that says what they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from synth.errors import OutputError
from synth.training.pairs import LABELS

MAX_BYTES = 50_000_000
"""Largest weight file that may travel with the package."""


def export_verifier(model: Any, tokenizer: Any, out: Path, *, max_length: int, facts: Mapping[str, Any]) -> Path:
    """Write weights (float16), configuration, tokenizer and manifest.

    Every file is written beside its place and moved in, the weights last but one and the manifest last, so
    that whoever reads the folder meanwhile finds whole files.

    Args:
        model: A ``BertForSequenceClassification`` with float32 weights.
        tokenizer: Its ``tokenizers.Tokenizer``.
        out: Folder to write to.
        max_length: Tokens of a pair that the model was trained on.
        facts: What the manifest says beside hashes and labels (data, seed, scores).

    Returns:
        The manifest's path.

    Raises:
        OutputError: The weights exceed :data:`MAX_BYTES`.
    """
    import torch
    from safetensors.torch import save
    from tokenizers import Tokenizer

    plain = Tokenizer.from_str(tokenizer.to_str())
    plain.no_truncation()
    plain.no_padding()
    config = model.config.to_dict()
    for key in ("_name_or_path", "transformers_version", "_attn_implementation", "torch_dtype"):
        config.pop(key, None)
    config |= {"architectures": ["BertForSequenceClassification"], "dtype": "float16"}
    tokens = {
        "tokenizer_class": "BertTokenizer",
        "model_max_length": max_length,
        "do_lower_case": True,
        "cls_token": "[CLS]",
        "sep_token": "[SEP]",
        "pad_token": "[PAD]",
        "unk_token": "[UNK]",
        "mask_token": "[MASK]",
    }
    weights = save(
        {k: v.to(torch.float16).contiguous() for k, v in model.state_dict().items()}, metadata={"format": "pt"}
    )
    if len(weights) > MAX_BYTES:
        raise OutputError(
            f"the weights take {len(weights):,} bytes, at most {MAX_BYTES:,} may be shipped", path=str(out)
        )
    files = {
        "config.json": _json(config),
        "tokenizer.json": plain.to_str().encode(),
        "tokenizer_config.json": _json(tokens),
        "model.safetensors": weights,
    }
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in sorted(files.items())}
    files["manifest.json"] = manifest_bytes({"labels": list(LABELS), "sha256": hashes, **facts})
    out.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        part = out / f"{name}.part"
        part.write_bytes(body)
        part.replace(out / name)
    return out / "manifest.json"


def manifest_bytes(facts: Mapping[str, Any]) -> bytes:
    """The manifest's text: sorted keys, so that equal facts give equal bytes."""
    return _json(facts)


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
