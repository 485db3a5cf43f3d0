"""A data folder of every set in a few invented sentences, whole enough for :func:`folder.present`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from synth.experiment.sets import languages as spoken
from synth.experiment.sets.tagging import PANX_TAGS, UDPOS_TAGS

THINGS = ("kettle", "ladder", "violin", "harbour", "pigeon", "lantern", "meadow", "cellar")
INFERENCE: tuple[str, ...] = ("entailment", "neutral", "contradiction")
COLOURS = ("red", "green", "yellow", "grey")


def write(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def sentence(language: str, part: str, number: int) -> str:
    """An invented sentence: no two of different languages, parts or numbers have the same letters."""
    thing, colour = THINGS[number % len(THINGS)], COLOURS[number // len(THINGS) % len(COLOURS)]
    return f"The {language} {thing} of {part} number {number} is {colour}."


def squad_form(contexts: Iterable[str]) -> str:
    found = [
        {"context": text, "qas": [{"id": f"q{place}", "question": f"What is it that has {text[:-1]}?",
         "answers": [{"text": text.split()[2], "answer_start": text.index(text.split()[2])}]}]}
        for place, text in enumerate(contexts)
    ]  # fmt: skip
    return json.dumps({"data": [{"paragraphs": found}]})


def tags(language: str, part: str, n: int, kinds: tuple[str, ...]) -> list[str]:
    rows = []
    for number in range(n):
        words = sentence(language, part, number).removesuffix(".").split()
        rows += [f"{word}\t{kinds[place % len(kinds)]}" for place, word in enumerate(words)] + [""]
    return rows


def write_folder(folder: Path, n: int = 6) -> Path:
    """Write all sets with ``n`` examples a file."""
    for split in ("dev", "test"):
        for one in spoken.XNLI_LANGUAGES:
            both = [(sentence(one, f"premise{split}", i), sentence(one, f"then{split}", i)) for i in range(n)]
            write(
                folder / f"xnli/{split}-{one}.tsv", *(f"{a}\t{b}\t{INFERENCE[i % 3]}" for i, (a, b) in enumerate(both))
            )
        for one in spoken.PAWSX_LANGUAGES:
            pairs = [f"{sentence(one, f'x{split}', i)}\t{sentence(one, f'y{split}', i)}\t{i % 2}" for i in range(n)]
            write(
                folder / f"pawsx/{split}-{one}.tsv",
                *(f"{i}\t{row}" if split == "test" else row for i, row in enumerate(pairs)),
            )
    write(folder / "udpos/train-en.tsv", *tags("en", "postrain", n, UDPOS_TAGS))
    for one, split in spoken.UDPOS_SPLITS.items():
        write(folder / f"udpos/{split}-{one}.tsv", *tags(one, f"pos{split}", n, UDPOS_TAGS))
    write(folder / "panx/train-en.tsv", *tags("en", "names", n, PANX_TAGS))
    for one in spoken.PANX_LANGUAGES:
        write(folder / f"panx/dev-{one}.tsv", *tags(one, "namesdev", n, PANX_TAGS))
    for place, languages in (
        ("xquad/xquad.{0}.json", spoken.XQUAD_LANGUAGES),
        ("mlqa/dev/dev-context-{0}-question-{0}.json", spoken.MLQA_LANGUAGES),
        ("tydiqa/train/tydiqa.goldp.{0}.train.json", ("en", *spoken.TYDIQA_LANGUAGES)),
    ):
        for one in languages:
            write(folder / place.format(one), squad_form(sentence(one, place[:5], i) for i in range(n)))
    three = {two: code for code, two in spoken.TATOEBA_CODES.items()}
    for one in spoken.XTREME_36:
        stem = f"tatoeba/tatoeba.{three[one]}-eng"
        write(folder / f"{stem}.{three[one]}", *(sentence(one, "tatoeba", i) for i in range(n)))
        write(folder / f"{stem}.eng", *(sentence("en", f"tatoeba{one}", i) for i in range(n)))
    for end in ("zh", "en"):
        write(folder / f"bucc2018/zh-en.dev.{end}", *(f"{end}-{i}\t{sentence(end, 'bucc', i)}" for i in range(n)))
    write(folder / "bucc2018/zh-en.dev.gold", *(f"zh-{i}\ten-{i}" for i in range(0, n, 2)))
    for name, labels in (
        ("mnli", INFERENCE),
        ("snli", INFERENCE),
        ("scitail", ("entailment", "not_entailment")),
    ):
        both = [(sentence("en", name, i), sentence("en", f"{name}then", i)) for i in range(n)]
        lines = [f'"{a}",{b},{labels[i % len(labels)]}' for i, (a, b) in enumerate(both)]
        write(folder / f"intermediate/nli/{name}_dev.csv", "premise,hypothesis,label", *lines)
    path = folder / "intermediate/squad_v1.1_dev_minus_xquad.json"
    write(path, squad_form(sentence("en", "squad", i) for i in range(n)))
    rows = [f"{i},{sentence('en', 'cosmos', i)},What now?,a{i},b{i},c{i},d{i},{i % 4}" for i in range(n)]
    write(
        folder / "intermediate/cosmosqa_valid.csv", "id,context,question,answer0,answer1,answer2,answer3,label", *rows
    )
    social = [
        {"context": sentence("en", "social", i), "question": "Who?", "answerA": "a", "answerB": "b", "answerC": "c",
         "correct": "ABC"[i % 3]}
        for i in range(n)
    ]  # fmt: skip
    write(folder / "intermediate/socialIQa_v1.4_dev.jsonl", *map(json.dumps, social))
    for split in ("train", "val"):
        copa = [
            {"premise": sentence("en", f"copa{split}", i), "choice1": "It fell.", "choice2": "It rose.",
             "question": ("cause", "effect")[i % 2], "label": i % 2}
            for i in range(n)
        ]  # fmt: skip
        write(folder / f"xcopa/{split}-en.jsonl", *map(json.dumps, copa))
    for name in ("ntrex128", "flores200_devtest"):
        for one in ("en", "de", "zh"):
            write(folder / f"parallel/{name}/{one}.txt", *(sentence(one, name, i) for i in range(n)))
    return folder
