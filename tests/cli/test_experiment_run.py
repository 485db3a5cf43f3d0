"""``synth experiment run`` as a user runs it: its plan, bad input, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_errors import complaint
from tests.conftest import BARE
from tests.experiment.protocol.world import make

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return make(tmp_path_factory.mktemp("world"))


def test_a_plan_says_what_it_takes_and_starts_nothing(synth, tmp_path, data):
    result = synth("experiment", "run", "--scale", "full", "--data", str(data), "--plan")
    assert result.returncode == 0, result.stderr
    said = " ".join(result.stdout.split())
    assert "nothing was started" in said and "one A100 at 90 TFLOP/s" in said and "xlm-roberta-large" in said
    assert "GB on disk" in said and "experiment fetch" in said
    assert list(tmp_path.iterdir()) == [] and result.stderr == "" and "\x1b" not in result.stdout


def test_a_plan_for_programs(synth, data):
    result = synth(
        "experiment", "run", "--scale", "full", "--data", str(data), "--plan", "--json", "--only", "xnli,bucc"
    )
    found = json.loads(result.stdout)
    assert found["tasks"] == ["xnli", "bucc"] and found["hours"] > 0
    assert {"intermediate training", "retrieval"} <= {row["name"] for row in found["rows"]}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--scale", "huge"], 2, "--scale huge is not known"),
        (["--scale", "mini", "--seeds", "0"], 2, "--seeds 0"),
        (["--scale", "mini", "--only", "glue"], 2, "--only glue is not known"),
        (["--scale", "mini", "--data", "nowhere"], 2, "no data folder nowhere"),
        (["--scale", "mini", "--data", "bare"], 2, "bare lacks"),
        (["--scale", "mini", "--data", "bare", "--partial"], 2, "bare lacks"),
        (["--scale", "smoke", "--out", "file"], 8, "cannot write file"),
        (["--scale", "full", "--model", "no/such", "--only", "xnli", "--out", "run"], 5, "no/such"),
    ],
)
def test_bad_input_is_one_clear_line(synth, tmp_path, data, arguments, code, said):
    (tmp_path / "bare").mkdir()
    (tmp_path / "file").write_text("")
    place = [] if "--data" in arguments else ["--data", str(data)]
    result = synth("experiment", "run", *arguments, *place, "--quiet", HF_HUB_OFFLINE="1")
    assert said in complaint(result, code)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_it_with_one_line_and_a_second_run_is_refused_meanwhile(tmp_path, data):
    command = [sys.executable, "-m", "synth", "experiment", "run", "--scale", "smoke", "--data", str(data), "--quiet"]
    environment = BARE | {"HOME": str(tmp_path)}
    started = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    stages = tmp_path / ".synth" / "experiments" / "smoke" / "stages"
    deadline = time.monotonic() + 120
    while not (stages / "material").is_dir() and time.monotonic() < deadline and started.poll() is None:
        time.sleep(0.05)
    second = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert "another run is under way" in complaint(second, 2)
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=60)
    assert started.returncode == 130
    lines = [line for line in said.splitlines() if "resource_tracker" not in line and "warn" not in line]
    assert lines == ["error: interrupted; finished stages are kept, and the same command goes on with the rest"]
    assert not (stages.parent / "results.json").exists()
