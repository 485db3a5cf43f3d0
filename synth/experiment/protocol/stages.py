"""The stages of a run as pure descriptions: what each does, with which choices, from which others.

A stage's digest covers its choices, the digests of its inputs, the data and the code that it runs. What carries the
digest is the same work: it is done once, shared by every effect that needs it, and skipped by a run that is resumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from synth.experiment.protocol.configs import Config
from synth.experiment.protocol.names import (
    BASE,
    CLEAN,
    GROWTH_ARM,
    GROWTH_TARGET,
    INTERMEDIATE,
    NOISES,
    NOISY_TARGETS,
    NONE,
    RETRIEVAL,
    ROBUST,
    ROBUST_TARGETS,
    TASKS_OF,
)
from synth.signature import content_key

PARALLEL = "parallel"
"""Among what is present: text with translations, from which neighbours of words come."""
MATERIAL = "material"
"""Id of the stage that reads what is held out."""
_MATERIAL = {"material": MATERIAL}


class Kind(StrEnum):
    """What a stage does."""

    MATERIAL = "material"
    """Read what is held out and, where an encoder is made here, the text for it."""
    NEIGHBOURS = "neighbours"
    """Find the neighbours of English words, for robust training."""
    TOKENIZER = "tokenizer"
    PRETRAIN = "pretrain"
    LOAD = "load"
    """Take up a pre-trained encoder by name."""
    LAYER = "layer"
    """Choose the layer of retrieval."""
    INTERMEDIATE = "intermediate"
    FINETUNE = "finetune"
    RETRIEVE = "retrieve"
    EVALUATE = "evaluate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One piece of work."""

    id: str
    """Its folder's name: ``finetune-nli-xnli-base-1``."""
    kind: Kind
    choices: Mapping[str, Any]
    """All that decides its result, beside inputs, data and code. JSON-able."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Stages that it needs, by what they are to it: ``tokenizer``, ``encoder``, ``layer``, ``predictions``."""
    label: str = ""
    """For the reader."""


def graph(config: Config, present: Sequence[str]) -> tuple[Stage, ...]:
    """The stages of a run, each after what it needs.

    Args:
        config: The choices.
        present: Tasks and intermediate arms whose data are at hand, and :data:`PARALLEL`.
    """
    return tuple(_stages(config, frozenset(present)))


def _stages(config: Config, present: frozenset[str]) -> Iterator[Stage]:
    robust = [target for target in ROBUST_TARGETS if target in config.targets and target in present]
    robust = robust if config.robust and PARALLEL in present else []
    limit = config.pretraining.sentences if config.pretraining else 0
    reading = {"sentences": limit if robust or not config.model else None}
    yield Stage(id=MATERIAL, kind=Kind.MATERIAL, choices=reading, label="what is held out, and text")
    if not config.model:
        yield Stage(
            id="tokenizer", kind=Kind.TOKENIZER, choices=_of(config.tokenizer), inputs=_MATERIAL, label="tokenizer"
        )
    arms = [arm for arm in config.arms if arm == NONE or arm in present]
    targets = [target for target in config.targets if any(task in present for task in TASKS_OF[target])]
    retrieval = [task for task in RETRIEVAL if task in present] if config.retrieval else []
    for size in config.sized():
        yield _start(config, size)
        if retrieval and config.retrieval and not config.retrieval.layer and not config.model:
            choices = {"max_length": config.retrieval.max_length}
            yield Stage(
                id=f"layer-{size}",
                kind=Kind.LAYER,
                choices=choices,
                inputs={**_encoder(config, size), **_MATERIAL},
                label=f"layer for retrieval, {size}",
            )
    for size in config.sized():
        sized_arms = arms if size == BASE else [arm for arm in arms if arm in (NONE, GROWTH_ARM)]
        sized_targets = targets if size == BASE else [one for one in targets if one == GROWTH_TARGET]
        sized_retrieval = retrieval if size == BASE else [one for one in retrieval if one == "tatoeba"]
        for arm in sized_arms:
            yield from _arm(config, arm, size, sized_targets, sized_retrieval, present)
    if robust and config.robust:
        yield Stage(
            id="neighbours",
            kind=Kind.NEIGHBOURS,
            choices={"neighbours": config.robust.neighbours},
            inputs=_MATERIAL,
            label="neighbours of words",
        )
        for target in robust:
            for seed in range(config.seeds):
                copies = {"copies": int(getattr(config.robust, target))}
                encoder = {**_encoder(config, BASE), "neighbours": "neighbours"}
                yield from _finetuning(config, ROBUST, target, BASE, seed, encoder, copies, present)


