"""Verdicts on a reader's own claims as text and as data."""

from __future__ import annotations

import json

from synth.cli.show import verified_json, verified_text
from synth.pipeline.verify import Verified
from tests.report.example_claims import CLAIMS, SUM
from tests.report.example_papers import PAPERS, PASSAGES

VERIFIED = Verified(claims=(CLAIMS[5],), passages=PASSAGES, papers=tuple(row.paper for row in PAPERS), calibration=None)


def test_the_sum_behind_a_row_stands_under_its_quote_only():
    lines = verified_text(VERIFIED).splitlines()
    assert [number for number, line in enumerate(lines) if "from the table" in line] == [6]
    assert "*Up* | XNLI: 79.5”" in lines[4]
    assert lines[6] == f"    from the table: {SUM}"


def test_the_sum_is_data_too():
    (row,) = json.loads(verified_json(VERIFIED))["claims"]
    assert [piece["arithmetic"] for piece in row["verdict"]["evidence"]] == ["", SUM]
