"""Rows in the form of the Hub for any source that the catalogue names, invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from synth.experiment.sets import languages as spoken
from synth.experiment.sets.hub.sources import Part, Source

LABELS = ("entailment", "neutral", "contradiction")
N = 3


def sentence(source: Source, number: int, of: str = "") -> str:
    return f"Row {number} of {source.config or source.dataset} {source.split} {of} is here."


def question(source: Source, number: int, prefix: str = "") -> dict[str, Any]:
    context = sentence(source, number // 2)  # two questions on each context
    return {
        "id": f"{prefix}{number}",
        "title": "",
        "context": context,
        "question": f"What is {number}?",
        "answers": {"answer_start": [context.index("is")], "text": ["is"]},
    }


def rows_of(source: Source) -> list[dict[str, Any]]:
    """The rows of a source; labels by number where the Hub has them so."""
    kind = (source.config or source.dataset).split(".")[0]
    return _ROWS[kind](source)


def load(source: Source) -> Part:
    """A loader."""
    names = {"label": LABELS} if source.config in ("mnli", "plain_text") else {}
    return Part(source, rows_of(source), names)


def _tagged(column: str) -> Callable[[Source], list[dict[str, Any]]]:
    return lambda source: [
        {"tokens": sentence(source, number).split(), column: [number] * len(sentence(source, number).split())}
        for number in range(N)
    ]


def _pairs(source: Source) -> list[dict[str, Any]]:
    return [
        {"sentence1": sentence(source, number, "one"), "sentence2": sentence(source, number, "two"), "label": "01?"[n]}
        for n, number in enumerate(range(N))
    ]


def _inference(source: Source) -> list[dict[str, Any]]:
    return [{"premise": sentence(source, n, "p"), "hypothesis": sentence(source, n, "h"), "label": n} for n in range(N)]


def _xnli(source: Source) -> list[dict[str, Any]]:
    return [
        {
            "language": language,
            "sentence1": sentence(source, number, language),
            "sentence2": sentence(source, number, f"{language} then"),
            "gold_label": LABELS[number],
        }
        for number in range(N)
        for language in (*spoken.XNLI_LANGUAGES, "xx")
    ]


def _sides(source: Source) -> list[dict[str, Any]]:
    return [
        {"source_sentence": f"{sentence(source, n, 'f')}\n", "target_sentence": f"{sentence(source, n, 'e')}\n"}
        for n in range(N)
    ]


def _cosmosqa(source: Source) -> list[dict[str, Any]]:
    options = {f"answer{number}": f"so, {number}" for number in range(4)}
    return [
        {"id": str(n), "context": f"{sentence(source, n)}\nAnd on.", "question": "Why?", **options, "label": n}
        for n in range(N)
    ]


def _socialiqa(source: Source) -> list[dict[str, Any]]:
    options = {f"answer{letter}": letter for letter in "ABC"}
    return [{"context": sentence(source, n), "question": "Who?", **options, "label": f"{n + 1}\n"} for n in range(N)]


def _copa(source: Source) -> list[dict[str, Any]]:
    return [
        {"premise": sentence(source, n), "question": "cause", "choice1": "It fell.", "choice2": "No.", "label": n % 2}
        for n in range(N)
    ]


_ROWS: dict[str, Callable[[Source], list[dict[str, Any]]]] = {
    "XNLI": _xnli,
    "PAWS-X": _pairs,
    "udpos": _tagged("pos_tags"),
    "PAN-X": _tagged("ner_tags"),
    "XQuAD": lambda source: [question(source, number, "x") for number in range(N)],
    "MLQA": lambda source: [question(source, number) for number in range(N)],
    "SQuAD": lambda source: [question(source, number) for number in range(N)],
    "tydiqa": lambda source: [
        question(source, number, f"{one}-")
        for one in ("finnish", "english", "korean", "swahili")
        for number in range(N)
    ],
    "tatoeba": _sides,
    "mnli": _inference,
    "plain_text": lambda source: [*_inference(source), {"premise": "Nobody", "hypothesis": "agreed.", "label": -1}],
    "tsv_format": lambda source: [
        {**row, "label": ("entails", "neutral")[number % 2]} for number, row in enumerate(_inference(source))
    ],
    "allenai/cosmos_qa": _cosmosqa,
    "allenai/social_i_qa": _socialiqa,
    "copa": _copa,
}
