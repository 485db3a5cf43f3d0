"""Verdicts on a reader's own claims as text and as data."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from synth.cli.show import verified_json, verified_text
from synth.pipeline.verify import Verified
from synth.types import Label
from tests.report.example_claims import CLAIMS, SUM
from tests.report.example_papers import PAPERS, PASSAGES

VERIFIED = Verified(claims=(CLAIMS[5],), passages=PASSAGES, papers=tuple(row.paper for row in PAPERS), calibration=None)


def test_the_sum_behind_a_row_stands_under_its_quote_only():
    lines = verified_text(VERIFIED).splitlines()
    assert [number for number, line in enumerate(lines) if "from the table" in line] == [6]
    assert "*Up* | XNLI: 79.5”" in lines[4]
    assert lines[6] == f"    from the table: {SUM}"


@pytest.mark.parametrize(
    ("label", "confidence", "shown"),
    [
        (Label.REFUTED, 0.46, "leans to refuted (0.46): "),
        (Label.SUPPORTED, 0.46, "leans to supported (0.46): "),
        (Label.SUPPORTED, 0.5, "supported (0.50): "),
        (Label.NOT_ENOUGH_INFO, 0.4, "not enough info (0.40): "),
        (Label.REFUTED, None, "refuted: "),
    ],
)
def test_a_side_that_is_more_likely_wrong_than_right_is_called_a_leaning(label, confidence, shown):
    verdict = replace(CLAIMS[5].verdict, label=label, confidence=confidence, verified=False)
    one = replace(VERIFIED, claims=(replace(CLAIMS[5], verdict=verdict),))
    assert verified_text(one).splitlines()[0][2:].startswith(shown)


def test_the_sum_is_data_too():
    (row,) = json.loads(verified_json(VERIFIED))["claims"]
    assert [piece["arithmetic"] for piece in row["verdict"]["evidence"]] == ["", SUM]
