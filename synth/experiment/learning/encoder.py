"""Encoders: small ones made from nothing, and any checkpoint in Hugging Face's format. One format for both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synth.errors import ConfigError, ModelError
from synth.experiment.learning.tokenizer import private, save_tokenizer
from synth.experiment.learning.writing import writable

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderSize:
    """Shape of an encoder."""

    layers: int
    width: int
    heads: int
    inner: int
    """Width of the feed-forward layers."""
    positions: int = 512
    """Tokens of a text at most."""

    def __post_init__(self) -> None:
        if min(self.layers, self.width, self.heads, self.inner, self.positions) < 1 or self.width % self.heads:
            raise ConfigError(
                f"an encoder of {self.layers} layers, width {self.width}, {self.heads} heads and inner width "
                f"{self.inner} cannot be: all must be positive and the width a multiple of the heads"
            )


def new_encoder(size: EncoderSize, tokenizer: Tokenizer, seed: int) -> Any:
    """An untrained ``XLMRobertaModel``.

    It has no dropout: a small model that sees its text a few times underfits.

    Args:
        size: Its shape.
        tokenizer: Gives the vocabulary and the ids of padding, start and end.
        seed: Seed of the weights.
    """
    import torch
    from transformers import XLMRobertaConfig, XLMRobertaModel

    from synth.experiment.learning.tokenizer import specials

    ids = specials(tokenizer)
    config = XLMRobertaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=size.width,
        num_hidden_layers=size.layers,
        num_attention_heads=size.heads,
        intermediate_size=size.inner,
        max_position_embeddings=size.positions + ids.pad + 1,  # RoBERTa counts positions from behind the padding id
        type_vocab_size=1,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=ids.pad,
        bos_token_id=ids.start,
        eos_token_id=ids.end,
        use_cache=False,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return XLMRobertaModel(config, add_pooling_layer=False)


def load_encoder(name: str) -> tuple[Any, Tokenizer]:
    """An encoder and its tokenizer, from a folder or by a name on the Hugging Face hub.

    Args:
        name: A folder with ``config.json``, ``model.safetensors`` and ``tokenizer.json``, or a name such as
            ``xlm-roberta-large``, which is taken from the local cache first.

    Raises:
        ModelError: It is not there and cannot be had, or is no encoder with a fast tokenizer.
    """
    import torch
    from transformers import AutoModel, AutoTokenizer

    try:
        with _quiet(), torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            encoder = AutoModel.from_pretrained(name, dtype=torch.float32, use_safetensors=True, **_poolerless(name))
            fast = AutoTokenizer.from_pretrained(name, use_fast=True)
    except Exception as error:  # noqa: BLE001 - anybody's files, read by four libraries, some with errors of no family
        reason = " ".join(str(error).split()).partition(". ")[0][:200] or type(error).__name__
        raise ModelError(
            f"cannot load the encoder {name} ({reason}): name a folder with config.json, model.safetensors and "
            "tokenizer.json, or a model that is in the Hugging Face cache or can be downloaded",
            checkpoint=name,
        ) from None
    backend = getattr(fast, "backend_tokenizer", None)
    if backend is None:
        raise ModelError(f"{name} has no tokenizer.json: take a checkpoint with a fast tokenizer", checkpoint=name)
    return encoder, private(backend)


@contextmanager
def _quiet() -> Iterator[None]:
    """No bars, and no table of the heads that a checkpoint has and that are not wanted."""
    from transformers.utils import logging as untyped

    logging: Any = untyped
    bars, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


def _poolerless(name: str) -> dict[str, Any]:
    """The models of BERT's family carry a pooling layer that nothing here uses and no gradient reaches."""
    from transformers import AutoConfig

    family = AutoConfig.from_pretrained(name).model_type
    return {"add_pooling_layer": False} if family in {"bert", "roberta", "xlm-roberta", "camembert"} else {}


def save_encoder(encoder: Any, tokenizer: Tokenizer, folder: Path) -> None:
    """Write an encoder and its tokenizer so that :func:`load_encoder` and ``transformers`` read them.

    Args:
        encoder: A ``transformers`` model.
        tokenizer: Its tokenizer.
        folder: Appears whole or not at all; an older one is replaced.

    Raises:
        OutputError: The folder cannot be written.
    """
    part = folder.with_name(folder.name + ".part")
    with writable(folder):
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        with _quiet():
            encoder.save_pretrained(part)
        save_tokenizer(tokenizer, part)
        shutil.rmtree(folder, ignore_errors=True)
        part.replace(folder)


def positions(encoder: Any) -> int:
    """Tokens that a text may have, special ones among them."""
    return int(encoder.config.max_position_embeddings) - first_position(encoder)


def first_position(encoder: Any) -> int:
    """Number of a text's first position: RoBERTa's family counts from behind the padding id, BERT's from 0."""
    config = encoder.config
    return int(config.pad_token_id) + 1 if config.model_type in {"roberta", "xlm-roberta", "camembert"} else 0


def check_length(encoder: Any, max_length: int) -> None:
    """Refuse inputs that are longer than the encoder's positions.

    Raises:
        ConfigError: ``max_length`` is over the limit.
    """
    if max_length > (limit := positions(encoder)):
        raise ConfigError(f"max_length is {max_length}, but the encoder has {limit} positions: set it to at most that")


def parameters(encoder: Any) -> int:
    """Number of weights."""
    return sum(int(p.numel()) for p in encoder.parameters())
