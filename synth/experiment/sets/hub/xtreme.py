"""XTREME's own sets on the Hub: which configurations become which files.

Configurations, splits, columns and their classes are those of the card of `google/xtreme` (version 1.0.0 of its
metadata) as the repository of the library `datasets` has it, and of its former loading script: XNLI, PAWS-X, udpos,
PAN-X, XQuAD, MLQA, tydiqa, tatoeba and SQuAD were all confirmed there; that ids of TyDiQA begin with their language,
in XTREME's own preprocessing. Its `bucc18` holds pairs of translations alone and is of no use here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from synth.errors import SourceError
from synth.experiment.sets import languages as spoken
from synth.experiment.sets.hub.forms import lines_text, rows_text, squad_text, tagged_text
from synth.experiment.sets.hub.sources import Convert, Item, Part, Source
from synth.experiment.sets.pairs import XNLI_LABELS
from synth.experiment.sets.tagging import UDPOS_TAGS

XTREME = "google/xtreme"
_SPLITS = {"train": "train", "dev": "validation", "test": "test"}
"""The Hub's names of the splits, by those of the files."""
_PANX_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
"""In the order of their numbers."""
_TYDIQA_PREFIXES = {"en": "english-", "ko": "korean-", "sw": "swahili-"}


def xnli() -> list[Item]:
    """Fifteen languages in one configuration."""
    return [
        Item(
            tuple(f"xnli/{name}-{one}.tsv" for one in spoken.XNLI_LANGUAGES),
            (Source(XTREME, "XNLI", _SPLITS[name]),),
            partial(_xnli, name),
        )
        for name in ("dev", "test")
    ]


def pawsx(names: Sequence[str] = ("dev", "test"), languages: Sequence[str] = spoken.PAWSX_LANGUAGES) -> list[Item]:
    """One configuration a language; the test files of XTREME number their rows."""
    return [_one(f"pawsx/{name}-{one}.tsv", f"PAWS-X.{one}", name, _pawsx) for name in names for one in languages]


def udpos() -> list[Item]:
    """English to train on, and what each language is tested on."""
    wanted = [("en", "train"), *spoken.UDPOS_SPLITS.items()]
    words = partial(_tagged, "pos_tags", UDPOS_TAGS, _closed)
    return [_one(f"udpos/{name}-{one}.tsv", f"udpos.{spoken.UDPOS_NAMES[one]}", name, words) for one, name in wanted]


def panx() -> list[Item]:
    """English to train on, the development sets, and before them the other languages' text to pre-train on."""
    wanted = [(one, "train") for one in spoken.PANX_LANGUAGES if one != "en"]
    wanted += [("en", "train"), *((one, "dev") for one in spoken.PANX_LANGUAGES)]
    words = partial(_tagged, "ner_tags", _PANX_TAGS, str)
    return [_one(f"panx/{name}-{one}.tsv", f"PAN-X.{one}", name, words) for one, name in wanted]


def xquad() -> list[Item]:
    """One configuration a language."""
    return [_one(f"xquad/xquad.{one}.json", f"XQuAD.{one}", "dev", _asked) for one in spoken.XQUAD_LANGUAGES]


def mlqa() -> list[Item]:
    """Context and question in the same language."""
    file = "mlqa/dev/dev-context-{0}-question-{0}.json"
    return [_one(file.format(one), f"MLQA.{one}.{one}", "dev", _asked) for one in spoken.MLQA_LANGUAGES]


def tydiqa() -> list[Item]:
    """The training sets of the languages that the readers know, out of one configuration."""
    files = {one: f"tydiqa/train/tydiqa.goldp.{one}.train.json" for one in _TYDIQA_PREFIXES}
    return [Item(tuple(files.values()), (Source(XTREME, "tydiqa", "train"),), partial(_tydiqa, files))]


def tatoeba() -> list[Item]:
    """The 36 languages of XTREME's score, both sides of each."""
    three = {two: code for code, two in spoken.TATOEBA_CODES.items()}
    found = []
    for code in (three[two] for two in spoken.XTREME_36):
        files = (f"tatoeba/tatoeba.{code}-eng.{code}", f"tatoeba/tatoeba.{code}-eng.eng")
        found.append(Item(files, (Source(XTREME, f"tatoeba.{code}", "validation"),), partial(_sides, files)))
    return found


def squad_train() -> list[Item]:
    """SQuAD 1.1's training set."""
    return [_one("squad/train-v1.1.json", "SQuAD", "train", _asked)]


