"""XTREME's own mock submission through our scorers, against the scores its ``evaluate_test.py`` expects of it.

They are those of google-research/xtreme at f0a334a5; the file's version at 522434d1 has other figures for the two
tagging tasks and the same for the others.
"""

from __future__ import annotations

import json
import tarfile
from functools import cache
from pathlib import Path

import pytest

from synth.experiment.kinds import Question
from synth.experiment.scoring import accuracy, answers, retrieval, spans

LANGUAGES = {
    "pawsx": "de,en,es,fr,ja,ko,zh",
    "xnli": "ar,bg,de,el,en,es,fr,hi,ru,sw,th,tr,ur,vi,zh",
    "panx": "ar,he,vi,id,jv,ms,tl,eu,ml,ta,te,af,nl,en,de,el,bn,hi,mr,ur,fa,fr,it,pt,es,bg,ru,ja,ka,ko,th,sw,yo,my,"
    "zh,kk,tr,et,fi,hu",
    "udpos": "af,ar,bg,de,el,en,es,et,eu,fa,fi,fr,he,hi,hu,id,it,ja,kk,ko,mr,nl,pt,ru,ta,te,th,tl,tr,ur,vi,yo,zh",
    "bucc2018": "de,fr,ru,zh",
    "tatoeba": "ar,he,vi,id,jv,tl,eu,ml,ta,te,af,nl,de,el,bn,hi,mr,ur,fa,fr,it,pt,es,bg,ru,ja,ka,ko,th,sw,zh,kk,tr,"
    "et,fi,hu",
    "xquad": "en,es,de,el,ru,tr,ar,vi,th,zh,hi",
    "mlqa": "en,es,de,ar,hi,vi,zh",
    "tydiqa": "en,ar,bn,fi,id,ko,ru,sw,te",
}
EXPECTED = {  # accuracy; precision, recall, F1; or exact match, F1
    "pawsx": (51.42857142857143,),
    "xnli": (30.666666666666668,),
    "tatoeba": (53.611111111111114,),
    "panx": (54.729166666666664, 62.750000000000014, 57.50793650793652),
    "udpos": (71.02232625883823, 69.54982073976082, 70.21746048354693),
    "bucc2018": (55.0, 55.0, 55.0),
    "xquad": (77.27272727272727, 79.9586776859504),
    "mlqa": (57.142857142857146, 81.76870748299321),
    "tydiqa": (88.88888888888889, 97.22222222222223),
}


@cache
def mock_files(archive: Path) -> dict[str, str]:
    with tarfile.open(archive) as found:
        files = {one.name.partition("mock_test_data/")[2]: found.extractfile(one) for one in found if one.isfile()}
        return {name: file.read().decode("utf-8") for name, file in files.items() if file is not None}


def sentences(text: str) -> list[list[str]]:
    return [block.split("\n") for block in text.strip("\n").split("\n\n")]


def questions(text: str) -> list[Question]:
    return [
        Question(one["id"], two["context"], one["question"], tuple(gold["text"] for gold in one["answers"]), 0)
        for article in json.loads(text)["data"]
        for two in article["paragraphs"]
        for one in two["qas"]
    ]


def score(task: str, language: str, predicted: str, gold: str) -> tuple[float, ...]:
    if task in ("pawsx", "xnli", "tatoeba"):
        return (accuracy.accuracy(predicted.split(), gold.split()),)
    if task in ("panx", "udpos"):
        found = spans.span_f1(sentences(predicted), sentences(gold))
        return found.precision, found.recall, found.f1
    if task == "bucc2018":
        both = [{(line.split()[0], line.split()[1]) for line in text.splitlines()} for text in (predicted, gold)]
        found = retrieval.pair_f1(*both)
        return found.precision, found.recall, found.f1
    given, asked = json.loads(predicted), questions(gold)
    answered = answers.mlqa(given, asked, language) if task == "mlqa" else answers.squad(given, asked)
    return answered.em_points, answered.f1_points


@pytest.mark.shared
@pytest.mark.parametrize("task", sorted(EXPECTED))
def test_the_mock_submission_scores_what_xtreme_says_digit_for_digit(shared, task):
    ending = "json" if task in ("xquad", "mlqa", "tydiqa") else "tsv"
    mock = mock_files(shared / "xtreme" / "xtreme_mock.tar.xz")
    rows = []
    for language in LANGUAGES[task].split(","):
        texts = [mock[f"{side}/{task}/test-{language}.{ending}"] for side in ("predictions", "labels")]
        rows.append(score(task, language, *texts))
    assert tuple(sum(column) / len(column) for column in zip(*rows, strict=True)) == EXPECTED[task]
