"""What a run would take, for `--plan`: reckoned with the speed of this machine, or with a stated one."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from synth.experiment.protocol import material
from synth.experiment.protocol.configs import Config
from synth.experiment.protocol.devices import gpus, processes
from synth.experiment.protocol.names import BASE
from synth.experiment.protocol.plan import TRAINED, Estimate, estimates, shape_of
from synth.experiment.protocol.runs import Prepared
from synth.experiment.protocol.stages import Kind, Stage

_NAMES: Mapping[Kind, str] = {
    Kind.MATERIAL: "reading",
    Kind.NEIGHBOURS: "neighbours of words",
    Kind.TOKENIZER: "tokenizer",
    Kind.PRETRAIN: "pre-training",
    Kind.LOAD: "loading the encoder",
    Kind.LAYER: "layer of retrieval",
    Kind.INTERMEDIATE: "intermediate training",
    Kind.FINETUNE: "fine-tuning and testing",
    Kind.RETRIEVE: "retrieval",
    Kind.EVALUATE: "scores",
}
_BURST_S = 1.5
_SHARE = 0.5
"""What attention, norms and the optimiser leave of the throughput of bare matrix products, as measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Stages of one kind, together."""

    name: str
    stages: int
    steps: int
    examples: int
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would take."""

    scale: str
    rows: tuple[Row, ...]
    hours: float
    """On the clock, with the config's processes."""
    machine: str
    """What it is reckoned for."""
    bytes: int
    """On disk, to be kept."""
    tasks: tuple[str, ...]
    absent: tuple[str, ...]
    model: str

    def as_json(self) -> str:
        """The plan for programs."""
        return json.dumps({"version": 1, **asdict(self)}, indent=1, ensure_ascii=False) + "\n"


def planned(prepared: Prepared) -> Plan:
    """The plan of a run: reads the data, measures the machine for two seconds, and starts nothing.

    Raises:
        ConfigError: A file of the data is damaged.
    """
    order = prepared.order
    config = order.config
    counts = counted(order.data, prepared.stages)
    if config.hardware:
        speed, machine = config.hardware.teraflops, f"{config.hardware.name} at {config.hardware.teraflops:g} TFLOP/s"
    else:
        speed = measured_teraflops(config)
        machine = f"this machine, measured at {speed:.3f} TFLOP/s a process"
    found = estimates(prepared.stages, config, teraflops=speed, counts=counts)
    rows = tuple(_rows(prepared.stages, found))
    jobs = config.jobs or processes(0, gpus())
    longest = max((one.seconds for one in found.values()), default=0.0)
    return Plan(
        scale=order.scale,
        rows=rows,
        hours=round(max(sum(row.seconds for row in rows) / jobs, longest) / 3600, 3),
        machine=machine,
        bytes=sum(one.bytes for one in found.values()),
        tasks=prepared.tasks,
        absent=prepared.absent,
        model=config.model,
    )


def counted(data: Path, stages: Sequence[Stage]) -> dict[str, int]:
    """Examples of the training sets that the stages use; those of ``multi`` are those of its parts."""
    targets = {stage.choices["target"] for stage in stages if stage.kind is Kind.FINETUNE}
    parts = {stage.choices["arm"]: stage.choices["parts"] for stage in stages if stage.kind is Kind.INTERMEDIATE}
    return {
        **TRAINED,
        **{target: len(material.target_examples(data, target)) for target in sorted(targets)},
        **{arm: sum(len(material.arm_examples(data, part)) for part in of) for arm, of in parts.items()},
    }


def measured_teraflops(config: Config) -> float:
    """Throughput of one process on this machine: a short burst of training steps of the base size.

    A stack of matrix products of the encoder's own shapes stands for it, forward and backward.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(config.threads)
    shape = shape_of(config, BASE)
    generator = torch.Generator().manual_seed(0)
    rows = 32 * 64
    sizes = [(shape.width, shape.width)] * 4 + [(shape.width, shape.inner), (shape.inner, shape.width)]
    weights = [torch.randn(size, generator=generator).div_(size[0] ** 0.5).requires_grad_() for size in sizes]
    start = torch.randn((rows, shape.width), generator=generator)
    done, began = 0, time.process_time()
    while time.process_time() - began < _BURST_S * config.threads:
        states = start
        for weight in weights:
            states = torch.nn.functional.gelu(states @ weight)
        loss: Any = states.sum()
        loss.backward()
        done += 1
    spent = (time.process_time() - began) / config.threads
    torch.set_num_threads(before)
    work = 6 * rows * sum(one * other for one, other in sizes) * done
    return _SHARE * work / spent / 1e12


def _rows(stages: Sequence[Stage], found: Mapping[str, Estimate]) -> list[Row]:
    rows = []
    for kind in Kind:
        of = [found[stage.id] for stage in stages if stage.kind is kind]
        if of:
            rows.append(
                Row(
                    name=_NAMES[kind],
                    stages=len(of),
                    steps=sum(one.steps for one in of),
                    examples=sum(one.examples for one in of),
                    tokens=sum(one.tokens for one in of),
                    seconds=round(sum(one.seconds for one in of), 1),
                )
            )
    return rows
