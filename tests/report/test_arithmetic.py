"""The sum behind a table's rows: under its quote, escaped, in the JSON file, and absent in older ones."""

from __future__ import annotations

import dataclasses
import json

import pytest

from synth.errors import ConfigError
from synth.report.export import claims_csv, report_from_json, report_to_json
from synth.report.files import render_html, render_markdown
from synth.types import Report
from tests.report.example import empty, example
from tests.report.example_claims import SUM
from tests.report.reading import Page, markdown_text

QUOTE = "Table 3. Accuracy by task. | Model: Warm | *Up* | XNLI: 79.5"


def without() -> Report:
    """The example as a report from before was: no piece of evidence has a sum."""
    report = example()
    rows = []
    for row in report.claims:
        pieces = tuple(dataclasses.replace(piece, arithmetic="") for piece in row.verdict.evidence)
        rows.append(dataclasses.replace(row, verdict=dataclasses.replace(row.verdict, evidence=pieces)))
    return dataclasses.replace(report, claims=tuple(rows))


def test_the_sum_stands_under_its_own_quote_and_nowhere_else() -> None:
    shown = f"From the table: {SUM}"
    for text in (Page(render_html(example())).text, markdown_text(render_markdown(example()))):
        assert text.count(SUM) == text.count(shown) == 1
        assert text.split(shown)[0].rstrip().endswith(QUOTE)


def test_where_nothing_was_computed_nothing_is_said_of_it() -> None:
    for report in (without(), empty()):
        assert "From the table" not in render_markdown(report)
        assert "From the table" not in render_html(report)


def test_the_table_of_claims_is_the_same_without_it() -> None:
    assert claims_csv(example()) == claims_csv(without())
    for render in (render_html, render_markdown):
        before, after = (render(report).split("Appendix A: Evidence")[0] for report in (without(), example()))
        assert before == after


def test_a_report_from_before_is_still_read() -> None:
    data = json.loads(report_to_json(example()))
    for row in data["claims"]:
        for piece in row["verdict"]["evidence"]:
            del piece["arithmetic"]
    assert report_from_json(json.dumps(data)).claims == without().claims


@pytest.mark.parametrize("damaged", [3, None, ["79.5"]])
def test_a_damaged_sum_is_told_of(damaged: object) -> None:
    data = json.loads(report_to_json(example()))
    data["claims"][5]["verdict"]["evidence"][1]["arithmetic"] = damaged
    with pytest.raises(ConfigError, match=r"claims\[5\]\.verdict\.evidence\[1\]\.arithmetic"):
        report_from_json(json.dumps(data))
