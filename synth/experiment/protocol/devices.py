"""What a run computes on: the GPUs that it may use, and what to call the machine."""

from __future__ import annotations

import os
from collections.abc import Mapping

VISIBLE = "CUDA_VISIBLE_DEVICES"
"""The variable by which CUDA is told what a process may see."""


def gpus(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The GPUs that this process may use, by the names that :data:`VISIBLE` has for them; loads torch.

    Args:
        environment: Of the process.
    """
    import torch

    number = torch.cuda.device_count()
    named = [one.strip() for one in environment.get(VISIBLE, "").split(",") if one.strip()]
    return tuple(named[:number]) if len(named) >= number else tuple(map(str, range(number)))


def processes(jobs: int, found: tuple[str, ...]) -> int:
    """How many processes a run takes: as many as its config says, or where that says 0 one a GPU."""
    return jobs or max(1, len(found))


def hardware() -> str:
    """`2 CPU cores`, or the GPUs' name."""
    import torch

    if torch.cuda.is_available():
        number, name = torch.cuda.device_count(), torch.cuda.get_device_name(0)
        return f"{number} x {name}" if number > 1 else name
    cores = os.cpu_count() or 1
    return f"{cores} CPU core{'s' if cores != 1 else ''}"
