"""A run from its order to its results: which sets, which stages, carried out, gathered and written."""

from __future__ import annotations

import ast
import datetime
import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from synth.errors import ConfigError
from synth.experiment.audit import audit
from synth.experiment.protocol import gathering, material
from synth.experiment.protocol.configs import Config
from synth.experiment.protocol.devices import gpus, hardware, processes
from synth.experiment.protocol.names import ALL_TASKS, INTERMEDIATE, RETRIEVAL, TASKS_OF
from synth.experiment.protocol.notes import notes
from synth.experiment.protocol.place import Place, writable
from synth.experiment.protocol.plan import Estimate, estimates
from synth.experiment.protocol.progress import RunProgress, Silent
from synth.experiment.protocol.running import CarryOut, Surroundings, Task, run_stages
from synth.experiment.protocol.stages import Kind, Stage, digests, graph
from synth.experiment.published import read_published, shipped
from synth.experiment.results import Results, write_results
from synth.experiment.sets.folder import TRAINING, require, training_file
from synth.signature import content_key

_ROOM = Path(__file__).resolve().parents[1]
_CODE: Mapping[Kind, tuple[str, ...]] = {
    Kind.MATERIAL: ("sets",),
    Kind.NEIGHBOURS: ("sets",),
    Kind.TOKENIZER: ("learning/tokenizer.py", "sets"),
    Kind.PRETRAIN: ("learning", "sets"),
    Kind.LOAD: (),
    Kind.LAYER: ("learning/embedding.py", "sets", "scoring"),
    Kind.INTERMEDIATE: ("learning", "sets"),
    Kind.FINETUNE: ("learning", "sets"),
    Kind.RETRIEVE: ("learning/embedding.py", "sets", "scoring"),
    Kind.EVALUATE: ("sets", "scoring"),
}
"""The code, beside that of the protocol's own work, that decides what a kind of stage gives."""
_FETCHING = _ROOM / "sets" / "hub"
"""Gets sets that are not there yet; what it has written counts as data."""
_LIBRARIES = ("numpy", "tokenizers", "torch", "transformers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be run."""

    scale: str
    config: Config
    data: Path
    partial: bool = False
    """Go on with the sets that are there."""
    only: tuple[str, ...] = ()
    """Tasks to be scored on; empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An order, and what of it can be done with the data at hand."""

    order: Order
    tasks: tuple[str, ...]
    absent: tuple[str, ...]
    """Sets that are not there."""
    stages: tuple[Stage, ...]
    estimates: Mapping[str, Estimate]


def prepare(order: Order) -> Prepared:
    """Look at the data, and lay the stages out. Trains nothing.

    Raises:
        ConfigError: A task is not known, or sets are absent.
    """
    config = order.config
    for task in order.only:
        if task not in ALL_TASKS:
            raise ConfigError(f"--only {task} is not known: choose some of {', '.join(ALL_TASKS)}")
    possible = [task for target in config.targets for task in TASKS_OF[target]]
    possible += RETRIEVAL if config.retrieval else ()
    wanted = [task for task in possible if not order.only or task in order.only]
    if not wanted:
        raise ConfigError(f"--only {','.join(order.only)}: {order.scale} runs none of them, but {', '.join(possible)}")
    arms = [arm for arm in config.arms if arm in INTERMEDIATE]
    sets = material.needed(wanted, arms, text=not config.model or config.robust is not None)
    here = require(order.data, sets, partial=order.partial)
    if not config.model and "parallel" not in here:
        raise ConfigError(f"{order.data} has no parallel text to pre-train on: unpack it, or name a --model")
    present = material.available(here)
    tasks = tuple(task for task in wanted if task in present)
    if not tasks:
        raise ConfigError(f"{order.data} holds none of the tasks {', '.join(wanted)} whole: unpack at least one")
    text = ("parallel",) if "parallel" in here else ()
    stages = graph(config, (*tasks, *(one for one in present if one in INTERMEDIATE), *text))
    return Prepared(
        order=order,
        tasks=tasks,
        absent=tuple(name for name in sets if name not in here),
        stages=stages,
        estimates=estimates(stages, config),
    )


def run(
    prepared: Prepared,
    folder: Path,
    *,
    carry_out: CarryOut,
    fresh: bool = False,
    progress: RunProgress | None = None,
    today: datetime.date | None = None,
) -> Results:
    """Carry out what is not there yet, and write `results.json`.

    Args:
        prepared: The order.
        folder: Of the run; it may hold a run that was broken off.
        carry_out: Does the work of a stage.
        fresh: Remove what an earlier run left there.
        progress: Told how it goes on.
        today: The day that stands in the results.

    Returns:
        The results.

    Raises:
        ConfigError: The folder holds a run under other choices, or another run is under way in it.
        ModelError: A stage failed.
        OutputError: The folder cannot be written.
    """
    order, place = prepared.order, Place(folder)
    with place.alone():
        if fresh:
            place.forget()
        place.same_run(identity(order))
        made = digests(
            prepared.stages,
            data=material.data_digest(order.data),
            code={kind: code_digest(kind) for kind in Kind},
            threads=order.config.threads,
        )
        tasks = [Task(stage, made[stage.id], prepared.estimates[stage.id].seconds) for stage in prepared.stages]
        around = Surroundings(folder, order.data, order.config.threads)
        found = () if order.config.jobs else gpus()
        run_stages(
            tasks,
            around,
            carry_out,
            jobs=processes(order.config.jobs, found),
            gpus=found,
            progress=progress or Silent(),
        )
        results = gathered(prepared, place, signature=content_key(made)[:16], today=today)
        with writable(folder):
            write_results(results, folder / "results.json")
    return results


def gathered(prepared: Prepared, place: Place, *, signature: str, today: datetime.date | None) -> Results:
    """The results of a run whose stages are all there.

    Raises:
        ConfigError: A stage's file is damaged.
    """
    config, stages = prepared.order.config, prepared.stages
    outcomes = gathering.measured(stages, place)
    effects = gathering.judged(outcomes, audit(read_published(shipped())), config)
    return Results(
        scale=prepared.order.scale,
        signature=signature,
        seeds=tuple(range(config.seeds)),
        config=config.facts(),
        hardware=hardware(),
        seconds=gathering.seconds(stages, place),
        date=(today or datetime.datetime.now(datetime.UTC).date()).isoformat(),
        versions={"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        scores=gathering.scores(outcomes),
        effects=effects,
        absent=prepared.absent,
        notes=notes(config, prepared.tasks, [one for one in TRAINING if training_file(prepared.order.data, one)]),
        facts={
            **gathering.facts(stages, place, effects),
            "majority": gathering.majorities(prepared.order.data, prepared.tasks, config.evaluation.examples),
        },
    )


def identity(order: Order) -> dict[str, object]:
    """What a run must share with what lies in its folder; stages that are not the same are told by their digests."""
    changing = ("seeds", "jobs", "hardware", "resamples")
    return {"scale": order.scale, **{key: one for key, one in order.config.facts().items() if key not in changing}}


@cache
def code_digest(kind: Kind) -> str:
    """Digest of the code behind a kind of stage: comments, docstrings and form left out, since they train nothing."""
    digest = hashlib.sha256()
    for name in (*_CODE[kind], "protocol/material.py", "protocol/work"):
        place = _ROOM / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if path.exists() and _FETCHING not in path.parents:
                digest.update(path.relative_to(_ROOM).as_posix().encode() + b"\0" + _bare(path).encode() + b"\0")
    return digest.hexdigest()[:16]


def _bare(path: Path) -> str:
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not _is_text(one)]  # type: ignore[attr-defined]
    return ast.dump(tree)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
