"""Facts from the audit and from results files, all invented."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from synth.backing.facts import Fact, facts_to_json, shipped_facts
from synth.backing.lexicon import GROWTH, INTERMEDIATE, NOISE
from synth.backing.match import backings
from synth.errors import ConfigError
from synth.experiment.audit import audit
from synth.experiment.backing_facts import audit_facts, experiment_facts, once, run_facts
from synth.experiment.protocol.names import ALL_TASKS
from synth.experiment.published import parse_published, shipped
from synth.experiment.results import Effect, Outcome, Results, Score, write_results
from synth.resources import data_path
from synth.types import BackingKind

TOML = """
schema = 1

[source.one]
paper = "2401.00001v2"
title = "Invented Scores"

[[table]]
id = "one-1"
source = "one"
table = "Table 1"
decimals = 1
task = "xnli"
metric = "accuracy"
setting = "zero-shot"
languages = "de fr avg"
rows.mbert = { printed = "mBERT", cells = "50.0 52.0 51.0" }
rows.xlm-r-large = { printed = "XLM-R", cells = "60.0 62.0 63.0" }
rows.xlm = { printed = "XLM", cells = "- - 55.0" }

[[table]]
id = "one-2"
source = "one"
table = "Table 2"
decimals = 1
columns = [{ id = "xnli", printed = "XNLI", task = "xnli", metric = "accuracy" }]
setting = "zero-shot"
rows.mbert = { printed = "mBERT", cells = "51.0" }

[[number]]
id = "gain/squad"
value = 3.0
unit = "points"
task = "xtreme"
model = "xlm-r-large"
metric = "score"
effect = "intermediate-task training"
detail = "SQuAD, of some version"
unsourced = "Told."

[[number]]
id = "gain/other"
value = 3.0
unit = "points"
task = "xtreme"
model = "xlm-r-large"
metric = "score"
effect = "choice of baseline"
source = "one"

[[derived]]
id = "one-1/$row/mean"
each.row = "mbert xlm-r-large"
mean = "one-1/$row/{de,fr}"
equals = "one-1/$row/avg"

[[derived]]
id = "one-1/gain"
difference = ["one-1/mbert/avg", "one-1/xlm/avg"]
task = "xnli"
model = "xlm-r-large"
effect = "intermediate-task training"
detail = "the system"