def squad_without_xquad() -> list[Item]:
    """SQuAD 1.1's development set without the paragraphs and questions of XQuAD, which are part of it."""
    file = "intermediate/squad_v1.1_dev_minus_xquad.json"
    sources = (Source(XTREME, "XQuAD.en", "validation"), Source(XTREME, "SQuAD", "validation"))
    return [Item((file,), sources, partial(_without_xquad, file))]


def _one(file: str, config: str, name: str, convert: Callable[[str, Part], str]) -> Item:
    return Item((file,), (Source(XTREME, config, _SPLITS[name]),), _alone(file, convert))


def _alone(file: str, convert: Callable[[str, Part], str]) -> Convert:
    return lambda parts: {file: convert(file, parts[0])}


def _xnli(name: str, parts: Sequence[Part]) -> dict[str, str]:
    found: dict[str, list[tuple[str, str, str]]] = {one: [] for one in spoken.XNLI_LANGUAGES}
    for number, row in parts[0].records("language", "sentence1", "sentence2", "gold_label"):
        label = parts[0].label(number, row["gold_label"], "gold_label", XNLI_LABELS)
        found.setdefault(str(row["language"]), []).append((row["sentence1"], row["sentence2"], label))
    _complete(parts[0], found)
    return {f"xnli/{name}-{one}.tsv": rows_text(found[one]) for one in spoken.XNLI_LANGUAGES}


def _pawsx(file: str, part: Part) -> str:
    def cells() -> Iterator[tuple[str, ...]]:
        for number, row in part.records("sentence1", "sentence2", "label"):
            # "?" marks a pair without a label; the reader leaves it out, as it does in XTREME's own files
            label = part.label(number, str(row["label"]), "label", ("0", "1", "?"))
            yield (str(number),) * file.startswith("pawsx/test-") + (row["sentence1"], row["sentence2"], label)

    return rows_text(cells())


def _closed(word: str) -> str:
    """A word of Universal Dependencies as XTREME's files have it: without spaces and zero-width non-joiners."""
    return word.replace("\u200c", "").replace(" ", "")


def _tagged(column: str, known: Sequence[str], clean: Callable[[str], str], file: str, part: Part) -> str:
    def sentences() -> Iterator[list[tuple[str, str]]]:
        for number, row in part.records("tokens", column):
            words, marks = row["tokens"], row[column]
            if len(words) != len(marks):
                raise part.refused(number, f"{len(words)} tokens and {len(marks)} {column}")
            tags = [part.label(number, mark, column, known) for mark in marks]
            yield list(zip(map(clean, words), tags, strict=True))

    return tagged_text(sentences())


def _questions(part: Part) -> Iterator[Mapping[str, Any]]:
    for number, row in part.records("id", "context", "question", "answers"):
        answers = row["answers"]
        if not (answers["text"] if isinstance(answers, Mapping) else answers):
            raise part.refused(number, "a question without an answer")
        yield row


def _asked(file: str, part: Part) -> str:
    return squad_text(_questions(part))


def _tydiqa(files: Mapping[str, str], parts: Sequence[Part]) -> dict[str, str]:
    found: dict[str, list[Mapping[str, Any]]] = {one: [] for one in files}
    for row in _questions(parts[0]):
        for one, prefix in _TYDIQA_PREFIXES.items():
            if str(row["id"]).startswith(prefix):
                found[one].append(row)
    _complete(parts[0], found)
    return {file: squad_text(found[one]) for one, file in files.items()}


def _sides(files: Sequence[str], parts: Sequence[Part]) -> dict[str, str]:
    pairs = [
        (str(row["source_sentence"]), str(row["target_sentence"]))
        for _, row in parts[0].records("source_sentence", "target_sentence")
    ]
    return {file: lines_text(pair[side] for pair in pairs) for side, file in enumerate(files)}


def _without_xquad(file: str, parts: Sequence[Part]) -> dict[str, str]:
    tested = list(_questions(parts[0]))
    contexts, ids = {str(row["context"]).strip() for row in tested}, {str(row["id"]) for row in tested}
    kept = (
        row for row in _questions(parts[1]) if str(row["context"]).strip() not in contexts and str(row["id"]) not in ids
    )
    return {file: squad_text(kept)}


def _complete(part: Part, found: Mapping[str, Sequence[object]]) -> None:
    if lacking := [one for one, rows in found.items() if not rows]:
        raise SourceError(f"{part.source} has nothing in {', '.join(lacking)}: it is not whole")