def _arm(
    config: Config, arm: str, size: str, targets: Sequence[str], retrieval: Sequence[str], present: frozenset[str]
) -> Iterator[Stage]:
    for seed in range(config.seeds):
        encoder = _encoder(config, size)
        if arm in INTERMEDIATE:
            stage = Stage(
                id=f"intermediate-{arm}-{size}-{seed}",
                kind=Kind.INTERMEDIATE,
                choices={
                    "arm": arm,
                    "seed": seed,
                    "training": _of(config.training(arm)),
                    "parts": _parts(arm, present),
                },
                inputs={**encoder, **_MATERIAL},
                label=f"intermediate training on {arm}, {size}, seed {seed}",
            )
            yield stage
            encoder = {**encoder, "encoder": stage.id}
        if retrieval and config.retrieval and (arm != NONE or seed == 0):
            layer = {} if config.retrieval.layer or config.model else {"layer": f"layer-{size}"}
            yield Stage(
                id=f"retrieve-{arm}-{size}-{seed}",
                kind=Kind.RETRIEVE,
                choices={"arm": arm, "size": size, "seed": seed, "tasks": list(retrieval), **_of(config.retrieval)},
                inputs={**encoder, **layer},
                label=f"retrieval with {arm}, {size}, seed {seed}",
            )
        for target in targets:
            yield from _finetuning(config, arm, target, size, seed, encoder, {}, present)


def _finetuning(
    config: Config,
    arm: str,
    target: str,
    size: str,
    seed: int,
    encoder: Mapping[str, str],
    robust: Mapping[str, int],
    present: frozenset[str],
) -> Iterator[Stage]:
    noisy = bool(config.noise) and arm == NONE and size == BASE and target in NOISY_TARGETS
    name = f"{arm}-{target}-{size}-{seed}"
    tested = {
        "arm": arm,
        "target": target,
        "size": size,
        "seed": seed,
        "tasks": [task for task in TASKS_OF[target] if task in present],
        "conditions": [CLEAN, *(NOISES if noisy else ())],
        "examples": config.evaluation.examples,
    }
    choices = {**tested, "training": _of(config.training(target)), "batch": config.evaluation.batch}
    if noisy and config.noise:
        choices["rate"] = config.noise.rate
    if robust:
        choices["robust"] = dict(robust)
    label = f"{target} after {arm}, {size}, seed {seed}"
    yield Stage(
        id=f"finetune-{name}",
        kind=Kind.FINETUNE,
        choices=choices,
        inputs={**encoder, **_MATERIAL},
        label=f"fine-tuning on {label}",
    )
    yield Stage(
        id=f"evaluate-{name}",
        kind=Kind.EVALUATE,
        choices=tested,
        inputs={"predictions": f"finetune-{name}"},
        label=f"scores of {label}",
    )


def _start(config: Config, size: str) -> Stage:
    if config.model:
        return Stage(id=f"load-{size}", kind=Kind.LOAD, choices={"model": config.model}, label=config.model)
    return Stage(
        id=f"pretrain-{size}",
        kind=Kind.PRETRAIN,
        choices={"size": _of(config.sizes[size]), "training": _of(config.pretraining)},
        inputs={"tokenizer": "tokenizer", **_MATERIAL},
        label=f"pre-training, {size}",
    )


def _encoder(config: Config, size: str) -> dict[str, str]:
    """The inputs that give the encoder of a size as pre-trained."""
    if config.model:
        return {"encoder": f"load-{size}", "tokenizer": f"load-{size}"}
    return {"encoder": f"pretrain-{size}", "tokenizer": "tokenizer"}


def _parts(arm: str, present: frozenset[str]) -> list[str]:
    """The single arms that an arm is made of."""
    return [one for one in INTERMEDIATE if one != "multi" and one in present] if arm == "multi" else [arm]


def _of(form: Any) -> dict[str, Any]:
    return dict(form.model_dump(mode="json")) if form is not None else {}


def digests(stages: Sequence[Stage], *, data: str, code: Mapping[Kind, str], threads: int) -> dict[str, str]:
    """The digest of every stage, by id.

    Args:
        stages: Each after its inputs.
        data: Digest of the data.
        code: Digest of the code of each kind.
        threads: Threads of a process: another number adds in another order and moves the last bits.
    """
    made: dict[str, str] = {}
    for stage in stages:
        inputs = {name: made[one] for name, one in sorted(stage.inputs.items())}
        made[stage.id] = content_key(stage.id, stage.kind, stage.choices, inputs, data, code[stage.kind], threads)[:24]
    return made
