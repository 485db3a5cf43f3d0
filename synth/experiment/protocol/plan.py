"""What a run will take: steps, examples, tokens, time and disk of each stage, by arithmetic. Pure.

Training takes about 6 operations a parameter and token, testing 2 (Kaplan et al. 2020, arXiv:2001.08361, section 2.1);
word embeddings are looked up, not multiplied, and do not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synth.experiment.protocol.configs import Config
from synth.experiment.protocol.forms import Training
from synth.experiment.protocol.stages import Kind, Stage

ASSUMED_TERAFLOPS = 0.03
"""Throughput of one core, where none was measured: only the shares of the stages matter then."""
_TOKENS: Mapping[str, int] = {
    "xnli": 48, "pawsx": 60, "udpos": 32, "panx": 16, "squad": 220, "tydiqa": 200, "xquad": 260, "mlqa": 240,
    "nli": 42, "qa": 220, "commonsense": 300, "multi": 180, "tatoeba": 13, "bucc": 36,
}  # fmt: skip
"""Tokens of an example, about; a choice has several options."""
TRAINED: Mapping[str, int] = {
    "xnli": 19_600, "pawsx": 2_000, "udpos": 21_200, "panx": 20_000, "squad": 9_300, "tydiqa": 3_700,
    "nli": 31_000, "qa": 9_300, "commonsense": 5_400, "multi": 45_700,
}  # fmt: skip
"""Examples of the training sets as they are handed on, about."""
_TESTED: Mapping[str, tuple[int, int]] = {
    "xnli": (15, 5010), "pawsx": (7, 2000), "udpos": (33, 1500), "panx": (40, 5000), "xquad": (11, 1190),
    "mlqa": (7, 600), "tydiqa": (2, 2200), "tatoeba": (112, 790), "bucc": (1, 22_000),
}  # fmt: skip
"""Languages, and examples of one, about."""
_KNOWN: Mapping[str, tuple[int, int]] = {"base": (12, 768), "large": (24, 1024)}
"""Layers and width of pre-trained encoders, by what their name holds."""
_PIECES_KNOWN = 250_002
_OVERHEAD_S = 0.3
_READING_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a stage will take, about."""

    steps: int = 0
    """Optimiser steps."""
    examples: int = 0
    """Trained and tested on, together."""
    tokens: int = 0
    seconds: float = 0.0
    bytes: int = 0
    """On disk, to be kept."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Layers, width and vocabulary, of which the parameters follow."""

    layers: int
    width: int
    inner: int
    vocabulary: int

    @property
    def parameters(self) -> int:
        """Without word embeddings."""
        return self.layers * (4 * self.width**2 + 2 * self.width * self.inner)

    @property
    def bytes(self) -> int:
        """Of the weights on disk, in float32."""
        return 4 * (self.parameters + self.vocabulary * self.width)


def shape_of(config: Config, size: str) -> Shape:
    """The shape of a size, or of the model that is taken up; one of unknown name counts as large."""
    if config.model:
        known = next((shape for name, shape in _KNOWN.items() if name in config.model.rpartition("/")[2]), None)
        layers, width = known or _KNOWN["large"]
        return Shape(layers, width, 4 * width, _PIECES_KNOWN)
    one = config.sizes[size]
    return Shape(one.layers, one.width, one.inner, config.tokenizer.vocabulary if config.tokenizer else 0)


def estimates(
    stages: Sequence[Stage],
    config: Config,
    *,
    teraflops: float = ASSUMED_TERAFLOPS,
    counts: Mapping[str, int] = TRAINED,
) -> dict[str, Estimate]:
    """An estimate of every stage, by id.

    Args:
        stages: The stages.
        config: The run's choices.
        teraflops: Throughput in 10^12 operations a second, of one process.
        counts: Examples of each training set.
    """
    return {stage.id: _estimate(stage, config, teraflops * 1e12, counts) for stage in stages}


