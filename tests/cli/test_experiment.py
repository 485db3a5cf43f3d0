"""``synth experiment`` as a user runs it: results, card, exit codes and bad input."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_errors import complaint
from tests.experiment.examples import TOML, paper

APART = TOML.replace("value = 10.0", "value = 11.0")


def test_the_shipped_numbers_hold(synth, tmp_path):
    result = synth("experiment", "audit")
    assert result.returncode == 0, result.stderr
    assert "11 differences known, no unexpected ones" in " ".join(result.stdout.split())
    assert "Three baselines of XLM-R Large on Tatoeba" in result.stdout
    assert "\x1b" not in result.stdout and result.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_an_unexpected_difference_sets_the_exit_code(synth, tmp_path):
    (tmp_path / "mine.toml").write_text(APART)
    result = synth("experiment", "audit", "--published", "mine.toml")
    assert result.returncode == 10
    assert result.stderr == "failed on 1 unexpected difference\n"
    assert "cellar/gain is 11.0, growth gives 10.1" in result.stdout


def test_a_pdf_is_compared_and_the_card_written(synth, tmp_path):
    (tmp_path / "mine.toml").write_text(TOML)
    paper(tmp_path / "x.pdf")
    first = synth("experiment", "audit", "--published", "mine.toml", "--pdf", "x.pdf", "--out", "a", "--json")
    assert first.returncode == 0, first.stderr
    assert first.stderr == "reading the tables of x.pdf\n"
    assert json.loads(first.stdout)["tables"][0]["whole"] is True
    paper(tmp_path / ".synth" / "pdf" / "2401.00001v2.pdf")
    again = synth("experiment", "audit", "--published", "mine.toml", "--out", "b", "--json", "--quiet")
    assert (again.stdout, again.stderr) == (first.stdout, "")
    for name in ("audit.md", "audit.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--published", "none.toml"], 2, "none.toml cannot be read"),
        (["--published", "nan.toml"], 2, "expected a finite number, found NaN"),
        (["--published", "circle.toml"], 2, "circle"),
        (["--published", "broken.toml"], 2, "line 2"),
        (["--pdf", "none.pdf"], 2, "none.pdf does not exist"),
        (["--pdf", "nan.toml"], 2, "is no .pdf"),
        (["--pdf", "empty.pdf"], 4, "it is empty"),
        (["--pdf", "other.pdf"], 4, "other.pdf is 2401.00001v2"),
        (["--pdf", "papers"], 4, "none of the 1 PDF"),
        (["--out", "nan.toml"], 8, "--out"),
    ],
)
def test_bad_input_is_one_clear_line(synth, tmp_path, arguments, code, said):
    (tmp_path / "nan.toml").write_text(TOML.replace("value = 10.0", "value = nan"))
    (tmp_path / "circle.toml").write_text(TOML.replace('"hearsay/gain"]', '"pruned"]'))
    (tmp_path / "broken.toml").write_text("schema = 1\n[[table\n")
    (tmp_path / "empty.pdf").write_bytes(b"")
    paper(tmp_path / "other.pdf")
    paper(tmp_path / "papers" / "x.pdf", stamp="2401.00002v1")
    assert said in complaint(synth("experiment", "audit", "--quiet", *arguments), code)
