"""Batches: nothing twice, one bad row costs itself, several processes give the same bytes, and so does being killed."""

from __future__ import annotations

import dataclasses
import os
import random
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from synth.errors import StoreError, SynthError
from synth.pipeline.batch import alone, run_batch
from synth.pipeline.batch_file import Order, Refused
from synth.pipeline.workers import _fetched, run_in_processes
from synth.report.files import NAMES
from synth.sources.http import PoliteClient
from synth.sources.limiter import Limiter
from synth.sources.wire import Patience
from tests.pipeline.arxiv import SmallArxiv
from tests.pipeline.batch_child import orders
from tests.pipeline.fakes import OverlapNli, small_parts, unconnected_parts

ROOT = Path(__file__).resolve().parents[2]


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones as well."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def outcomes(done) -> list[str]:
    return [one.outcome for one in done]


def test_a_second_batch_asks_nothing_computes_nothing_and_writes_nothing(
    make_parts, arxiv, model, encoder, tmp_path, monkeypatch
):
    out = tmp_path / "reports"
    assert outcomes(run_batch(orders(out), make_parts())) == ["made", "made"]
    before, asked = held(out), len(arxiv.paths)
    pairs, texts = len(model.pairs), len(encoder.texts)
    monkeypatch.setattr("synth.pipeline.delivery.write_report", lambda *_: pytest.fail("a report was written"))
    assert outcomes(run_batch(orders(out), make_parts())) == ["unchanged", "unchanged"]
    assert (held(out), len(arxiv.paths)) == (before, asked)
    assert (len(model.pairs), len(encoder.texts)) == (pairs, texts)


def test_one_reports_papers_serve_the_others(make_parts, arxiv, tmp_path):
    run_batch(orders(tmp_path / "reports"), make_parts())
    fetched = [path for path in arxiv.paths if path.startswith("/pdf/") and not path.endswith("2104.00004v1")]
    assert len(fetched) == len(set(fetched))


def test_another_risk_or_calibrator_needs_stored_logits_alone(make_parts, arxiv, model, encoder, tmp_path):
    out = tmp_path / "reports"
    run_batch(orders(out), make_parts())
    asked, pairs, texts = len(arxiv.paths), len(model.pairs), len(encoder.texts)
    parts = small_parts(make_parts().settings.model_copy(update={"risk": 0.2}), encoder, model)
    try:
        assert outcomes(run_batch(orders(out), parts)) == ["regenerated", "regenerated"]
    finally:
        parts.close()
    other = make_parts()
    other.__dict__["calibrator_key"] = "another"
    assert outcomes(run_batch(orders(out), other)) == ["regenerated", "regenerated"]
    assert (len(arxiv.paths), len(model.pairs), len(encoder.texts)) == (asked, pairs, texts)


def test_another_verifier_reruns_inference_alone(make_parts, arxiv, model, encoder, tmp_path):
    out = tmp_path / "reports"
    run_batch(orders(out), make_parts())
    asked, texts = len(arxiv.paths), len(encoder.texts)
    other = OverlapNli()
    other.signature = "overlap@2"
    parts = small_parts(make_parts().settings, encoder, other)
    try:
        assert outcomes(run_batch(orders(out), parts)) == ["regenerated", "regenerated"]
    finally:
        parts.close()
    assert sorted(other.pairs) == sorted(model.pairs)
    assert (len(arxiv.paths), len(encoder.texts)) == (asked, texts)


def test_an_edited_file_is_made_whole_again_without_any_model(make_parts, model, tmp_path):
    out = tmp_path / "reports"
    run_batch(orders(out), make_parts())
    before, pairs = held(out), len(model.pairs)
    (out / "1" / "report.md").write_text("vandal", encoding="utf-8")
    (out / "2" / "claims.csv").unlink()
    assert outcomes(run_batch(orders(out), make_parts())) == ["regenerated", "regenerated"]
    assert held(out) == before
    assert len(model.pairs) == pairs


def test_a_bad_row_costs_itself_only(make_parts, tmp_path):
    first, second = orders(tmp_path / "reports")
    unwritable = tmp_path / "file"
    unwritable.write_text("x")
    rows: list[Order | Refused] = [
        Refused(place="row 0", question="", reason="the question is empty"),
        dataclasses.replace(first, folder=unwritable),
        second,
    ]
    done = run_batch(rows, make_parts())
    assert outcomes(done) == ["failed", "failed", "made"]
    assert [one.exit_code for one in done] == [2, 8, 0]
    assert done[0].reason == "the question is empty"
    assert "cannot write the report" in done[1].reason


