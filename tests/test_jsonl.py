from __future__ import annotations

import json
from pathlib import Path

import pytest

from synth.jsonl import json_lines
from synth.training.gold import read_gold

SEPARATORS = ("\u2028", "\u2029", "\x85", "\x0c")


@pytest.mark.parametrize("separator", SEPARATORS)
def test_separators_inside_strings_cut_no_line(separator: str) -> None:
    line = json.dumps({"claim": f"one{separator}two"}, ensure_ascii=False)
    assert json_lines(f"{line}\n{line}\n") == [line, line]


def test_lines_without_an_end_count() -> None:
    assert json_lines("") == []
    assert json_lines("1\n\n2") == ["1", "", "2"]


@pytest.mark.parametrize("separator", SEPARATORS)
def test_gold_may_hold_separators(tmp_path: Path, separator: str) -> None:
    row = {"id": "1", "claim": f"mBERT reaches{separator}65.4.", "label": "SUPPORTED", "paper": "1"}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert read_gold(path, minimum=1)[0].claim == row["claim"]
