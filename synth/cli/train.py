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
    seed: Annotated[int, typer.Option(help="Seed of every draw.")] = 0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start anew, over an older run in the same folder.")] = False,
    quiet: Quiet = False,
) -> None:
    """Train the verifier from the MiniLM weights; a run that was stopped goes on from its last checkpoint.

    Checkpoints and the log of losses go to OUT/run, the weights with their manifest to OUT/verifier. Takes about an
    hour on two cores. docs/MODEL_CARD.md tells which data the shipped weights come from.
    """
    from synth.errors import ConfigError
    from synth.training.recipe import train_verifier

    for folder in data:
        if not folder.is_dir():
            raise ConfigError(f"--data: {folder} is no folder; name a folder of labelled data")
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
        made = train_verifier(data, out, seed=seed, on_progress=told, resume=not fresh)
    typer.echo(made)
