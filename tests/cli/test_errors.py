"""Bad input: one clear line, a fitting exit code, no traceback."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from tests.conftest import BARE
from tests.pipeline.arxiv import pdf


def complaint(result: subprocess.CompletedProcess[str], code: int) -> str:
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1 and lines[0].startswith("error: "), result.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["report", ""], 2, "question"),
        (["report", "word " * 5000], 2, "5,000"),
        (["report", "预训练语言模型的跨语言迁移效果如何？"], 2, "English"),
        (["report", "Does caf\udce9 culture help?"], 2, "no UTF-8"),
        (["report", "Does it work?", "--papers", "0"], 2, "--papers 0"),
        (["report", "Does it work?", "--since", "soon"], 2, "soon"),
        (["report", "Does it work?", "--pdfs", "nowhere"], 2, "nowhere"),
        (["report", "Does it work?", "--categories", "cs.CL;rm"], 2, "cs.CL;rm"),
        (["library", "add", "../../etc/passwd"], 2, "etc/passwd"),
        (["library", "add", "2005.13013v0"], 2, "2005.13013v0"),
        (["library", "add", "long" * 75], 2, "neither a file, a folder nor an arXiv id"),
        (["report", "Does it work?", "--pdfs", "long" * 75], 2, "longlong does not exist"),
        (["lock", "long" * 75], 2, "name a shorter one"),
        (["library", "show", "2005.13013"], 2, "library list"),
        (["library", "remove", ""], 2, "no paper"),
        (["library", "show", "caf\udce9"], 2, "no paper"),
        (["verify", ""], 2, "empty"),
        (["verify", "missing.csv"], 2, "missing.csv"),
        (["verify", "./claims"], 2, "./claims is no file"),
        (["verify", "missing.tsv"], 2, "missing.tsv is no file"),
        (["verify", "x " * 300], 2, "300 words"),
        (["verify", "The caf\udce9 helps."], 2, "no UTF-8"),
        (["verify", "A claim.", "--csv", "--json"], 2, "--csv"),
        (["report", "Does pre-training help transfer?", "--verifier", "no/such/model"], 5, "no/such/model"),
        (["evaluate", "pairs", "--data", "missing.jsonl"], 9, "missing.jsonl cannot be read"),
        (["evaluate", "scifact", "--data", "nowhere"], 9, "claims_dev.jsonl"),
        (["evaluate", "gold", "--data", "missing.jsonl"], 6, "missing.jsonl cannot be read"),
    ],
)
def test_bad_input_is_told_in_one_line(synth, arguments, code, said):
    assert said in complaint(synth(*arguments), code)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["evaluate", "fit", "--data", "pairs.jsonl", "--out", "taken/fit.json"], 8, "taken"),
        (["calibrate", "--gold", "gold.jsonl", "--pdfs", ".", "--out", "taken"], 8, "taken"),
        (["calibrate", "--gold", "gold.jsonl", "--pdfs", ".", "--out", "new", "--doc", "taken"], 2, "--doc: taken"),
        (["calibrate", "--gold", "gold.jsonl", "--pdfs", ".", "--out", "new", "--doc", "none"], 2, "--doc: none"),
    ],
)
def test_what_cannot_be_written_is_told_before_the_work(synth, tmp_path, arguments, code, said):
    (tmp_path / "taken").write_text("a file")
    assert said in complaint(synth(*arguments), code)


def test_no_network_is_told_with_what_to_do(synth):
    line = complaint(synth("search", "Does multilingual pre-training help transfer?"), 3)
    assert "127.0.0.1" in line


def test_a_setting_that_is_not_known_is_named(synth, tmp_path):
    (tmp_path / "synth.toml").write_text('worksapce = "x"\n')
    assert "worksapce" in complaint(synth("library", "stats"), 2)
    (tmp_path / "synth.toml").write_text("= broken")
    assert "synth.toml" in complaint(synth("library", "stats"), 2)


def test_a_value_out_of_range_is_named(synth):
    assert "risk" in complaint(synth("library", "stats", SYNTH_RISK="7"), 2)


def test_a_damaged_store_is_told_and_left_alone(synth, tmp_path):
    store = tmp_path / ".synth" / "synth.sqlite"
    store.parent.mkdir()
    store.write_bytes(b"no database at all " * 100)
    assert "damaged" in complaint(synth("library", "list"), 7)
    assert store.read_bytes().startswith(b"no database at all")


def test_a_newer_store_is_refused(synth, tmp_path):
    assert synth("library", "stats").returncode == 0
    with sqlite3.connect(tmp_path / ".synth" / "synth.sqlite") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    assert "newer version" in complaint(synth("library", "stats"), 7)


def test_an_out_folder_that_cannot_be_written_is_told_before_the_work(synth, tmp_path):
    (tmp_path / "taken").write_text("a file")
    assert "taken" in complaint(synth("report", "Does it help?", "--offline", "--out", "taken"), 8)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_standard_output_is_told(synth, tmp_path):
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "synth", "library", "stats"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert result.returncode != 0
    assert "Traceback" not in result.stderr


SMALL_DISK = """
set -e
mount -t tmpfs -o size=700k tmpfs "$1"
cd "$1"
set +e
{synth} library add {pdf} --quiet >/dev/null || exit 99
{synth} report --offline --pdfs {folder} "Does byte-level tokenisation help tagging?" --quiet
echo "exit $?"
rm -f .synth/fill
{synth} library list --json
ls -A reports 2>/dev/null
exit 0
"""


def test_a_full_disk_in_the_middle_of_a_report_loses_nothing_that_was_stored(tmp_path):
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here: unshare is not permitted")
    (tmp_path / "disk").mkdir()
    (tmp_path / "pdfs").mkdir()
    paper = tmp_path / "pdfs" / "2101.00001v1.pdf"
    paper.write_bytes(pdf("2101.00001v1"))
    script = SMALL_DISK.format(
        synth=f"{sys.executable} -m synth", pdf=shlex.quote(str(paper)), folder=shlex.quote(str(paper.parent))
    )
    result = subprocess.run(
        [unshare, "-rm", "sh", "-c", script, "sh", str(tmp_path / "disk")],
        env=BARE | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    (line,) = [line for line in result.stderr.splitlines() if line.strip()]
    assert line.startswith("error: ") and "is full" in line and "run again" in line
    code, _, rest = result.stdout.partition("\n")
    assert code in ("exit 7", "exit 8")
    papers, end = json.JSONDecoder().raw_decode(rest)
    assert [one["paper"]["title"] for one in papers["papers"]] == ["Bytes for Cross-Lingual Tagging"]
    assert rest[end:].strip() == "", "a report was half-written"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_is_told_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        environment = BARE | {
            "HOME": str(tmp_path),
            "SYNTH_ARXIV_URL": f"http://127.0.0.1:{silent.getsockname()[1]}",
        }
        program = subprocess.Popen(
            [sys.executable, "-m", "synth", "search", "Does pruning harm calibration?", "--quiet"],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        asked, _ = silent.accept()  # it waits for an answer that never comes
        with asked:
            program.send_signal(signal.SIGINT)
            out, said = program.communicate(timeout=60)
    assert (program.returncode, out) == (130, "")
    assert said.splitlines() == [
        "error: interrupted; nothing is half-written, and the next run goes on where this one stopped"
    ]


LEAVING = (
    "import atexit, sys, synth.cli as cli; sys.argv = ['synth', *{arguments!r}]; {before}; run = cli._run;"
    " cli._run = lambda: (atexit.register(print, 'handlers ran'), run()); cli.main()"
)


@pytest.mark.parametrize(
    ("arguments", "before", "code"),
    [(["--help"], "pass", 0), (["report", ""], "pass", 2), ([], "cli._run = lambda: 1 / 0", 1)],
)
def test_leaving_keeps_exit_code_output_and_exit_handlers(tmp_path, arguments, before, code):
    program = LEAVING.format(arguments=arguments, before=before)
    environment = BARE | {"HOME": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == code
    assert result.stdout.endswith("handlers ran\n")
    assert ("Traceback" in result.stderr) == (code == 1)  # an unexpected error is shown, not swallowed
    assert ("Usage: synth" in result.stdout) == (code == 0)


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["verify", "deep.jsonl"], 2),
        (["evaluate", "pairs", "--data", "deep.jsonl"], 9),
        (["calibrate", "--gold", "deep.jsonl", "--pdfs", ".", "--out", "o"], 6),
    ],
)
def test_lines_that_nest_too_deeply_are_told(synth, tmp_path, arguments, code):
    (tmp_path / "deep.jsonl").write_text(f"{DEEP}\n", encoding="utf-8")
    assert "deep.jsonl" in complaint(synth(*arguments), code)


def test_a_cell_that_is_too_long_is_told(synth, tmp_path):
    (tmp_path / "big.csv").write_text(f'premise,claim,label\n"{"x" * 140_000}",y,neutral\n', encoding="utf-8")
    assert "big.csv, after line" in complaint(synth("evaluate", "pairs", "--data", "big.csv"), 9)


@pytest.mark.parametrize("command", ["lock", "verify-lock"])
def test_every_folder_is_looked_at_before_the_long_work_on_the_first(synth, tmp_path, command):
    sample = next(path for path in sorted((ROOT / "reports").iterdir()) if path.is_dir())
    shutil.copytree(sample, tmp_path / "first")
    (tmp_path / "first" / "synth.lock.json").unlink(missing_ok=True)
    result = synth(command, "first", "nosuch")
    assert "lock" in complaint(result, 2) if command == "verify-lock" else "nosuch" in complaint(result, 2)
    assert result.stdout == ""
    assert not (tmp_path / "first" / "synth.lock.json").exists()
