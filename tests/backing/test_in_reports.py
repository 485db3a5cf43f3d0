"""Backing in reports: beside the verdict, in every form, part of the report's identity, absent in older files."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from synth.errors import ConfigError
from synth.pipeline.checking import check
from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.pipeline.synthesize import run_key
from synth.report.export import claims_csv, report_from_json, report_to_json
from synth.report.files import render_html, render_markdown
from synth.settings import Settings
from synth.text import claim_id
from synth.types import Backing, BackingKind, Claim, Passage, PassageKind, Report, SectionRole
from tests.backing.examples import score
from tests.pipeline.fakes import small_parts
from tests.report.example import example

TEXT = "XLM-R Large reaches 61.5 accuracy on XNLI."
FACT = score("xnli", "xlm-r-large", "61.5")
LINE = Backing(kind=BackingKind.DIFFERS, text="5.4: differs <b>, *Table* 1 gives 5.1", reference="audit x; synth audit")


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    made = small_parts(Settings.read(workspace=tmp_path / "workspace"))
    yield made
    made.close()


def passage(text: str) -> Passage:
    role = next(iter(SectionRole))
    kind = next(iter(PassageKind))
    return Passage(
        id="2401.00001v1#0001",
        paper_id="2401.00001v1",
        kind=kind,
        section="Results",
        role=role,
        page=1,
        start=0,
        end=len(text),
        text=text,
    )


def test_backing_stands_beside_a_verdict_that_is_the_same_without_it(parts: Parts) -> None:
    claims = [Claim(id=claim_id(TEXT), text=TEXT)]
    passages = [passage("On XNLI, XLM-R Large reaches 61.5 accuracy.")]
    parts.__dict__["facts"] = ()
    (bare,) = check(claims, passages, parts).claims
    parts.__dict__["facts"] = (FACT,)
    (backed,) = check(claims, passages, parts).claims
    assert bare.backing == ()
    assert [one.kind for one in backed.backing] == [BackingKind.RECOMPUTED]
    assert dataclasses.replace(backed, backing=()) == bare


def test_other_facts_make_another_report(tmp_path: Path) -> None:
    keys = []
    for facts in ((), (FACT,), (dataclasses.replace(FACT, words="another finding"),), (FACT,)):
        made = small_parts(Settings.read(workspace=tmp_path / "workspace"))
        made.__dict__["facts"] = facts
        keys.append(run_key("Does it help?", ReportOptions(n_papers=1, n_claims=1), "found", made))
        made.close()
    assert len(set(keys)) == 3
    assert keys[1] == keys[3]


def backed(*lines: Backing) -> Report:
    report = example()
    return dataclasses.replace(
        report,
        claims=tuple(dataclasses.replace(row, backing=lines if row.number == 2 else ()) for row in report.claims),
    )


def test_every_form_shows_it_and_none_runs_it() -> None:
    report = backed(LINE)
    html, markdown = render_html(report), render_markdown(report)
    assert html.count("5.4: differs &lt;b&gt;, *Table* 1 gives 5.1") == 2  # table and appendix
    assert markdown.count(r"5.4: differs \<b\>, \*Table\* 1 gives 5.1") == 2
    assert "audit x; synth audit" in html and "audit x; synth audit" in markdown
    assert "changes neither label nor confidence" in html and "changes neither label nor confidence" in markdown
    assert claims_csv(report) == claims_csv(backed())


def test_a_report_without_backing_says_nothing_of_it() -> None:
    for body in (render_html(backed()), render_markdown(backed())):
        assert "changes neither label nor confidence" not in body
        assert "Numbers and experiments" not in body


def test_it_comes_back_from_json() -> None:
    assert report_from_json(report_to_json(backed(LINE))).claims == backed(LINE).claims


def test_a_report_from_before_is_still_read() -> None:
    data = json.loads(report_to_json(backed(LINE)))
    for row in data["claims"]:
        del row["backing"]
    assert report_from_json(json.dumps(data)).claims == backed().claims


@pytest.mark.parametrize(
    "damaged", [3, [{"kind": "guessed", "text": "", "reference": ""}], [{"kind": "differs"}], None]
)
def test_damaged_backing_is_told_of(damaged: object) -> None:
    data = json.loads(report_to_json(backed(LINE)))
    data["claims"][1]["backing"] = damaged
    with pytest.raises(ConfigError, match=r"report\.claims\[1\]\.backing"):
        report_from_json(json.dumps(data))
