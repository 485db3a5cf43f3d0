"""A small published file of an invented paper, and a PDF of it."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from synth.experiment.audit import audit
from synth.experiment.findings import Audit
from synth.experiment.published import parse_published

TITLE = "Counting Apples and Pears in Northern Orchards"
PAPER = "2401.00001v2"
TOML = f"""
schema = 1

[source.fruit]
paper = "{PAPER}"
title = "{TITLE}"

[source.cellar]
title = "A cellar book"
secondhand = true

[[table]]
id = "fruit-1"
source = "fruit"
table = "Table 1"
page = 1
decimals = 1
columns = [
    {{ id = "avg", printed = "Avg", task = "fruit", metric = "score" }},
    {{ id = "apples", printed = "Apples", task = "apples", metric = "accuracy" }},
    {{ id = "pears", printed = "Pears", task = "pears", metric = "F1/EM" }},
]
rows.small = {{ printed = "Small", cells = "60.0 70.0 60.0/40.0" }}
rows.large = {{ printed = "Large", cells = "70.1 80.0 70.0/50.3" }}

[[number]]
id = "cellar/gain"
value = 10.0
unit = "points"
task = "fruit"
model = "large"
metric = "score"
effect = "growing"
baseline = "small"
source = "cellar"

[[number]]
id = "hearsay/gain"
value = 12.5
unit = "points"
task = "apples"
model = "large"
metric = "accuracy"
effect = "pruning"
unsourced = "Told at the market."

[[derived]]
id = "fruit-1/$row/pears/mean"
each.row = "small large"
mean = "fruit-1/$row/pears/{{f1,em}}"
step = true

[[derived]]
id = "fruit-1/$row/mean"
each.row = "small large"
mean = ["fruit-1/$row/apples", "fruit-1/$row/pears/mean"]
equals = "fruit-1/$row/avg"

[[derived]]
id = "growth"
difference = ["fruit-1/large/avg", "fruit-1/small/avg"]
equals = "cellar/gain"

[[derived]]
id = "pruned"
sum = ["fruit-1/large/apples", "hearsay/gain"]
task = "apples"
model = "large"

[[derived]]
id = "plums"
implied = {{ mean = "fruit-1/small/avg", of = "fruit-1/small/apples", unknown = 1 }}
task = "plums"
model = "small"

[[caution]]
id = "sizes"
kind = "baselines"
title = "Two orchards"
text = "They are not one."
groups = {{ "small" = ["fruit-1/small/avg"], "large" = ["fruit-1/large/avg"] }}
"""


def audited(text: str = TOML) -> Audit:
    """The audit of a file's text, without PDFs."""
    return audit(parse_published(text, "fruit.toml"))


ROWS = (
    ("Model", "Avg", "Apples", "Pears"),
    ("Small", "60.0", "70.0", "60.0 / 40.0"),
    ("Large", "70.1", "80.0", "70.0 / 50.3"),
)


def paper(path: Path, *, stamp: str = PAPER, title: str = TITLE, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    """A page with a title, arXiv's stamp where one is given, some text and a table under its caption."""
    document: Any = importlib.import_module("pymupdf").open()
    page = document.new_page(width=612, height=792)

    def put(x: float, y: float, text: str, size: float = 10) -> None:
        page.insert_text((x, y), text, fontsize=size, fontname="helv")

    put(80, 80, title, 17)
    if stamp:
        page.insert_text((32, 560), f"arXiv:{stamp}  [cs.CL]  1 Feb 2024", fontsize=20, rotate=90)
    for number in range(6):
        put(
            60,
            130 + 12 * number,
            "We count the fruit of all trees in the orchard, and then we count them again by hand.",
        )
    for row, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            put(120 + 90 * place, 300 + 13 * row, cell, 9)
    put(120, 300 + 13 * len(rows) + 12, "Table 1: Scores of two models by kind of fruit.", 9)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    document.close()
    return path
