"""Readers of the published sets: from each set's own files to :class:`~synth.training.pairs.Pair`.

A data folder may hold ``sets.tar.xz`` (read without unpacking) or the same tree unpacked, and
``pairs.jsonl.xz``, whose lines carry their set and licence themselves.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from synth.jsonl import json_lines
from synth.training.pairs import Pair, PairLabel, narrow

Files = Mapping[str, str]
"""Path inside the collection (``lingnli/train.jsonl``) to text."""

_NAMES = {
    "SUPPORT": "entailment",
    "SUPPORTS": "entailment",
    "Supports": "entailment",
    "REFUTE": "contradiction",
    "REFUTES": "contradiction",
    "Refutes": "contradiction",
    "NOTENOUGHINFO": "neutral",
    "NOT_ENOUGH_INFO": "neutral",
    "Neutral": "neutral",
}
_PAIR_LABELS = frozenset(PairLabel)


def read_files(folder: Path) -> dict[str, str]:
    """Texts of a collection of sets, from ``sets.tar.xz`` or the unpacked tree.

    Args:
        folder: The data folder.

    Returns:
        Path inside the collection to text; files that are not UTF-8 text are left out.
    """
    found: dict[str, str] = {}
    archive = folder / "sets.tar.xz"
    if archive.is_file():
        with tarfile.open(archive, "r:xz") as tar:
            for member in tar:
                handle = tar.extractfile(member) if member.isfile() else None
                if handle is not None and member.name.endswith(_TEXT):
                    found[member.name.removeprefix("./")] = handle.read().decode("utf-8-sig")
        return found
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name.endswith(_TEXT):
            found[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8-sig")
    return found


_TEXT = (".jsonl", ".json", ".tsv", ".csv", ".dev", ".test", ".label", ".input0", ".input1")


def read_sets(files: Files) -> Iterator[Pair]:
    """All pairs of the collection that a reader here knows, set by set.

    Args:
        files: What :func:`read_files` gave.

    Yields:
        Pairs with a known label; premises that are long are cut to the sentences nearest to the hypothesis.
    """
    for name, (licence, reader) in READERS.items():
        for premise, hypothesis, label, group in reader(files):
            label = _NAMES.get(label, label)
            if label in _PAIR_LABELS and premise.strip() and hypothesis.strip():
                text = narrow(" ".join(premise.split()), hypothesis)
                yield Pair(text, " ".join(hypothesis.split()), PairLabel(label), name, licence, group)


def read_pairs(folder: Path) -> Iterator[Pair]:
    """Pairs of ``pairs.jsonl.xz``, where the folder has one.

    Args:
        folder: The data folder.
    """
    path = folder / "pairs.jsonl.xz"
    if not path.is_file():
        return
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            hypothesis = row["hypothesis"]
            yield Pair(
                narrow(row["premise"], hypothesis),
                hypothesis,
                PairLabel(row["label"]),
                row["set"],
                row["licence"],
                group=hypothesis if row["set"].startswith("healthver") else "",
            )


Row = tuple[str, str, str, str]


def _jsonl(path: str) -> Callable[[Files], Iterator[Row]]:
    def read(files: Files) -> Iterator[Row]:
        for line in json_lines(files.get(path, "")):
            row = json.loads(line)
            yield row.get("premise", ""), row["hypothesis"], row["label"], ""

    return read


def _table(path: str, premise: str, hypothesis: str, label: str, delimiter: str) -> Callable[[Files], Iterator[Row]]:
    def read(files: Files) -> Iterator[Row]:
        lines = io.StringIO(files.get(path, ""))
        if delimiter == "\t":
            rows = csv.DictReader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        else:
            rows = csv.DictReader(lines, delimiter=delimiter)
        for row in rows:
            yield row[premise] or "", row[hypothesis] or "", row[label] or "", row[hypothesis] or ""

    return read


def _snli(files: Files) -> Iterator[Row]:
    for part in ("dev", "test"):
        columns = [files.get(f"snli/{name}.{part}", "").splitlines() for name in ("s1", "s2", "labels")]
        for premise, hypothesis, label in zip(*columns, strict=True):
            yield premise, hypothesis, label, ""


def _fever(files: Files) -> Iterator[Row]:
    columns = [files.get(f"fever/dev.{name}", "").splitlines() for name in ("raw.input0", "raw.input1", "label")]
    for premise, hypothesis, label in zip(*columns, strict=True):
        # This file's two labels are "supported" and "refuted"; it holds no claim without evidence.
        yield premise, hypothesis, "contradiction" if label == "not_entailment" else label, ""


def _mpe(files: Files) -> Iterator[Row]:
    for premise, hypothesis, label, group in _table("other/mpe/train.csv", "premise", "hypothesis", "label", ",")(
        files
    ):
        captions = re.split(r"\s*\d+jpg\d\s*", premise)
        yield ". ".join(caption for caption in captions if caption), hypothesis, label, group


def _check_covid(files: Files) -> Iterator[Row]:
    lines = json_lines(files.get("check_covid/corpus.json", ""))
    corpus = {row["cord_id"]: row["abstract"] for row in map(json.loads, lines)}
    for line in json_lines(files.get("check_covid/covidCheck_train_composed+extracted.json", "")):
        row = json.loads(line)
        abstract = corpus[row["cord_id"]]
        chosen = [e["sent_index"] for e in row["evidence_set"] if isinstance(e["sent_index"], int)]
        around = sorted({k for i in chosen for k in (i - 1, i, i + 1) if 0 <= k < len(abstract)})
        yield " ".join(abstract[i] for i in around), row["claim"], row["label"], row["claim"]


def _climate_fever(files: Files) -> Iterator[Row]:
    for line in json_lines(files.get("climate_fever/climate-fever.jsonl", "")):
        row = json.loads(line)
        for evidence in row["evidences"]:
            votes = Counter(vote for vote in evidence["votes"] if vote).most_common()
            # Evidence on which the voters are split teaches nothing certain.
            if votes and votes[0][1] >= 2 and votes[0][1] > sum(count for _, count in votes[1:]):
                yield evidence["evidence"], row["claim"], votes[0][0], row["claim"]


def _factcheck(files: Files) -> Iterator[Row]:
    names = {"completely-support": "entailment", "refute": "contradiction", "irrelevant": "neutral"}
    for line in json_lines(files.get("factcheck_bench/subtask3_claim_evidence_stance.jsonl", "")):
        row = json.loads(line)
        label = str(row.get("stance", row.get("label", ""))).lower()
        yield row["evidence"] or "", row["claim"], names.get(label, ""), ""


READERS: dict[str, tuple[str, Callable[[Files], Iterator[Row]]]] = {
    "lingnli": ("none stated; premises OANC and others", _jsonl("lingnli/train.jsonl")),
    "mnli": ("OANC and others, mostly permissive", _jsonl("mnli/train_mnli3000.jsonl")),
    "snli": ("CC BY-SA 4.0", _snli),
    "cad_snli": (
        "Apache-2.0 over CC BY-SA text",
        _table("cad_snli/train.tsv", "sentence1", "sentence2", "gold_label", "\t"),
    ),
    "conjnli": ("MIT", _table("conjnli/adversarial_train_15k.tsv", "Premise", "Hypothesis", "Label", "\t")),
    "mpe": ("mixed; captions CC BY-SA", _mpe),
    "joci": ("mixed", _table("other/joci/train.csv", "premise", "hypothesis", "label", ",")),
    "rte": ("mixed", _table("other/rte/train.csv", "premise", "hypothesis", "label", ",")),
    "fever": ("CC BY-SA 3.0", _fever),
    "covidfact": ("none stated", _table("covidfact/train.tsv", "sentence1", "Sentence2", "label", "\t")),
    "check_covid": ("MIT", _check_covid),
    "climate_fever": ("unclear", _climate_fever),
    "factcheck_bench": ("Apache-2.0", _factcheck),
}
