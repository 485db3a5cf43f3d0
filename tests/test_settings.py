"""Settings: which source counts, and what a slip says."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth.errors import ConfigError
from synth.settings import Settings


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_an_option_counts_before_a_variable_and_that_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("synth.toml").write_text("risk = 0.2\nthreads = 3\ncontact = 'file'\n", encoding="utf-8")
    monkeypatch.setenv("SYNTH_RISK", "0.1")
    monkeypatch.setenv("SYNTH_CONTACT", "variable")
    settings = Settings.read(risk=0.01, contact=None)
    assert (settings.risk, settings.contact, settings.threads) == (0.01, "variable", 3)


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYNTH_RISK", "")
    assert Settings.read().risk == 0.05


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SYNTH_WORKSPCE", "SYNTH_WORKSPACE"),
        ("synth_risks", "SYNTH_RISK"),
        ("SYNTH_ARXIV_DELAY", "SYNTH_ARXIV_DELAY_S"),
    ],
)
def test_a_variable_that_nearly_names_a_setting_is_told(name: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "0.1")
    with pytest.raises(ConfigError, match=rf"the variable {name} is no setting; did you mean {meant}\?"):
        Settings.read()


def test_variables_of_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYNTH_VENV", "somewhere")
    monkeypatch.setenv("SYNTHESIZER", "on")
    Settings.read()


def test_a_value_out_of_range_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYNTH_RISK", "2")
    with pytest.raises(
        ConfigError, match=r"^setting risk: .*less than 1; found '2' \(synth.toml, SYNTH_RISK or an opt"
    ):
        Settings.read()


def test_a_name_that_the_file_does_not_know_is_told() -> None:
    Path("synth.toml").write_text("riks = 0.2\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"^setting riks: "):
        Settings.read()


def test_a_file_that_is_no_toml_is_told() -> None:
    Path("synth.toml").write_text("risk = = 0.2\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"^synth.toml cannot be read: "):
        Settings.read()