def _estimate(stage: Stage, config: Config, speed: float, counts: Mapping[str, int]) -> Estimate:
    choices, shape = stage.choices, shape_of(config, _size(stage))
    match stage.kind:
        case Kind.PRETRAIN:
            training = choices["training"]
            examples = training["steps"] * training["batch"] * training["accumulate"]
            tokens = int(0.7 * examples * training["max_length"])
            softmax = 0.15 * shape.width * shape.vocabulary
            work = 6 * (shape.parameters + softmax) * tokens
            return _made(training["steps"], examples, tokens, work, speed, shape.bytes)
        case Kind.INTERMEDIATE:
            steps, examples = _updates(choices["training"], counts.get(choices["arm"], 0), parts=len(choices["parts"]))
            tokens = examples * _length(choices["arm"], choices["training"]["max_length"])
            return _made(steps, examples, tokens, 6 * shape.parameters * tokens, speed, shape.bytes)
        case Kind.FINETUNE:
            return _finetuning(choices, shape, speed, counts)
        case Kind.RETRIEVE:
            sentences = sum(_sentences(task, choices) for task in choices["tasks"])
            tokens = sum(_sentences(task, choices) * _length(task, choices["max_length"]) for task in choices["tasks"])
            return _made(0, sentences, tokens, 2 * shape.parameters * tokens, speed, 2_000_000)
        case Kind.MATERIAL | Kind.NEIGHBOURS:
            return Estimate(seconds=_READING_S, bytes=80_000_000)
        case Kind.TOKENIZER:
            return Estimate(
                seconds=20 * min(1.0, (choices["vocabulary"] * choices["sentences"]) / 3e7), bytes=2_000_000
            )
        case Kind.LAYER:
            return _made(0, 4_000, 4_000 * 30, 2 * shape.parameters * 4_000 * 30, speed, 1_000)
        case _:
            return Estimate(seconds=_OVERHEAD_S)


def _finetuning(choices: Mapping[str, Any], shape: Shape, speed: float, counts: Mapping[str, int]) -> Estimate:
    target, most = choices["target"], choices["training"]["max_length"]
    copies = choices.get("robust", {}).get("copies", 0)
    steps, trained = _updates(choices["training"], counts.get(target, 0), copies=copies)
    tokens = trained * _length(target, most)
    tested = tested_tokens = 0
    for task in choices["tasks"]:
        languages, held = _TESTED[task]
        count = languages * min(held, choices["examples"] or held) * len(choices["conditions"])
        tested, tested_tokens = tested + count, tested_tokens + count * _length(task, most)
    work = shape.parameters * (6 * tokens + 2 * tested_tokens)
    return _made(steps, trained + tested, tokens + tested_tokens, work, speed, 20 * tested)


def _updates(training: Mapping[str, Any], examples: int, *, parts: int = 1, copies: int = 0) -> tuple[int, int]:
    """Steps, and examples with their repetitions; the config's limit is on each part, before any copies are made."""
    form = Training.model_validate(dict(training))
    held = min(examples, parts * form.examples) if form.examples else examples
    steps = form.updates(held * (1 + copies))
    return steps, steps * form.batch * form.accumulate


def _made(steps: int, examples: int, tokens: int, work: float, speed: float, size: int) -> Estimate:
    return Estimate(steps=steps, examples=examples, tokens=tokens, seconds=_OVERHEAD_S + work / speed, bytes=size)


def _length(name: str, most: int) -> int:
    return min(_TOKENS[name], most)


def _sentences(task: str, choices: Mapping[str, Any]) -> int:
    if task == "bucc":
        return 2 * choices["mining"] if choices["mining"] else _TESTED["bucc"][1]
    languages, held = _TESTED["tatoeba"]
    return 2 * (36 if choices["languages"] == "36" else languages) * min(held, choices["examples"] or held)


def _size(stage: Stage) -> str:
    """By the encoder's stage where the choices do not have it: ``pretrain-base``."""
    if stage.kind in (Kind.PRETRAIN, Kind.LOAD, Kind.LAYER):
        return stage.id.partition("-")[2]
    if stage.kind is Kind.INTERMEDIATE:
        return stage.inputs["encoder"].partition("-")[2]
    return str(stage.choices.get("size", "base"))
