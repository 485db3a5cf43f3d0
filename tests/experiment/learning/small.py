"""Invented text, and an encoder of a few thousand weights."""

from __future__ import annotations

import random
from typing import Any

from synth.experiment.learning.encoder import EncoderSize, new_encoder
from synth.experiment.learning.tokenizer import train_tokenizer

SIZE = EncoderSize(layers=2, width=16, heads=2, inner=32, positions=64)
WORDS = {
    "en": ["the", "red", "fox", "sees", "a", "small", "house", "and", "runs", "over", "green", "hills"],
    "xx": ["ta", "rua", "fuks", "vidi", "u", "mali", "kuca", "i", "trci", "po", "zelen", "brdo"],
    "zh": [*"红狐狸看见一座小房子跑过绿山"],
}


def sentences(language: str, number: int = 40, seed: int = 0) -> list[str]:
    rng = random.Random(f"{language} {seed}")
    joint = "" if language == "zh" else " "
    return [joint.join(rng.choices(WORDS[language], k=rng.randint(3, 9))) + "." for _ in range(number)]


TEXTS = {language: sentences(language) for language in WORDS}
PAIRS = {language: list(zip(sentences(language, 30), sentences("en", 30), strict=True)) for language in ("xx", "zh")}


def tokenizer() -> Any:
    return train_tokenizer([text for texts in TEXTS.values() for text in texts], 340)


def encoder(made: Any, seed: int = 3) -> Any:
    return new_encoder(SIZE, made, seed)


def weights(model: Any) -> dict[str, bytes]:
    return {name: p.detach().numpy().tobytes() for name, p in model.named_parameters()}