[[conflict]]
derived = "one-1/xlm-r-large/mean"
published = "one-1/xlm-r-large/avg"
reason = "Invented."
"""


def from_audit() -> dict[str, Fact]:
    published = parse_published(TOML, "invented.toml")
    return {one.id: one for one in audit_facts(audit(published), published)}


def test_averages_and_gains_become_facts_and_single_languages_do_not() -> None:
    assert sorted(from_audit()) == [
        "audit gain/squad",
        "audit one-1/gain",
        "audit one-1/mbert/avg",
        "audit one-1/xlm-r-large/avg",
        "audit one-1/xlm/avg",
        "audit one-2/mbert/xnli",
    ]


def test_what_a_fact_says() -> None:
    facts = from_audit()
    assert facts["audit one-1/mbert/avg"].words == "recomputed from Table 1 of 2401.00001v2"
    assert facts["audit one-1/xlm-r-large/avg"].words == "differs, Table 1 of 2401.00001v2 gives 61.0"
    assert facts["audit one-1/xlm/avg"].words == (
        "as Table 1 of 2401.00001v2 prints it; nothing at hand gives it by arithmetic"
    )
    derived = facts["audit one-1/gain"]
    assert (derived.value, derived.kind) == ("-4.0", BackingKind.DERIVED)
    assert derived.words == "the system, arithmetic on Table 1 of 2401.00001v2; no source prints it"
    squad = facts["audit gain/squad"]
    assert (squad.means, squad.value, squad.kind) == (("squad",), "3.0", BackingKind.NO_SOURCE)
    assert squad.reference == "audit gain/squad; synth experiment audit --all"


def test_of_reprints_one_stays() -> None:
    facts = from_audit()
    same = [facts["audit one-2/mbert/xnli"], facts["audit one-1/mbert/avg"]]
    assert [one.id for one in once(same)] == ["audit one-1/mbert/avg"]  # what was recomputed says more


def effect(name: str, treatment: str, task: str = "xnli", baseline: str = "none", **more: object) -> Effect:
    fields: dict[str, Any] = {"difference": 1.25, "low": 0.3, "high": 2.1, "p": 0.01, "seeds": 3}
    fields |= {"outcome": Outcome.SAME, **more}
    return Effect(id=name, task=task, treatment=treatment, baseline=baseline, **fields)


def results(*effects: Effect, scale: str = "mini") -> Results:
    return Results(
        scale=scale,
        signature="0",
        seeds=(1, 2, 3),
        config={},
        hardware="2 CPU cores",
        seconds=1.0,
        date="2026-01-01",
        versions={},
        scores=tuple(score(task) for task in ALL_TASKS),
        effects=effects,
    )


def score(task: str) -> Score:
    return Score(arm="none", task=task, language="en", metric="f1", seed=1, value=60.0, n=10)


def test_a_mean_over_some_tasks_is_no_fact_on_the_average() -> None:
    run = results(effect("multi/all", "multi", "all"), effect("qa/xquad", "qa", "xquad"))
    part = dataclasses.replace(run, scores=tuple(score(task) for task in ALL_TASKS[1:]))
    assert len(list(run_facts(run))) == 2
    assert [fact.task for fact in run_facts(part)] == ["xquad"]
    flat = tuple(dataclasses.replace(one, value=40.0) if one.task == "pawsx" else one for one in run.scores)
    guessing = dataclasses.replace(run, scores=flat)
    assert [fact.task for fact in run_facts(guessing)] == ["xquad"], "PAWS-X was guessed, so the mean says nothing"


def test_effects_of_a_run() -> None:
    run = results(
        effect("intermediate/xnli", "intermediate"),
        effect("qa/pawsx", "qa", "pawsx"),
        effect("multi/all", "multi", "all"),
        effect("noise-typos/xnli", "typos", baseline="clean", difference=-1.25, low=-2.1, high=-0.3),
        effect("size/xnli", "size", baseline="small"),
        effect("multi-single/all", "multi", "all", baseline="single"),
        effect("nli-small/xnli", "nli-small", baseline="none-small"),
    )
    facts = {one.id.removeprefix("experiment mini "): one for one in run_facts(run)}
    assert sorted(facts) == ["intermediate/xnli", "multi/all", "noise-typos/xnli", "qa/pawsx", "size/xnli"]
    assert (facts["qa/pawsx"].task, facts["qa/pawsx"].means) == ("paws-x", ("qa",))
    assert facts["multi/all"].task == "xtreme"
    assert facts["noise-typos/xnli"].treatment == NOISE
    assert facts["noise-typos/xnli"].value == "-1.3"
    assert facts["size/xnli"].treatment == GROWTH
    assert facts["intermediate/xnli"].treatment == INTERMEDIATE
    (line,) = backings("Intermediate-task training improves XNLI.", list(facts.values()))
    assert line.text == (
        "XNLI, mean of all intermediate tasks: same direction at mini scale (+1.3, 95% interval 0.3 to 2.1)"
    )


def test_the_smoke_test_backs_nothing() -> None:
    assert list(run_facts(results(effect("nli/xnli", "nli"), scale="smoke"))) == []


def test_a_difference_that_rounds_to_nothing_has_no_sign() -> None:
    (fact,) = run_facts(results(effect("nli/xnli", "nli", difference=-0.01)))
    assert fact.value == "0.0"


def test_files_are_read_and_two_of_one_scale_are_refused(tmp_path: Path) -> None:
    published = tmp_path / "published.toml"
    published.write_text(TOML, encoding="utf-8")
    write_results(results(effect("nli/xnli", "nli")), tmp_path / "a.json")
    facts = experiment_facts(published, [tmp_path / "a.json"])
    assert [one.id for one in facts] == sorted(one.id for one in facts)
    assert "experiment mini nli/xnli" in {one.id for one in facts}
    write_results(results(effect("qa/pawsx", "qa", "pawsx")), tmp_path / "b.json")  # another effect, another run
    with pytest.raises(ConfigError, match="two files"):
        experiment_facts(published, [tmp_path / "a.json", tmp_path / "b.json"])


def test_the_shipped_facts_are_what_the_code_makes() -> None:
    stored = [path for path in data_path("experiments").glob("*.json") if path.name != shipped_facts().name]
    made = facts_to_json(experiment_facts(shipped(), stored))
    assert shipped_facts().read_text(encoding="utf-8") == made, "run: python scripts/experiment_facts.py"
