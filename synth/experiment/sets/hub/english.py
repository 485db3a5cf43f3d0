"""English sets on the Hub that a model is prepared and fine-tuned with: which become which files.

Splits, columns and classes were confirmed for all: `nyu-mll/glue` (mnli), `stanfordnlp/snli` and `aps/super_glue`
(copa) in their cards, `allenai/scitail`, `allenai/cosmos_qa` and `allenai/social_i_qa` in the cards and former loading
scripts of the library `datasets`; that SocialIQA counts its classes from 1, in public code that reads it. The last two
are still published with a loading script, which is never run: their copy in parquet, made by the Hub, is read instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from synth.experiment.sets.hub.forms import csv_text, json_lines_text, rows_text
from synth.experiment.sets.hub.sources import Item, Part, Source
from synth.experiment.sets.pairs import NLI_LABELS

_GLUE = "nyu-mll/glue"
_UNLABELLED = -1
"""The class of SNLI's pairs on which its annotators found no majority."""
_SCITAIL = {"entails": "entailment", "neutral": "not_entailment"}
"""SciTail's classes as the other collections of inference sets name them."""


def nli() -> list[Item]:
    """The development sets of MNLI, both parts, SNLI and SciTail."""
    matched = tuple(Source(_GLUE, "mnli", f"validation_{one}") for one in ("matched", "mismatched"))
    return [
        _table("mnli", matched, _inference),
        _table("snli", (Source("stanfordnlp/snli", "plain_text", "validation"),), _inference),
        _table("scitail", (Source("allenai/scitail", "tsv_format", "validation"),), _scitail),
    ]


def xnli_train() -> list[Item]:
    """MultiNLI's training set: what XTREME fine-tunes on for XNLI, under XTREME's name of the file."""
    file = "xnli/train-en.tsv"
    return [Item((file,), (Source(_GLUE, "mnli", "train"),), lambda parts: {file: rows_text(_inference(parts[0]))})]


def cosmosqa() -> list[Item]:
    """CosmosQA's validation set."""
    file = "intermediate/cosmosqa_valid.csv"
    return [Item((file,), (Source("allenai/cosmos_qa", None, "validation"),), partial(_cosmosqa, file))]


def socialiqa() -> list[Item]:
    """SocialIQA's development set."""
    file = "intermediate/socialIQa_v1.4_dev.jsonl"
    return [Item((file,), (Source("allenai/social_i_qa", None, "validation"),), partial(_socialiqa, file))]


def copa() -> list[Item]:
    """COPA's training and development sets."""
    splits = {"xcopa/train-en.jsonl": "train", "xcopa/val-en.jsonl": "validation"}
    return [
        Item((file,), (Source("aps/super_glue", "copa", split),), partial(_copa, file))
        for file, split in splits.items()
    ]


_Pairs = Callable[[Part], Iterator[tuple[str, str, str]]]


def _table(name: str, sources: tuple[Source, ...], read: _Pairs) -> Item:
    file = f"intermediate/nli/{name}_dev.csv"

    def convert(parts: Sequence[Part]) -> dict[str, str]:
        return {file: csv_text(("premise", "hypothesis", "label"), (row for part in parts for row in read(part)))}

    return Item((file,), sources, convert)


def _inference(part: Part) -> Iterator[tuple[str, str, str]]:
    for number, row in part.records("premise", "hypothesis", "label"):
        if row["label"] != _UNLABELLED:
            yield row["premise"], row["hypothesis"], part.label(number, row["label"], "label", NLI_LABELS)


def _scitail(part: Part) -> Iterator[tuple[str, str, str]]:
    for number, row in part.records("premise", "hypothesis", "label"):
        label = part.label(number, row["label"], "label", tuple(_SCITAIL))
        yield row["premise"], row["hypothesis"], _SCITAIL[label]


def _cosmosqa(file: str, parts: Sequence[Part]) -> dict[str, str]:
    head = ("id", "context", "question", *(f"answer{number}" for number in range(4)), "label")

    def rows() -> Iterator[list[str]]:
        for number, row in parts[0].records(*head):
            label = parts[0].label(number, str(row["label"]), "label", tuple("0123"))
            yield [*(str(row[name]) for name in head[:-1]), label]

    return {file: csv_text(head, rows())}


def _socialiqa(file: str, parts: Sequence[Part]) -> dict[str, str]:
    columns, classes = ("context", "question", "answerA", "answerB", "answerC"), tuple("123")

    def records() -> Iterator[dict[str, str]]:
        for number, row in parts[0].records(*columns, "label"):
            label = parts[0].label(number, str(row["label"]), "label", classes)
            yield {**{name: str(row[name]) for name in columns}, "correct": "ABC"[classes.index(label)]}

    return {file: json_lines_text(records())}


def _copa(file: str, parts: Sequence[Part]) -> dict[str, str]:
    columns, classes = ("premise", "question", "choice1", "choice2"), ("choice1", "choice2")

    def records() -> Iterator[dict[str, str | int]]:
        for number, row in parts[0].records(*columns, "label"):
            label = parts[0].label(number, row["label"], "label", classes)
            yield {**{name: str(row[name]) for name in columns}, "label": classes.index(label)}

    return {file: json_lines_text(records())}
