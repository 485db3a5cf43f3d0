"""Claims about single cells of tables, made from the tables of SciTab (Lu et al., 2023; MIT).

A passage is one row as the reader of PDFs writes it: ``Table 2: caption | model: XLM-R | XNLI: 79.2``.
Only the tables are used; SciTab's own claims stay for measuring.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import numpy as np

from synth.training.contrast import change_number
from synth.training.pairs import Pair, PairLabel

SCITAB_LICENCE = "MIT"
_VALUE = re.compile(r"-?\d+(?:\.\d+)?%?")
_MARKUP = re.compile(r"\[[A-Z]+\]|<[^>]+>|\*\*")
_STATES = (
    "{row} reaches {value} on {column}.",
    "{row} obtains a {column} of {value}.",
    "The {column} of {row} is {value}.",
    "On {column}, {row} scores {value}.",
    "With {row}, {column} amounts to {value}.",
)
_COMPARES = (
    ("{row} scores higher on {a} than on {b}.", True),
    ("{row} scores lower on {a} than on {b}.", False),
    ("The {a} of {row} exceeds its {b}.", True),
    ("The {a} of {row} is below its {b}.", False),
)


def table_pairs(files: Mapping[str, str], seed: int) -> list[Pair]:
    """Pairs of table rows and templated claims, about five for each table row that is drawn.

    Args:
        files: Texts of the sets, as :func:`synth.training.readers.read_files` gives them.
        seed: Seed of the draws.
    """
    rng = np.random.default_rng(seed)
    rows = json.loads(files.get("scitab/sci_tab.json", "[]"))
    tables = {(r["paper_id"], r["table_caption"]): r for r in rows}
    pairs: list[Pair] = []
    for key in sorted(tables):
        for premise, claim, label in _of_table(tables[key], rng):
            pairs.append(Pair(premise, claim, label, "table_rows", SCITAB_LICENCE, key[0]))
    return pairs


def _of_table(table: Mapping[str, object], rng: np.random.Generator) -> Iterator[tuple[str, str, PairLabel]]:
    header = [_clean(cell) for cell in _list(table["table_column_names"])]
    body = [[_clean(cell) for cell in _list(row)] for row in _list(table["table_content_values"])]
    caption = " ".join(_clean(table["table_caption"]).split()[:25])
    body = [row for row in body if len(row) == len(header) and row[0]]
    if len(body) < 2 or not header:
        return
    for i in rng.permutation(len(body))[:4]:
        row, other = body[int(i)], body[int(rng.choice([k for k in range(len(body)) if k != i]))]
        cells = [k for k in range(1, len(row)) if header[k] and _VALUE.fullmatch(row[k])]
        if not cells or row[0] == other[0]:
            continue
        k = int(rng.choice(cells))
        premise = passage(caption, header, row)
        state = str(rng.choice(_STATES))
        claim = state.format(row=row[0], column=header[k], value=row[k])
        yield premise, claim, PairLabel.ENTAILMENT
        yield passage(caption, header, other), claim, PairLabel.NEUTRAL
        wrong = other[k] if _VALUE.fullmatch(other[k]) and other[k] != row[k] else change_number(row[k], rng)
        if wrong:
            yield premise, state.format(row=row[0], column=header[k], value=wrong), PairLabel.CONTRADICTION
        yield from _compared(premise, header, row, cells, rng)


def _compared(
    premise: str, header: list[str], row: list[str], cells: list[int], rng: np.random.Generator
) -> Iterator[tuple[str, str, PairLabel]]:
    if len(cells) < 2:
        return
    a, b = (int(x) for x in rng.permutation(cells)[:2])
    x, y = (float(row[k].rstrip("%")) for k in (a, b))
    if x == y or header[a] == header[b]:
        return
    template, greater = _COMPARES[int(rng.integers(len(_COMPARES)))]
    label = PairLabel.ENTAILMENT if (x > y) == greater else PairLabel.CONTRADICTION
    yield premise, template.format(row=row[0], a=header[a], b=header[b]), label


def passage(caption: str, header: list[str], row: list[str]) -> str:
    """One table row as a passage: caption, then ``column: cell`` for every filled cell, with bars between."""
    cells = [f"{name}: {cell}" if name else cell for name, cell in zip(header, row, strict=True) if cell]
    return " | ".join([caption, *cells[:10]])


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _clean(value: object) -> str:
    return " ".join(_MARKUP.sub(" ", str(value)).split())
