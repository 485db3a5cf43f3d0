"""``synth train``: the recipes of what ships."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth.cli.options import Quiet, opened_progress

app = typer.Typer(help="Train what ships, from labelled data.", no_args_is_help=True)


@app.callback()
def train() -> None:
    """Train what ships, from labelled data."""


@app.command()
def verifier(
    data: Annotated[list[Path], typer.Option("--data", help="Folder of labelled data. May be given more than once.")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the run and of its result.")],
    start: Annotated[
        Path | None, typer.Option("--from", help="Folder of an earlier verifier to go on from. [default: MiniLM]")
    ] = None,
    general_steps: Annotated[int, typer.Option(help="Batches of the first phase, general inference.", min=0)] = 1000,
    task_steps: Annotated[int, typer.Option(help="Batches of the second phase, claims of papers.", min=0)] = 850,
    abstracts: Annotated[int, typer.Option(help="Abstracts that contrast pairs are made from.", min=0)] = 2500,
    warmup: Annotated[int, typer.Option(help="Batches in which the learning rate rises.", min=0)] = 100,
    decay: Annotated[
        float, typer.Option(help="Share of the steps, at the end, in which the learning rate falls.", min=0, max=1)
    ] = 0.25,
    batch: Annotated[int, typer.Option(help="Pairs in a batch; a GPU takes 256 and more.", min=1)] = 32,
    learning_rate: Annotated[float, typer.Option(help="Learning rate at its highest.", min=0)] = 1e-4,
    device: Annotated[str, typer.Option(help="cpu, cuda, or auto: the GPU where there is one.")] = "auto",
    seed: Annotated[int, typer.Option(min=0, help="Seed of every draw.")] = 0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start anew, over an older run in the same folder.")] = False,
    quiet: Quiet = False,
) -> None:
    """Train the verifier from the MiniLM weights or an earlier one; a stopped run goes on from its last checkpoint.

    Checkpoints and the log of losses go to OUT/run, the weights with their manifest to OUT/verifier. The default
    lengths take about an hour on two cores. docs/MODEL_CARD.md tells how the shipped weights were made.
    """
    from synth.errors import ConfigError
    from synth.training.loop import LoopConfig
    from synth.training.recipe import RecipeConfig, train_verifier

    for folder in data:
        if not folder.is_dir():
            raise ConfigError(f"--data: {folder} is no folder; name a folder of labelled data")
    if start and not (start / "model.safetensors").is_file():
        raise ConfigError(f"--from: {start} holds no model.safetensors; name the folder of a trained verifier")
    choices = RecipeConfig(
        general_steps=general_steps,
        task_steps=task_steps,
        abstracts=abstracts,
        loop=LoopConfig(warmup=warmup, decay=decay, batch=batch, learning_rate=learning_rate),
    )
    with opened_progress(quiet=quiet) as progress:
        seen = 0

        def told(step: int, steps: int, loss: float) -> None:
            nonlocal seen
            if not seen:
                progress.step("Training the verifier", steps)
            progress.advance(step - seen)
            progress.say(f"step {step} of {steps}, loss {loss:.4f}")
            seen = step

        progress.step("Reading the data")
        made = train_verifier(
            data, out, seed=seed, config=choices, on_progress=told, resume=not fresh, base=start, device=device
        )
    typer.echo(made)
