"""A data folder with every set, whose sentences are invented: a few lines a language."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from synth.experiment.sets import languages as spoken

NOUNS = [
    "barge",
    "canal",
    "lock",
    "mill",
    "heron",
    "ferry",
    "reed",
    "bridge",
    "eel",
    "miller",
    "otter",
    "quay",
    "sluice",
    "rope",
    "lantern",
]
VERBS = ["waits", "drifts", "rests", "turns", "sinks", "leans"]


def sentence(number: int, language: str = "en") -> str:
    """A sentence of its own for every number; in another language its words end differently."""
    noun, verb = NOUNS[number % len(NOUNS)], VERBS[(number // len(NOUNS)) % len(VERBS)]
    words = f"the {noun} {verb} at gate {number}".split()
    return " ".join(words if language == "en" else [f"{word}{language}" for word in words])


def make(folder: Path) -> Path:
    """Write all sets."""
    pairs(folder)
    tagged(folder)
    questions(folder)
    retrieval(folder)
    intermediate(folder)
    return folder


def write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def pairs(folder: Path) -> None:
    labels = ("entailment", "neutral", "contradiction")
    for language in spoken.XNLI_LANGUAGES:
        for split, start in (("dev", 1000), ("test", 1100)):
            rows = [
                f"{sentence(start + n, language)}\t{sentence(start + n + 20, language)}\t{labels[n % 3]}"
                for n in range(6)
            ]
            write(folder / f"xnli/{split}-{language}.tsv", rows)
    for language in spoken.PAWSX_LANGUAGES:
        rows = [f"{sentence(1200 + n, language)}\t{sentence(1220 + n, language)}\t{n % 2}" for n in range(8)]
        write(folder / f"pawsx/dev-{language}.tsv", rows)
        rows = [f"{n}\t{sentence(1240 + n, language)}\t{sentence(1260 + n, language)}\t{n % 2}" for n in range(8)]
        write(folder / f"pawsx/test-{language}.tsv", rows)


def tagged(folder: Path) -> None:
    parts = ("DET", "NOUN", "VERB", "ADP", "NOUN", "NUM")
    names = ("O", "B-LOC", "O", "O", "B-PER", "I-PER")
    files = [(f"udpos/{split}-{language}.tsv", language, parts) for language, split in spoken.UDPOS_SPLITS.items()]
    files += [(f"panx/dev-{language}.tsv", language, names) for language in spoken.PANX_LANGUAGES]
    for name, language, tags in files:
        write(folder / name, rows_of(1300, 4, language, tags))
    write(folder / "udpos/train-en.tsv", rows_of(200, 20, "en", parts))
    write(folder / "panx/train-en.tsv", rows_of(240, 20, "en", names))
    write(folder / "panx/train-de.tsv", rows_of(280, 20, "de", names))


def rows_of(start: int, count: int, language: str, tags: tuple[str, ...]) -> list[str]:
    rows: list[str] = []
    for number in range(start, start + count):
        rows += [f"{word}\t{tag}" for word, tag in zip(sentence(number, language).split(), tags, strict=True)] + [""]
    return rows


def questions(folder: Path) -> None:
    for language in spoken.XQUAD_LANGUAGES:
        asked(folder / f"xquad/xquad.{language}.json", 1400, language)
    for language in spoken.MLQA_LANGUAGES:
        asked(folder / f"mlqa/dev/dev-context-{language}-question-{language}.json", 1420, language)
    for language, start in (("en", 300), ("ko", 1440), ("sw", 1440)):
        asked(folder / f"tydiqa/train/tydiqa.goldp.{language}.train.json", start, language)
    asked(folder / "intermediate/squad_v1.1_dev_minus_xquad.json", 320, "en", 12)


def asked(path: Path, start: int, language: str, count: int = 3) -> None:
    paragraphs = []
    for number in range(start, start + count):
        context = f"{sentence(number, language)}. {sentence(number + 500, language)}."
        answer = context.split()[1]
        qas = [
            {
                "id": f"{language}{number}",
                "question": f"what {number}?",
                "answers": [{"text": answer, "answer_start": context.index(answer)}],
            }
        ]
        paragraphs.append({"context": context, "qas": qas})
    write(path, [json.dumps({"data": [{"paragraphs": paragraphs}]})])


def retrieval(folder: Path) -> None:
    for three, two in spoken.TATOEBA_CODES.items():
        if two in spoken.XTREME_36 or two == "cy":
            write(folder / f"tatoeba/tatoeba.{three}-eng.{three}", [sentence(1500 + n, two) for n in range(5)])
            write(folder / f"tatoeba/tatoeba.{three}-eng.eng", [sentence(1500 + n) for n in range(5)])
    for end in ("zh", "en"):
        write(folder / f"bucc2018/zh-en.dev.{end}", [f"{end}-{n}\t{sentence(1600 + n, end)}" for n in range(8)])
    write(folder / "bucc2018/zh-en.dev.gold", [f"zh-{n}\ten-{n}" for n in range(4)])
    for language in ("de", "fr", "en"):
        write(folder / f"parallel/ntrex128/{language}.txt", [sentence(n, language) for n in range(150)])
    write(folder / "parallel/flores200_devtest/en.txt", [sentence(n) for n in range(400, 420)])


def intermediate(folder: Path) -> None:
    for name, labels in (
        ("mnli", ("entailment", "neutral", "contradiction")),
        ("snli", ("entailment", "neutral", "contradiction")),
        ("scitail", ("entailment", "not_entailment")),
    ):
        rows = [(sentence(600 + n), sentence(640 + n), labels[n % len(labels)]) for n in range(12)]
        table(folder / f"intermediate/nli/{name}_dev.csv", ("premise", "hypothesis", "label"), rows)
    options = tuple(f"answer{n}" for n in range(4))
    stories = [(sentence(700 + n), "why?", *(sentence(720 + n + k) for k in range(4)), n % 4) for n in range(8)]
    table(folder / "intermediate/cosmosqa_valid.csv", ("context", "question", *options, "label"), stories)
    social = [
        {
            "context": sentence(760 + n),
            "question": "and then?",
            "answerA": "rest",
            "answerB": "row",
            "answerC": "call",
            "correct": "ABC"[n % 3],
        }
        for n in range(8)
    ]
    write(folder / "intermediate/socialIQa_v1.4_dev.jsonl", [json.dumps(one) for one in social])
    for split, start in (("train", 780), ("val", 800)):
        chosen = [
            {"premise": sentence(start + n), "question": "cause", "choice1": "rain", "choice2": "wind", "label": n % 2}
            for n in range(6)
        ]
        write(folder / f"xcopa/{split}-en.jsonl", [json.dumps(one) for one in chosen])


def table(path: Path, head: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(head)
        writer.writerows(rows)
