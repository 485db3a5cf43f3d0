"""Which GPUs a run takes, and that every process sees its own."""

from __future__ import annotations

import os
import time

import pytest
import torch

from synth.experiment.protocol.devices import VISIBLE, gpus, hardware, processes
from synth.experiment.protocol.place import Place
from synth.experiment.protocol.progress import Silent
from synth.experiment.protocol.running import Surroundings, Task, run_stages
from synth.experiment.protocol.stages import Kind, Stage


@pytest.mark.parametrize(
    ("number", "named", "expected"),
    [(0, None, ()), (2, None, ("0", "1")), (2, "3, 5", ("3", "5")), (1, "3,5", ("3",)), (2, "", ("0", "1"))],
)
def test_gpus_are_named_as_the_environment_names_them(monkeypatch, number, named, expected):
    monkeypatch.setattr(torch.cuda, "device_count", lambda: number)
    assert gpus({} if named is None else {VISIBLE: named}) == expected


def test_a_process_for_each_gpu_unless_the_config_says_otherwise():
    assert processes(0, ("0", "1", "2")) == 3
    assert processes(0, ()) == 1
    assert processes(2, ("0",)) == 2


def test_the_machine_is_named_by_its_gpus(monkeypatch):
    assert "CPU core" in hardware()
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _: "A GPU")
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    assert hardware() == "A GPU"
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 4)
    assert hardware() == "4 x A GPU"


def note_gpu(stage, work, place, around, share):
    """Leaves what CUDA would be shown, and waits for the other process, so that none does the work of both."""
    (work.folder / "seen").write_text(os.environ.get(VISIBLE, "nothing"))
    (around.data / str(os.getpid())).touch()
    until = time.monotonic() + 60
    while len(list(around.data.iterdir())) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    share(1.0)


def test_every_process_sees_a_gpu_of_its_own(tmp_path):
    data, run = tmp_path / "data", tmp_path / "run"
    data.mkdir()
    stages = [Stage(id=f"s{number}", kind=Kind.LOAD, choices={}) for number in range(2)]
    run_stages(
        [Task(stage, "d", 1.0) for stage in stages],
        Surroundings(run, data, 1),
        note_gpu,
        jobs=2,
        gpus=("6", "7"),
        progress=Silent(),
    )
    seen = {(Place(run).folder(stage.id) / "seen").read_text() for stage in stages}
    assert seen == {"6", "7"}