@pytest.mark.parametrize("place", ["synth.pipeline.batch.deliver", "synth.pipeline.workers.held"])
def test_an_error_that_nobody_expected_costs_its_row_only(make_parts, tmp_path, monkeypatch, place):
    def broken(question: str, *_: object, **__: object) -> None:
        if question == orders(tmp_path)[0].question:
            raise ZeroDivisionError("division by\nzero")
        raise SynthError("known")

    monkeypatch.setattr(place, broken)
    run = run_batch if place.endswith("deliver") else partial(run_in_processes, jobs=1, make_parts=small_parts)
    done = run(orders(tmp_path / "reports"), make_parts())
    assert [(one.outcome, one.reason, one.exit_code) for one in done] == [
        ("failed", "unexpected ZeroDivisionError: division by zero", 1),
        ("failed", "known", 1),
    ]


def test_ctrl_c_is_no_error_of_a_row(make_parts, tmp_path, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("synth.pipeline.batch.deliver", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_batch(orders(tmp_path / "reports"), make_parts())


def test_an_arxiv_that_does_not_answer_fails_the_row_and_leaves_nothing(make_parts, arxiv, tmp_path):
    arxiv.broken["/api/query"] = (500, b"broken")
    parts = make_parts()
    parts.__dict__["client"] = PoliteClient(
        arxiv.url, limiter=Limiter(0.0, folder=tmp_path / "locks"), patience=Patience(attempts=1)
    )
    out = tmp_path / "reports"
    done = run_batch(orders(out)[:1], parts)
    assert outcomes(done) == ["failed"]
    assert done[0].exit_code == 3
    assert held(out) == {}


def test_an_arxiv_that_refuses_is_asked_once_whatever_the_rows(make_parts, arxiv, tmp_path):
    arxiv.broken["/api/query"] = (403, b"no")
    done = run_batch(orders(tmp_path / "reports"), make_parts())
    assert outcomes(done) == ["failed", "failed"]
    assert all("refused access (403)" in one.reason and "nothing before 20" in one.reason for one in done)
    assert len(arxiv.paths) == 1


def test_several_processes_give_the_bytes_of_one(make_parts, arxiv, tmp_path):
    run_batch(orders(tmp_path / "one"), make_parts())
    parts = small_parts(make_parts().settings.model_copy(update={"workspace": tmp_path / "other"}))
    asked = len(arxiv.paths)
    try:
        done = run_in_processes(orders(tmp_path / "two"), parts, jobs=2, make_parts=small_parts)
        again = run_in_processes(orders(tmp_path / "two"), parts, jobs=2, make_parts=small_parts)
    finally:
        parts.close()
    assert outcomes(done) == ["made", "made"]
    assert outcomes(again) == ["unchanged", "unchanged"]
    assert held(tmp_path / "two") == held(tmp_path / "one")
    queries = [path for path in arxiv.paths[asked:] if path.startswith("/api/")]
    assert len(queries) == len(set(queries))
    fetched = [path for path in arxiv.paths[asked:] if path.startswith("/pdf/")]
    assert len(fetched) == len(set(fetched)), "two processes asked for one paper"


def test_a_row_that_is_offline_fetches_no_verifier(make_parts, tmp_path):
    online = orders(tmp_path / "reports")[0]
    offline = dataclasses.replace(online, options=dataclasses.replace(online.options, offline=True))
    parts = unconnected_parts(make_parts().settings)
    try:
        assert _fetched(offline, parts, refresh=False) is None
        del parts.__dict__["nli"]
        refused, made = run_batch([online, offline], parts)
    finally:
        parts.close()
    assert (refused.reason, made.outcome) == ("the hub was asked", "made")
    assert not parts.offline


def test_workers_of_an_offline_command_fetch_no_verifier(make_parts, tmp_path):
    parts = unconnected_parts(make_parts().settings)
    parts.offline = True
    try:
        done = run_in_processes(orders(tmp_path / "reports"), parts, jobs=2, make_parts=unconnected_parts)
    finally:
        parts.close()
    assert outcomes(done) == ["made", "made"]


def test_progress_tells_of_workers_and_of_every_report(make_parts, tmp_path):
    class Told:
        def __init__(self) -> None:
            self.lines: list[str] = []

        def begin(self, total: int, workers: int) -> None:
            self.lines.append(f"begin {total} {workers}")

        def working(self, worker: int, text: str) -> None:
            assert worker in (0, 1)
            self.lines.append(text)

        def finished(self, done) -> None:
            self.lines.append(f"finished {done.place}")

    told = Told()
    parts = make_parts()
    run_in_processes(orders(tmp_path / "reports"), parts, jobs=2, make_parts=small_parts, progress=told)
    assert told.lines[0] == "begin 2 2"
    assert {"finished row 1", "finished row 2"} <= set(told.lines)
    assert any(line.startswith("Reading the papers") for line in told.lines)


def test_a_second_batch_waits_for_the_first_and_says_for_whom(make_parts, tmp_path):
    workspace = tmp_path / "workspace"
    said: list[str] = []
    first, second = make_parts(), make_parts()
    second.progress.say = said.append
    entered = threading.Event()

    def wait() -> None:
        with alone(workspace, "b.yaml", second):
            entered.set()

    with alone(workspace, "a.yaml", first):
        said_by_whom = rf"in use by process {os.getpid()}, since .*, with a\.yaml; run again"
        with pytest.raises(StoreError, match=said_by_whom), alone(workspace, "c.yaml", make_parts(), wait=False):
            pass
        thread = threading.Thread(target=wait)
        thread.start()
        deadline = time.monotonic() + 20
        while not said and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not entered.is_set()
    thread.join(20)
    assert entered.is_set()
    assert len(said) == 1
    assert "a.yaml" in said[0]


def child(
    arxiv: SmallArxiv, workspace: Path, out: Path, jobs: int = 1, *, group: bool = False
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.pipeline.batch_child", str(workspace), str(out), arxiv.url, str(jobs)],
        cwd=ROOT,
        env={**os.environ, "HOME": str(workspace), "XDG_CACHE_HOME": str(workspace / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=group,
    )


def killed_again_and_again(arxiv: SmallArxiv, tmp_path: Path, times: int, jobs: int = 1) -> None:
    """Kill batches at random moments, each in a workspace of its own and then in the same one; compare the bytes."""
    started = time.monotonic()
    whole = child(arxiv, tmp_path / "w0", tmp_path / "undisturbed", jobs)
    _, errors = whole.communicate(timeout=120)
    assert whole.returncode == 0, errors
    length = time.monotonic() - started
    expected = held(tmp_path / "undisturbed")
    assert len(expected) == 2 * len(NAMES)
    moments = random.Random(times)
    for number in range(times):
        workspace, out = tmp_path / f"w{1 + number // 3}", tmp_path / f"out{1 + number // 3}"
        process = child(arxiv, workspace, out, jobs)
        time.sleep(moments.uniform(0.1, 1.1) * length)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        if number % 3 == 2 or number == times - 1:
            last = child(arxiv, workspace, out, jobs)
            said, errors = last.communicate(timeout=120)
            assert last.returncode == 0, errors
            assert "failed" not in said
            assert held(out) == expected


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_batch_goes_on_and_ends_with_the_same_bytes(arxiv, tmp_path):
    killed_again_and_again(arxiv, tmp_path, 3)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(("times", "jobs"), [(50, 1), (12, 2)])
def test_a_batch_that_is_killed_at_many_moments_ends_with_the_same_bytes(arxiv, tmp_path, times, jobs):
    killed_again_and_again(arxiv, tmp_path, times, jobs)


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_all_processes_without_a_traceback(arxiv, tmp_path, jobs):
    stalled = "/pdf/2101.00001v1"
    arxiv.stalled.add(stalled)
    process = child(arxiv, tmp_path / "w", tmp_path / "out", jobs, group=True)
    deadline = time.monotonic() + 60
    while stalled not in arxiv.paths and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in errors
    arxiv.stalled.clear()
    again = child(arxiv, tmp_path / "w", tmp_path / "out", jobs)
    said, errors = again.communicate(timeout=120)
    assert (again.returncode, "failed" in said) == (0, False), errors


def test_the_staging_of_a_killed_writer_is_swept_away(make_parts, tmp_path):
    out = tmp_path / "reports"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = out / "1" / f".synth-{dead.pid}-abc"
    left.mkdir(parents=True)
    (left / "report.md").write_text("half")
    mine = out / "1" / f".synth-{os.getppid()}-abc"
    mine.mkdir()
    run_batch(orders(out)[:1], make_parts())
    assert not left.exists()
    assert mine.exists(), "another writer's folder was taken away"
