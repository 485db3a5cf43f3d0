"""Stages carried out, broken off and taken up again; the folder of a run, and what it refuses."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from synth.errors import ConfigError, ModelError, OutputError
from synth.experiment.protocol import gathering, material, runs
from synth.experiment.protocol.place import Place
from synth.experiment.protocol.plan import estimates
from synth.experiment.protocol.runs import Order, Prepared, identity, run
from synth.experiment.protocol.stages import graph
from synth.experiment.results import read_results
from tests.experiment.protocol.examples import PRESENT, TOML, config, pretend

ROOT = Path(__file__).resolve().parents[3]
DAY = datetime.date(2030, 1, 2)


@pytest.fixture
def data(tmp_path, monkeypatch) -> Any:
    # asking for a GPU loads torch, which takes longer than the rest; and there are no sets to count classes in
    monkeypatch.setattr(runs, "hardware", lambda: "a loom")
    monkeypatch.setattr(gathering, "majorities", lambda *_: {})
    material.data_digest.cache_clear()
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def prepared(tmp_path, data, text=TOML) -> Any:
    made = config(tmp_path, text)
    stages = graph(made, PRESENT)
    order = Order(scale="mini", config=made, data=data)
    return Prepared(
        order=order,
        tasks=("xnli", "xquad", "mlqa", "tatoeba"),
        absent=("pawsx",),
        stages=stages,
        estimates=estimates(stages, made),
    )


def done(data) -> Any:
    log = data / "done.log"
    found = log.read_text().split() if log.is_file() else []
    log.unlink(missing_ok=True)
    material.data_digest.cache_clear()
    return found


def go(tmp_path, data, folder="run", text=TOML, **changed) -> Any:
    return run(prepared(tmp_path, data, text), tmp_path / folder, carry_out=pretend, today=DAY, **changed)


def same(one, other) -> Any:
    keep = [path.replace(f'"seconds": {found.seconds}', "") for path, found in (one, other)]
    assert keep[0] == keep[1]


def text_of(tmp_path, folder) -> Any:
    path = tmp_path / folder / "results.json"
    return path.read_text(), read_results(path)


def test_a_run_has_scores_effects_and_facts(tmp_path, data):
    results = go(tmp_path, data)
    assert read_results(tmp_path / "run" / "results.json") == results
    assert results.date == "2030-01-02" and results.absent == ("pawsx",) and results.seeds == (0, 1)
    gain = next(one for one in results.effects if one.id == "nli/xnli")
    assert gain.difference > 0 and dict(gain.by_language).keys() == {"en", "sw"}
    assert {one.condition for one in results.scores} == {"clean", "typos", "accents", "case"}
    assert results.facts["p_holm"].keys() == {one.id for one in results.effects}
    assert results.config["retrieval"]["languages"] == "36"
    assert any("MNLI" in note for note in results.notes)
    assert sorted(done(data)) == sorted(stage.id for stage in prepared(tmp_path, data).stages)


def test_what_is_there_is_not_done_again(tmp_path, data):
    go(tmp_path, data)
    done(data)
    again = go(tmp_path, data)
    assert done(data) == []
    assert again.effects == read_results(tmp_path / "run" / "results.json").effects


def test_a_failed_stage_keeps_the_others_and_the_next_run_goes_on(tmp_path, data):
    run = tmp_path / "run"
    run.mkdir()
    (run / "fail").write_text("finetune-qa-squad-base-0")
    with pytest.raises(ModelError, match="nan"):
        go(tmp_path, data)
    first = done(data)
    assert first[-1] == "finetune-qa-squad-base-0"
    assert not (run / "results.json").exists()
    (run / "fail").unlink()
    go(tmp_path, data)
    assert sorted([*first[:-1], *done(data)]) == sorted(stage.id for stage in prepared(tmp_path, data).stages)


def test_more_seeds_take_up_a_run(tmp_path, data):
    go(tmp_path, data)
    done(data)
    go(tmp_path, data, text=TOML.replace("seeds = 2", "seeds = 3"))
    added = done(data)
    assert added and all(one.endswith("-2") for one in added)


def test_other_choices_are_refused_until_it_is_said(tmp_path, data):
    go(tmp_path, data)
    done(data)
    other = TOML.replace("[intermediate.default]\nsteps = 2", "[intermediate.default]\nsteps = 5")
    with pytest.raises(ConfigError, match=r"holds a run with another intermediate .*--fresh"):
        go(tmp_path, data, text=other)
    (tmp_path / "run" / "mine.txt").write_text("not ours")
    go(tmp_path, data, text=other, fresh=True)
    assert len(done(data)) == len(prepared(tmp_path, data).stages)
    assert (tmp_path / "run" / "mine.txt").is_file()


def test_other_data_do_the_work_again(tmp_path, data):
    go(tmp_path, data)
    first = done(data)
    (data / "new.txt").write_text("more")
    material.data_digest.cache_clear()
    go(tmp_path, data)
    assert sorted(done(data)) == sorted(first)


def test_two_processes_give_the_same(tmp_path, data, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    go(tmp_path, data, "one")
    done(data)
    go(tmp_path, data, "two", TOML.replace("seeds = 2", "seeds = 2\njobs = 2"))
    (_, first), (_, second) = text_of(tmp_path, "one"), text_of(tmp_path, "two")
    assert second.config["jobs"] == 2
    assert first.effects == second.effects and first.scores == second.scores
    assert first.signature == second.signature


def test_a_failed_stage_of_two_processes_is_one_error(tmp_path, data, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "fail").write_text("intermediate-nli-base-0")
    with pytest.raises(ModelError, match="nan"):
        go(tmp_path, data, text=TOML.replace("seeds = 2", "seeds = 2\njobs = 2"))


def test_two_runs_in_one_folder_are_one_too_many(tmp_path, data):
    with Place(tmp_path / "run").alone(), pytest.raises(ConfigError, match="another run is under way"):
        go(tmp_path, data)


def test_a_folder_that_cannot_be_written_is_told(tmp_path, data):
    (tmp_path / "run").write_text("a file")
    with pytest.raises(OutputError, match="cannot write"):
        go(tmp_path, data)


def test_a_damaged_file_of_a_stage_is_named(tmp_path, data):
    go(tmp_path, data)
    (tmp_path / "run" / "stages" / "evaluate-none-xnli-base-0" / "outcomes.npz").write_bytes(b"PK")
    with pytest.raises(ConfigError, match="evaluate-none-xnli-base-0"):
        go(tmp_path, data)


_SCRIPT = """
import sys
from pathlib import Path
from tests.experiment.protocol.test_running import gathering, go, runs
runs.hardware = lambda: "a loom"
gathering.majorities = lambda *_: {}
go(Path(sys.argv[1]), Path(sys.argv[1]) / "data", "killed", Path(sys.argv[2]).read_text())
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_run_goes_on_to_the_same_result(tmp_path, data, jobs, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    text = TOML.replace("seeds = 2", f"seeds = 2\njobs = {jobs}")
    (tmp_path / "toml").write_text(text)
    (data / "slow").write_text("0.05")
    command = [sys.executable, "-c", _SCRIPT, str(tmp_path), str(tmp_path / "toml")]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT)))
    stages = tmp_path / "killed" / "stages"
    deadline = time.monotonic() + 60
    while len(list(stages.glob("finetune-*"))) < 3 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not (tmp_path / "killed" / "results.json").exists()
    time.sleep(1.5 if jobs == 2 else 0)
    first = done(data)
    go(tmp_path, data, "killed", text)
    second = done(data)
    assert set(first) | set(second) == {stage.id for stage in prepared(tmp_path, data).stages}
    assert len(second) < len(first) + len(second) - 2
    go(tmp_path, data, "whole", text)
    killed, whole = text_of(tmp_path, "killed"), text_of(tmp_path, "whole")
    same(killed, whole)


def test_code_and_comments(tmp_path):
    assert runs._bare(_file(tmp_path, "def f():\n    return 1\n")) == runs._bare(
        _file(tmp_path, 'def f():\n    """Says."""\n\n    # why\n    return 1\n')
    )
    assert runs._bare(_file(tmp_path, "X = 1\n")) != runs._bare(_file(tmp_path, "X = 2\n"))


def _file(folder, text) -> Any:
    path = folder / "one.py"
    path.write_text(text)
    return path


def test_seeds_and_processes_are_no_part_of_a_run_s_identity(tmp_path, data):
    one = identity(prepared(tmp_path, data).order)
    other = identity(prepared(tmp_path, data, TOML.replace("seeds = 2", "seeds = 4\njobs = 2")).order)
    assert one == other and one["scale"] == "mini"
